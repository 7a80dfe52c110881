/**
 * Checking the rows of a batch: columns to awards, problems by row, duplicates in the file and among what was awarded before (R-IDEM-2). It has a question
 * in its middle, what is known already of the learners and numbers in the table, so that whoever has no database can check a table too.
 */
import { type AwardGiven, type Edition, fullName, type Problem, problem } from '@cairn/core'
import { type CheckedRow, checkRows, isField, lettersIn, lettersUnset, type Mapping, type SheetRow } from '@cairn/sheets'
import type { BatchRowRecord } from '@cairn/store'

/** Rows, and what they are checked against. */
export interface TableGiven {
  edition: Edition
  rows: readonly RowGiven[]
  mapping: Mapping
  /** The award date of rows that name none. */
  awardDate?: string | undefined
  /** The day of the awarding body, as in `2026-05-12`. */
  today: string
}

/** A row before it is checked. One that was left out stays so; what it replaces, and the id it was promised, go with it. */
export type RowGiven = SheetRow & Pick<BatchRowRecord, 'replaces' | 'promised'> & { leftOut?: boolean }

/** What has to be known before the rows can be judged. */
export interface TableAsks {
  /** Natural keys of the awards in the table. */
  keys: string[]
  /** Reference numbers that it brings. */
  numbers: string[]
  /** The credentials that it replaces. */
  replaced: string[]
  /** Letters of what sheets will say of its learners, beyond the plain ones. */
  letters: string[]
}

/** What is known of them. */
export interface TableKnown {
  /** Which keys were awarded before. */
  keys: ReadonlySet<string>
  /** Which numbers were given out, and to which credentials. */
  taken: ReadonlyMap<string, readonly string[]>
  /** Which numbers confirmed rows bring. */
  promised: ReadonlySet<string>
  /** Which letters no font has that sheets are set in. */
  unset: ReadonlySet<string>
}

/** A table half-way: what is wrong with it as a whole, what it asks, and how its rows stand once that is answered. */
export interface TableBegun {
  problems: Problem[]
  asks: TableAsks
  finish(known: TableKnown): BatchRowRecord[]
}

/** What says that two awards are the same: edition, learner, day. */
export function naturalKey(edition: Pick<Edition, 'achievement'>, { learner, awardDate }: AwardGiven): string {
  const who = learner.identifier ?? learner.nationalId?.value ?? learner.dateOfBirth ?? learner.email ?? ''
  return [edition.achievement, fullName(learner).normalize('NFKC').toLowerCase(), who.toLowerCase(), awardDate].join('|')
}

/** Only fields that exist; anything else is a column left out. */
export const mappingOf = (columns: readonly (string | null)[]): Mapping =>
  columns.map((field) => (field !== null && isField(field) ? field : null))

/** Begins to check a table. */
export function beginTable({ edition, rows, mapping, awardDate, today }: TableGiven): TableBegun {
  const wanted = rows.filter((row) => !row.leftOut)
  const { country } = edition.institution
  const { specification } = edition
  const checked = checkRows({ rows: wanted, mapping, specification, today, country, ...(awardDate ? { awardDate } : {}) })
  const keys = new Map(checked.rows.flatMap((row) => (row.given ? [[row.n, naturalKey(edition, row.given)] as const] : [])))
  const asks = {
    keys: [...keys.values()],
    numbers: numbered(checked.rows).map(({ number }) => number),
    replaced: wanted.flatMap(({ replaces }) => replaces ?? []),
    letters: lettersIn(checked.rows.flatMap(({ given }) => given ?? [])),
  }
  const finish = (known: TableKnown) => {
    const givenTwice = referenceProblems(wanted, checked.rows, known)
    const isWholeName = mapping.includes('fullName')
    const byNumber = new Map(checked.rows.map((row) => [row.n, row]))
    return rows.map((row): BatchRowRecord => {
      const found = byNumber.get(row.n)
      const { n, replaces, promised } = row
      const same = { n, cells: [...row.cells], ...(replaces ? { replaces } : {}), ...(promised ? { promised } : {}) }
      if (!found) return { ...same, problems: [], leftOut: true }
      const key = keys.get(n)
      const taken = givenTwice.get(n)
      const warnings = [...found.warnings, ...lettersUnset(found, known.unset, isWholeName)]
      return {
        ...same,
        problems: taken ? [...found.problems, taken] : found.problems,
        ...(warnings.length > 0 ? { warnings } : {}),
        leftOut: false,
        ...(found.given && !taken ? { given: found.given } : {}),
        ...(key !== undefined && known.keys.has(key) ? { duplicateOf: 'award' } : {}),
      }
    })
  }
  return { problems: checked.problems, asks, finish }
}

const numbered = (rows: readonly CheckedRow[]) =>
  rows.flatMap(({ n, given }) => (given?.referenceNumber ? [{ n, number: given.referenceNumber }] : []))

/** Reference numbers that were given out before, or stand in the file twice, by row. A replacement may keep the number of what it replaces. */
function referenceProblems(
  rows: readonly RowGiven[],
  checked: readonly CheckedRow[],
  { taken, promised }: Pick<TableKnown, 'taken' | 'promised'>,
): Map<number, Problem> {
  const replacing = new Map(rows.map(({ n, replaces }) => [n, replaces]))
  const first = new Map<string, number>()
  const found = new Map<number, Problem>()
  for (const { n, number } of numbered(checked)) {
    const tell = (detail: string) => found.set(n, problem('sheet.cell-wrong', detail, `/rows/${n}/referenceNumber`))
    const holders = taken.get(number) ?? []
    const before = first.get(number)
    if (before !== undefined) tell(`Row ${before} has the same reference number.`)
    else if (promised.has(number)) tell('A batch that is confirmed gives out this reference number.')
    else if (holders.some((id) => id !== replacing.get(n))) tell('This reference number was given out before.')
    else first.set(number, n)
  }
  return found
}
