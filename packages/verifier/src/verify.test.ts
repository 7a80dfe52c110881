/** Verdicts: what must be valid, what must not, and why (trust.md 2.4, 2.5; the rules of the verdict). */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Report, TrustEntry } from '@cairn/core'
import { readJades } from '@cairn/seals'
import { createAuthority, sampleInstitution } from '@cairn/testkit'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { didKeyOf } from './checks/did-key.ts'
import { type Evidence, standardPolicy, verify } from './index.ts'
import {
  award,
  entry,
  evidenceOf,
  keyOf,
  listAddress,
  now,
  registryOf,
  sealedCredential,
  sealKey,
  sealText,
  statusKey,
  statusListOf,
} from './vectors/neighbourhood.ts'

const judge = (bytes: Uint8Array, evidence: Evidence = evidenceOf(), at = now) => verify(bytes, evidence, standardPolicy, at)
const codes = (report: Report) => report.findings.flatMap(({ problem }) => problem?.code ?? [])
const status = { list: listAddress, index: 123_456, purpose: 'revocation' } as const
let plain: Uint8Array
let withStatus: Uint8Array
beforeAll(async () => {
  plain = await sealedCredential()
  withStatus = await sealedCredential({ status })
})

test('a credential of a known issuer, without a status, is valid, and the registry names the sealer', async () => {
  const report = await judge(plain)
  expect(report).toMatchObject({
    format: 'elm-jades',
    verdict: 'valid',
    results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
    registry: { legalName: entry.legalName, id: entry.id, organizationIdentifier: entry.organizationIdentifier },
    view: { id: award.id, title: 'Homogenisation of climate records', learner: 'Ana Horváthová' },
    at: now,
  })
  expect(report.findings).toContainEqual(expect.objectContaining({ check: 'status.entry', outcome: 'passed', note: 'no status published' }))
})

test('a report depends on its arguments alone', async () => {
  expect(await judge(plain)).toEqual(await judge(plain.slice(), structuredClone(evidenceOf())))
})

