/** Tables for spreadsheet programs, in which no cell is ever run as a formula (R-CSV-1). */

/** True when a spreadsheet might take the cell for a formula: after any apostrophes it begins with `= + - @`, a tab, a line break or a full-width twin. */
export function startsFormula(cell: string): boolean {
  return /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell)
}

/**
 * Writes rows as CSV (RFC 4180, CRLF) behind a byte order mark. A cell that could be taken for a formula gets an apostrophe in front,
 * which {@link readSheet} takes off again.
 */
export function writeCsv(rows: readonly (readonly string[])[], separator: ',' | ';' | '\t' = ','): string {
  const lines = rows.map((row) => row.map((cell) => written(cell, separator)).join(separator))
  return `\ufeff${lines.map((line) => `${line}\r\n`).join('')}`
}

function written(cell: string, separator: string): string {
  const guarded = startsFormula(cell) ? `'${cell}` : cell
  return /["\r\n]/.test(guarded) || guarded.includes(separator) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
