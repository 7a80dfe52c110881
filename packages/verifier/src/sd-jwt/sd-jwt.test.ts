/** The full report on SD-JWT VC: of our own award, under certificate, key and metadata; with status, holder, type; and each way in which it is wrong. */
import { randomBytes } from 'node:crypto'
import type { JsonObject, Report, TrustEntry } from '@cairn/core'
import {
  composeSdJwtVc,
  composeTokenStatusList,
  composeTypeMetadata,
  learningCredentialType,
  microCredentialType,
  packStatuses,
  prepareSdJwtVc,
  tokenListAddress,
} from '@cairn/formats'
import { integrityOf, issueSdJwt, presentSdJwt, type SdJwtGiven, signCompact, toBase64Url } from '@cairn/seals'
import { makeTokenKey, sampleEdition, sampleInstitution, signAny } from '@cairn/testkit'
import { expect, test } from 'vitest'
import type { Evidence } from '../evidence.ts'
import { type Policy, standardPolicy } from '../policy.ts'
import {
  award,
  entry,
  evidenceOf,
  issued,
  keyOf,
  listAddress,
  now,
  number,
  registryOf,
  sealKey,
  statusKey,
} from '../vectors/neighbourhood.ts'
import { verify } from '../verify.ts'

const utf8 = new TextEncoder()
const salt = () => randomBytes(16).toString('base64url')
const holder = makeTokenKey('ES256')
const tokenList = tokenListAddress(listAddress)
const issuer = { organisation: sampleInstitution, organizationIdentifier: number }
const status = { list: listAddress, index: 77, purpose: 'revocation' } as const

interface Given {
  signer?: SdJwtGiven['signer']
  claims?: JsonObject
  hide?: readonly string[]
  type?: Parameters<typeof prepareSdJwtVc>[2]
  withStatus?: boolean
  at?: string
}
async function credential({ signer = sealKey, claims = {}, hide = [], type, withStatus, at = issued }: Given = {}): Promise<string> {
  const composed = composeSdJwtVc(prepareSdJwtVc(sampleEdition, issuer, type), award, {
    issued: at,
    holder: holder.jwk,
    ...(withStatus ? { status } : {}),
  })
  const frame = { ...composed.frame, hide: [...composed.frame.hide, ...hide] }
  const all = JSON.parse(JSON.stringify({ ...composed.claims, ...claims }))
  return issueSdJwt({ type: 'dc+sd-jwt', claims: all, frame: { ...frame, hide: frame.hide.filter((name) => name in all) }, signer, salt })
}
const check = (token: string, evidence: Evidence = evidenceOf(), policy: Policy = standardPolicy, at = now): Promise<Report> =>
  verify(utf8.encode(token), evidence, policy, at)
const codes = ({ findings }: Report) => findings.flatMap(({ problem }) => (problem ? [problem.code] : []))
async function list(
  set: [number, number][],
  over: JsonObject = {},
  signer = statusKey,
  type = 'statuslist+jwt',
  superseded?: Uint8Array,
): Promise<Record<string, Uint8Array>> {
  const text = await composeTokenStatusList({
    address: tokenList,
    issuer: sampleInstitution.id,
    issuedAt: '2026-05-12T09:30:00Z',
    expiresAt: '2026-05-13T09:30:00Z',
    ttl: 3600,
    bits: 2,
    statuses: packStatuses(2, 131_072, set),
    ...(superseded && { superseded }),
  })
  return { [tokenList]: utf8.encode(await signCompact(JSON.stringify({ ...JSON.parse(text), ...over }), type, signer)) }
}

test('our own award, under the certificate of the seal: valid, and everything shown comes from what was disclosed', async () => {
  const whole = await credential()
  const report = await check(whole)
  expect(report).toMatchObject({
    format: 'sd-jwt',
    verdict: 'valid',
    results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
    registry: { legalName: entry.legalName, id: entry.id },
    view: { id: award.id, title: 'Homogenisation of climate records', learner: 'Ana Horváthová', dateOfBirth: '1999-10-01' },
  })
  const shown = await check(await presentSdJwt(whole, { reveal: [['family_name']] }))
  expect(shown.verdict).toBe('valid')
  expect(shown.view).toMatchObject({ learner: 'Horváthová', outcomes: [], assessments: [] })
  expect(shown.view?.dateOfBirth).toBeUndefined()
})

