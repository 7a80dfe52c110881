import { gzipSync } from 'node:zlib'
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { universityIssuer } from '../elm/specimens.ts'

import { bitAt, bitsFrom, compressBits, expandBits, statusListEntries } from './bits.ts'
import { statusListLimits } from './inflate.ts'

import { composeStatusList, meaningOf, readStatusList } from './status-list.ts'

const given = {
  id: 'https://a.example/status/1',
  issuer: universityIssuer,
  purpose: 'revocation',
  validFrom: '2026-05-01T00:00:00Z',
  validUntil: '2026-05-02T00:00:00Z',
} as const
const codeOf = async (act: () => unknown): Promise<string | undefined> => {
  try {
    await act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
  return undefined
}

test('Bitstring Status List 3.2: the first index is the left-most bit', () => {
  const bits = bitsFrom(16, [0, 9])
  expect([...bits]).toEqual([0b1000_0000, 0b0100_0000])
  expect([bitAt(bits, 0), bitAt(bits, 1), bitAt(bits, 9), bitAt(bits, 15)]).toEqual([true, false, true, false])
})

test('a list of a million entries is composed, read and expanded as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: statusListEntries - 1 }), { maxLength: 40 }), async (indices) => {
      const document = parseJson(await composeStatusList({ ...given, bits: bitsFrom(statusListEntries, indices) })) as JsonObject
      const list = readStatusList(document)
      expect(list).toMatchObject({
        id: given.id,
        issuer: universityIssuer.organisation.id,
        purpose: 'revocation',
        validFrom: given.validFrom,
        validUntil: given.validUntil,
      })
      expect(list.encodedList).toMatch(/^u[A-Za-z0-9_-]+$/)
      const bits = await expandBits(list.encodedList)
      expect(bits.length).toBe(statusListEntries / 8)
      for (const index of indices) expect(bitAt(bits, index)).toBe(true)
      expect(bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)).toBe(indices.length)
    }),
    { numRuns: 15 },
  )
})

test('R-ST-4, Bitstring Status List 3.3: a list under 131,072 entries is refused, and ours have 1,048,576', async () => {
  expect(statusListEntries).toBe(1_048_576)
  expect(await codeOf(() => composeStatusList({ ...given, bits: new Uint8Array(16_383) }))).toBe('status.too-small')
  expect(await codeOf(() => composeStatusList({ ...given, bits: new Uint8Array(16_384) }))).toBeUndefined()
})

test('R-LIM-3 a bomb stops early; nonsense is a problem, not a crash; an index beyond the list is not "good"', async () => {
  const bomb = `u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`
  expect(await codeOf(() => expandBits(bomb))).toBe('status.too-large')
  expect(await codeOf(() => expandBits('u'.padEnd(statusListLimits.compressed * 2, 'A')))).toBe('status.too-large')
  expect((await expandBits(`u${gzipSync(Buffer.alloc(statusListLimits.unpacked)).toString('base64url')}`)).length).toBe(
    statusListLimits.unpacked,
  )
  const good = await compressBits(bitsFrom(131_072, [3]))
  expect(bitAt(await expandBits(good.slice(1)), 3)).toBe(true)
  for (const bad of ['', 'u', 'uAAAA', 'u****', `u${'A'.repeat(5)}`, good.slice(0, -8)])
    expect(await codeOf(() => expandBits(bad)), bad).toBe('status.unreadable')
  for (const index of [131_072, -1, 0.5, Number.NaN])
    expect(await codeOf(() => bitAt(bitsFrom(131_072, []), index))).toBe('status.index-outside')
})

test('what is no status list is refused with a pointer', async () => {
  const good = parseJson(await composeStatusList({ ...given, bits: bitsFrom(131_072, []) })) as JsonObject
  for (const [member, value] of [
    ['type', ['VerifiableCredential']],
    ['credentialSubject', 'text'],
    ['issuer', 7],
    ['validFrom', 'soon'],
    ['validUntil', 'later'],
    ['credentialSubject', { ...(good.credentialSubject as JsonObject), statusPurpose: ['revocation', 'suspension'] }],
  ] as const)
    expect(await codeOf(() => readStatusList({ ...good, [member]: value } as JsonObject)), member).toBe('status.unreadable')
})

test('a list says which of the revoked were replaced; where that cannot be read, they are revoked', async () => {
  const bits = bitsFrom(131_072, [3, 4])
  const list = readStatusList(parseJson(await composeStatusList({ ...given, bits, superseded: bitsFrom(131_072, [4]) })) as JsonObject)
  const entry = { list: given.id, purpose: 'revocation' as const }
  expect(await meaningOf(list, { ...entry, index: 4 })).toBe('status.superseded')
  expect(await meaningOf(list, { ...entry, index: 3 })).toBe('status.revoked')
  expect(await meaningOf({ ...list, superseded: 'uAAAA' }, { ...entry, index: 4 })).toBe('status.revoked')
  expect(await meaningOf(list, { ...entry, index: 900_000 })).toBe('status.revoked')
  expect(await meaningOf(list, { ...entry, index: 4, purpose: 'suspension' })).toBe('status.suspended')
  const { superseded: _, ...plain } = readStatusList(parseJson(await composeStatusList({ ...given, bits })) as JsonObject)
  expect(await meaningOf(plain, { ...entry, index: 4 })).toBe('status.revoked')
})
