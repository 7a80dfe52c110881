/** The server's process: how it is launched, how we know that it answers, and that it is ours that answers. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Privileges } from './privileges.ts'

/** The port that names the socket of a server nobody reaches otherwise; said aloud, because PGPORT of the environment would count otherwise. */
export const socketPort = 5432

/** Where the kernel cannot be asked to end a child with its parent: a shell holds the other end of a pipe and stops the server when it closes. */
const watchdog = `"$@" 3<&- & pg=$!
( exec >/dev/null 2>&1; read x <&3; kill -INT $pg ) & w=$!
trap "kill -INT $pg" INT TERM
while :; do wait $pg; rc=$?; kill -0 $pg 2>/dev/null || break; done
kill $w; exit $rc`

/** How a server is launched: `mark` is a word that only this launch knows; with `listen` it answers on that port of 127.0.0.1 too. */
export interface Launch {
  durable: boolean
  mark: string
  listen?: number | undefined
}

/** Launches the server. */
export function launch({ wrap, binaries, cluster, uid }: Privileges, sockets: string, { durable, mark, listen }: Launch): ChildProcess {
  const settings = [
    `listen_addresses=${listen === undefined ? '' : '127.0.0.1'}`,
    `port=${listen ?? socketPort}`,
    `unix_socket_directories=${sockets}`,
    'unix_socket_permissions=0700',
    'max_connections=80',
    'timezone=UTC',
    // A new file of the log is not filled with zeros first: that wrote every byte of a large batch twice, and a commit waits no longer without it (decision 016).
    'wal_init_zero=off',
    `cairn.mark=${mark}`,
    // Said here, they hold against postgresql.conf and ALTER SYSTEM.
    ...(durable
      ? ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on']
      : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
  ]
  const program = [path.join(binaries, 'bin', 'postgres'), '-D', cluster, ...settings.flatMap((each) => ['-c', each])]
  const env = { ...process.env, LC_ALL: 'C' }
  // Detached, so that Ctrl-C reaches us alone and we stop it in order; the kernel (or the watchdog) stops it when we die.
  const shared = { cwd: path.dirname(cluster), detached: true, env }
  if (wrap.length > 0) return spawn(wrap[0]!, [...wrap.slice(1), ...program], { ...shared, stdio: ['ignore', 'ignore', 'pipe'] })
  const as = uid === undefined ? {} : { uid, gid: uid }
  return spawn('sh', ['-c', watchdog, 'sh', ...program], { ...shared, ...as, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
}

/** The mark of the server that answers there; undefined when none does. */
export async function readMark(host: string, port: number, user: string): Promise<string | undefined> {
  const client = new pg.Client({ host, port, user, database: 'postgres', ssl: false, connectionTimeoutMillis: 1000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ mark: string | null }>(`select current_setting('cairn.mark', true) as mark`)
    return rows[0]?.mark ?? ''
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Waits until the child answers; returns undefined then, or what it said when it ended instead. */
export async function becomeReady(child: ChildProcess, mark: () => Promise<boolean>): Promise<string | undefined> {
  let output = ''
  let ended = false
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-8000)
  })
  child.once('close', () => {
    ended = true
  })
  child.once('error', (error) => {
    ended = true
    output += String(error)
  })
  while (!ended) {
    if (await mark()) return undefined
    await sleep(25)
  }
  return output || 'It ended at once.'
}

/** The process, the port and the socket folder that a cluster's lock file names (lines 1, 4 and 5); undefined without one. */
export function readLockFile(cluster: string): { pid: string; port: number; sockets: string } | undefined {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: lines[0] || '?', port: Number(lines[3]) || socketPort, sockets: lines[4] ?? '' }
}