test('R-ISS-1: the issuer named has to be the one whose key signed', async () => {
  const other = { ...entry, id: 'urn:uuid:00000000-0000-4000-8000-000000000099', organizationIdentifier: 'VATDE-1' }
  expect(await check(await credential(), evidenceOf(registryOf()))).toMatchObject({
    verdict: 'indeterminate',
    results: { seal: 'passed', issuer: 'unknown' },
  })
  const stolen = await check(await credential({ claims: { iss: other.id } }), evidenceOf(registryOf(entry, other)))
  expect(stolen).toMatchObject({ verdict: 'invalid', results: { issuer: 'failed' } })
  expect(codes(stolen)).toContain('issuer.not-bound-to-seal')
  const stranger = keyOf({ organizationIdentifier: 'VATFR-1' })
  expect(codes(await check(await credential({ signer: stranger })))).toContain('issuer.not-bound-to-seal')
  // An issuer without a name is the subject of the certificate.
  expect((await check(await credential({ claims: { iss: undefined as never } }))).verdict).toBe('valid')
  expect(codes(await check(await credential(), evidenceOf(registryOf({ ...entry, types: ['other'] }))))).toContain('issuer.not-allowed')
  expect((await check(await credential(), evidenceOf(registryOf({ ...entry, types: [learningCredentialType] })))).verdict).toBe('valid')
})

test('R-JOSE-2: a key counts when the registry lists it, as did:key or did:jwk; a key in the header is refused', async () => {
  for (const algorithm of ['ES256', 'ES384', 'EdDSA'] as const) {
    const key = makeTokenKey(algorithm)
    const { alg: _, ...jwk } = key.jwk
    const did = `did:jwk:${toBase64Url(utf8.encode(JSON.stringify(jwk)))}`
    const listed: TrustEntry = { ...entry, organizationIdentifier: undefined, keys: [did] }
    const token = await credential({ signer: key })
    expect((await check(token, evidenceOf(registryOf(listed)))).verdict, algorithm).toBe('valid')
    // No key at hand: nobody can say whether it was altered, and nothing is shown.
    const nothing = await check(token)
    expect(nothing).toMatchObject({ verdict: 'indeterminate', subIndication: 'NO_SIGNING_CERTIFICATE_FOUND', results: { seal: 'unknown' } })
    expect(nothing.view).toBeUndefined()
    expect(codes(nothing)).toEqual(['issuer.key-missing'])
    // Another key of the same kind is listed: signed by somebody else.
    const otherKey = makeTokenKey(algorithm)
    const otherDid = `did:jwk:${toBase64Url(utf8.encode(JSON.stringify(otherKey.jwk)))}`
    const forged = await check(token, evidenceOf(registryOf({ ...listed, keys: [otherDid] })))
    expect(forged).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
    expect(forged.view).toBeUndefined()
    expect(codes(await check(token, evidenceOf(registryOf({ ...listed, to: '2026-05-11' }))))).toEqual(['issuer.time-not-proven'])
    // The issuer may be its own key; that alone makes nobody known.
    const own = await credential({ signer: key, claims: { iss: did } })
    expect(await check(own)).toMatchObject({ verdict: 'indeterminate', results: { seal: 'passed', issuer: 'unknown' } })
    expect((await check(own, evidenceOf(registryOf({ ...listed, id: did, keys: [] })))).verdict).toBe('valid')
    expect(codes(await check(own, evidenceOf(registryOf(listed))))).toContain('issuer.not-bound-to-seal')
  }
  const key = makeTokenKey('ES256')
  const inHeader = `${signAny(key, { alg: 'ES256', typ: 'dc+sd-jwt', jwk: key.jwk }, { vct: 'v', iss: entry.id })}~`
  expect(await check(inHeader)).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
})