describe('R-ISS-1: the issuer that is named is the one whose certificate made the seal', () => {
  const other: TrustEntry = {
    ...entry,
    id: 'urn:uuid:00000000-0000-4000-8000-000000000009',
    legalName: 'University',
    organizationIdentifier: 'VATXX-999',
  }

  test('an issuer nobody told us about is unknown, not false', async () => {
    expect(await judge(plain, evidenceOf(registryOf()))).toMatchObject({
      verdict: 'indeterminate',
      results: { seal: 'passed', issuer: 'unknown' },
    })
    const nothing = await judge(plain, evidenceOf({ anchors: [], trustedLists: [], issuers: [] }))
    expect(nothing).toMatchObject({ verdict: 'indeterminate', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND', results: { issuer: 'unknown' } })
    expect(codes(nothing)).toEqual(['issuer.not-known', 'certificate.no-path'])
    expect(nothing.view?.title).toBeDefined()
    expect(nothing.registry).toBeUndefined()
  })
  test('an entry without an anchor proves nothing', async () => {
    const report = await judge(plain, evidenceOf({ ...registryOf(entry), anchors: [] }))
    expect(report).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
  })
  test('a known sealer who names another known issuer fails', async () => {
    const bytes = await sealedCredential({ organisation: { ...sampleInstitution, id: other.id } })
    expect(await judge(bytes, evidenceOf(registryOf(entry, other)))).toMatchObject({
      verdict: 'invalid',
      results: { seal: 'passed', issuer: 'failed' },
    })
    expect(codes(await judge(bytes, evidenceOf(registryOf(entry, other))))).toContain('issuer.not-bound-to-seal')
  })
  test('a sealer under the same anchor who writes the number of another fails', async () => {
    const signer = keyOf({ organisation: 'Small College', organizationIdentifier: 'VATXX-123' })
    const bytes = await sealedCredential({ signer })
    const report = await judge(bytes)
    expect(report).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
    expect(codes(report)).toContain('issuer.not-bound-to-seal')
    expect(report.registry).toBeUndefined()
  })
  test('a certificate with the right number from an authority nobody knows is unknown', async () => {
    const stranger = createAuthority('Neighbourhood')
    const report = await judge(await sealedCredential({ signer: keyOf({}, stranger) }))
    expect(report).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
  })
  test('resolved by id, else by official number; hyphens and case do not matter', async () => {
    const renamed = { ...entry, id: 'https://lakeside.example', organizationIdentifier: 'vatcz 00000019' }
    expect(await judge(plain, evidenceOf(registryOf(renamed)))).toMatchObject({ verdict: 'valid', registry: { id: renamed.id } })
  })
  test('an entry that names a key needs no anchor', async () => {
    const [leaf] = readJades(plain).signatures[0]!.certificates
    const byKey = { ...entry, organizationIdentifier: undefined, keys: [didKeyOf(leaf!)!] }
    expect(await judge(plain, evidenceOf({ anchors: [], trustedLists: [], issuers: [byKey] }))).toMatchObject({ verdict: 'valid' })
    const otherKey = { ...byKey, keys: ['did:key:zDnaeWrong'] }
    expect(await judge(plain, evidenceOf({ anchors: [], trustedLists: [], issuers: [otherKey] }))).toMatchObject({
      results: { issuer: 'failed' },
    })
  })
  test('a known key that seals for an issuer whom the registry does not know fails', async () => {
    const [leaf] = readJades(plain).signatures[0]!.certificates
    const byKey = { ...other, organizationIdentifier: undefined, keys: [didKeyOf(leaf!)!] }
    const report = await judge(plain, evidenceOf(registryOf(byKey)))
    expect(report).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
    expect(codes(report)).toContain('issuer.not-bound-to-seal')
  })
  test('an entry for other types, and one of another time, does not allow it', async () => {
    for (const wrong of [{ types: ['OpenBadgeCredential'] }, { from: '2026-05-12' }, { to: '2026-05-10' }]) {
      const report = await judge(plain, evidenceOf(registryOf({ ...entry, ...wrong })))
      expect(report).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
      expect(codes(report)).toContain('issuer.not-allowed')
    }
    expect(await judge(plain, evidenceOf(registryOf({ ...entry, types: ['EuropeanDigitalCredential'] })))).toMatchObject({
      verdict: 'valid',
    })
  })
  test('an entry that ended since, and only the sealer says when it was sealed: unknown', async () => {
    const report = await judge(plain, evidenceOf(registryOf({ ...entry, to: '2026-05-11' })))
    expect(report).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
    expect(codes(report)).toContain('issuer.time-not-proven')
  })
  test('an entry that demands a log: unknown until the log can be read', async () => {
    expect(await judge(plain, evidenceOf(registryOf({ ...entry, logRequired: true })))).toMatchObject({ verdict: 'indeterminate' })
  })
  test('a certificate that may not seal fails although everything else is right', async () => {
    const server = keyOf({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })
    const { payload, header } = opened(plain)
    const report = await judge(await sealText(payload, await headerFor(server, header), server))
    expect(report).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
  })
})

const opened = (bytes: Uint8Array) => {
  const { payload, signatures } = JSON.parse(new TextDecoder().decode(bytes))
  return { payload: payload as string, header: JSON.parse(Buffer.from(signatures[0].protected, 'base64url').toString()) }
}
async function headerFor({ certificates }: { certificates: readonly Uint8Array[] }, header: Record<string, unknown>) {
  const thumbprint = Buffer.from(await crypto.subtle.digest('SHA-256', certificates[0]! as Uint8Array<ArrayBuffer>)).toString('base64url')
  return { ...header, 'x5t#S256': thumbprint, x5c: certificates.map((each) => Buffer.from(each).toString('base64')) }
}

describe('EN 319 102-1: time', () => {
  test('a certificate that ended, without proof that the seal is older, is unknown', async () => {
    const report = await judge(plain, evidenceOf(), '2028-06-01T00:00:00Z')
    expect(report).toMatchObject({
      verdict: 'indeterminate',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
      results: { issuer: 'unknown', validity: 'passed' },
    })
    expect(codes(report)).toContain('certificate.expired')
  })
  test('a credential that ended, and one that has not begun, fail', async () => {
    const ending = await sealedCredential({ validUntil: '2026-06-01' })
    expect(await judge(ending)).toMatchObject({ verdict: 'valid' })
    expect(codes(await judge(ending, evidenceOf(), '2026-06-02T00:00:01Z'))).toEqual(['validity.ended'])
    const early = await judge(plain, evidenceOf(), '2026-05-11T08:58:00Z')
    expect(early).toMatchObject({ verdict: 'invalid', results: { validity: 'failed' } })
    expect(await judge(plain, evidenceOf(), '2026-05-11T08:59:30Z')).toMatchObject({ verdict: 'valid' })
  })
  test('a moment that is none gives no verdict', async () => {
    expect(await judge(plain, evidenceOf(), 'tomorrow')).toMatchObject({ verdict: 'indeterminate', results: { seal: 'unknown' } })
  })
})

describe('R-ST-1, R-ST-2: any doubt about the status is unknown', () => {
  const withList = async (listing: Parameters<typeof statusListOf>[0], at = now) =>
    judge(withStatus, evidenceOf(undefined, { [listAddress]: await statusListOf(listing) }), at)

  test('not revoked is valid, revoked is invalid', async () => {
    expect(await withList({ revoked: [1, 123_455, 123_457] })).toMatchObject({ verdict: 'valid', results: { status: 'passed' } })
    const report = await withList({ revoked: [123_456] })
    expect(report).toMatchObject({
      verdict: 'invalid',
      subIndication: 'REVOKED',
      results: { status: 'failed', issuer: 'passed', seal: 'passed' },
    })
    expect(codes(report)).toEqual(['status.revoked'])
  })
  test('a list that is not at hand', async () => {
    const report = await judge(withStatus)
    expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'TRY_LATER', results: { status: 'unknown' } })
    expect(codes(report)).toEqual(['status.list-missing'])
  })
  test.each([
    ['too old', { validFrom: '2026-05-11T09:00:00Z' }, 'status.list-too-old'],
    ['past its own end', { validUntil: '2026-05-12T09:59:00Z' }, 'status.list-too-old'],
    ['of the future', { validFrom: '2026-05-12T11:00:00Z' }, 'status.list-too-old'],
    ['another list', { id: 'https://cairn.example/status/2' }, 'status.list-not-trusted'],
    ['another issuer', { issuer: 'urn:uuid:00000000-0000-4000-8000-000000000009' }, 'status.list-not-trusted'],
    ['another purpose', { purpose: 'suspension' }, 'status.list-not-trusted'],
    ['another type of token', { type: 'JWT' }, 'seal.malformed'],
    ['signed by another organisation', { signer: keyOf({ organizationIdentifier: 'VATXX-123' }) }, 'status.list-not-trusted'],
    ['signed under another authority', { signer: keyOf({}, createAuthority('Neighbourhood')) }, 'status.list-not-trusted'],
    ['signed by a key for servers', { signer: keyOf({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }) }, 'status.list-not-trusted'],
  ] as const)('a list that is %s', async (_, listing, code) => {
    const report = await withList({ revoked: [123_456], ...listing })
    expect(report).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
    expect(codes(report)).toEqual([code])
  })
  test('a list that was changed, and nonsense in its place', async () => {
    const list = await statusListOf({})
    const [header, payload, signature] = new TextDecoder().decode(list).split('.') as [string, string, string]
    const changed = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    for (const bytes of [changed, '', '{}', 'a.b.c'].map((text) => new TextEncoder().encode(text)))
      expect(await judge(withStatus, evidenceOf(undefined, { [listAddress]: bytes }))).toMatchObject({
        verdict: 'indeterminate',
        results: { status: 'unknown' },
      })
  })
  test('an index beyond the list is unknown', async () => {
    const bytes = await sealedCredential({ status: { ...status, index: 9_000_000 } })
    const report = await judge(bytes, evidenceOf(undefined, { [listAddress]: await statusListOf() }))
    expect(report).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
  })
  test('a key that the entry names may sign the list', async () => {
    const signed = await statusListOf({ signer: statusKey, type: 'vc+jwt' })
    const [leaf] = readJades(withStatus).signatures[0]!.certificates
    const { parseCertificate } = await import('@cairn/seals')
    const keys = [didKeyOf(leaf!)!, didKeyOf(parseCertificate(statusKey.certificates[0]!))!]
    const byKeys = { anchors: [], trustedLists: [], issuers: [{ ...entry, keys }] }
    expect(await judge(withStatus, evidenceOf(byKeys, { [listAddress]: signed }))).toMatchObject({ verdict: 'valid' })
  })
  test('a status in a form that we cannot follow is unknown', async () => {
    const { payload, header } = opened(plain)
    const changed = JSON.stringify({ ...JSON.parse(payload), credentialStatus: 'https://cairn.example/something' })
    expect(await judge(await sealText(changed, header, sealKey))).toMatchObject({
      verdict: 'indeterminate',
      results: { status: 'unknown' },
    })
  })
})

