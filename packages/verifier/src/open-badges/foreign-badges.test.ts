/** Badges of others: their status lists, their did:web documents, their hosted assertions, each as evidence and never fetched. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { JsonObject, TrustRegistry } from '@cairn/core'
import { bitsFrom, composeStatusList, compressBits, statusListEntries } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { createProof, didKeyOfSpki, signCompact } from '@cairn/seals'
import { createAuthority, issueSealCertificate, sampleInstitution } from '@cairn/testkit'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../evidence.ts'
import { standardPolicy } from '../policy.ts'
import { verify } from '../verify.ts'

const now = '2026-05-13T10:00:00Z'
const bytesOf = (document: unknown) => new TextEncoder().encode(JSON.stringify(document))
function party() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const did = didKeyOfSpki(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))!
  return { did, key: did.slice(8), sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) }
}
const issuer = party()
const other = party()
const given = (by: ReturnType<typeof party>, method = `${by.did}#${by.key}`) =>
  ({ suite: 'eddsa-rdfc-2022', algorithm: 'EdDSA', verificationMethod: method, created: now, sign: by.sign }) as const
const address = 'https://college.example/status/3'
const entry = { legalName: 'College', types: ['*'], logRequired: false }
const registryOf = (over: Partial<TrustRegistry['issuers'][number]> = {}, anchors: string[] = []): TrustRegistry => ({
  anchors,
  trustedLists: [],
  issuers: [{ ...entry, id: issuer.did, keys: [issuer.did], ...over }],
})
const badge = (more: JsonObject = {}): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: issuer.did, type: ['Profile'], name: 'College' },
  name: 'Badge',
  validFrom: '2026-05-12T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000002',
      type: ['Achievement'],
      name: 'A',
      description: 'd',
      criteria: { narrative: 'n' },
    },
  },
  ...more,
})
const statusEntry = {
  id: `${address}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: address,
}
const judge = async (document: JsonObject, evidence: Partial<Evidence> = {}) =>
  verify(bytesOf(document), { registry: registryOf(), statusLists: {}, retrievedAt: now, ...evidence }, standardPolicy, now)
const codes = (report: Awaited<ReturnType<typeof judge>>) => report.findings.flatMap(({ problem }) => problem?.code ?? [])

describe('R-ST-1, R-ST-2: a status list with a proof of its own', () => {
  const list = async (set: readonly number[], over: JsonObject = {}, by = issuer) =>
    bytesOf(
      await createProof(
        {
          '@context': ['https://www.w3.org/ns/credentials/v2'],
          id: address,
          type: ['VerifiableCredential', 'BitstringStatusListCredential'],
          issuer: by.did,
          validFrom: '2026-05-13T09:00:00Z',
          credentialSubject: {
            id: `${address}#list`,
            type: 'BitstringStatusList',
            statusPurpose: 'revocation',
            encodedList: await compressBits(bitsFrom(statusListEntries, set)),
          },
          ...over,
        },
        given(by),
      ),
    )
  const withList = async (bytes: Uint8Array) =>
    judge(await createProof(badge({ credentialStatus: statusEntry }), given(issuer)), { statusLists: { [address]: bytes } })
  test('not revoked, revoked', async () => {
    expect((await withList(await list([6, 8]))).verdict).toBe('valid')
    const revoked = await withList(await list([7]))
    expect([revoked.results.status, revoked.verdict, revoked.subIndication]).toEqual(['failed', 'invalid', 'REVOKED'])
  })
  test.each([
    ['too old', () => list([], { validFrom: '2026-05-11T09:00:00Z' }), 'status.list-too-old'],
    ['of a later time', () => list([], { validFrom: '2026-05-13T10:05:00Z' }), 'status.list-too-old'],
    ['past its own end', () => list([], { validUntil: '2026-05-13T09:30:00Z' }), 'status.list-too-old'],
    ['another list', () => list([], { id: 'https://college.example/status/4' }), 'status.list-not-trusted'],
    ['of another issuer', () => list([], {}, other), 'status.list-not-trusted'],
    ['in the name of the issuer, signed by another', () => list([], { issuer: issuer.did }, other), 'status.list-not-trusted'],
    ['no list', async () => bytesOf({ hello: 1 }), 'proof.malformed'],
    ['nothing', async () => new Uint8Array(), 'seal.malformed'],
  ] as const)('%s: unknown, never passed', async (_, make, code) => {
    const report = await withList(await make())
    expect([report.results.status, report.verdict]).toEqual(['unknown', 'indeterminate'])
    expect(codes(report)).toContain(code)
  })
  test('R-ST-5: what an old list revoked stays revoked', async () =>
    expect((await withList(await list([7], { validFrom: '2026-01-01T00:00:00Z' }))).results.status).toBe('failed'))
})

test('our own list, a token with certificates, counts for the badge of the same organisation', async () => {
  const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') }
  const authority = createAuthority('Neighbourhood', span)
  const made = issueSealCertificate(authority, { organisation: 'College', organizationIdentifier: 'VATCZ-1', ...span })
  const signer = makeSigner(made.privateKey, made.certificates)
  const content = { id: address, purpose: 'revocation', validFrom: '2026-05-13T09:00:00Z', validUntil: '2026-05-14T09:00:00Z' } as const
  const text = await composeStatusList({
    ...content,
    issuer: { organisation: sampleInstitution, organizationIdentifier: 'VATCZ-1' },
    bits: bitsFrom(statusListEntries, [7]),
  })
  const bytes = new TextEncoder().encode(await signCompact(text, 'vc+jwt', signer))
  const signed = await createProof(badge({ credentialStatus: statusEntry }), given(issuer))
  const registry = registryOf({ id: sampleInstitution.id, organizationIdentifier: 'VATCZ-1' }, [authority.anchor])
  expect((await judge(signed, { registry, statusLists: { [address]: bytes } })).results.status).toBe('failed')
  const another = registryOf({ id: sampleInstitution.id, organizationIdentifier: 'VATCZ-2' }, [authority.anchor])
  expect((await judge(signed, { registry: another, statusLists: { [address]: bytes } })).results.status).toBe('unknown')
})

test('Open Badges 3.0, 9.3: a 1EdTech revocation list', async () => {
  const place = 'https://college.example/revoked.json'
  const context = [...(badge()['@context'] as string[]), 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json']
  const status = { id: place, type: '1EdTechRevocationList' }
  const signed = await createProof(badge({ '@context': context, credentialStatus: status }), given(issuer))
  const revoked = bytesOf({ id: place, issuer: issuer.did, revokedCredential: [{ id: badge().id!, revoked: true }] })
  expect((await judge(signed, { statusLists: { [place]: revoked } })).results.status).toBe('failed')
  expect((await judge(signed)).results.status).toBe('unknown')
})

describe('did:web by documents in evidence', () => {
  const did = 'did:web:college.example'
  const method = `${did}#key-1`
  const document = (over: JsonObject = {}) => ({
    id: did,
    verificationMethod: [{ id: method, type: 'Multikey', controller: did, publicKeyMultibase: issuer.key }],
    assertionMethod: [method],
    ...over,
  })
  const signed = () => createProof(badge({ issuer: { id: did, type: ['Profile'], name: 'College' } }), given(issuer, method))
  const registry = registryOf({ id: did, keys: [did] })
  test('valid with the document, unknown without', async () => {
    expect((await judge(await signed(), { registry, didDocuments: { [did]: bytesOf(document()) } })).verdict).toBe('valid')
    const without = await judge(await signed(), { registry })
    expect([without.results.seal, without.verdict, without.view]).toEqual(['unknown', 'indeterminate', undefined])
  })
  test.each([
    ['a key that may not assert', document({ assertionMethod: [] }), 'failed'],
    [
      'a key that was withdrawn',
      document({ verificationMethod: [{ id: method, controller: did, publicKeyMultibase: issuer.key, revoked: now }] }),
      'failed',
    ],
    [
      'a key of another controller',
      document({ verificationMethod: [{ id: method, controller: 'did:web:x', publicKeyMultibase: issuer.key }] }),
      'failed',
    ],
    ['another key', document({ verificationMethod: [{ id: method, controller: did, publicKeyMultibase: other.key }] }), 'failed'],
    ['a document of somebody else', document({ id: 'did:web:x' }), 'unknown'],
  ] as const)('%s', async (_, made, seal) => {
    const report = await judge(await signed(), { registry, didDocuments: { [did]: bytesOf(made) } })
    expect([report.results.seal, report.view]).toEqual([seal, undefined])
  })
  test('R-LD-3: a proof by somebody else than the issuer', async () => {
    const report = await judge(await createProof(badge({ issuer: { id: did, type: ['Profile'] } }), given(other)), { registry })
    expect([report.results.seal, report.results.issuer, report.verdict]).toEqual(['passed', 'failed', 'invalid'])
  })
})

describe('Open Badges 2.0, hosted', () => {
  const at = (path: string) => `https://college.example/${path}`
  const parts = (over: JsonObject = {}, profile: JsonObject = {}): Record<string, JsonObject> => ({
    [at('a')]: {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Assertion',
      id: at('a'),
      recipient: { type: 'email', identity: 'ana@example.org', hashed: false },
      badge: at('b'),
      issuedOn: '2026-05-01T00:00:00Z',
      verification: { type: 'hosted' },
      ...over,
    },
    [at('b')]: { type: 'BadgeClass', id: at('b'), name: 'Robots', description: 'd', issuer: at('i'), criteria: { narrative: 'n' } },
    [at('i')]: { type: 'Issuer', id: at('i'), name: 'College', ...profile },
  })
  const hosted = (documents: Record<string, JsonObject>) =>
    Object.fromEntries(Object.entries(documents).map(([key, value]) => [key, bytesOf(value)]))
  const registry = registryOf({ id: at('i'), keys: [] })
  const ask = (documents: Record<string, JsonObject>, shown = documents[at('a')]!) => judge(shown, { registry, hosted: hosted(documents) })
  test('valid when the same stands at its address; unknown when nothing is at hand', async () => {
    const report = await ask(parts())
    expect([report.verdict, report.view?.title, report.view?.learner]).toEqual(['valid', 'Robots', 'ana@example.org'])
    const { [at('a')]: _a, ...without } = parts()
    expect((await ask(without, parts()[at('a')]!)).results.seal).toBe('unknown')
    const { [at('b')]: _b, ...noBadge } = parts()
    expect((await ask(noBadge)).results.seal).toBe('unknown')
  })
  test('another copy at its address is refused, and a revoked one is revoked', async () => {
    const changed = { ...parts()[at('a')]!, recipient: { type: 'email', identity: 'eve@example.org', hashed: false } }
    expect(codes(await ask(parts(), changed))).toContain('open-badge.not-hosted')
    const report = await ask({ ...parts(), [at('a')]: { id: at('a'), revoked: true } }, parts()[at('a')]!)
    expect([report.results.status, report.verdict]).toEqual(['failed', 'invalid'])
  })
  test('R-OB-1: an assertion stands where its issuer does, or where the issuer lets it', async () => {
    const elsewhere = 'https://evil.example/a'
    const moved = { ...parts({ id: elsewhere }) }
    const documents = { ...moved, [elsewhere]: moved[at('a')]! }
    expect(codes(await ask(documents, moved[at('a')]!))).toContain('open-badge.scope')
    const allowed = { ...parts({ id: elsewhere }, { verification: { allowedOrigins: ['evil.example'] } }) }
    expect((await ask({ ...allowed, [elsewhere]: allowed[at('a')]! }, allowed[at('a')]!)).verdict).toBe('valid')
    const prefix = { ...parts({}, { verification: { startsWith: 'https://college.example/other/' } }) }
    expect(codes(await ask(prefix))).toContain('open-badge.scope')
  })
})
