/** PostgreSQL as a supervised child on a unix socket: made on first start, stopped with us, found again after a power cut. */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProblemError } from '@cairn/core'
import pg from 'pg'
import { findBinaries } from './binaries.ts'
import { makeCluster } from './make-cluster.ts'
import { choosePrivileges, type Privileges } from './privileges.ts'
import { roomAt } from './room-at.ts'
import { becomeReady, type Launch, launch, readLockFile, readMark, socketPort } from './server-process.ts'
import { makeSocketFolder, removeSocketFolder } from './socket-folder.ts'

/** A running server of ours. */
export interface EmbeddedPostgres {
  connection: pg.PoolConfig
  /** Stops it cleanly: sessions end, everything is on the disk. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Told when the server ended by itself and could not be started again. */
  onExit?: (code: number | null) => void
  /** Told when the server ended by itself and runs again. */
  onRestart?: () => void
  /** Off in throw-away test databases only: what is committed may be lost in a power cut. */
  durable?: boolean
  /** Answers on this port of 127.0.0.1 too, without a password: a server for tests of several nodes. */
  listen?: number
}

const user = 'cairn'
const database = 'cairn'
/** How long an old server may take to die before we say that the folder is in use, in milliseconds. */
const patience = 5000
/** How often a server that ends by itself is started again within a minute, before we give up. */
const restarts = 5

/** What a server needs to come up after it ended on a full disk, in bytes: two segments of its journal, and what it writes while it recovers. */
const room = 64 * 1024 * 1024

/** What a server says that finds another one, or the remains of one that is dying. */
const taken = /postmaster\.pid|\.s\.PGSQL|shared memory block/

/**
 * Starts the server whose cluster is in `folder/postgres`. Raises `server.in-use` when another one runs on it, `server.no-database` when the
 * machine has no binaries or the cluster cannot be made.
 */
export async function startPostgres(
  folder: string,
  { onExit, onRestart, durable = true, listen }: StartOptions = {},
): Promise<EmbeddedPostgres> {
  // The folder itself stays open to pass through: a mode given here would hold for the parent too and lock PostgreSQL out.
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const privileges = choosePrivileges(findBinaries(), path.join(path.resolve(folder), 'postgres'))
  await refuseSecond(privileges)
  makeCluster(privileges, user)
  const begin = () => launchPatiently(privileges, { durable, listen })
  const child = await begin()
  const sockets = makeSocketFolder(privileges)
  const connection = { host: sockets, port: listen ?? socketPort, user, database, ssl: false, max: 20 }
  await makeDatabase({ ...connection, database: 'postgres' })
  const stop = supervise(child, begin, { onExit, onRestart, hasRoom: () => roomAt(privileges.cluster) >= room })
  return { connection, stop: () => stop().then(() => removeSocketFolder(sockets)) }
}

/** Launches until it answers. After kill -9 the dead postmaster can still be there for a moment, waiting to be reaped. */
async function launchPatiently(privileges: Privileges, given: Omit<Launch, 'mark'>): Promise<ChildProcess> {
  const deadline = Date.now() + patience
  for (;;) {
    const sockets = makeSocketFolder(privileges)
    const mark = randomBytes(12).toString('hex')
    const child = launch(privileges, sockets, { ...given, mark })
    const failure = await becomeReady(child, async () => (await readMark(sockets, given.listen ?? socketPort, user)) === mark)
    if (failure === undefined) return child
    if (!taken.test(failure)) throw failureProblem(failure)
    if (Date.now() > deadline) throw inUse(privileges.cluster)
    await refuseSecond(privileges)
    await sleep(200)
  }
}

function failureProblem(output: string): ProblemError {
  const line = output.split('\n').find((each) => /FATAL|error/i.test(each)) ?? output.trim().split('\n').at(-1) ?? ''
  return new ProblemError('server.no-database', `PostgreSQL does not start: ${line.replace(/^.*?(FATAL|error)/i, '$1').slice(0, 300)}`)
}

function inUse(cluster: string): ProblemError {
  const pid = readLockFile(cluster)?.pid ?? '?'
  return new ProblemError(
    'server.in-use',
    `The data folder is in use by process ${pid}. Stop that one first, or choose another folder with CAIRN_DATA.`,
  )
}

/** A second start on the same data is told so at once when the first answers, wherever its socket is; one whose parent just died soon does not. */
async function refuseSecond({ cluster }: Privileges): Promise<void> {
  const answers = async () => {
    const lock = readLockFile(cluster)
    return lock !== undefined && lock.sockets !== '' && (await readMark(lock.sockets, lock.port, user)) !== undefined
  }
  if (!(await answers())) return
  await sleep(300)
  if (await answers()) throw inUse(cluster)
}

async function makeDatabase(connection: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

interface Supervision {
  onExit: StartOptions['onExit']
  onRestart: StartOptions['onRestart']
  /** Whether there is room to come up again. */
  hasRoom: () => boolean
}

/**
 * Keeps it running, on the same socket, so that connections come back by themselves; returns how to stop it. On a full disk it ends, and would end again:
 * then room is waited for, however long that takes (R-FLT-1).
 */
function supervise(
  first: ChildProcess,
  begin: () => Promise<ChildProcess>,
  { onExit, onRestart, hasRoom }: Supervision,
): () => Promise<void> {
  let child = first
  let stopping = false
  let restarting = Promise.resolve()
  let ends: number[] = []
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const again = async (code: number | null) => {
    ends = [...ends.filter((at) => Date.now() - at < 60_000), Date.now()]
    while (!stopping) {
      if (!hasRoom()) {
        // Whatever ends there says nothing of the server.
        ends = []
        await sleep(500)
        continue
      }
      try {
        if (ends.length > restarts) throw new Error('It ends again and again.')
        watch(await begin())
        onRestart?.()
        return
      } catch {
        if (hasRoom()) return stopping ? undefined : onExit?.(code)
      }
    }
  }
  const watch = (next: ChildProcess) => {
    child = next
    const ended = (code: number | null) => {
      if (!stopping) restarting = again(code)
    }
    if (hasEnded()) ended(child.exitCode)
    else child.once('exit', ended)
  }
  watch(first)
  return async () => {
    stopping = true
    await restarting
    if (hasEnded()) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGINT')
    const late = setTimeout(() => child.kill('SIGQUIT'), 8000)
    await gone
    clearTimeout(late)
  }
}