describe('what is sealed is read strictly', () => {
  test('R-JSON-1: a member twice, a prototype, and another document than a credential', async () => {
    const { payload, header } = opened(plain)
    for (const text of [
      payload.replace('{', '{"id":"urn:uuid:0",'),
      payload.replace('{', '{"__proto__":{},'),
      '[]',
      '{"type":"Person"}',
      '"text"',
      '',
    ]) {
      const report = await judge(await sealText(text, header))
      expect(report).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
      expect(codes(report)).toContain('format.unreadable')
      expect(report.view).toBeUndefined()
    }
  })
  test('R-LIM-1: too deep, too many, too large', async () => {
    const { header } = opened(plain)
    const start = '{"type":"VerifiableCredential","x":'
    for (const inside of [
      `${'['.repeat(65)}${']'.repeat(65)}`,
      `[${'1,'.repeat(50_001)}1]`,
      `"${'x'.repeat(256 * 1024 + 1)}"`,
      `"${'x'.repeat(1024 * 1024)}"`,
    ])
      expect(await judge(await sealText(`${start}${inside}}`, header))).toMatchObject({ verdict: 'invalid' })
  })
  test('an unsealed document says so', async () => {
    const report = await judge(new TextEncoder().encode(opened(plain).payload))
    expect(report).toMatchObject({ format: 'elm-unsealed', verdict: 'invalid' })
    expect(codes(report)).toEqual(['seal.missing'])
    expect(report.view).toBeUndefined()
  })
  test('R-JADES-2: each of two signatures is reported by itself, with its algorithm and its time', async () => {
    const { payload, header } = opened(plain)
    const other = keyOf({ organizationIdentifier: 'VATXX-123', algorithm: 'ES384' })
    const second = JSON.parse(
      new TextDecoder().decode(await sealText(payload, { ...(await headerFor(other, header)), alg: 'ES384' }, other)),
    )
    const envelope = JSON.parse(new TextDecoder().decode(plain))
    const both = { ...envelope, signatures: [...envelope.signatures, ...second.signatures] }
    const report = await judge(new TextEncoder().encode(JSON.stringify(both)))
    expect(report.signatures?.map(({ algorithm, level }) => [algorithm, level])).toEqual([
      ['ES256', 'B-B'],
      ['ES384', 'B-B'],
    ])
    expect(report.findings.filter(({ check }) => check === 'seal.intact').map(({ outcome, note }) => [outcome, note])).toEqual([
      ['passed', 'ES256, B-B'],
      ['passed', 'ES384, B-B'],
    ])
  })
  test('R-JADES-2: a second signature that does not hold fails the whole', async () => {
    const envelope = JSON.parse(new TextDecoder().decode(plain))
    const [good] = envelope.signatures
    const bad = { ...good, signature: `${good.signature.startsWith('A') ? 'B' : 'A'}${good.signature.slice(1)}` }
    const report = await judge(new TextEncoder().encode(JSON.stringify({ ...envelope, signatures: [good, bad] })))
    expect(report).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
    expect(report.findings.map(({ outcome }) => outcome)).toEqual(['passed', 'failed'])
  })
})

