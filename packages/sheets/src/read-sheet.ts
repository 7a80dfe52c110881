/** A file of recipients, read strictly: nothing is sealed from a table that was half understood (R-CSV-2). */
import { ProblemError } from '@cairn/core'
import { decodeText, type Encoding } from './decode-text.ts'
import { guessSeparator, parseCsv, type Separator } from './parse-csv.ts'
import { sheetLimits } from './sheet-limits.ts'
import { readWorkbook } from './workbook/read-workbook.ts'
import { startsFormula } from './write-csv.ts'

/** One row below the header. `n` counts from 1 and also counts empty rows, so that row `n` stands in line `n + 1` of a spreadsheet. */
export interface SheetRow {
  n: number
  cells: readonly string[]
}

/** A table as it was read. Every row has as many cells as the header, or more where the file has. */
export interface Sheet {
  /** How the text was written; a workbook says for itself. */
  encoding: Encoding | 'xlsx'
  /** What stands between cells; a workbook has none. */
  separator?: Separator
  header: readonly string[]
  rows: readonly SheetRow[]
}

/** What is known or wished of a file before it is read. */
export interface SheetOptions {
  fileName?: string
  encoding?: Encoding
  separator?: Separator
  /** The sheet of a workbook, by name; absent: the first that has rows. */
  sheet?: string
}

const isWorkbook = (bytes: Uint8Array) => (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf)

/**
 * Reads a file of recipients, a workbook (.xlsx, at most 20,000 rows) or CSV (at most 200,000). Which it is, its first bytes say and not its name.
 * Raises what {@link readSheet} and {@link readWorkbook} raise.
 */
export async function readTable(bytes: Uint8Array, options: SheetOptions = {}): Promise<Sheet> {
  if (!isWorkbook(bytes)) return readSheet(bytes, options)
  const { rows } = await readWorkbook(bytes, options.sheet)
  return { encoding: 'xlsx', ...tableOf(rows, sheetLimits.workbook.rows) }
}

/**
 * Reads CSV: encoding and separator are guessed and named, rows that are empty are left out. Raises `input.too-large` above 40 MiB, `sheet.too-many-rows`
 * above 200,000 rows, and `sheet.unreadable` for what is no table.
 */
export function readSheet(bytes: Uint8Array, options: SheetOptions = {}): Sheet {
  if (bytes.length > sheetLimits.bytes)
    throw new ProblemError('input.too-large', `A file of recipients has at most ${sheetLimits.bytes / 1024 / 1024} MiB.`)
  if (isWorkbook(bytes) || /\.(xlsx?|ods)$/i.test(options.fileName ?? ''))
    throw new ProblemError('sheet.unreadable', 'This is a workbook. Save the sheet as CSV (UTF-8) and give us that file.')
  const { encoding, text: whole } = decodeText(bytes, options.encoding)
  const said = /^sep=([,;\t])\r?\n/.exec(whole)
  const text = said ? whole.slice(said[0].length) : whole
  const separator = options.separator ?? (said?.[1] as Separator | undefined) ?? guessSeparator(text)
  return { encoding, separator, ...tableOf(parseCsv(text, separator, sheetLimits.rows + 2), sheetLimits.rows) }
}

/** Header and rows of cells. Raises `sheet.unreadable` without a header or with too many columns, `sheet.too-many-rows`. */
function tableOf([first, ...rest]: string[][], mostRows: number): Pick<Sheet, 'header' | 'rows'> {
  if (!first || first.every(isBlank))
    throw new ProblemError('sheet.unreadable', 'There is no header: the first row has to name the columns.')
  while (first.length > 1 && isBlank(first.at(-1)!)) first.pop()
  if (first.length > sheetLimits.columns) throw new ProblemError('sheet.unreadable', `A table has at most ${sheetLimits.columns} columns.`)
  if (rest.length > mostRows)
    throw new ProblemError(
      'sheet.too-many-rows',
      `A file of this kind has at most ${mostRows.toLocaleString('en')} rows. Divide it into several.`,
    )
  const header = first.map((name) => unguard(name).trim())
  const rows: SheetRow[] = []
  for (const [at, cells] of rest.entries()) {
    if (cells.every(isBlank)) continue
    while (cells.length < header.length) cells.push('')
    // Separators after the last column are habit, not content.
    while (cells.length > header.length && isBlank(cells.at(-1)!)) cells.pop()
    rows.push({ n: at + 1, cells: cells.map(unguard) })
  }
  return { header, rows }
}

const isBlank = (cell: string) => cell.trim() === ''

/** Takes off the apostrophe that {@link writeCsv} sets before a formula, so that a round trip changes nothing (R-CSV-1). */
function unguard(cell: string): string {
  return cell.charCodeAt(0) === 39 && startsFormula(cell) ? cell.slice(1) : cell
}
