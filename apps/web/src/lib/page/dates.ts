/** Days and moments with month names, in the reader's language, or in the one that is named. */
import { dateTag, isPlainDate, millis, saidDay } from '@cairn/core'
import { getLocale } from '#lib/paraglide/runtime.js'

/** A server does not know by which clock its reader lives: it says UTC, and that it does. In the browser the same is said by the reader's clock. */
const isServer = typeof document === 'undefined'

/** Formats by language and kind: making one costs more than using it a thousand times. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(kind: 'day' | 'moment', utc: boolean, language: string): Intl.DateTimeFormat {
  const name = `${language} ${kind} ${utc}`
  const known = formats.get(name)
  if (known) return known
  // Of the styles that the language offers only the long one has the name of the month in every language.
  const style: Intl.DateTimeFormatOptions = kind === 'day' ? { dateStyle: 'long' } : { dateStyle: 'long', timeStyle: 'short' }
  const made = new Intl.DateTimeFormat(dateTag(language), { ...style, ...(utc ? { timeZone: 'UTC' } : {}) })
  formats.set(name, made)
  return made
}

/**
 * A day such as "12 May 2026"; a text that is no date is shown as it is, nothing as an empty text. A moment that was written by somebody's clock is of the day
 * that this clock said, any other of the reader's.
 */
export function sayDay(text: string | undefined, language: string = getLocale()): string {
  if (!text) return ''
  const day = text.endsWith('Z') ? text : saidDay(text)
  return day === undefined ? text : formatOf('day', isServer || isPlainDate(day), language).format(millis(day))
}

/** A moment with hour and minute, by the reader's clock; by UTC where that is not known, and then so named. */
export function sayMoment(text: string | undefined, language: string = getLocale()): string {
  if (!text) return ''
  const at = millis(text)
  if (Number.isNaN(at)) return text
  const said = formatOf('moment', isServer, language).format(at)
  return isServer ? `${said} UTC` : said
}

/** A span such as "about 40 seconds" wants it: "40 seconds", "3 minutes", "2 hours", in whole units. */
export function saySpan(seconds: number): string {
  const [amount, unit] =
    seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [Math.round(seconds / 60), 'minute'] : [Math.round(seconds / 3600), 'hour']
  return new Intl.NumberFormat(getLocale(), { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(amount as number)
}

/** Several words as the language lists them: "English, French, Arabic". */
export const sayList = (words: readonly string[], language: string = getLocale()): string =>
  new Intl.ListFormat(language, { type: 'unit' }).format(words)

/** A number as the language writes it, to two places at most. */
export const sayNumber = (number: number, language: string = getLocale()): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(number)
