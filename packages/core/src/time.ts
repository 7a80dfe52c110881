/** Dates, instants and durations as text; the clock is always passed in. Free of the schema library, which no browser page needs to load. */

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** True for a day that exists, written `2026-05-12`. */
export function isPlainDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1]! + (month === 2 && leap ? 1 : 0)
}

/** Milliseconds since 1970 of an instant, or `NaN` when it is none. A bare day counts as midnight UTC. */
export function millis(text: string): number {
  return Date.parse(isPlainDate(text) ? `${text}T00:00:00Z` : text)
}

/** The UTC day of an instant. */
export function dayOf(instant: string): string {
  return new Date(millis(instant)).toISOString().slice(0, 10)
}

/** The day that a text says: a day itself, a moment by the clock that it is written by (`2026-05-13T00:30:00+02:00` is the 13th); `undefined` when it is neither. */
export function saidDay(text: string | undefined): string | undefined {
  if (text === undefined || Number.isNaN(millis(text))) return undefined
  const [written] = /^\d{4}-\d{2}-\d{2}/.exec(text) ?? []
  if (written === undefined) return dayOf(text)
  return isPlainDate(written) ? written : undefined
}

/** The language tag by which days are said in a language: English as most of the world writes it, with the day before the month. */
export const dateTag = (language: string): string => (language === 'en' ? 'en-GB' : language)

/** `day` moved by whole months (the last day of a shorter month is kept). */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const total = year * 12 + (month - 1) + months
  const last = new Date(Date.UTC(Math.floor(total / 12), (total % 12) + 1, 0)).getUTCDate()
  return new Date(Date.UTC(Math.floor(total / 12), total % 12, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The parts of an ISO 8601 duration. `P60M` is sixty months, `PT60M` sixty minutes: this is where the two are told apart. */
export interface DurationParts {
  years: number
  months: number
  weeks: number
  days: number
  hours: number
  minutes: number
  seconds: number
}

/** Reads an ISO 8601 duration such as `PT60H`; `undefined` when the text is none. */
export function parseDuration(text: string): DurationParts | undefined {
  const match =
    /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(
      text,
    )
  if (!match) return undefined
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return { years, months, weeks, days, hours, minutes, seconds }
}

/** Hours of learning in a duration when it is given in time units alone; `undefined` for calendar units, whose hours nobody knows. */
export function durationHours(text: string): number | undefined {
  const parts = parseDuration(text)
  if (!parts || parts.years || parts.months || parts.weeks || parts.days) return undefined
  return parts.hours + parts.minutes / 60 + parts.seconds / 3600
}

/** Hours as an ISO 8601 duration in time units: `1.5` is `PT1H30M`. */
export function hoursDuration(hours: number): string {
  const minutes = Math.round(hours * 60)
  return `PT${Math.floor(minutes / 60)}H${minutes % 60 ? `${minutes % 60}M` : ''}`
}
