/** Checking the rows of a batch: columns to awards, problems by row, duplicates in the file and among what was awarded before (R-IDEM-2). */
import { type AwardGiven, type Edition, fullName, type Problem, problem } from '@cairn/core'
import { checkRows, isField, type Mapping, type SheetRow } from '@cairn/sheets'
import { type BatchRowRecord, existingKeys, promisedReferences, type TenantTransaction, takenReferences } from '@cairn/store'

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
    rows: readonly (SheetRow & { leftOut?: boolean; replaces?: string })[]
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
  const replaced = wanted.flatMap(({ replaces }) => replaces ?? [])
  const before = await existingKeys(tx, [...keys.values()], replaced)
  const givenTwice = await referenceProblems(tx, wanted, checked.rows)
  const byNumber = new Map(checked.rows.map((row) => [row.n, row]))
  const rows = given.rows.map((row): BatchRowRecord => {
    const found = byNumber.get(row.n)
    const replaces = row.replaces ? { replaces: row.replaces } : {}
    if (!found) return { n: row.n, cells: [...row.cells], problems: [], leftOut: true, ...replaces }
    const key = keys.get(row.n)
    const taken = givenTwice.get(row.n)
    return {
      n: row.n,
      cells: [...row.cells],
      problems: taken ? [...found.problems, taken] : found.problems,
      leftOut: false,
      ...replaces,
      ...(found.given && !taken ? { given: found.given } : {}),
      ...(key !== undefined && before.has(key) ? { duplicateOf: 'award' } : {}),
    }
  })
  return { rows, problems: checked.problems }
}

/** Reference numbers that were given out before, or stand in the file twice, by row. A replacement may keep the number of what it replaces. */
async function referenceProblems(
  tx: TenantTransaction,
  rows: readonly { n: number; replaces?: string }[],
  checked: readonly { n: number; given?: AwardGiven }[],
): Promise<Map<number, Problem>> {
  const numbered = checked.flatMap(({ n, given }) => (given?.referenceNumber ? [{ n, number: given.referenceNumber }] : []))
  if (numbered.length === 0) return new Map()
  const numbers = numbered.map(({ number }) => number)
  const [taken, promised] = [await takenReferences(tx, numbers), await promisedReferences(tx, numbers)]
  const replacing = new Map(rows.map(({ n, replaces }) => [n, replaces]))
  const first = new Map<string, number>()
  const found = new Map<number, Problem>()
  for (const { n, number } of numbered) {
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
