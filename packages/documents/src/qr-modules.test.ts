import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrModules } from './qr-modules.ts'

test('ISO/IEC 18004, 7.8: of the eight masks the one is taken that a full search of the library takes', () => {
  const chosen = new Set<number>()
  for (let n = 0; n < 120; n++) {
    const text = n % 3 === 0 ? String(n ** 7) : `https://cairn.example/${'aZ-_9'.repeat((n * 5) % 70)}${n}`
    const { data, maskPattern, size } = encode(text, { ecc: 'M', border: 0 })
    chosen.add(maskPattern)
    expect(qrModules(text), text).toEqual({ size, dark: Uint8Array.from(data.flat(), Number) })
  }
  expect(chosen.size).toBeGreaterThan(6)
})
