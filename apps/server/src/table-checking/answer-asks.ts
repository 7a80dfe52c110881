/** What the database knows of the learners and numbers in a table, and the fonts of its letters. */
import { fontsCover } from '@cairn/documents'
import { existingKeys, promisedReferences, type TenantTransaction, takenReferences } from '@cairn/store'
import type { TableAsks, TableKnown } from './check-table.ts'

/** So many are asked for at once that nobody waits for them to be written and read. */
const together = 5000

/** Answers what a table asks. */
export async function answerAsks(tx: TenantTransaction, { keys, numbers, replaced, letters }: TableAsks): Promise<TableKnown> {
  const unset = new Set(letters.filter((letter) => !fontsCover(letter)))
  const known = { keys: new Set<string>(), taken: new Map<string, string[]>(), promised: new Set<string>(), unset }
  for (const some of inParts(keys)) for (const key of await existingKeys(tx, some, replaced)) known.keys.add(key)
  for (const some of inParts(numbers)) {
    for (const [number, ids] of await takenReferences(tx, some)) known.taken.set(number, ids)
    for (const number of await promisedReferences(tx, some)) known.promised.add(number)
  }
  return known
}

function* inParts<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < all.length; at += together) yield all.slice(at, at + together)
}
