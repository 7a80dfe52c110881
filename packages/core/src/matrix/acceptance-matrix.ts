/** The acceptance matrix: reference certificates by policies, each cell decided by the recognition engine (domain 5). */
import { ProblemError } from '../problems.ts'
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import { ask, type PolicyAnswer } from './ask.ts'
import { type Column, columnFor, policiesOf } from './columns.ts'

/** A cell; `not-asked` where the policy is of another purpose or not in force. */
export type Cell = PolicyAnswer | { verdict: 'not-asked' }

/** One certificate against every policy. */
export interface MatrixRow {
  certificate: string
  cells: readonly Cell[]
  asked: number
  accepts: number
  asks: number
  refuses: number
}

/** The matrix as plain data, rows and columns sorted by id. */
export interface AcceptanceMatrix {
  policies: readonly string[]
  rows: readonly MatrixRow[]
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)

/** The policies that can be asked about a case, in order. Raises `input.invalid` for a target that the library does not hold. */
export function columnsFor(given: RecognitionCase, library: Library): Column[] {
  if (!library.targets.has(given.target)) throw new ProblemError('input.invalid', 'The library holds nothing of this id.', '/target')
  return policiesOf(library).flatMap((id) => columnFor(id, given, library) ?? [])
}

/**
 * Asks every policy of the library about every certificate; `told` is called after each. A certificate is a recognition case; which policies it lists does not matter, save laws,
 * which apply along. Raises `input.invalid` for two cases of one id and for a target that the library does not hold.
 */
export function acceptanceMatrix(certificates: readonly RecognitionCase[], library: Library, told?: () => void): AcceptanceMatrix {
  const sorted = certificates.toSorted(byId)
  const twice = sorted.find((each, at) => at > 0 && each.id === sorted[at - 1]!.id)
  if (twice) throw new ProblemError('input.invalid', 'Two certificates have the same id.', '/id')
  const rows = sorted.map((given) => {
    const row = askEach(given, library)
    told?.()
    return row
  })
  return { policies: policiesOf(library), rows }
}

/** One certificate against every policy of the library. Raises `input.invalid` for a target that the library does not hold. */
export function askEach(given: RecognitionCase, library: Library): MatrixRow {
  const columns = new Map(columnsFor(given, library).map((column) => [column.id, column]))
  const cells = policiesOf(library).map((id): Cell => {
    const column = columns.get(id)
    return column ? ask(column, given, () => [given.credentials], library) : { verdict: 'not-asked' }
  })
  const count = (wanted: Cell['verdict']) => cells.filter(({ verdict }) => verdict === wanted).length
  return {
    certificate: given.id,
    cells,
    asked: columns.size,
    accepts: count('accepts'),
    asks: count('asks'),
    refuses: count('refuses'),
  }
}

/** The matrix as rows of text, for spreadsheets: one column a policy, then the totals. */
export function matrixRows({ policies, rows }: AcceptanceMatrix): string[][] {
  return [
    ['certificate', ...policies, 'accept', 'ask', 'refuse', 'of'],
    ...rows.map(({ certificate, cells, accepts, asks, refuses, asked }) => [
      certificate,
      ...cells.map((cell) => (cell.verdict === 'not-asked' ? '' : cell.outcome)),
      ...[accepts, asks, refuses, asked].map(String),
    ]),
  ]
}
