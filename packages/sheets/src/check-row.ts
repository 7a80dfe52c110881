/** One row to one award, or to what is wrong with it. */
import { type AchievementSpecification, AwardGiven, type Learner, type Problem, type ProblemCode, problem, sayIssue } from '@cairn/core'
import { dateFields, type Field } from './fields.ts'
import type { Mapping } from './guess-columns.ts'
import { type DateOrder, readDate } from './read-date.ts'
import { readOutcomes } from './read-outcomes.ts'
import { sheetLimits } from './sheet-limits.ts'

/** What holds for all rows of a file. */
export interface RowRules {
  mapping: Mapping
  orders: Readonly<Record<string, DateOrder>>
  specification: Pick<AchievementSpecification, 'kind' | 'parts' | 'outcomes' | 'awardedInPart'>
  /** The award date where a row or the file gives none. */
  awardDate: string | undefined
  /** Country of national numbers where no column says it. */
  country: string | undefined
  today: string
}

/** What came of a row: the award, unless there are problems. Warnings do not stop it. */
export interface RowRead {
  given?: AwardGiven
  problems: Problem[]
  warnings: Problem[]
}

/** Where a cell is told of: `/rows/<n>/<field>`. */
export const cellPointer = (n: number, field: string) => `/rows/${n}/${field.replaceAll('/', '~1')}`

/** Checks one row. Pointers are those of {@link cellPointer}. */
export function checkRow(n: number, cells: readonly string[], rules: RowRules): RowRead {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const tell = (code: ProblemCode, field: string, detail: string, to = problems) => to.push(problem(code, detail, cellPointer(n, field)))
  const values = cellValues(cells, rules.mapping, tell)
  if (cells.length > rules.mapping.length)
    tell(
      'sheet.row-uneven',
      'cells',
      'The row has more cells than the header. A separator inside a text needs quotation marks around the text.',
    )

  const learner = readLearner(values, rules, tell, warnings)
  const days = readDays(values, rules, tell)
  if (!days.awardDate && !values.get('awardDate')) {
    if (rules.awardDate) days.awardDate = rules.awardDate
    else tell('sheet.cell-missing', 'awardDate', 'On which day was it awarded?')
  }
  checkDays(days, learner, rules.today, tell)
  const parts: Record<string, string> = {}
  for (const [field, value] of values) if (field.startsWith('part:')) parts[field.slice(5)] = value
  const outcomes = outcomesMet(values.get('outcomes'), rules, tell)
  const { dateOfBirth: _, ...ofAward } = days
  const wanted = {
    learner,
    ...ofAward,
    ...pick(values, 'grade'),
    ...outcomes,
    ...pick(values, 'referenceNumber'),
    ...pick(values, 'evidence'),
    ...(Object.keys(parts).length > 0 ? { parts } : {}),
  }
  const read = AwardGiven.safeParse(wanted)
  if (read.success && problems.length === 0) return { given: read.data, problems, warnings }
  // Everything that is wrong with a row is told at once: cells that were found wrong are missing from the award, and that is no second fault.
  const told = new Set(problems.map(({ pointer }) => pointer))
  const found = problems.length > 0
  for (const issue of read.error?.issues ?? []) {
    const field = String(issue.path.at(-1) ?? 'cells')
    if (!found || (values.has(field as Field) && !told.has(`/rows/${n}/${field}`))) tell('sheet.cell-wrong', field, sayIssue(issue))
  }
  return { problems, warnings }
}

type Tell = (code: ProblemCode, field: string, detail: string, to?: Problem[]) => void

/** Direction overrides and control characters in a name are never typed by a person. */
const hidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u

/** The filled cells by field: NFC, blanks at the ends and line breaks taken away (R-UNI-1). */
function cellValues(cells: readonly string[], mapping: Mapping, tell: Tell): Map<Field, string> {
  const values = new Map<Field, string>()
  for (const [column, field] of mapping.entries()) {
    const cell = cells[column]
    if (!field || cell === undefined || cell === '') continue
    if (cell.length > sheetLimits.cell) {
      tell(
        'sheet.cell-too-long',
        field,
        `The cell in column ${column + 1} has ${cell.length} characters; at most ${sheetLimits.cell} are read.`,
      )
      continue
    }
    const value = cell
      .normalize('NFC')
      .replace(/[\r\n\t\v\f]+/g, ' ')
      .replace(/^[\s\u200b]+|[\s\u200b]+$/g, '')
      .replace(/ {2,}/g, ' ')
    if (hidden.test(value)) tell('sheet.cell-wrong', field, 'There are invisible control characters in the cell. Type it again by hand.')
    if (value !== '') values.set(field, value)
  }
  return values
}

