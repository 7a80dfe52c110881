/** PostgreSQL as a supervised child on a unix socket: made on first start, stopped with us, found again after a power cut. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProblemError } from '@cairn/core'
import pg from 'pg'
import { findBinaries } from './binaries.ts'
import { choosePrivileges, type Privileges } from './privileges.ts'

/** A running server of ours. */
export interface EmbeddedPostgres {
  connection: pg.PoolConfig
  /** Stops it cleanly: sessions end, everything is on the disk. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Told when the server ends without being asked to. */
  onExit?: (code: number | null) => void
  /** Off in throw-away test databases only: what is committed may be lost in a power cut. */
  durable?: boolean
}

const user = 'cairn'
const database = 'cairn'
/** How long an old server may take to die before we say that the folder is in use. */
const patience = 5000

/**
 * Starts the server whose cluster is in `folder/postgres`. Raises `server.in-use` when another one runs on it, `server.no-database` when the
 * machine has no binaries or the cluster cannot be made.
 */
export async function startPostgres(folder: string, { onExit, durable = true }: StartOptions = {}): Promise<EmbeddedPostgres> {
  // The folder itself stays open to pass through: a mode given here would hold for the parent too and lock PostgreSQL out.
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const privileges = choosePrivileges(findBinaries(), path.join(path.resolve(folder), 'postgres'))
  const sockets = socketFolder(privileges)
  const connection = { host: sockets, user, database, max: 20 }
  await refuseSecond(privileges, connection)
  makeCluster(privileges)
  const deadline = Date.now() + patience
  for (;;) {
    const child = launch(privileges, sockets, durable)
    const failure = await ready(child, connection)
    if (failure === undefined) return supervise(child, connection, onExit)
    // After kill -9 the dead postmaster can still be there for a moment, waiting to be reaped.
    if (!failure.includes('postmaster.pid') || Date.now() > deadline) throw failureProblem(failure, privileges)
    await sleep(200)
  }
}

function failureProblem(output: string, { cluster }: Privileges): ProblemError {
  if (output.includes('postmaster.pid')) return inUse(cluster)
  const line = output.split('\n').find((each) => /FATAL|error/i.test(each)) ?? output.trim().split('\n').at(-1) ?? ''
  return new ProblemError('server.no-database', `PostgreSQL does not start: ${line.replace(/^.*?(FATAL|error)/i, '$1').slice(0, 300)}`)
}

function inUse(cluster: string): ProblemError {
  const pid = existsSync(path.join(cluster, 'postmaster.pid'))
    ? readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]
    : '?'
  return new ProblemError(
    'server.in-use',
    `The data folder is in use by process ${pid}. Stop that one first, or choose another folder with CAIRN_DATA.`,
  )
}

/** A second start on the same data is told so at once when the first answers. */
async function refuseSecond({ cluster }: Privileges, connection: pg.PoolConfig): Promise<void> {
  if (existsSync(path.join(cluster, 'postmaster.pid')) && (await answers({ ...connection, database: 'postgres' }))) throw inUse(cluster)
}

/** A folder of one fixed name for the socket: short, for a socket's path has 107 bytes, and nobody else's. */
function socketFolder({ cluster, uid }: Privileges): string {
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16)
  const place = path.join(os.tmpdir(), `cairn-${name}`)
  const owner = uid ?? process.getuid?.() ?? 0
  if (existsSync(place)) {
    const found = lstatSync(place)
    if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.()))
      throw new ProblemError('server.no-database', `The folder ${place} belongs to somebody else.`)
  } else mkdirSync(place, { mode: 0o700 })
  if (uid !== undefined) chownSync(place, uid, uid)
  chmodSync(place, 0o700)
  return place
}

/** Makes the cluster beside its final place and moves it there whole, so that a half-made one is never used. */
function makeCluster({ cluster, uid, binaries, wrap }: Privileges): void {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return
  const fresh = `${cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(path.dirname(fresh), { recursive: true, mode: 0o755 })
  mkdirSync(fresh, { mode: 0o700 })
  if (uid !== undefined) chownSync(fresh, uid, uid)
  const [command, ...args] = [
    ...wrap,
    path.join(binaries, 'bin', 'initdb'),
    '-D', fresh, '-U', user, '--auth=trust', '--data-checksums', '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=und',
  ] // biome-ignore format: one option a word
  const made = spawnSync(command!, args, { cwd: path.dirname(fresh), encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  if (made.status !== 0)
    throw new ProblemError(
      'server.no-database',
      `The database could not be made: ${`${made.stderr}${made.error ?? ''}`.trim().split('\n').at(-1)?.slice(0, 300)}`,
    )
  renameSync(fresh, cluster)
}

function launch({ wrap, binaries, cluster }: Privileges, sockets: string, durable: boolean): ChildProcess {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${sockets}`,
    'unix_socket_permissions=0700',
    'max_connections=80',
    'timezone=UTC',
    ...(durable ? ['fsync=on', 'synchronous_commit=on'] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  const program = [path.join(binaries, 'bin', 'postgres'), '-D', cluster, ...settings.flatMap((each) => ['-c', each])]
  const env = { ...process.env, LC_ALL: 'C' }
  // Detached, so that Ctrl-C reaches us alone and we stop it in order; the kernel (or the watchdog) stops it when we die.
  const [command, ...args] = [...wrap, ...program]
  if (wrap.length > 0)
    return spawn(command!, args, { cwd: path.dirname(cluster), detached: true, stdio: ['ignore', 'ignore', 'pipe'], env })
  return spawn('sh', ['-c', watchdog, 'sh', ...program], {
    cwd: path.dirname(cluster),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env,
  })
}

/** Where the kernel cannot be asked to end a child with its parent: a shell holds the other end of a pipe and stops the server when it closes. */
const watchdog = `"$@" 3<&- & pg=$!
( exec >/dev/null 2>&1; read x <&3; kill -INT $pg ) & w=$!
trap "kill -INT $pg" INT TERM
while :; do wait $pg; rc=$?; kill -0 $pg 2>/dev/null || break; done
kill $w; exit $rc`

async function answers(connection: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 1000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** Waits until the server answers; what it said when it ended instead. */
async function ready(child: ChildProcess, connection: pg.PoolConfig): Promise<string | undefined> {
  let output = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-8000)
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  child.once('error', (error) => {
    ended = true
    output += String(error)
  })
  for (;;) {
    if (ended) return output || 'It ended at once.'
    if (await answers({ ...connection, database: 'postgres' })) break
    await sleep(25)
  }
  await makeDatabase(connection)
  return undefined
}

async function makeDatabase(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

function supervise(child: ChildProcess, connection: pg.PoolConfig, onExit: StartOptions['onExit']): EmbeddedPostgres {
  let stopping = false
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.once('exit', (code) => {
    if (!stopping) onExit?.(code)
  })
  return {
    connection,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGINT')
      const late = setTimeout(() => child.kill('SIGQUIT'), 8000)
      await gone
      clearTimeout(late)
    },
  }
}