test('SD-JWT VC, issuer metadata: keys that the issuer publishes at its own address', async () => {
  const key = makeTokenKey('ES256')
  const id = 'https://college.example/tenant/1'
  const address = 'https://college.example/.well-known/jwt-vc-issuer/tenant/1'
  const set = {
    keys: [
      { ...makeTokenKey('ES256').jwk, kid: 'old' },
      { ...key.jwk, kid: 'new' },
    ],
  }
  const bytes = (value: unknown) => utf8.encode(JSON.stringify(value))
  const token = await credential({ signer: { ...key, kid: 'new' }, claims: { iss: id } })
  const known: TrustEntry = { ...entry, id, organizationIdentifier: undefined }
  const under = (documents: Record<string, Uint8Array>, ...entries: TrustEntry[]) =>
    check(token, { ...evidenceOf(registryOf(...(entries.length > 0 ? entries : [known]))), issuerMetadata: documents })
  expect((await under({ [address]: bytes({ issuer: id, jwks: set }) })).verdict).toBe('valid')
  const keySet = 'https://college.example/keys'
  expect((await under({ [address]: bytes({ issuer: id, jwks_uri: keySet }), [keySet]: bytes(set) })).verdict).toBe('valid')
  // Metadata of another issuer, both forms at once, or only the old key: no key at hand.
  for (const document of [
    { issuer: `${id}/`, jwks: set },
    { issuer: id, jwks: set, jwks_uri: keySet },
    { issuer: id, jwks: { keys: [set.keys[0]] } },
    'x',
  ])
    expect(codes(await under({ [address]: bytes(document) })), JSON.stringify(document).slice(0, 40)).toEqual(['issuer.key-missing'])
  // The address says whose key it is; an entry that names a certificate or another key says more.
  const metadata = { [address]: bytes({ issuer: id, jwks: set }) }
  expect(await under(metadata, { ...known, organizationIdentifier: number })).toMatchObject({
    verdict: 'indeterminate',
    results: { issuer: 'unknown' },
  })
  expect(codes(await under(metadata, { ...known, keys: ['did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'] }))).toContain(
    'issuer.not-bound-to-seal',
  )
  expect(await under(metadata, entry)).toMatchObject({ results: { seal: 'passed', issuer: 'unknown' } })
  const forged = await credential({ signer: { ...makeTokenKey('ES256'), kid: 'new' }, claims: { iss: id } })
  expect(await check(forged, { ...evidenceOf(registryOf(known)), issuerMetadata: metadata })).toMatchObject({
    verdict: 'invalid',
    results: { seal: 'failed' },
  })
})

test('R-ST-1, R-ST-2: what the token status list says, and every doubt about it', async () => {
  const token = await credential({ withStatus: true })
  const under = async (lists: Record<string, Uint8Array>, at = now, retrievedAt = now) =>
    check(token, { ...evidenceOf(registryOf(entry), lists), retrievedAt }, standardPolicy, at)
  expect(await under(await list([]))).toMatchObject({ verdict: 'valid', results: { status: 'passed' } })
  expect(await under(await list([[77, 1]]))).toMatchObject({ verdict: 'invalid', subIndication: 'REVOKED', results: { status: 'failed' } })
  expect(codes(await under(await list([[77, 2]])))).toEqual(['status.suspended'])
  // The second list is read the same way as the first, and counts only for what the first calls invalid.
  const superseded = packStatuses(1, 131_072, [[77, 1]])
  expect(codes(await under(await list([[77, 1]], {}, statusKey, 'statuslist+jwt', superseded)))).toEqual(['status.superseded'])
  expect((await under(await list([], {}, statusKey, 'statuslist+jwt', superseded))).verdict).toBe('valid')
  expect((await under(await list([[76, 1]]))).verdict).toBe('valid')
  const doubts: [string, Record<string, Uint8Array>, string?, string?][] = [
    ['status.list-missing', {}],
    ['status.unreadable', await list([[77, 3]])],
    ['status.list-not-trusted', await list([], { sub: `${tokenList}x` })],
    ['status.list-not-trusted', await list([], { iss: 'urn:uuid:00000000-0000-4000-8000-000000000099' })],
    ['status.list-not-trusted', await list([], {}, keyOf({ organizationIdentifier: 'VATFR-1', keyUsage: ['digitalSignature'] }))],
    ['status.list-too-old', await list([], { iat: Date.parse(now) / 1000 - 25 * 3600 })],
    ['status.list-too-old', await list([], { iat: Date.parse(now) / 1000 + 120 })],
    ['status.list-too-old', await list([], { exp: Date.parse(now) / 1000 - 1 })],
    ['status.list-too-old', await list([]), now, '2026-05-12T08:00:00Z'],
    ['seal.malformed', await list([], {}, statusKey, 'JWT')],
    ['status.index-outside', await list([], { status_list: { bits: 1, lst: 'eNoDAAAAAAE' } })],
  ]
  for (const [code, lists, at, retrievedAt] of doubts) {
    const report = await under(lists, at, retrievedAt)
    expect(report, code).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
    expect(codes(report), code).toEqual([code])
  }
  const altered = await list([])
  const bytes = altered[tokenList]!.slice()
  bytes[bytes.length - 4] = bytes[bytes.length - 4] === 65 ? 66 : 65
  expect(codes(await under({ [tokenList]: bytes }))).toEqual(['status.list-not-trusted'])
  expect(codes(await check(await credential({ claims: { status: { other: {} } } })))).toEqual(['status.unreadable'])
})

