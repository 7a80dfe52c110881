/** A folder for the socket: of one fixed name, so that nothing piles up after a kill, and nobody else's. */
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, rmdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { isReachable, type Privileges } from './privileges.ts'

/** The longest folder in which a socket's path still fits the 107 bytes that the kernel has for it, with room for our names. */
const longest = 60

/** Makes the folder and returns its path. Raises `server.no-database` when somebody else has taken its name. */
export function makeSocketFolder({ cluster, uid }: Privileges): string {
  const name = createHash('sha256').update(cluster).digest('hex').slice(0, 16)
  const usable = os.tmpdir().length <= longest && (uid === undefined || isReachable(os.tmpdir()))
  const place = path.join(usable ? os.tmpdir() : '/tmp', `cairn-${name}`)
  const own = process.getuid?.() ?? 0
  if (existsSync(place)) {
    const found = lstatSync(place)
    if (!found.isDirectory() || (own !== 0 && found.uid !== own))
      throw new ProblemError('server.no-database', `The folder ${place} belongs to somebody else.`)
  } else mkdirSync(place, { mode: 0o700 })
  if (own === 0) chownSync(place, uid ?? 0, uid ?? 0)
  chmodSync(place, 0o700)
  return place
}

/** Removes the folder after a clean stop, unless the next server has already put its socket there. */
export function removeSocketFolder(place: string): void {
  try {
    rmdirSync(place)
  } catch {
    // In use again, or gone already: both are as they should be.
  }
}
