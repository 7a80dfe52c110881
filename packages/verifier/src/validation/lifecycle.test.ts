/** Seals of every level over the years (EN 319 102-1, 5.5 and 5.6; R-LTV-1 to 3), against authorities that answer on loopback. */
import type { Report } from '@cairn/core'
import type { SealLevel } from '@cairn/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { protectedUntil, standardPolicy, verify } from '../index.ts'
import { type Running, sealedAt, stampedAt, startRunning } from '../vectors/running.ts'

const levels: readonly SealLevel[] = ['B-B', 'B-T', 'B-LT', 'B-LTA']
const soon = '2026-05-11T10:00:00Z'
const years = '2029-06-01T00:00:00Z'
const judge = (bytes: Uint8Array, evidence: Parameters<typeof verify>[1], at: string, policy = standardPolicy) =>
  verify(bytes, evidence, policy, at)
const codes = (report: Report) => report.findings.flatMap(({ problem }) => problem?.code ?? [])

let running: Running
beforeAll(async () => {
  running = await startRunning()
})
afterAll(() => running.authority.stop())

describe.each(['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA'] as const)('R-JADES-1: %s', (algorithm) => {
  test.each(levels)('%s is made, read back as such, and valid with what is gathered', async (level) => {
    const bytes = await running.credential(running.key({ algorithm }), level)
    const report = await judge(bytes, await running.evidence(bytes, soon), soon)
    expect(report).toMatchObject({
      verdict: 'valid',
      results: { seal: 'passed', issuer: 'passed' },
      signatures: [{ level, claimedAt: sealedAt, ...(level === 'B-B' ? {} : { provenAt: stampedAt }) }],
    })
    expect(codes(report)).toEqual([])
  })
})

