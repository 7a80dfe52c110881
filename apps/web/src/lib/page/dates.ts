/** Days and moments with month names, in the reader's language. */
import { isPlainDate, millis } from '@cairn/core'
import { getLocale } from '#lib/paraglide/runtime.js'

/** A day such as "12 May 2026"; a text that is no date is shown as it is, nothing as an empty text. */
export function sayDay(text: string | undefined): string {
  if (!text) return ''
  const at = millis(text)
  if (Number.isNaN(at)) return text
  return new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long', ...(isPlainDate(text) ? { timeZone: 'UTC' } : {}) }).format(at)
}

/** A moment with hour and minute. */
export function sayMoment(text: string | undefined): string {
  if (!text) return ''
  const at = millis(text)
  return Number.isNaN(at) ? text : new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
