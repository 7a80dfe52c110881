/** Public files in a directory, for a web server on the same disk. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { newId } from '../context.ts'
import type { FileStore } from './file-store.ts'

/**
 * Keeps files below `directory`. A file has the ending of its kind, `.jwt` or `.json`: a web server tells from it what it is, and an address may be a file and
 * begin others. What is half written has another name, so nobody reads it.
 */
export function directoryStore(directory: string): FileStore {
  return {
    async put({ path: address, mediaType, bytes }) {
      const ending = mediaType.endsWith('json') ? '.json' : '.jwt'
      const file = path.join(directory, address.endsWith(ending) ? address : `${address}${ending}`)
      const fresh = `${file}.${newId()}`
      try {
        await mkdir(path.dirname(file), { recursive: true })
        await writeFile(fresh, bytes, { mode: 0o644 })
        await rename(fresh, file)
      } catch (error) {
        await rm(fresh, { force: true }).catch(() => undefined)
        throw new ProblemError(
          'server.storage-away',
          `A public file cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`,
        )
      }
    },
  }
}
