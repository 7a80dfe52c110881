/** Days as people write them, read only where there is one way to read them. */
import { isPlainDate } from '@cairn/core'

/** Which of two numbers comes first in dates with slashes: the day, the month, or nobody knows. */
export type DateOrder = 'day-first' | 'month-first' | 'unknown'

/** A day, or why there is none. */
export type DateRead = { day: string } | { ambiguous: readonly [string, string] } | { wrong: string }

const numeric = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})$/
const spelled = /^(\d{1,2})\.?\s+(?:de\s+)?([\p{L}\p{M}.]+)\s+(?:de\s+)?(\d{4})$/u
const spelledMonthFirst = /^([\p{L}\p{M}.]+)\s+(\d{1,2}),?\s+(\d{4})$/u
/** Languages whose month names are read. */
const languages = ['en', 'cs', 'sk', 'pl', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'hu', 'ro', 'ar']

/** The order that a column of dates gives away: one date with a number above twelve decides for all, two that contradict decide nothing. */
export function dateOrderOf(cells: readonly string[]): DateOrder {
  let dayFirst = false
  let monthFirst = false
  for (const cell of cells) {
    const match = numeric.exec(plain(cell))
    if (!match || match[2] === '.') continue
    if (Number(match[1]) > 12) dayFirst = true
    if (Number(match[3]) > 12) monthFirst = true
  }
  return dayFirst === monthFirst ? 'unknown' : dayFirst ? 'day-first' : 'month-first'
}

/** Reads a day: ISO 8601, `12.5.2026`, `12/05/2026` where the order is known, `12 May 2026`. A time of midnight behind it is dropped. */
export function readDate(cell: string, order: DateOrder = 'unknown'): DateRead {
  const text = plain(cell)
  const iso = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(text)
  if (iso) return existing(iso[1]!, iso[2]!, iso[3]!)
  const match = numeric.exec(text)
  if (match) {
    const [, first, mark, second, year] = match as unknown as [string, string, string, string, string]
    const dayFirst = existing(year, second, first)
    const monthFirst = existing(year, first, second)
    if (mark === '.' || order === 'day-first' || 'wrong' in monthFirst) return dayFirst
    if (order === 'month-first' || 'wrong' in dayFirst) return monthFirst
    return dayFirst.day === monthFirst.day ? dayFirst : { ambiguous: [dayFirst.day, monthFirst.day] }
  }
  const words = spelled.exec(text)
  const turned = words ? [words[3], words[2], words[1]] : (([, m, d, y]) => [y, m, d])(spelledMonthFirst.exec(text) ?? [])
  const month = turned[1] && monthNames().get(folded(turned[1]))
  if (month) return existing(turned[0]!, String(month), turned[2]!)
  if (/^\d{5}(\.\d+)?$/.test(text))
    return { wrong: 'This is a day as Excel counts it inside. Format the column as a date or as text, and save again.' }
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2}$/.test(text)) return { wrong: 'Write the year with four digits.' }
  return { wrong: 'Write a day such as 2026-05-12.' }
}

function existing(year: string, month: string, day: string): { day: string } | { wrong: string } {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(text) ? { day: text } : { wrong: 'There is no such day.' }
}

/** Blanks, midnight and other digits than ours taken away. */
function plain(cell: string): string {
  return cell
    .trim()
    .replace(/[\u200e\u200f]/g, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[T ]0?0:00(:00(\.0+)?)?Z?$/, '')
}

const folded = (word: string) => word.normalize('NFC').toLowerCase().replace(/\.$/, '')
let names: Map<string, number> | undefined

function monthNames(): Map<string, number> {
  if (names) return names
  names = new Map()
  for (const language of languages)
    for (const month of ['long', 'short'] as const)
      for (const day of ['numeric', undefined] as const) {
        const format = new Intl.DateTimeFormat(language, {
          month,
          timeZone: 'UTC',
          calendar: 'gregory',
          numberingSystem: 'latn',
          ...(day ? { day, year: day } : {}),
        })
        for (let n = 1; n <= 12; n++) {
          const word = format.formatToParts(Date.UTC(2026, n - 1, 15)).find((part) => part.type === 'month')?.value
          if (word && !/\d/.test(word) && !names.has(folded(word))) names.set(folded(word), n)
        }
      }
  return names
}
