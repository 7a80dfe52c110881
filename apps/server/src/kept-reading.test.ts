/** One reading for all who need it at once, for as long as it stands. */
import { expect, test } from 'vitest'
import type { Installation } from './context.ts'
import { createKeptReading } from './kept-reading.ts'

const installation = () => ({ database: { pool: {} } }) as Pick<Installation, 'database'>
const at = (seconds: number) => new Date(Date.UTC(2026, 4, 12) + seconds * 1000).toISOString()

test('two who ask at once share a reading; it stands for its time, by database, and is read anew when it was forgotten', async () => {
  const kept = createKeptReading<number>(2000)
  const [here, elsewhere] = [installation(), installation()]
  let count = 0
  const read = async () => ++count
  expect(await Promise.all([kept.get(here, at(0), read), kept.get(here, at(0), read)])).toEqual([1, 1])
  expect(await kept.get(here, at(1), read)).toBe(1)
  expect(await kept.get(elsewhere, at(1), read)).toBe(2)
  expect(await kept.get(here, at(2), read)).toBe(3)
  expect(await kept.get(here, at(1), read), 'a clock that was set back').toBe(4)
  kept.forget(here)
  expect(await kept.get(here, at(1), read)).toBe(5)
})

test('what was forgotten while it was read does not come back, and a reading that failed is tried again', async () => {
  const kept = createKeptReading<string>(2000)
  const here = installation()
  let end = (_: string) => {}
  const slow = kept.get(here, at(0), () => new Promise<string>((resolve) => (end = resolve)))
  kept.forget(here)
  expect(await kept.get(here, at(0), async () => 'new')).toBe('new')
  end('old')
  expect(await slow).toBe('old')
  expect(await kept.get(here, at(1), async () => 'unasked')).toBe('new')
  kept.forget(here)
  await expect(kept.get(here, at(1), () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await kept.get(here, at(1), async () => 'there')).toBe('there')
})
