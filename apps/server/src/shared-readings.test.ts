/** Readings that many share are never older than the question. */
import { expect, test } from 'vitest'
import { createSharedReadings } from './shared-readings.ts'

/** A thing that takes a while to read, and says how often it was read. */
function slow() {
  const waiting: ((end: () => void) => void)[] = []
  let value = 'old'
  const read = async () => {
    const seen = value
    await new Promise<void>((resolve, reject) => waiting.push((end) => (end === fail ? reject(new Error('away')) : resolve())))
    return seen
  }
  return { read, write: (text: string) => (value = text), end: (how = go) => waiting.shift()!(how), waiting }
}
const go = () => undefined
const fail = () => undefined
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('ten who ask while one reads share the next reading, which sees what was written meanwhile', async () => {
  const thing = slow()
  const ask = () => createdFor('a', thing.read)
  const createdFor = createSharedReadings<string>()({ pool: {} as never })
  const first = ask()
  thing.write('revoked')
  const others = Array.from({ length: 10 }, ask)
  expect(thing.waiting).toHaveLength(1)
  thing.end()
  expect(await first).toBe('old')
  await settled()
  expect(thing.waiting).toHaveLength(1)
  thing.end()
  expect(new Set(await Promise.all(others))).toEqual(new Set(['revoked']))
})

test('one that failed fails for those who shared it, and the next begins anew; other keys and other databases wait for nobody', async () => {
  const thing = slow()
  const readings = createSharedReadings<string>()
  const here = readings({ pool: {} as never })
  const first = here('a', thing.read)
  const second = here('a', thing.read)
  void here('b', thing.read)
  void readings({ pool: {} as never })('a', thing.read)
  expect(thing.waiting).toHaveLength(3)
  thing.end(fail)
  await expect(first).rejects.toThrow('away')
  await settled()
  expect(thing.waiting).toHaveLength(3)
  thing.waiting.at(-1)!(go)
  expect(await second).toBe('old')
  await settled()
  void here('a', thing.read)
  expect(thing.waiting).toHaveLength(4)
})
