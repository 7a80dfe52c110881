import { deflateSync } from 'node:zlib'
import { type JsonObject, ProblemError, parseJson } from '@cairn/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitAt, bitsFrom } from './bits.ts'
import { statusListLimits } from './inflate.ts'
import {
  composeTokenStatusList,
  expandStatuses,
  meaningOfInvalid,
  packStatuses,
  readTokenStatusList,
  type StatusBits,
  statusAt,
  type TokenStatusList,
  tokenBitsOf,
} from './token-status-list.ts'

const given = { address: 'https://a.example/status/1/token', issuedAt: '2026-05-01T00:00:00Z', expiresAt: '2026-05-02T00:00:00Z', ttl: 900 }
const list = (packed: string, bits: StatusBits = 1): TokenStatusList => ({ address: 'x', issuedAt: 0, bits, packed })
const packed = (bytes: Uint8Array) => deflateSync(bytes).toString('base64url')
const codeOf = async (act: () => unknown) => {
  try {
    await act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
  return 'good'
}

test('4.1: the two worked examples of the draft, of one bit and of two', async () => {
  // Bytes and compressed form are facts of draft-ietf-oauth-status-list, section 4.1.
  const one = await expandStatuses(list(Buffer.from('78dadbb918000217015d', 'hex').toString('base64url')))
  expect([...one]).toEqual([0xb9, 0xa3])
  expect(Array.from({ length: 16 }, (_, index) => statusAt(one, 1, index))).toEqual([1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1])
  const two = await expandStatuses(list(Buffer.from('78da3be9f2130003df0207', 'hex').toString('base64url'), 2))
  expect(Array.from({ length: 12 }, (_, index) => statusAt(two, 2, index))).toEqual([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3])
})

test('packed and read back, for 1, 2, 4 and 8 bits', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 2, 4, 8) as fc.Arbitrary<StatusBits>,
      fc.array(fc.tuple(fc.nat(999), fc.nat(255)), { maxLength: 40 }),
      (bits, raw) => {
        const wanted = new Map(raw.map(([index, status]) => [index, status % 2 ** bits]))
        const bytes = packStatuses(bits, 1000, wanted)
        for (let index = 0; index < 1000; index++) if (statusAt(bytes, bits, index) !== (wanted.get(index) ?? 0)) return false
        return true
      },
    ),
    { numRuns: 100 },
  )
})

test('one award, one entry: a Bitstring list and its token list say the same at every index', () => {
  const bits = bitsFrom(1024, [0, 1, 7, 8, 13, 1000])
  const turned = tokenBitsOf(bits)
  for (let index = 0; index < 1024; index++) expect(statusAt(turned, 1, index)).toBe(bitAt(bits, index) ? 1 : 0)
})

test('5.1: composed, read, expanded', async () => {
  const statuses = packStatuses(2, 131_072, [[5, 2]])
  const read = readTokenStatusList(
    parseJson(await composeTokenStatusList({ ...given, issuer: 'urn:x:y', bits: 2, statuses })) as JsonObject,
  )
  expect(read).toMatchObject({ address: given.address, issuer: 'urn:x:y', issuedAt: 1777593600, expiresAt: 1777680000, ttl: 900, bits: 2 })
  expect(statusAt(await expandStatuses(read), 2, 5)).toBe(2)
  expect(await codeOf(() => composeTokenStatusList({ ...given, bits: 1, statuses: new Uint8Array(16_383) }))).toBe('status.too-small')
})

test('a token list says beside its statuses which of the invalid were replaced; where that cannot be read, they are revoked', async () => {
  const statuses = tokenBitsOf(bitsFrom(131_072, [3, 4]))
  const superseded = tokenBitsOf(bitsFrom(131_072, [4]))
  const readBack = async (more: object) =>
    readTokenStatusList(parseJson(await composeTokenStatusList({ ...given, bits: 1, statuses, ...more })) as JsonObject)
  const list = await readBack({ superseded })
  expect([await meaningOfInvalid(list, 4), await meaningOfInvalid(list, 3)]).toEqual(['status.superseded', 'status.revoked'])
  expect(await meaningOfInvalid({ ...list, superseded: 'AAAA' }, 4)).toBe('status.revoked')
  expect(await meaningOfInvalid(list, 900_000)).toBe('status.revoked')
  expect(await meaningOfInvalid(await readBack({}), 4)).toBe('status.revoked')
})

test('R-ST-1: what is not built as it has to be is unreadable, and an index outside is no statement', async () => {
  const good = { sub: 'x', iat: 1, status_list: { bits: 1, lst: packed(new Uint8Array(2)) } }
  expect(await codeOf(() => readTokenStatusList(good as never))).toBe('good')
  for (const bad of [
    { sub: undefined },
    { iat: undefined },
    { iat: '1' },
    { exp: '1' },
    { ttl: 0 },
    { ttl: '5' },
    { iss: 5 },
    { status_list: undefined },
    { status_list: { bits: 3, lst: '' } },
    { status_list: { bits: '1', lst: '' } },
    { status_list: { bits: 1 } },
  ])
    expect(await codeOf(() => readTokenStatusList({ ...good, ...bad } as never)), JSON.stringify(bad)).toBe('status.unreadable')
  for (const bad of ['!', 'AAAA', packed(new Uint8Array(9)).slice(0, -6)])
    expect(await codeOf(() => expandStatuses(list(bad))), bad).toBe('status.unreadable')
  for (const index of [-1, 16, 1.5, Number.NaN, 2 ** 60])
    expect(await codeOf(() => statusAt(new Uint8Array(2), 1, index)), String(index)).toBe('status.index-outside')
  expect(await codeOf(() => packStatuses(1, 8, [[0, 2]]))).toBe('input.invalid')
})

test('R-LIM-3: a bomb is stopped while it unpacks', async () => {
  const bomb = packed(new Uint8Array(statusListLimits.unpacked + 1))
  expect(bomb.length).toBeLessThan(100_000)
  expect(await codeOf(() => expandStatuses(list(bomb)))).toBe('status.too-large')
  expect(await codeOf(() => expandStatuses(list('A'.repeat(3 * 1024 * 1024))))).toBe('status.too-large')
})
