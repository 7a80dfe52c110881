/** Finding a server that another process of ours runs on a data folder. */
import path from 'node:path'
import type pg from 'pg'
import { readLockFile, readMark } from './server-process.ts'

/** How to reach the server that runs on `folder/postgres` at the moment; undefined when none answers. */
export async function findRunning(folder: string): Promise<pg.PoolConfig | undefined> {
  const lock = readLockFile(path.join(path.resolve(folder), 'postgres'))
  if (!lock?.sockets || (await readMark(lock.sockets, lock.port, 'cairn')) === undefined) return undefined
  return { host: lock.sockets, port: lock.port, user: 'cairn', database: 'cairn', ssl: false, max: 3 }
}
