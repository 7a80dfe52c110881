/**
 * Public files into their storage, after what they say was committed: status lists as soon as there is a newer one, and what institutions publish of their
 * keys. The storage is never the only copy: whatever is in it can be written again from the database.
 */
import { createHash } from 'node:crypto'
import { listIssuers, listsToFile, markFiled } from '@cairn/store'
import type { Installation } from '../context.ts'
import type { FileStore, PublicFile } from './file-store.ts'
import { issuerFiles, typeFiles } from './issuer-files.ts'

/** How many lists are read at once; a list weighs up to some hundred kilobytes. */
const listsAtOnce = 20
/** A revocation is to be seen within fifteen seconds, in caches too. */
const listMaxAge = 10

type Ground = Pick<Installation, 'database' | 'config'>

/** Writes every status list whose newest publication is not there yet, in both forms. Answers how many lists there were. */
export async function publishLists({ database }: Ground, store: FileStore, isStopping = () => false): Promise<number> {
  for (let written = 0; ; ) {
    const lists = isStopping() ? [] : await listsToFile(database, listsAtOnce)
    if (lists.length === 0) return written
    for (const { list, signed, token, ...row } of lists) {
      const file = { maxAge: listMaxAge, path: `status/${list}`, mediaType: 'application/vc+jwt' }
      await store.put({ ...file, bytes: signed })
      if (token)
        await store.put({ ...file, path: `${file.path}/token`, mediaType: 'application/statuslist+jwt', bytes: Buffer.from(token) })
      await markFiled(database, { list, ...row })
      written++
    }
  }
}

/** Writes what institutions publish of their keys, and the descriptions of types: those that are not in `written`, by path, with this hash. Answers how many. */
export async function publishDocuments(ground: Ground, store: FileStore, written = new Map<string, string>()): Promise<number> {
  let count = 0
  const put = async (file: PublicFile) => {
    const hash = createHash('sha256').update(file.bytes).digest('hex')
    if (written.get(file.path) === hash) return
    await store.put(file)
    written.set(file.path, hash)
    count++
  }
  for (const file of await typeFiles(ground.config)) await put(file)
  for (const issuer of await listIssuers(ground.database))
    for (const file of Object.values(await issuerFiles(ground, issuer))) await put(file)
  return count
}
