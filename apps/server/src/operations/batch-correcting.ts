/** Operations that put rows right: one in place, or many by a file that was made for it and comes back. */
import type { Handlers } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import { readTable, writeCsv } from '@cairn/sheets'
import {
  allRows,
  type BatchRecord,
  type BatchRowRecord,
  putRows,
  readBatch,
  readEdition,
  setBatchColumns,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { batchAnswer, openBatch } from './batch-answer.ts'
import { checkedRows, mappingOf } from './batch-checking.ts'

type Own = Pick<Handlers<Context>, 'batch.fix' | 'batch.template' | 'batch.correct'>

/** Headings of what we add to a file: the number by which a row is found again, and what is wrong with it. */
const rowHeading = '#row'
const problemHeading = '#problems'

/** A row as answers have it. */
export const rowAnswer = ({ n, cells, problems, duplicateOf, credential }: BatchRowRecord) => ({
  n,
  cells,
  problems,
  ...(duplicateOf ? { duplicateOf } : {}),
  ...(credential ? { credential } : {}),
})

/** Checks all rows again with the changes by row number, and stores what came out differently. One learner put right can change other rows. */
async function recheck(context: Context, tx: TenantTransaction, batch: BatchRecord, changes: ReadonlyMap<number, Partial<BatchRowRecord>>) {
  const { edition } = found(await readEdition(tx, batch.edition))
  const before = await allRows(tx, batch.id)
  const known = new Set(before.map(({ n }) => n))
  for (const n of changes.keys()) if (!known.has(n)) found(undefined, `The batch has no row ${n}.`)
  const mapping = mappingOf(batch.mapping)
  const today = context.now.slice(0, 10)
  const rows = before.map((row) => ({ ...row, ...changes.get(row.n) }))
  const checked = await checkedRows(tx, { edition, rows, mapping, awardDate: batch.awardDate, today })
  const changed = checked.rows.filter(
    (row, at) => changes.has(row.n) || JSON.stringify(row.problems) !== JSON.stringify(before[at]!.problems),
  )
  await putRows(tx, batch.id, changed)
  await setBatchColumns(tx, batch.id, batch.mapping, batch.awardDate, checked.problems)
  return { batch: await batchAnswer(tx, found(await readBatch(tx, batch.id))), rows: checked.rows }
}

/** Handlers of what puts rows right. */
export const correctingHandlers: Own = {
  'batch.fix': ({ id, n, cells, leaveOut }, context) =>
    asTenant(context, async (tx) => {
      const { batch, rows } = await recheck(context, tx, await openBatch(tx, id), new Map([[n, { cells, leftOut: leaveOut ?? false }]]))
      return { batch, row: rowAnswer(rows.find((row) => row.n === n)!) }
    }),

  'batch.template': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const { header, source } = found(await readBatch(tx, id))
      const wrong = (await allRows(tx, id)).filter(({ leftOut, problems }) => !leftOut && problems.length > 0)
      const lines = wrong.map(({ n, cells, problems }) => [
        String(n),
        ...header.map((_, at) => cells[at] ?? ''),
        problems.map(({ pointer, detail }) => `${pointer?.split('/').at(-1) ?? ''}: ${detail}`).join(' '),
      ])
      return {
        name: `to-correct-${source.replace(/\.\w+$/, '')}.csv`,
        mediaType: 'text/csv; charset=utf-8',
        base64: Buffer.from(writeCsv([[rowHeading, ...header, problemHeading], ...lines])).toString('base64'),
      }
    }),

  'batch.correct': async ({ id, fileName, base64 }, context) => {
    const sheet = await readTable(new Uint8Array(Buffer.from(base64, 'base64')), { fileName })
    return asTenant(context, async (tx) => {
      const batch = await openBatch(tx, id)
      const columns = [rowHeading, ...batch.header].map((name, at) => (sheet.header[at] === name ? at : -1))
      if (columns.includes(-1))
        throw new ProblemError(
          'sheet.column-missing',
          'These are not the columns of the file that was downloaded to be corrected.',
          '/header',
        )
      const changes = new Map<number, Partial<BatchRowRecord>>()
      for (const { n, cells } of sheet.rows) {
        const number = Number(cells[0])
        if (!Number.isInteger(number) || changes.has(number))
          throw new ProblemError(
            'sheet.unreadable',
            `Line ${n + 1} does not say which row it corrects, or one is there twice.`,
            `/rows/${n}`,
          )
        changes.set(number, { cells: cells.slice(1, batch.header.length + 1) })
      }
      const { batch: corrected } = await recheck(context, tx, batch, changes)
      return { batch: corrected, rows: changes.size }
    })
  },
}
