/** All rows of a file: awards, problems by row, and learners who stand in it twice (R-CSV-2). */
import { type AwardGiven, fullName, type Problem, problem } from '@cairn/core'
import { checkRow, type RowRead, type RowRules } from './check-row.ts'
import { dateFields } from './fields.ts'
import type { Mapping } from './guess-columns.ts'
import { dateOrderOf } from './read-date.ts'
import type { SheetRow } from './read-sheet.ts'

/** What rows are checked against. */
export interface RowCheck {
  rows: readonly SheetRow[]
  mapping: Mapping
  specification: RowRules['specification']
  /** Today, as the awarding body's calendar has it: `2026-05-12`. */
  today: string
  /** The award date of rows that name none. */
  awardDate?: string
  /** Country of national numbers where no column says it, two letters. */
  country?: string
}

/** One checked row; `given` is there when nothing is wrong. `duplicateOf` is the row that names the same learner first. */
export interface CheckedRow extends RowRead {
  n: number
  duplicateOf?: number
}

/** Checked rows, and problems of the file as a whole. */
export interface RowsChecked {
  rows: CheckedRow[]
  problems: Problem[]
}

/** Checks every row. A later row that names the same learner is a problem of that row and keeps no `given`. */
export function checkRows({ rows, mapping, specification, today, awardDate, country }: RowCheck): RowsChecked {
  const orders = Object.fromEntries(dateFields.map((field) => [field, orderOf(rows, mapping.indexOf(field))]))
  const rules: RowRules = { mapping, orders, specification, awardDate, country, today }
  const first = new Map<string, number>()
  const checked = rows.map(({ n, cells }): CheckedRow => {
    const read = checkRow(n, cells, rules)
    if (!read.given) return { n, ...read }
    const key = learnerKey(read.given)
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, n)
      return { n, ...read }
    }
    const twice = problem(
      'sheet.duplicate',
      `Row ${before} names the same learner.`,
      `/rows/${n}/${mapping.includes('fullName') ? 'fullName' : 'givenName'}`,
    )
    return { n, problems: [twice], warnings: read.warnings, duplicateOf: before }
  })
  return { rows: checked, problems: fileProblems(mapping, awardDate, rows.length) }
}

function fileProblems(mapping: Mapping, awardDate: string | undefined, count: number): Problem[] {
  const found: Problem[] = []
  if (count === 0) found.push(problem('sheet.unreadable', 'There is no row below the header.', '/rows'))
  if (!mapping.some((field) => field === 'givenName' || field === 'familyName' || field === 'fullName'))
    found.push(
      problem(
        'sheet.column-missing',
        'No column holds the names. Head one with givenName and one with familyName, or one with fullName.',
        '/header',
      ),
    )
  if (!awardDate && !mapping.includes('awardDate'))
    found.push(
      problem('sheet.column-missing', 'No column holds the day of the award. Head one with awardDate, or give one day for all.', '/header'),
    )
  const twice = mapping.find((field, at) => field !== null && mapping.indexOf(field) !== at)
  if (twice) found.push(problem('sheet.column-missing', `Two columns are taken for ${twice}.`, '/header'))
  return found
}

function orderOf(rows: readonly SheetRow[], column: number): ReturnType<typeof dateOrderOf> {
  return column < 0 ? 'unknown' : dateOrderOf(rows.map((row) => row.cells[column] ?? ''))
}

/** What tells learners apart: the identifier, else the national number, else name with birthday, else name with address. */
function learnerKey({ learner }: AwardGiven): string {
  if (learner.identifier) return `identifier ${learner.identifier.toLowerCase()}`
  if (learner.nationalId) return `national ${learner.nationalId.country} ${learner.nationalId.value.replace(/\W/g, '').toLowerCase()}`
  const name = fullName(learner).normalize('NFKC').toLowerCase()
  return `name ${name} ${learner.dateOfBirth ?? learner.email?.toLowerCase() ?? ''}`
}
