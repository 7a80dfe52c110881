import { expect, test } from 'vitest'
import { Organisation } from './organisation.ts'
import { saidDay } from './time.ts'
import { isTimeZone, localMoment, timeZoneOf, timeZonesOf, todayOf } from './time-zone.ts'

const summer = '2026-07-01T22:30:00Z'

test.each([
  ['its own zone', { country: 'NZ', timeZone: 'Pacific/Auckland' }, 'Pacific/Auckland', '2026-07-02T10:30:00+12:00'],
  ['that of its country', { country: 'CZ' }, 'Europe/Prague', '2026-07-02T00:30:00+02:00'],
  ['those of its country agree', { country: 'DE' }, 'Europe/Berlin', '2026-07-02T00:30:00+02:00'],
  ['those of its country differ', { country: 'US' }, 'UTC', summer],
  ['nobody knows the country', { country: 'QQ' }, 'UTC', summer],
  ['a country behind UTC', { country: 'US', timeZone: 'America/New_York' }, 'America/New_York', '2026-07-01T18:30:00-04:00'],
  ['half an hour', { country: 'IN', timeZone: 'Asia/Kolkata' }, 'Asia/Kolkata', '2026-07-02T04:00:00+05:30'],
])('the clock of an institution: %s', (_, organisation, zone, local) => {
  expect(timeZoneOf(organisation, summer)).toBe(zone)
  expect(localMoment(organisation, summer)).toBe(local)
  expect(Date.parse(local)).toBe(Date.parse(summer))
  expect(todayOf(organisation, summer)).toBe(local.slice(0, 10))
  expect(saidDay(local)).toBe(local.slice(0, 10))
})

test('clocks go forward, and parts of a second stay', () => {
  expect(localMoment({ country: 'CZ' }, '2026-01-01T12:00:00.125Z')).toBe('2026-01-01T13:00:00.125+01:00')
  expect(localMoment({ country: 'GB' }, '2026-01-01T12:00:00Z')).toBe('2026-01-01T12:00:00Z')
  expect(localMoment({ country: 'GB' }, '2026-07-01T12:00:00Z')).toBe('2026-07-01T13:00:00+01:00')
})

test('a time zone has a name', () => {
  for (const zone of ['UTC', 'Europe/Prague', 'America/Argentina/Buenos_Aires', ...timeZonesOf('AU')])
    expect(isTimeZone(zone), zone).toBe(true)
  for (const zone of ['', '+05:30', 'Europe/Atlantis', '../etc/passwd', 'Europe/Prague\n']) expect(isTimeZone(zone), zone).toBe(false)
  const organisation = { id: 'urn:uuid:00000000-0000-4000-8000-000000000000', legalName: { en: 'A' }, country: 'NZ', identifiers: [] }
  expect(Organisation.safeParse({ ...organisation, timeZone: 'Europe/Atlantis' }).error?.issues[0]?.path).toEqual(['timeZone'])
})

test.each([
  ['2026-05-12', '2026-05-12'],
  ['2026-05-13T00:30:00+02:00', '2026-05-13'],
  ['2026-05-12T22:30:00Z', '2026-05-12'],
  ['12 May 2026 22:30 UTC', '2026-05-12'],
  ['2026-02-30', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('the day that %s says is %s', (text, day) => {
  expect(saidDay(text)).toBe(day)
})
