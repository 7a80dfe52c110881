/**
 * `npm run image`: the Dockerfile without Docker, where there is none. Every instruction is done in its order in a folder: a Debian made by `debootstrap`, Node
 * from our own package, `chroot` for what runs. The last stage is then started as its user on a database of this machine, and asked for its health. Needs root,
 * Linux, `debootstrap` and a network. What it does not show: the base image of Docker's own library, layers, and the limits of compose.yaml.
 */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '@cairn/store'
import { freePort } from '@cairn/testkit'

const root = path.resolve(import.meta.dirname, '../..')
const place = mkdtempSync(path.join(os.tmpdir(), 'cairn-image-'))
const say = (text: string) => process.stderr.write(`${text}\n`)
const run = (command: string, args: readonly string[]) => execFileSync(command, args, { stdio: ['ignore', 2, 2] })

/** What node:24-slim is: a small Debian with Node, npm and a user of that name. `CAIRN_IMAGE_BASE` names a Debian that was made before. */
function makeBase(): string {
  const base = path.join(place, 'base')
  if (process.env.CAIRN_IMAGE_BASE) run('cp', ['-a', process.env.CAIRN_IMAGE_BASE, base])
  else run('debootstrap', ['--variant=minbase', 'bookworm', base, 'http://deb.debian.org/debian'])
  const local = path.join(base, 'usr/local')
  cpSync(realpathSync(path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin/node')), path.join(local, 'bin/node'))
  const npm = path.dirname(path.dirname(realpathSync(execFileSync('which', ['npm'], { encoding: 'utf8' }).trim())))
  cpSync(npm, path.join(local, 'lib/node_modules/npm'), { recursive: true, dereference: true })
  for (const name of ['npm', 'npx']) run('ln', ['-s', `../lib/node_modules/npm/bin/${name}-cli.js`, path.join(local, 'bin', name)])
  // The way to the registry is this machine's.
  for (const file of ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl/certs'])
    if (existsSync(file)) cpSync(realpathSync(file), path.join(base, file), { recursive: true, dereference: true })
  run('/usr/sbin/chroot', [base, 'useradd', '--uid', '1000', '--create-home', 'node'])
  return base
}

/** Files of the checkout that Docker would be handed: what is not ignored, neither by Git nor by .dockerignore. */
function context(): string[] {
  const ignored = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean)
  const isIgnored = (file: string) => {
    const parts = file.split('/')
    return parts.some((_, at) => ignored.some((pattern) => path.matchesGlob(parts.slice(0, at + 1).join('/'), pattern)))
  }
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  return listed.split('\n').filter((file) => file && !isIgnored(file) && existsSync(path.join(root, file)))
}

interface Stage {
  folder: string
  workdir: string
  env: Record<string, string>
  user?: string
  command: string[]
  healthcheck: string[]
}

/** Runs something in a stage, as its user. */
function inside(
  { folder, workdir, env, user }: Stage,
  command: readonly string[],
): { file: string; args: string[]; env: NodeJS.ProcessEnv } {
  const through = Object.fromEntries(['NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'NO_PROXY'].map((name) => [name, process.env[name]]))
  const as = user ? [`--userspec=${user}:${user}`] : []
  return {
    file: '/usr/sbin/chroot',
    args: [...as, folder, 'sh', '-c', `cd ${workdir} && exec "$@"`, 'sh', ...command],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: user ? `/home/${user}` : '/root', ...through, ...env },
  }
}

/** Does what the Dockerfile says, and answers its last stage. An instruction that is not known here is refused. */
function build(base: string): Stage {
  const stages = new Map<string, Stage>()
  let stage: Stage | undefined
  const lines = readFileSync(path.join(root, 'Dockerfile'), 'utf8').replace(/\\\n/g, '').split('\n')
  for (const line of lines.filter((each) => each && !each.startsWith('#'))) {
    const [, name, rest] = /^([A-Z]+) +(.*)$/.exec(line)!
    say(`${name} ${rest}`)
    if (name === 'FROM') {
      const as = / AS (\w+)$/.exec(rest!)?.[1] ?? `stage-${stages.size}`
      stage = { folder: path.join(place, as), workdir: '/', env: {}, command: [], healthcheck: [] }
      run('cp', ['-a', base, stage.folder])
      stages.set(as, stage)
      continue
    }
    const { folder } = stage!
    const at = (file: string) => path.join(folder, path.posix.resolve(stage!.workdir, file))
    if (name === 'WORKDIR') {
      stage!.workdir = rest!
      mkdirSync(path.join(folder, rest!), { recursive: true })
    } else if (name === 'COPY' && rest === '. .')
      for (const file of context()) cpSync(path.join(root, file), at(file), { preserveTimestamps: true, verbatimSymlinks: true })
    else if (name === 'COPY') {
      const [, from, source, target] = /^--from=(\w+) (\S+) (\S+)$/.exec(rest!)!
      run('cp', ['-a', path.join(stages.get(from!)!.folder, source!), at(target!)])
    } else if (name === 'RUN') {
      const { file, args, env } = inside(stage!, ['sh', '-c', rest!.replace(/^--mount=\S+ /, '')])
      execFileSync(file, args, { env, stdio: ['ignore', 2, 2] })
    } else if (name === 'ENV') for (const [, key, value] of rest!.matchAll(/([A-Z_]+)=(\S+)/g)) stage!.env[key!] = value!
    else if (name === 'USER') stage!.user = rest!
    else if (name === 'CMD') stage!.command = JSON.parse(rest!)
    else if (name === 'HEALTHCHECK') stage!.healthcheck = JSON.parse(rest!.slice(rest!.indexOf('[')))
    else if (!['LABEL', 'VOLUME', 'EXPOSE', 'STOPSIGNAL'].includes(name!)) throw new Error(`${name} is not known here.`)
  }
  return stage!
}

/** Starts the image on a fresh database, asks for its health as Docker would, then for a page, and stops it. */
async function start(image: Stage): Promise<void> {
  const listen = await freePort()
  const postgres = await startPostgres(path.join(place, 'database'), { listen })
  const port = String(await freePort())
  Object.assign(image.env, {
    PORT: port,
    DATABASE_URL: `postgres://cairn@127.0.0.1:${listen}/cairn`,
    CAIRN_PUBLIC_URL: 'https://credentials.example.org',
    CAIRN_SECRET: 'xQ7vT2mKz9LrB4wYc8HsD1nFgJ6pEa3U',
  })
  const server = inside(image, image.command)
  const child = spawn(server.file, server.args, { env: server.env, stdio: ['ignore', 2, 2] })
  try {
    const health = inside(image, image.healthcheck)
    for (let tries = 0; ; tries++) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
      try {
        execFileSync(health.file, health.args, { env: health.env, stdio: 'ignore' })
        break
      } catch {
        if (tries > 120) throw new Error('It is not healthy after two minutes.')
        await sleep(1000)
      }
    }
    const page = await fetch(`http://127.0.0.1:${port}/verify`, { headers: { accept: 'text/html' } })
    if (page.status !== 200 || !(await page.text()).includes('<html')) throw new Error(`/verify answers ${page.status}.`)
    const owner = execFileSync('ps', ['-o', 'uid=', '-p', String(child.pid)], { encoding: 'utf8' }).trim()
    say(`The image is healthy, runs as user ${owner}, and answers /verify.`)
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(undefined),
    )
    await postgres.stop()
  }
}

try {
  const image = build(makeBase())
  say(
    `The image weighs ${execFileSync('du', ['-sm', path.join(image.folder, 'app')], { encoding: 'utf8' }).split('\t')[0]} MB beside its base.`,
  )
  await start(image)
} finally {
  rmSync(place, { recursive: true, force: true })
}
