/** Room on the disk of the embedded database: what would fill it is refused before the database has to end for want of it (R-FLT-1). */
import { ProblemError } from '@cairn/core'
import { roomAt } from '@cairn/store'
import type { Config } from './config.ts'

/** What is kept free, in bytes: two chunks of a batch and their journal, twice. */
const kept = 192 * 1024 * 1024

/** How much room there is. */
export interface DiskRoom {
  /** Bytes that are free beside the data; undefined where the database is elsewhere, and looks after its own disk. */
  free(): number | undefined
  /** Raises `server.disk-full` when nothing large may be written any more. */
  require(): void
}

/** Looks at the disk of the data folder. */
export function createDiskRoom({ databaseUrl, data }: Pick<Config, 'databaseUrl' | 'data'>): DiskRoom {
  const free = () => (databaseUrl ? undefined : roomAt(data))
  return {
    free,
    require() {
      if ((free() ?? kept) < kept)
        throw new ProblemError(
          'server.disk-full',
          'The disk of this server is nearly full. Nothing was changed; reading and revoking go on.',
        )
    },
  }
}
