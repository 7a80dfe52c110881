/** Operations that put rows right: one in place, or many by a file that was made for it and comes back. */
import type { Handlers } from '@cairn/api'
import { writeCsv } from '@cairn/sheets'
import {
  type BatchRecord,
  type BatchRowRecord,
  readBatch,
  readEdition,
  readRow,
  rowsToCorrect,
  rowTexts,
  setBatchColumns,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { mappingOf } from '../table-checking/check-table.ts'
import { type FromStore, rowHeading } from '../table-checking/table-job.ts'
import { batchAnswer, besideField, openBatch } from './batch-answer.ts'
import { putTable, todayHere, withTable } from './batch-making.ts'

type Own = Pick<Handlers<Context>, 'batch.fix' | 'batch.template' | 'batch.correct'>

/** The heading of why a row stands in a file that is downloaded to be corrected. */
const problemHeading = '#problems'

/** A row as answers have it. */
export const rowAnswer = ({ n, cells, problems, warnings, duplicateOf, credential }: BatchRowRecord) => ({
  n,
  cells,
  problems,
  ...(warnings ? { warnings } : {}),
  ...(duplicateOf ? { duplicateOf } : {}),
  ...(credential ? { credential } : {}),
})

/** Checks all rows again with what is to change, and stores what came out otherwise; how many rows a file corrected. */
async function recheck(
  context: Context,
  tx: TenantTransaction,
  batch: BatchRecord,
  change: NonNullable<FromStore['change']>,
): Promise<number> {
  const { edition } = found(await readEdition(tx, batch.edition))
  const from = { kind: 'store', texts: await rowTexts(tx, batch.id), mapping: mappingOf(batch.mapping), change } as const
  return withTable({ edition, today: await todayHere(context, tx), awardDate: batch.awardDate, from }, async (table) => {
    await putTable(tx, batch.id, table)
    await setBatchColumns(tx, batch.id, batch.mapping, batch.awardDate, table.facts.problems)
    return table.facts.corrected
  })
}

/** Handlers of what puts rows right. */
export const correctingHandlers: Own = {
  'batch.fix': ({ id, n, cells, leaveOut }, context) =>
    asTenant(context, async (tx) => {
      await recheck(context, tx, await openBatch(tx, id), { row: n, to: { cells, leftOut: leaveOut ?? false } })
      const batch = await batchAnswer(tx, found(await readBatch(tx, id)))
      return { batch, row: rowAnswer(found(await readRow(tx, id, n))) }
    }),

  'batch.template': ({ id, only }, context) =>
    asTenant(context, async (tx) => {
      const { header, source } = found(await readBatch(tx, id))
      const lines = (await rowsToCorrect(tx, id, only)).map(({ n, cells, problems, warnings = [] }) => [
        String(n),
        ...header.map((_, at) => cells[at] ?? ''),
        [...problems, ...warnings].map(besideField).join(' '),
      ])
      return {
        name: `to-correct-${source.replace(/\.\w+$/, '')}.csv`,
        mediaType: 'text/csv; charset=utf-8',
        base64: Buffer.from(writeCsv([[rowHeading, ...header, problemHeading], ...lines])).toString('base64'),
      }
    }),

  'batch.correct': ({ id, fileName, base64 }, context) =>
    asTenant(context, async (tx) => {
      const batch = await openBatch(tx, id)
      const file = { name: fileName, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }
      const rows = await recheck(context, tx, batch, { header: batch.header, file })
      return { batch: await batchAnswer(tx, found(await readBatch(tx, id))), rows }
    }),
}