describe('revocation of the sealing certificate', () => {
  test('a source is named and nothing is at hand: TRY_LATER, and the issuer is named all the same', async () => {
    const bytes = await running.credential(running.key(), 'B-T')
    const report = await judge(bytes, running.alone(soon), soon)
    expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER', results: { seal: 'passed', issuer: 'unknown' } })
    expect(codes(report)).toEqual(['certificate.revocation-unknown', 'certificate.revocation-unknown'])
    expect(report.registry).toBeDefined()
    expect(await judge(bytes, running.alone(soon), soon, { ...standardPolicy, revocation: 'off' })).toMatchObject({ verdict: 'valid' })
  })
  test('values inside the seal count: B-LT needs nothing gathered', async () => {
    const bytes = await running.credential(running.key(), 'B-LT')
    expect(await judge(bytes, running.alone(soon), soon)).toMatchObject({ verdict: 'valid' })
  })
  test('for years, too, unless the policy wants recent statements and nothing proves how old these are', async () => {
    const [lt, lta] = [await running.credential(running.key(), 'B-LT'), await running.credential(running.key(), 'B-LTA')]
    const strict = { ...standardPolicy, statements: 'recent' } as const
    for (const at of ['2026-06-01T00:00:00Z', years]) {
      expect(await judge(lt, running.alone(at), at)).toMatchObject({ verdict: 'valid' })
      expect(await judge(lta, running.alone(at), at)).toMatchObject({ verdict: 'valid' })
      expect(await judge(lt, running.alone(at), at, strict)).toMatchObject({ verdict: 'indeterminate' })
    }
    const at = '2026-06-01T00:00:00Z'
    expect(await judge(lta, await running.evidence(lta, at), at, strict)).toMatchObject({ verdict: 'valid' })
  })
  test('statements of before the proof count when they were current then, and not when they had run out', async () => {
    const bytes = await running.credential(running.key(), 'B-T')
    const of = (at: string) => {
      running.authority.setClock(new Date(at))
      return { ...running.alone(years), revocation: { crls: [running.authority.crl('root'), running.authority.crl('seal')], ocsps: [] } }
    }
    const year = '2027-06-01T00:00:00Z'
    expect(await judge(bytes, of('2026-05-11T01:00:00Z'), year)).toMatchObject({ verdict: 'valid' })
    expect(await judge(bytes, of('2026-05-09T01:00:00Z'), year)).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER' })
    const bare = await running.credential(running.key(), 'B-B')
    expect(await judge(bare, of('2026-05-11T01:00:00Z'), year)).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER' })
  })
  test('R-LTV-3: revoked after the time stamp: valid, for the seal is proven to be older', async () => {
    for (const level of ['B-T', 'B-LT', 'B-LTA'] as const) {
      const key = running.key()
      const bytes = await running.credential(key, level)
      running.authority.revoke(key.leaf, new Date('2026-05-20T00:00:00Z'))
      const at = '2026-06-01T00:00:00Z'
      const report = await judge(bytes, await running.evidence(bytes, at), at)
      expect(report, level).toMatchObject({ verdict: 'valid', signatures: [{ provenAt: stampedAt }] })
    }
  })
  test('revoked before the time stamp, or without one: REVOKED_NO_POE, at any later time', async () => {
    for (const level of ['B-B', 'B-T'] as const) {
      const key = running.key()
      const bytes = await running.credential(key, level)
      running.authority.revoke(key.leaf, new Date('2026-05-11T09:00:05Z'))
      for (const at of [soon, '2027-01-01T00:00:00Z', years]) {
        const report = await judge(bytes, await running.evidence(bytes, at), at)
        expect(report.verdict, `${level} ${at}`).not.toBe('valid')
        if (at === soon) expect(report).toMatchObject({ subIndication: 'REVOKED_NO_POE', results: { issuer: 'unknown' } })
        expect(report.registry).toBeUndefined()
      }
    }
  })
  test('a hold is no revocation yet', async () => {
    const key = running.key()
    const bytes = await running.credential(key, 'B-B')
    running.authority.revoke(key.leaf, new Date(stampedAt), 6)
    const report = await judge(bytes, await running.evidence(bytes, soon), soon)
    expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER' })
  })
  test('the seal authority itself revoked: REVOKED_CA_NO_POE, and valid for what was stamped before', async () => {
    const other = await startRunning()
    try {
      const before = await other.credential(other.key(), 'B-LTA')
      const bare = await other.credential(other.key(), 'B-B')
      const values = await other.credential(other.key(), 'B-LT')
      other.authority.revoke(other.authority.issuing.certificate, new Date('2026-05-20T00:00:00Z'))
      const at = '2026-06-01T00:00:00Z'
      expect(await judge(bare, await other.evidence(bare, at), at)).toMatchObject({
        verdict: 'indeterminate',
        subIndication: 'REVOKED_CA_NO_POE',
      })
      expect(await judge(before, await other.evidence(before, at), at)).toMatchObject({ verdict: 'valid' })
      // Statements that nothing proves to be older than the revocation of their author could have been made since.
      expect(await judge(values, await other.evidence(values, at), at)).toMatchObject({
        verdict: 'indeterminate',
        subIndication: 'REVOKED_CA_NO_POE',
      })
    } finally {
      await other.authority.stop()
    }
  })
  test('the list is followed when the responder is away', async () => {
    const bytes = await running.credential(running.key(), 'B-B')
    running.authority.setAway(['ocsp'])
    const evidence = await running.evidence(bytes, soon)
    running.authority.setAway([])
    expect(evidence.revocation).toMatchObject({ crls: [expect.any(Uint8Array), expect.any(Uint8Array)], ocsps: [] })
    expect(await judge(bytes, evidence, soon)).toMatchObject({ verdict: 'valid' })
  })
})

