/** Comma-separated values (RFC 4180), as forgiving of line ends as people need and as strict about quotation marks as sealing needs. */
import { ProblemError } from '@cairn/core'

/** What may stand between cells. */
export const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]

const quote = 34
const lineFeed = 10
const carriageReturn = 13

/**
 * Splits text into rows of cells. CRLF, LF and CR end a row outside quotation marks; inside them everything is kept as it stands. Stops after `most` rows.
 * Raises `sheet.unreadable` for a quotation mark that is never closed.
 */
export function parseCsv(text: string, separator: Separator, most = Number.POSITIVE_INFINITY): string[][] {
  const rows: string[][] = []
  const stop = separator.charCodeAt(0)
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell: string
    if (text.charCodeAt(at) === quote) {
      let from = at + 1
      cell = ''
      for (;;) {
        const end = text.indexOf('"', from)
        if (end < 0)
          throw new ProblemError('sheet.unreadable', `A quotation mark that opens in row ${rows.length + 1} of the file is never closed.`)
        cell += text.slice(from, end)
        at = end + 1
        if (text.charCodeAt(at) !== quote) break
        cell += '"'
        from = at + 1
      }
    } else cell = ''
    const from = at
    let code = text.charCodeAt(at)
    while (at < text.length && code !== stop && code !== lineFeed && code !== carriageReturn) code = text.charCodeAt(++at)
    row.push(from === at ? cell : cell + text.slice(from, at))
    if (at >= text.length) break
    at++
    if (code === stop) {
      if (at === text.length) row.push('')
      continue
    }
    if (code === carriageReturn && text.charCodeAt(at) === lineFeed) at++
    rows.push(row)
    if (rows.length >= most) return rows
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows
}

/** The separator that divides the first rows most evenly, into more than one cell where any does. */
export function guessSeparator(text: string): Separator {
  const scored = separators.map((separator) => {
    const rows = firstRows(text, separator).filter((row) => row.length > 1 || row[0] !== '')
    const width = rows[0]?.length ?? 0
    const even = rows.filter((row) => row.length === width).length / Math.max(1, rows.length)
    return { separator, score: width > 1 ? even * 100 + Math.min(width, 50) : 0 }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).separator
}

function firstRows(text: string, separator: Separator): string[][] {
  try {
    return parseCsv(text, separator, 50)
  } catch {
    return []
  }
}
