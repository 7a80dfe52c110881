/** Titles of editions, for lists of what was made of them. */
import { textIn } from '@cairn/core'
import { readEdition, type TenantTransaction } from '@cairn/store'
import { found } from '../context.ts'

/** The title of each edition in its primary language, by id; each is read once. Raises `request.not-found` when one is missing. */
export async function editionTitles(tx: TenantTransaction, ids: readonly string[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const id of new Set(ids)) {
    const { specification } = found(await readEdition(tx, id)).edition
    titles.set(id, textIn(specification.title, specification.primaryLanguage))
  }
  return titles
}
