/** Which column is what: a guess that a person confirms. */
import type { AchievementSpecification } from '@cairn/core'
import { type Field, fieldOfHeading } from './fields.ts'
import { dateOrderOf, readDate } from './read-date.ts'
import type { SheetRow } from './read-sheet.ts'

/** Field by column number, `null` where the column is left out. */
export type Mapping = readonly (Field | null)[]

const mailLike = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Guesses the columns by their headings in some twenty languages, then those nobody knew by what stands in them. No field is given twice. */
export function guessColumns(
  header: readonly string[],
  rows: readonly SheetRow[],
  specification?: Pick<AchievementSpecification, 'parts'>,
): Mapping {
  const mapping: (Field | null)[] = header.map(() => null)
  const taken = new Set<Field>()
  const give = (column: number, field: Field) => {
    if (taken.has(field)) return
    mapping[column] = field
    taken.add(field)
  }
  for (const [column, heading] of header.entries()) {
    const field = fieldOfHeading(heading, specification)
    if (field) give(column, field)
  }
  byContent(mapping, rows.slice(0, 200), give)
  // "Name" beside "Surname" is the given name; "Name" alone is the whole one.
  const whole = mapping.indexOf('fullName')
  if (whole >= 0 && taken.has('familyName') && !taken.has('givenName')) mapping[whole] = 'givenName'
  else if (whole >= 0 && taken.has('givenName') && !taken.has('familyName')) mapping[whole] = 'familyName'
  else if (whole >= 0 && taken.has('givenName')) mapping[whole] = null
  else if (whole < 0 && taken.has('givenName') && !taken.has('familyName')) nameAlone(mapping, rows)
  return mapping
}

function byContent(mapping: readonly (Field | null)[], rows: readonly SheetRow[], give: (column: number, field: Field) => void): void {
  for (const [column, known] of mapping.entries()) {
    if (known) continue
    const cells = rows.map((row) => row.cells[column]?.trim() ?? '').filter((cell) => cell !== '')
    if (cells.length === 0) continue
    const share = (fits: (cell: string) => boolean) => cells.filter(fits).length / cells.length
    if (share((cell) => mailLike.test(cell)) > 0.8) give(column, 'email')
    else {
      const order = dateOrderOf(cells)
      const days = cells.map((cell) => readDate(cell, order)).flatMap((read) => ('day' in read ? [read.day] : []))
      // Days decades apart are birthdays; what other days mean nobody can tell from looking.
      const spread = days.length > 2 ? Number(days.toSorted().at(-1)!.slice(0, 4)) - Number(days.toSorted()[0]!.slice(0, 4)) : 0
      if (days.length / cells.length > 0.8 && spread >= 5) give(column, 'dateOfBirth')
    }
  }
}

/** A lone "Jméno" or "Name" column with blanks inside most cells holds whole names. */
function nameAlone(mapping: (Field | null)[], rows: readonly SheetRow[]): void {
  const column = mapping.indexOf('givenName')
  const cells = rows.slice(0, 200).map((row) => row.cells[column]?.trim() ?? '')
  if (cells.filter((cell) => /\s/.test(cell)).length > cells.length / 2) mapping[column] = 'fullName'
}
