/** By whose clock a day begins: that of the institution, not that of the machine. */
import { millis } from './time.ts'

/** Where an organisation is: its country (ISO 3166-1 alpha-2), and its time zone where it chose one. */
export interface Placed {
  country: string
  timeZone?: string | undefined
}

/** True for a time zone by its name in the IANA database, such as `Pacific/Auckland` or `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return false
  try {
    offsetIn(name, 0)
    return true
  } catch {
    return false
  }
}

/** The time zones of a country (ISO 3166-1 alpha-2) by their names; none of one that the platform does not know. */
export function timeZonesOf(country: string): readonly string[] {
  // Younger than the library that the compiler knows.
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & { getTimeZones(): string[] | undefined }
  return locale.getTimeZones() ?? []
}

/**
 * The time zone of an organisation at a moment (RFC 3339): its own, else that of its country where clocks agree there, else UTC.
 * @example timeZoneOf({ country: 'CZ' }, '2026-05-12T22:30:00Z') // Europe/Prague
 */
export function timeZoneOf({ country, timeZone }: Placed, at: string): string {
  if (timeZone) return timeZone
  const [first, ...others] = timeZonesOf(country)
  const offset = first && offsetIn(first, millis(at))
  return first && others.every((other) => offsetIn(other, millis(at)) === offset) ? first : 'UTC'
}

/**
 * A moment (RFC 3339) as the organisation's clock has it, with its offset.
 * @example localMoment({ country: 'CZ' }, '2026-05-12T22:30:00Z') // 2026-05-13T00:30:00+02:00
 */
export function localMoment(organisation: Placed, at: string): string {
  const offset = offsetIn(timeZoneOf(organisation, at), millis(at))
  if (offset === '+00:00') return at
  const [hours, minutes] = offset.slice(1).split(':').map(Number) as [number, number]
  const local = new Date(millis(at) + (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000).toISOString()
  return `${at.includes('.') ? local.slice(0, -1) : local.slice(0, 19)}${offset}`
}

/** The day that it is at an organisation at a moment (RFC 3339). */
export const todayOf = (organisation: Placed, now: string): string => localMoment(organisation, now).slice(0, 10)

const formats = new Map<string, Intl.DateTimeFormat>()

/** How far a zone is from UTC at a moment, such as `+13:00`. Raises a RangeError for what is no zone. */
function offsetIn(zone: string, at: number): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  formats.set(zone, format)
  const said = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')!.value
  return said === 'GMT' ? '+00:00' : said.slice(3)
}