function readLearner(values: ReadonlyMap<Field, string>, rules: RowRules, tell: Tell, warnings: Problem[]): Partial<Learner> {
  const learner: Record<string, unknown> = {}
  const whole = values.get('fullName')
  if (whole && !values.has('givenName') && !values.has('familyName')) {
    const [given, family, guessed] = splitName(whole)
    learner.givenName = given
    if (family) learner.familyName = family
    if (guessed)
      tell(
        'sheet.name-split',
        'fullName',
        'Which is the family name was guessed. Where it is wrong, write it first, with a comma behind it: Nováková, Jana Marie.',
        warnings,
      )
  } else {
    // Somebody with a single name has it in either column.
    const given = values.get('givenName') ?? values.get('familyName')
    if (!given) tell('sheet.cell-missing', 'givenName', 'The learner needs a name.')
    else learner.givenName = given
    if (values.has('givenName') && values.has('familyName')) learner.familyName = values.get('familyName')
  }
  for (const field of ['identifier', 'email'] as const) if (values.has(field)) learner[field] = values.get(field)
  if (values.has('language'))
    learner.language = values
      .get('language')!
      .replace('_', '-')
      .replace(/^[A-Z]+/, (tag) => tag.toLowerCase())
  const nationalId = values.get('nationalId')
  if (nationalId) {
    const country = values.get('nationalIdCountry')?.toUpperCase() ?? rules.country
    if (country) learner.nationalId = { value: nationalId, country }
    else tell('sheet.cell-missing', 'nationalIdCountry', 'Of which country is the national number?')
  }
  const told = values.has('dateOfBirth') || values.has('identifier') || nationalId
  if (rules.specification.kind === 'micro-credential' && !told)
    tell(
      'sheet.cell-missing',
      'dateOfBirth',
      'Besides the name, a micro-credential needs a date of birth or an identifier of the learner (Annex I, 1).',
    )
  return learner as Partial<Learner>
}

/** The last word is the family name, or what stands before a comma. One word is a whole name. */
function splitName(whole: string): [string, string | undefined, boolean] {
  const comma = /^([^,]+),\s*(.+)$/.exec(whole)
  if (comma) return [comma[2]!, comma[1]!, false]
  const at = whole.lastIndexOf(' ')
  // Of two words the second is the family's in most tables; of more nobody can tell.
  return at < 0 ? [whole, undefined, false] : [whole.slice(0, at), whole.slice(at + 1), whole.indexOf(' ') < at]
}

type Days = Partial<Record<(typeof dateFields)[number], string>>

function readDays(values: ReadonlyMap<Field, string>, rules: RowRules, tell: Tell): Days {
  const days: Days = {}
  for (const field of dateFields) {
    const cell = values.get(field)
    if (cell === undefined) continue
    const read = readDate(cell, rules.orders[field])
    if ('day' in read) days[field] = read.day
    else if ('ambiguous' in read)
      tell('sheet.date-ambiguous', field, `This can be ${read.ambiguous[0]} or ${read.ambiguous[1]}. Write it as in 2026-05-12.`)
    else tell('sheet.cell-wrong', field, read.wrong)
  }
  return days
}

const order = ['learningStart', 'learningEnd', 'assessmentDate', 'awardDate', 'validUntil'] as const

/** Days have to stand in order (Annex I rule X1), and a birthday at least five years back (A1). */
function checkDays(days: Days, learner: Partial<Learner>, today: string, tell: Tell): void {
  const given = order.filter((field) => days[field] !== undefined)
  for (const [at, field] of given.entries()) {
    const before = given[at - 1]
    if (before && days[before]! > days[field]!) tell('sheet.cell-wrong', field, `This day is before ${before}.`)
  }
  if (days.awardDate && days.awardDate > today) tell('sheet.cell-wrong', 'awardDate', 'The day of the award is still to come.')
  const born = days.dateOfBirth
  if (!born) return
  if (born < '1900-01-01' || Number(born.slice(0, 4)) + 5 > Number(today.slice(0, 4)))
    tell('sheet.cell-wrong', 'dateOfBirth', 'Nobody who learned was born on that day.')
  else learner.dateOfBirth = born
}

/** Which outcomes were met; all of them is what an award says without a word. */
function outcomesMet(cell: string | undefined, { specification }: RowRules, tell: Tell): Pick<AwardGiven, 'outcomes'> {
  if (cell === undefined) return {}
  const read = readOutcomes(cell, specification)
  if ('wrong' in read) tell('sheet.cell-wrong', 'outcomes', read.wrong)
  return 'keys' in read ? { outcomes: read.keys } : {}
}

function pick(values: ReadonlyMap<Field, string>, field: 'grade' | 'referenceNumber' | 'evidence'): Partial<Record<typeof field, string>> {
  const value = values.get(field)
  return value === undefined ? {} : { [field]: value }
}