test('R-SD-2, R-DISP-3: the holder, where a verifier asks', async () => {
  const token = await credential()
  const asking = (over: object = {}): Policy => ({
    ...standardPolicy,
    holder: { required: true, audience: 'https://v.example', nonce: 'n', ...over },
  })
  const proof = { signer: holder, audience: 'https://v.example', nonce: 'n', at: now }
  const shown = await presentSdJwt(token, { reveal: [['family_name']], proof })
  expect(await check(shown, evidenceOf(), asking())).toMatchObject({ verdict: 'valid', results: { holder: 'passed' } })
  expect(codes(await check(token, evidenceOf(), asking()))).toEqual(['holder.missing'])
  expect(codes(await check(shown, evidenceOf(), asking({ audience: 'https://w.example' })))).toEqual(['holder.other-audience'])
  expect(codes(await check(shown, evidenceOf(), asking({ nonce: 'm' })))).toEqual(['holder.other-nonce'])
  expect(codes(await check(shown, evidenceOf(), asking(), '2026-05-12T10:10:00Z'))).toEqual(['holder.proof-age'])
  const thief = await presentSdJwt(token, { reveal: [['family_name']], proof: { ...proof, signer: makeTokenKey('ES256') } })
  for (const policy of [asking(), standardPolicy])
    expect(await check(thief, evidenceOf(), policy)).toMatchObject({ verdict: 'invalid', results: { seal: 'passed', holder: 'failed' } })
  // Nobody asked: an old proof that belongs to what is shown says nothing and harms nothing.
  const later = await check(shown, evidenceOf(), standardPolicy, '2026-05-12T20:00:00Z')
  expect(later.verdict).toBe('valid')
  expect(later.results.holder).toBeUndefined()
})

test('SD-JWT VC: registered claims stand in the open, the type is said, and the validity counts', async () => {
  for (const name of ['iss', 'nbf', 'exp', 'vct', 'status', 'cnf'])
    expect(codes(await check(await credential({ hide: [name], withStatus: true, claims: { exp: 1900000000 } }))), name).toEqual([
      name === 'vct' ? 'sd-jwt.type-missing' : 'sd-jwt.never-disclosable',
    ])
  expect(codes(await check(await credential({ claims: { vct: undefined as never } })))).toEqual(['sd-jwt.type-missing'])
  expect(await check(await credential({ claims: { exp: 1 } }))).toMatchObject({ verdict: 'invalid', results: { validity: 'failed' } })
  expect(await check(await credential({ claims: { nbf: 4000000000 } }))).toMatchObject({
    verdict: 'invalid',
    results: { validity: 'failed' },
  })
  expect(await check(await credential({ claims: { exp: 'soon' } }))).toMatchObject({
    verdict: 'indeterminate',
    results: { validity: 'unknown' },
  })
})

