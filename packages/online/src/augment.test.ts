/** Levels against authorities that answer, are away, or answer something else (R-TSA-1, R-FLT-2). */
import { ProblemError, type TrustRegistry } from '@cairn/core'
import { levelOf, readJades, toHex } from '@cairn/seals'
import { type RunningAuthority, sealSample, startAuthority } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AugmentOptions, augment, type Door, fetchSafely, gather, requestTimeStamp } from './index.ts'

let authority: RunningAuthority
let registry: TrustRegistry
let sealed: Uint8Array
const door: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
const options = (): AugmentOptions => ({
  timeStamps: { address: authority.timeStampAddress },
  registry,
  door,
  now: () => new Date().toISOString(),
})
const level = (bytes: Uint8Array) => levelOf(readJades(bytes).signatures[0]!)

beforeAll(async () => {
  authority = await startAuthority()
  ;({ registry, sealed } = await sealSample(authority, new Date().toISOString()))
})
afterAll(() => authority.stop())

test('from any level to any higher one, and a level that is there is left as it is', async () => {
  const t = await augment(sealed, 'B-T', options())
  const lt = await augment(t, 'B-LT', options())
  const lta = await augment(sealed, 'B-LTA', options())
  expect([level(t), level(lt), level(lta), level(await augment(lt, 'B-LTA', options()))]).toEqual(['B-T', 'B-LT', 'B-LTA', 'B-LTA'])
  expect(await augment(lta, 'B-LT', options())).toBe(lta)
  const renewed = await augment(lta, 'B-LTA', options())
  expect(readJades(renewed).signatures[0]!.unsigned.filter(({ name }) => name === 'arcTst')).toHaveLength(2)
  const now = new Date().toISOString()
  for (const bytes of [t, lt, lta, renewed])
    expect(await verify(bytes, await gather(bytes, registry, door, now), standardPolicy, now)).toMatchObject({ verdict: 'valid' })
})

describe.each(['refusing', 'garbage', 'hanging'] as const)(
  'R-FLT-2, R-TSA-1: an authority that is %s fails the work in time, so that it is tried again',
  (how) => {
    const quick: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin], milliseconds: 300 })
    test.each(['B-T', 'B-LTA'] as const)('no time stamps: %s', async (wanted) => {
      authority.setAway(['tsa'], how)
      const code = how === 'garbage' ? 'timestamp.malformed' : 'fetch.failed'
      await expect(augment(sealed, wanted, { ...options(), door: quick })).rejects.toMatchObject({ problem: { code } })
      authority.setAway([])
    })
    test('statements on revocation: one source is enough, none is not', async () => {
      authority.setAway(['ocsp'], how)
      // Whoever says nothing is not asked a second thing: then the list of the same server is not to be had either.
      if (how !== 'hanging') expect(level(await augment(sealed, 'B-LT', { ...options(), door: quick }))).toBe('B-LT')
      authority.setAway(['ocsp', 'crl'], how)
      await expect(augment(sealed, 'B-LT', { ...options(), door: quick })).rejects.toMatchObject({ problem: { code: 'fetch.failed' } })
      const t = await augment(sealed, 'B-T', { ...options(), door: quick })
      const now = new Date().toISOString()
      const evidence = await gather(t, registry, quick, now)
      authority.setAway([])
      expect(evidence.revocation).toBeUndefined()
      expect(await verify(t, evidence, standardPolicy, now)).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER' })
    })
  },
)

describe('what the registry does not vouch for', () => {
  test('without anchors for the chains nothing is asked', async () => {
    authority.asked.clear()
    const t = await augment(sealed, 'B-T', options())
    await expect(augment(t, 'B-LT', { ...options(), registry: { ...registry, anchors: [] } })).rejects.toThrowError(/certificate.no-path/)
    expect([...authority.asked.keys()]).toEqual(['/tsa'])
  })
})

test('R-SSRF-3: a server that does not answer is not waited for again', async () => {
  const now = new Date().toISOString()
  const t = await augment(sealed, 'B-T', options())
  const asked: string[] = []
  const silent: Door = async (address) => {
    asked.push(address)
    throw new ProblemError('fetch.failed', 'The server did not answer in time.')
  }
  expect((await gather(t, registry, silent, now)).revocation).toBeUndefined()
  expect(asked).toHaveLength(1)
})

test('R-SSRF-2: nobody is asked about a stranger or about a seal that was changed', async () => {
  const now = new Date().toISOString()
  const t = await augment(sealed, 'B-T', options())
  authority.asked.clear()
  await gather(t, { ...registry, anchors: [] }, door, now)
  const changed = new TextEncoder().encode(new TextDecoder().decode(t).replace('Homogenisation', 'homogenisation'))
  await gather(changed, registry, door, now)
  expect([...authority.asked]).toEqual([])
  await gather(t, registry, door, now)
  expect([...authority.asked.keys()].sort()).toEqual(['/crl/root.crl', '/ocsp/root', '/ocsp/seal'])
})

test('R-SSRF-1: plain http is for signed answers alone, on its own port, and never inside', async () => {
  const code = (address: string, signedContent: boolean) =>
    fetchSafely(address, { signedContent, milliseconds: 300 }).catch((error) => error.problem.code)
  expect(await code('http://ocsp.example.invalid/', false)).toBe('fetch.refused')
  expect(await code('http://ocsp.example.invalid/', true)).toBe('fetch.failed')
  expect(await code('http://ocsp.example.invalid:8080/', true)).toBe('fetch.refused')
  expect(await code('http://127.0.0.1/', true)).toBe('fetch.refused')
  expect(await code(authority.timeStampAddress, true)).toBe('fetch.refused')
})

test('R-TSA-1: a token of an authority that the registry does not know never comes into a seal', async () => {
  const stranger = await startAuthority('Stranger')
  try {
    const between: Door = (address, ask) =>
      fetchSafely(address.replace(authority.origin, stranger.origin), { ...ask, ownOrigins: [stranger.origin] })
    for (const wanted of ['B-T', 'B-LTA'] as const)
      await expect(augment(sealed, wanted, { ...options(), door: between })).rejects.toMatchObject({
        problem: { code: 'timestamp.authority-unknown' },
      })
    expect(stranger.asked.get('/tsa')).toBe(2)
  } finally {
    await stranger.stop()
  }
})

test('R-TSA-1: a token for other bytes, or of another time, is not taken', async () => {
  const covered = new TextEncoder().encode('bytes')
  const now = new Date().toISOString()
  const token = await requestTimeStamp(covered, { address: authority.timeStampAddress, hash: 'SHA-512' }, door, now)
  expect([token.hash, toHex(token.imprint).length]).toEqual(['SHA-512', 128])
  authority.setClock(new Date(Date.now() - 3_600_000))
  await expect(requestTimeStamp(covered, { address: authority.timeStampAddress }, door, now)).rejects.toThrowError(/timestamp.time-off/)
  authority.setClock(undefined)
  const old: Door = async () => ({ bytes: authority.timeStamp(new Uint8Array([0x30, 0])) })
  await expect(requestTimeStamp(covered, { address: 'x' }, old, now)).rejects.toThrowError(/timestamp\./)
})
