/** Room on a disk. */
import { statfsSync } from 'node:fs'

/** Bytes that are free where a folder is. A file system that does not say is not full for that. */
export function roomAt(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