describe('nothing throws', () => {
  test('bytes without meaning give a report, of whatever form they seem to have', async () => {
    const head = fc.constantFrom('', '<', '{', '%PDF', 'PK\u0003\u0004', '\u0089PNG', '{"payload":"', 'e30.e30.e30', 'e30..e30~', '\ufeff{')
    await fc.assert(
      fc.asyncProperty(head, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        const report = await judge(Uint8Array.from([...new TextEncoder().encode(start), ...rest]))
        expect(report).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
        expect(report.view).toBeUndefined()
        expect(codes(report)).not.toContain('server.internal')
      }),
      { numRuns: 1000 },
    )
    const report = await judge(new Uint8Array())
    expect(codes(report)).toEqual(['format.unreadable'])
  })
  test('JSON that looks like an envelope', async () => {
    const part = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom('e30', 'eyJhbGciOiJFUzI1NiJ9', null))
    await fc.assert(
      fc.asyncProperty(part, part, part, part, async (payload, header, signature, etsiU) => {
        const envelope = { payload, signatures: [{ protected: header, header: { etsiU: [etsiU] }, signature }] }
        const report = await judge(new TextEncoder().encode(JSON.stringify(envelope)))
        expect(report).toMatchObject({ verdict: 'invalid' })
        expect(report.view).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })
  test('a credential whose members are anything, truly sealed', async () => {
    const { header } = opened(plain)
    const names = ['issuer', 'credentialSubject', 'credentialStatus', 'validFrom', 'validUntil', 'displayParameter', 'issued', 'id']
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), async (members) => {
        const report = await judge(
          await sealText(JSON.stringify({ ...members, type: ['VerifiableCredential', 'EuropeanDigitalCredential'] }), header),
        )
        expect(report.verdict).not.toBe('valid')
        expect(codes(report)).not.toContain('server.internal')
      }),
      { numRuns: 500 },
    )
  })
  test('evidence that makes no sense', async () => {
    const registry = { anchors: ['', '!', 'AAAA', Buffer.alloc(9000).toString('base64')], trustedLists: [], issuers: [] }
    expect(await judge(plain, evidenceOf(registry))).toMatchObject({ verdict: 'indeterminate' })
  })
})

const sample = path.resolve(import.meta.dirname, '../../../../shared/vectors/elm/samples/Sample-MC-Annex1-signed.jsonld')
test.skipIf(!existsSync(sample))(
  "the Commission's sample: intact, current, and undecided for named reasons (skipped where ../shared/vectors is absent)",
  async () => {
    const report = await judge(new Uint8Array(readFileSync(sample)), evidenceOf())
    expect(report).toMatchObject({
      format: 'elm-jades',
      verdict: 'indeterminate',
      results: { seal: 'passed', issuer: 'unknown', validity: 'passed', status: 'passed' },
      view: { title: expect.any(String), issuer: 'ORGANIZACION TEST' },
    })
    expect(codes(report)).toEqual(
      expect.arrayContaining([
        'issuer.not-known',
        'certificate.no-path',
        'certificate.expired',
        'certificate.test-authority',
        'timestamp.authority-unknown',
      ]),
    )
    const stamps = report.findings.filter(({ check }) => check === 'seal.time-stamp')
    expect(stamps).toHaveLength(3)
    for (const { problem } of stamps) expect(problem?.detail).toMatch(/ended on 2023-12-13.*test/s)
  },
)
