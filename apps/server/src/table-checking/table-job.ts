/** What is to be done with a table: read from a file, given row by row, or stored and checked again. Plain data, so that a thread can be handed it. */
import { isDeepStrictEqual } from 'node:util'
import { type Edition, type Problem, ProblemError } from '@cairn/core'
import { guessColumns, type Mapping, readTable, type Sheet } from '@cairn/sheets'
import type { BatchRowRecord } from '@cairn/store'
import { beginTable, mappingOf, type RowGiven, type TableAsks, type TableKnown } from './check-table.ts'

/** A table to be checked. */
export interface TableJob {
  edition: Edition
  /** The day of the awarding body, as in `2026-05-12`. */
  today: string
  /** The award date of rows that name none. */
  awardDate?: string | undefined
  from: FromFile | FromRows | FromStore
}
/** A file as it was uploaded. `remembered` are the fields of columns as this specification had them before. */
export interface FromFile {
  kind: 'file'
  file: TableFile
  remembered?: Record<string, string | null> | undefined
}
export interface TableFile {
  name: string
  bytes: Uint8Array
}
/** Rows that no file brought. */
export interface FromRows {
  kind: 'rows'
  rows: readonly RowGiven[]
  mapping: Mapping
}
/** Rows of a batch as {@link rowTexts} gives them, with what is to change in them; of those that come out as they were, nothing is said. */
export interface FromStore {
  kind: 'store'
  texts: readonly string[]
  mapping: Mapping
  change?: { row: number; to: Partial<RowGiven> } | { header: readonly string[]; file: TableFile }
}

/** What a table is, found before anything is asked of the database. */
export interface TableFacts {
  /** Of a file. */
  sheet?: Pick<Sheet, 'header' | 'encoding' | 'separator'>
  mapping: Mapping
  /** Of the table as a whole. */
  problems: Problem[]
  /** How many rows a file corrected. */
  corrected: number
}

/** A table that was read: its facts, its question, and its rows as JSON of a thousand {@link BatchRowRecord} each, when the question is answered. */
export interface TableRead {
  facts: TableFacts
  asks: TableAsks
  rows(known: TableKnown): Iterable<string>
}

/** The heading of the column by which a row is found again in a file that was made to be corrected. */
export const rowHeading = '#row'

/** Rows of one text. */
const together = 1000

/** Reads a table and checks it up to its question. Raises what {@link readTable} raises, and what {@link correctionsOf} raises. */
export async function readJob({ from, ...rules }: TableJob): Promise<TableRead> {
  if (from.kind === 'rows') return begun(rules, from.rows, from.mapping)
  if (from.kind === 'file') {
    const { rows, ...sheet } = await readTable(from.file.bytes, { fileName: from.file.name })
    return begun(rules, rows, columnsOf({ ...sheet, rows }, rules.edition, from.remembered), { sheet })
  }
  const before: BatchRowRecord[] = from.texts.flatMap((text) => JSON.parse(text))
  const changes = await changesOf(from.change)
  const known = new Set(before.map(({ n }) => n))
  for (const n of changes.keys()) if (!known.has(n)) throw new ProblemError('request.not-found', `The batch has no row ${n}.`)
  const rows = before.map((row) => ({ ...row, ...changes.get(row.n) }))
  return begun(
    rules,
    rows,
    from.mapping,
    { corrected: changes.size },
    (row, at) => changes.has(row.n) || cameOutOtherwise(row, before[at]!),
  )
}

function begun(
  rules: Omit<TableJob, 'from'>,
  rows: readonly RowGiven[],
  mapping: Mapping,
  facts: Partial<TableFacts> = {},
  isWanted: (row: BatchRowRecord, at: number) => boolean = () => true,
): TableRead {
  const { problems, asks, finish } = beginTable({ ...rules, rows, mapping })
  return {
    facts: { corrected: 0, ...facts, mapping, problems },
    asks,
    *rows(known) {
      const wanted = finish(known).filter(isWanted)
      for (let at = 0; at < wanted.length; at += together) yield JSON.stringify(wanted.slice(at, at + together))
    },
  }
}

/** The fields of the columns: as they were remembered, when all of them are; otherwise as they look. */
function columnsOf({ header, rows }: Sheet, { specification }: Edition, remembered: FromFile['remembered']): Mapping {
  const isKnown = remembered && header.every((name) => Object.hasOwn(remembered, name))
  return mappingOf(isKnown ? header.map((name) => remembered[name] ?? null) : guessColumns(header, rows, specification))
}

/** A row is written again when it says something else than before; one learner put right can change the rows of others. */
const cameOutOtherwise = (row: BatchRowRecord, before: BatchRowRecord) =>
  !isDeepStrictEqual(
    [row.problems, row.warnings, row.given, row.duplicateOf],
    [before.problems, before.warnings, before.given, before.duplicateOf],
  )

async function changesOf(change: FromStore['change']): Promise<Map<number, Partial<RowGiven>>> {
  if (!change) return new Map()
  if ('row' in change) return new Map([[change.row, change.to]])
  return correctionsOf(await readTable(change.file.bytes, { fileName: change.file.name }), change.header)
}

/**
 * The rows of a file that was downloaded, corrected and given back, by their number. Raises `sheet.column-missing` for other columns than it had, and
 * `sheet.unreadable` for a line that does not say which row it corrects.
 */
function correctionsOf(sheet: Sheet, header: readonly string[]): Map<number, Partial<RowGiven>> {
  if ([rowHeading, ...header].some((name, at) => sheet.header[at] !== name))
    throw new ProblemError('sheet.column-missing', 'These are not the columns of the file that was downloaded to be corrected.', '/header')
  const changes = new Map<number, Partial<RowGiven>>()
  for (const { n, cells } of sheet.rows) {
    const number = Number(cells[0])
    if (!Number.isInteger(number) || changes.has(number))
      throw new ProblemError('sheet.unreadable', `Line ${n + 1} does not say which row it corrects, or one is there twice.`, `/rows/${n}`)
    changes.set(number, { cells: cells.slice(1, header.length + 1) })
  }
  return changes
}