describe('when the certificate of the seal has ended', () => {
  test('without proof of existence OUT_OF_BOUNDS_NO_POE, with one valid', async () => {
    for (const [level, expected] of [
      ['B-B', 'indeterminate'],
      // The responder says nothing of certificates that ended before it was asked, and no older statement is at hand.
      ['B-T', 'indeterminate'],
      ['B-LT', 'valid'],
      ['B-LTA', 'valid'],
    ] as const) {
      const bytes = await running.credential(running.key(), level)
      const report = await judge(bytes, await running.evidence(bytes, years), years)
      expect(report, level).toMatchObject({ verdict: expected, ...(expected === 'valid' ? {} : { subIndication: 'OUT_OF_BOUNDS_NO_POE' }) })
    }
  })
  test('a time stamp that came after the end proves nothing, whether or not there is a source of statements', async () => {
    for (const addresses of [{}, undefined]) {
      const key = running.key(addresses ? { addresses } : {})
      const late = await running.credential(key, 'B-T', '2028-06-01T00:00:00Z')
      const report = await judge(late, await running.evidence(late, years), years)
      expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'OUT_OF_BOUNDS_NO_POE' })
      if (!addresses) continue
      const intime = await running.credential(key, 'B-T')
      expect(await judge(intime, await running.evidence(intime, years), years)).toMatchObject({ verdict: 'valid' })
    }
  })
  test('a further archive time stamp carries it beyond the end of the first authority', async () => {
    const bytes = await running.credential(running.key(), 'B-LTA')
    const renewed = await running.raise(bytes, 'B-LTA', '2033-01-01T00:00:00Z')
    const at = '2033-01-01T01:00:00Z'
    const report = await judge(renewed, running.alone(at), at)
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 'B-LTA', provenAt: stampedAt }] })
    expect(report.findings.filter(({ check, outcome }) => check === 'seal.time-stamp' && outcome === 'passed')).toHaveLength(3)
  })
  test('nothing counts once the last authority has ended too', async () => {
    const bytes = await running.credential(running.key(), 'B-LTA')
    const at = '2041-01-01T00:00:00Z'
    expect(await judge(bytes, running.alone(at), at)).toMatchObject({ verdict: 'indeterminate', subIndication: 'OUT_OF_BOUNDS_NO_POE' })
  })
})

test('a seal that is older than its certificate fails: NOT_YET_VALID', async () => {
  const bytes = await running.credential(running.key({ from: new Date('2026-05-12T00:00:00Z') }), 'B-T')
  const at = '2026-05-13T00:00:00Z'
  const report = await judge(bytes, await running.evidence(bytes, at), at)
  expect(report).toMatchObject({ verdict: 'invalid', subIndication: 'NOT_YET_VALID' })
})

test('R-LTV-5: an algorithm past its end counts only with a proof from before', async () => {
  const policy = {
    ...standardPolicy,
    algorithms: standardPolicy.algorithms.map((rule) => (rule.algorithm === 'ecdsa' ? { ...rule, until: '2026-12-31' } : rule)),
  }
  const at = '2027-06-01T00:00:00Z'
  const bare = await running.credential(running.key(), 'B-B')
  expect(await judge(bare, await running.evidence(bare, at), at, policy)).toMatchObject({
    verdict: 'indeterminate',
    subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  })
  const withoutRsa = {
    ...standardPolicy,
    algorithms: standardPolicy.algorithms.map((rule) => (rule.algorithm === 'rsa-pkcs1' ? { ...rule, until: '2026-12-31' } : rule)),
  }
  for (const [stamped, verdict] of [
    [stampedAt, 'valid'],
    ['2027-02-01T00:00:00Z', 'indeterminate'],
  ] as const) {
    const bytes = await running.credential(running.key({ algorithm: 'RS256' }), 'B-LTA', stamped)
    expect(await judge(bytes, await running.evidence(bytes, at), at, withoutRsa), stamped).toMatchObject({ verdict })
  }
  const none = { ...standardPolicy, algorithms: standardPolicy.algorithms.filter(({ algorithm }) => algorithm !== 'ecdsa') }
  expect(await judge(bare, await running.evidence(bare, soon), soon, none)).toMatchObject({
    verdict: 'indeterminate',
    subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
  })
})

test('R-LTV: the same evidence gives the same report anywhere', async () => {
  const bytes = await running.credential(running.key(), 'B-LTA')
  const evidence = await running.evidence(bytes, soon)
  const one = JSON.stringify(await judge(bytes, evidence, soon))
  expect(JSON.stringify(await judge(bytes.slice(), structuredClone(evidence), soon))).toBe(one)
})

test('R-LTV-4: the end of what protects a seal is told, so that it is renewed before', async () => {
  const key = running.key()
  const bare = await running.credential(key, 'B-B')
  const lta = await running.credential(key, 'B-LTA')
  expect(await protectedUntil(bare, standardPolicy)).toBe('2028-01-01T00:00:00Z')
  expect(await protectedUntil(lta, standardPolicy)).toBe('2040-01-01T00:00:00Z')
  const algorithms = standardPolicy.algorithms.map((rule) => (rule.algorithm === 'ecdsa' ? { ...rule, until: '2030-01-01' } : rule))
  expect(await protectedUntil(lta, { ...standardPolicy, algorithms })).toBe('2030-01-01T00:00:00Z')
})
