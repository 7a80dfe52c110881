/** What hangs is said to be away, once. */
import { expect, test } from 'vitest'
import { answeredInTime } from './in-time.ts'

test('an answer in time, a failure, and a question that hangs and is not asked twice', async () => {
  expect(await answeredInTime(async () => 7)()).toBe(7)
  const failing = answeredInTime(async () => {
    throw new Error('away')
  })
  expect([await failing(), await failing()]).toEqual([undefined, undefined])
  let [asked, end] = [0, (_: string) => {}]
  const hanging = answeredInTime(() => {
    asked++
    return new Promise<string>((resolve) => {
      end = resolve
    })
  })
  const from = performance.now()
  expect(await Promise.all([hanging(), hanging(), hanging()])).toEqual([undefined, undefined, undefined])
  expect(performance.now() - from).toBeLessThan(4000)
  expect(asked).toBe(1)
  const later = hanging()
  end('there')
  expect(await later).toBe('there')
  expect(asked).toBe(1)
  void hanging()
  expect(asked).toBe(2)
  end('again')
})
