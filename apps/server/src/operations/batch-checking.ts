/** Checking the rows of a batch: columns to awards, problems by row, duplicates in the file and among what was awarded before (R-IDEM-2). */
import { type AwardGiven, type Edition, fullName } from '@cairn/core'
import { checkRows, isField, type Mapping, type SheetRow } from '@cairn/sheets'
import { type BatchRowRecord, existingKeys, type TenantTransaction } from '@cairn/store'

/** What says that two awards are the same: edition, learner, day. */
export function naturalKey(edition: Pick<Edition, 'achievement'>, { learner, awardDate }: AwardGiven): string {
  const who = learner.identifier ?? learner.nationalId?.value ?? learner.dateOfBirth ?? learner.email ?? ''
  return [edition.achievement, fullName(learner).normalize('NFKC').toLowerCase(), who.toLowerCase(), awardDate].join('|')
}

/** Only fields that exist; anything else is a column left out. */
export const mappingOf = (columns: readonly (string | null)[]): Mapping =>
  columns.map((field) => (field !== null && isField(field) ? field : null))

/** Checks rows and gives them as they are stored. Rows that were left out stay so. */
export async function checkedRows(
  tx: TenantTransaction,
  given: {
    edition: Edition
    rows: readonly (SheetRow & { leftOut?: boolean })[]
    mapping: Mapping
    awardDate?: string | undefined
    today: string
  },
) {
  const { edition, mapping, today, awardDate } = given
  const wanted = given.rows.filter((row) => !row.leftOut)
  const country = edition.institution.country
  const checked = checkRows({
    rows: wanted,
    mapping,
    specification: edition.specification,
    today,
    country,
    ...(awardDate ? { awardDate } : {}),
  })
  const keys = new Map(checked.rows.flatMap((row) => (row.given ? [[row.n, naturalKey(edition, row.given)] as const] : [])))
  const before = await existingKeys(tx, [...keys.values()])
  const byNumber = new Map(checked.rows.map((row) => [row.n, row]))
  const rows = given.rows.map((row): BatchRowRecord => {
    const found = byNumber.get(row.n)
    if (!found) return { n: row.n, cells: [...row.cells], problems: [], leftOut: true }
    const key = keys.get(row.n)
    return {
      n: row.n,
      cells: [...row.cells],
      problems: found.problems,
      leftOut: false,
      ...(found.given ? { given: found.given } : {}),
      ...(key !== undefined && before.has(key) ? { duplicateOf: 'award' } : {}),
    }
  })
  return { rows, problems: checked.problems }
}
