/** The mail to whoever confirmed a batch: written in the transaction that ends it, so at most once. */
import { textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import { type BatchRecord, insertMessages, listMembers, readEdition, readProgress, type TenantTransaction } from '@cairn/store'
import { found, type Installation, newId } from '../context.ts'

/** What there is to tell. */
export type BatchNews = { kind: 'batch-sealed' } | { kind: 'batch-waiting'; noticeAt: string } | { kind: 'batch-failed' }

/** Tells whoever confirmed it what became of a batch, in the language they worked in. Somebody who left since is not told. */
export async function tellOfBatch({ config }: Installation, tx: TenantTransaction, batch: BatchRecord, news: BatchNews): Promise<void> {
  const member = (await listMembers(tx)).find(({ person }) => person === batch.confirmedBy)
  if (!member) return
  const { specification } = found(await readEdition(tx, batch.edition)).edition
  const language = batch.confirmedLanguage ?? specification.primaryLanguage
  const title = textIn(specification.title, language)
  const link = `${config.publicUrl}/batches/${batch.id}`
  const count = found(await readProgress(tx, batch.id)).sealed
  const words =
    news.kind === 'batch-waiting'
      ? mailText(news.kind, language, { title, count, moment: news.noticeAt, link })
      : news.kind === 'batch-sealed'
        ? mailText(news.kind, language, { title, count, link })
        : mailText(news.kind, language, { title, link })
  await insertMessages(tx, [{ id: newId(), kind: 'batch', to: member.email, ...words }], new Date().toISOString())
}
