/** Time zones by their names in the reader's language, and the day that it is by them. Browsers do not all know the zones of a country. */
import { type Organisation, timeZoneOf, timeZonesOf, todayOf } from '@cairn/core'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'

const now = () => new Date().toISOString()

const nameOf = (timeZone: string): string =>
  new Intl.DateTimeFormat(getLocale(), { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(Date.now())
    .find(({ type }) => type === 'timeZoneName')!.value

/** What holds for an organisation that chose no zone. */
export const timeOfCountry = ({ country }: Organisation): string => nameOf(timeZoneOf({ country }, now()))

/** The zones of its country to choose among, with the place that each is named after, and the one that was chosen. */
export function timeZoneChoices({ country, timeZone }: Organisation): { value: string; label: string }[] {
  const names = new Set([...timeZonesOf(country), ...(timeZone ? [timeZone] : [])])
  return [...names]
    .map((value) => ({ value, label: `${nameOf(value)} (${value.split('/').at(-1)!.replaceAll('_', ' ')})` }))
    .sort((one, other) => one.label.localeCompare(other.label, getLocale()))
}

/** The day that it is at the institution. */
export const todayHere = async (api: App.Locals['api']): Promise<string> =>
  todayOf((await read(api['institution.read']({}))).organisation, now())