test('R-SD-3: a type is used with the hash that was signed, in a chain of at most five, without a circle', async () => {
  const text = (value: unknown) => utf8.encode(JSON.stringify(value))
  const base = text(composeTypeMetadata({ type: 'learning-credential' }))
  const own = text(composeTypeMetadata({ type: 'micro-credential', extendsIntegrity: await integrityOf(base) }))
  const type = { vct: microCredentialType, integrity: await integrityOf(own), also: [learningCredentialType] }
  const token = await credential({ type })
  const under = (typeMetadata: Record<string, Uint8Array>, which = token) => check(which, { ...evidenceOf(), typeMetadata })
  const known = await under({ [microCredentialType]: own, [learningCredentialType]: base })
  expect(known.verdict).toBe('valid')
  expect(known.findings).toContainEqual({ check: 'type.claims', outcome: 'passed', clause: 'SD-JWT VC, type metadata' })
  // Not the bytes that were signed, or the extended one is missing or altered: not used, and said so.
  for (const [documents, code] of [
    [
      { [microCredentialType]: text({ ...JSON.parse(new TextDecoder().decode(own)), name: 'x' }), [learningCredentialType]: base },
      'sd-jwt.metadata-integrity',
    ],
    [{ [microCredentialType]: own, [learningCredentialType]: text({}) }, 'sd-jwt.metadata-integrity'],
    [{ [microCredentialType]: own }, 'sd-jwt.metadata-unreadable'],
  ] as const) {
    const report = await under(documents)
    expect(report.verdict).toBe('valid')
    expect(codes(report)).toEqual([code])
  }
  // Rules that are broken count: a claim in the open that only the holder may reveal; one hidden that must not be.
  const hidden = await credential({ type, hide: ['achievement_title'] })
  expect(codes(await under({ [microCredentialType]: own, [learningCredentialType]: base }, hidden))).toEqual(['sd-jwt.never-disclosable'])
  const strict = text({ vct: 'urn:x:strict', claims: [{ path: ['award_number'], mandatory: true, sd: 'never' }] })
  const without = await credential({ type: { vct: 'urn:x:strict', integrity: await integrityOf(strict) } })
  expect(await under({ 'urn:x:strict': strict }, without)).toMatchObject({ verdict: 'invalid', results: { validity: 'failed' } })
  // A chain of six. A circle cannot even be written with hashes; without hash nothing is followed.
  const chain: Record<string, Uint8Array> = {}
  let last: { vct: string; integrity: string } | undefined
  for (let n = 6; n >= 1; n--) {
    const vct = `urn:x:${n}`
    chain[vct] = text({ vct, ...(last && { extends: last.vct, 'extends#integrity': last.integrity }) })
    last = { vct, integrity: await integrityOf(chain[vct]!) }
  }
  expect(codes(await under(chain, await credential({ type: last! })))).toEqual(['sd-jwt.metadata-loop'])
  const open = { 'urn:x:a': text({ vct: 'urn:x:a', extends: 'urn:x:a' }) }
  expect(codes(await under(open, await credential({ type: { vct: 'urn:x:a', integrity: await integrityOf(open['urn:x:a']) } })))).toEqual([
    'sd-jwt.metadata-loop',
  ])
})

test('A22, R-DISP-1: of 1,000 one-byte edits none is accepted with another view', async () => {
  const shown = await presentSdJwt(await credential({ withStatus: true }), {
    reveal: [['family_name'], ['assessment_grade'], ['learning_outcomes']],
    proof: { signer: holder, audience: 'https://v.example', nonce: 'n', at: now },
  })
  const evidence = evidenceOf(registryOf(entry), await list([]))
  const policy: Policy = { ...standardPolicy, holder: { required: true, audience: 'https://v.example', nonce: 'n' } }
  const before = await check(shown, evidence, policy)
  expect(before.verdict).toBe('valid')
  const bytes = utf8.encode(shown)
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  for (let n = 0; n < 1000; n++) {
    const edited = bytes.slice()
    const place = random(edited.length)
    edited[place] = (edited[place]! + 1 + random(254)) & 0xff
    const report = await verify(edited, evidence, policy, now)
    if (report.verdict === 'valid') expect(report.view, `at ${place}`).toEqual(before.view)
    if (report.results.seal !== 'passed') expect(report.view).toBeUndefined()
  }
})

test('RFC 9901, 8: the JSON serialisations get the same report as the compact form', async () => {
  const shown = await presentSdJwt(await credential(), {
    reveal: [['family_name']],
    proof: { signer: holder, audience: 'https://v.example', nonce: 'n', at: now },
  })
  const parts = shown.split('~')
  const [protectedText, payload, signature] = parts[0]!.split('.')
  const signed = { protected: protectedText, signature, header: { disclosures: parts.slice(1, -1), kb_jwt: parts.at(-1) } }
  const policy: Policy = { ...standardPolicy, holder: { required: true, audience: 'https://v.example', nonce: 'n' } }
  const compact = await check(shown, evidenceOf(), policy)
  expect(compact.verdict).toBe('valid')
  for (const form of [
    { payload, ...signed },
    { payload, signatures: [signed] },
  ])
    expect(await check(JSON.stringify(form), evidenceOf(), policy)).toEqual(compact)
})
