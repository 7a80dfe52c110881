import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMonths, durationHours, hoursDuration, isPlainDate, parseDuration } from './time.ts'

test('a day is one that exists', () => {
  for (const day of ['2024-02-29', '2026-12-31', '2000-02-29']) expect(isPlainDate(day), day).toBe(true)
  for (const day of ['2023-02-29', '1900-02-29', '2026-13-01', '2026-04-31', '2026-1-1', '2026-05-12T00:00:00Z', ''])
    expect(isPlainDate(day), day).toBe(false)
})

test('sixty months are not sixty minutes', () => {
  expect(parseDuration('P60M')?.months).toBe(60)
  expect(durationHours('P60M')).toBeUndefined()
  expect(durationHours('PT60M')).toBe(1)
  expect(durationHours('PT60H')).toBe(60)
  expect(parseDuration('60H')).toBeUndefined()
  expect(parseDuration('P')).toBeUndefined()
})

test('hours survive the way through a duration', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600_000 }),
      (minutes) => Math.abs(durationHours(hoursDuration(minutes / 60))! - minutes / 60) < 1e-9,
    ),
  )
})

test('a month later is the same day, or the last one of a shorter month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2024-02-29', 12)).toBe('2025-02-28')
  expect(addMonths('2026-11-24', 3)).toBe('2027-02-24')
})
