import { expect, test } from 'vitest'
import { createSalts } from './create-salts.ts'

test('salts have 128 bits, and none comes twice, across pools and sources', () => {
  const [one, other] = [createSalts(), createSalts()]
  const salts = Array.from({ length: 2000 }, (_, n) => (n % 2 ? one() : other()))
  expect(new Set(salts).size).toBe(2000)
  for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16)
})
