/** The words of a survey as a file to fill in, and as it comes back: a table, or data. */
import { type Json, ProblemError, parseJson, readAs, survey, type TranslationRow } from '@cairn/core'
import { readTable, writeCsv } from '@cairn/sheets'
import { z } from 'zod'

/** Many more than the survey has words. */
const mostRows = 2000
const columns = ['key', 'english', 'text'] as const
const File = z.looseObject({
  survey: z.literal(survey.id),
  version: z.literal(survey.version),
  language: z.string().optional(),
  rows: z.array(z.looseObject({ key: z.string(), text: z.string() })).max(mostRows),
})

/** A list as CSV, or as JSON that says for which survey and language it is. */
export function writeTranslation(rows: readonly TranslationRow[], language: string, form: 'csv' | 'json'): string {
  if (form === 'csv') return writeCsv([[...columns], ...rows.map((row) => columns.map((column) => row[column]))])
  return `${JSON.stringify({ survey: survey.id, version: survey.version, language, rows }, null, 1)}\n`
}

/**
 * The rows of a list that was filled in, in the order of the file. Raises `sheet.unreadable` for what is neither table nor data, and `input.invalid`
 * for a table without the columns `key` and `text`, `sheet.too-many-rows`, and for data of another survey or language.
 */
export async function readTranslationFile(bytes: Uint8Array, language: string): Promise<{ key: string; text: string }[]> {
  // A byte order mark is no part of the data.
  const text = new TextDecoder().decode(bytes)
  if (/^\s*\{/.test(text)) {
    const given = readAs(File, parseJson(text) as Json)
    if (given.language !== undefined && given.language !== language)
      throw new ProblemError('input.invalid', `The file is for the language ${given.language.slice(0, 20)}.`, '/language')
    return given.rows
  }
  const { header, rows } = await readTable(bytes)
  const [key, said] = ['key', 'text'].map((name) => header.findIndex((cell) => cell.toLowerCase() === name))
  if (key! < 0 || said! < 0) throw new ProblemError('input.invalid', 'The table has columns named key and text.', '/header')
  if (rows.length > mostRows) throw new ProblemError('sheet.too-many-rows', `A list of words has at most ${mostRows} rows.`)
  return rows.map(({ cells }) => ({ key: cells[key!]!.trim(), text: cells[said!]! }))
}
