/** A table for spreadsheet programs, where `--csv` says. */
import { writeFileSync } from 'node:fs'
import { writeCsv } from '@cairn/sheets'
import { UsageError } from './verb.ts'

/** Writes rows as CSV. Raises a usage error for a place that cannot be written to. */
export function writeTable(place: string, rows: readonly (readonly string[])[]): void {
  try {
    writeFileSync(place, writeCsv(rows))
  } catch (error) {
    throw new UsageError(`The table cannot be written to ${place} (${(error as NodeJS.ErrnoException).code}).`)
  }
}
