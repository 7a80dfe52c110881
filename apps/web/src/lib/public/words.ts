/** Dates, numbers and sizes in the reader's way. */
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'

/** A day with the month's name: `12 May 2026`. What is no date comes through as it is. */
export function day(text: string | undefined): string {
  if (!text) return ''
  const at = Date.parse(text.length === 10 ? `${text}T12:00:00Z` : text)
  return Number.isNaN(at) ? text : new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}

/** A moment, in the reader's time zone where a browser knows it. */
export function moment(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long', timeStyle: 'short' }).format(at)
}

export const number = (value: number): string => new Intl.NumberFormat(getLocale()).format(value)

/** Workload in words: ECTS, hours, or both. */
export function workload(size: { ects?: number | undefined; hours?: number | undefined } | undefined): string {
  return [
    size?.ects === undefined ? '' : m.ects({ ects: number(size.ects) }),
    size?.hours === undefined ? '' : m.hours({ hours: number(size.hours) }),
  ]
    .filter(Boolean)
    .join(', ')
}

/** A language's own name. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(getLocale(), { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
