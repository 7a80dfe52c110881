import { expect, test } from 'vitest'
import { makeRoom } from './room.ts'

test('what was taken is nobody else’s until the room is cleared, also while it grows; then the same bytes are given again', () => {
  const room = makeRoom()
  const first = room.take(10).fill(1)
  const second = room.take(1000).fill(2)
  const third = room.take(5000).fill(3)
  expect([first, second, third].map((bytes) => [bytes.length, new Set(bytes).size, bytes[0]])).toEqual([
    [10, 1, 1],
    [1000, 1, 2],
    [5000, 1, 3],
  ])
  room.clear()
  expect(room.take(10).buffer).toBe(third.buffer)
})
