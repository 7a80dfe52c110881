/** Evidence for tokens: the issuer's keys, lists and types are fetched only for issuers whom the registry knows, and in that order. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { type JsonObject, ProblemError, type TrustEntry, type TrustRegistry } from '@cairn/core'
import { composeSdJwtVc, composeTokenStatusList, composeTypeMetadata, packStatuses, prepareSdJwtVc } from '@cairn/formats'
import { integrityOf, issueSdJwt } from '@cairn/seals'
import { sampleEdition, sampleInstitution } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { expect, test } from 'vitest'
import { gather } from './index.ts'

const now = '2026-05-12T10:00:00Z'
const id = 'https://college.example'
const list = 'https://cairn.example/status/1'
const type = 'https://college.example/types/1'
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const jwk = publicKey.export({ format: 'jwk' })
const signer = {
  algorithm: 'ES256' as const,
  kid: 'k1',
  sign: (bytes: Uint8Array) => new Uint8Array(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
}
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const registryOf = (...issuers: Partial<TrustEntry>[]): TrustRegistry => ({
  anchors: [],
  trustedLists: [],
  issuers: issuers.map((over) => ({ id, legalName: 'College', keys: [], types: ['*'], from: null, to: null, logRequired: false, ...over })),
})

/** A college of the open net: what stands at which address. */
async function college(over: JsonObject = {}) {
  const description = json({ ...composeTypeMetadata({ type: 'learning-credential' }), vct: type })
  const prepared = prepareSdJwtVc(
    sampleEdition,
    { organisation: sampleInstitution, organizationIdentifier: 'VATCZ-00000019' },
    { vct: type, integrity: await integrityOf(description) },
  )
  const award = {
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    learner: { givenName: 'Ana', identifier: '1' },
    awardDate: '2026-05-10',
  }
  const { claims, frame } = composeSdJwtVc(prepared, award, {
    issued: '2026-05-11T09:00:00Z',
    status: { list, index: 3, purpose: 'revocation' },
  })
  const { issuing_authority_id: _, ...rest } = claims
  const token = await issueSdJwt({
    type: 'dc+sd-jwt',
    claims: JSON.parse(JSON.stringify({ ...rest, iss: id, ...over })),
    frame,
    signer,
    salt: () => randomBytes(16).toString('base64url'),
  })
  const statuses = packStatuses(1, 131_072, [[4, 1]])
  const text = await composeTokenStatusList({
    address: `${list}/token`,
    issuer: id,
    issuedAt: now,
    expiresAt: '2026-05-13T00:00:00Z',
    ttl: 600,
    bits: 1,
    statuses,
  })
  const input = [{ alg: 'ES256', typ: 'statuslist+jwt', kid: 'k1' }, JSON.parse(text)]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const listToken = `${input}.${Buffer.from(signer.sign(Buffer.from(input))).toString('base64url')}`
  const net: Record<string, Uint8Array> = {
    'https://college.example/.well-known/jwt-vc-issuer': json({ issuer: id, jwks_uri: 'https://college.example/keys' }),
    'https://college.example/keys': json({ keys: [{ ...jwk, kid: 'k1' }] }),
    [`${list}/token`]: new TextEncoder().encode(listToken),
    [type]: description,
  }
  const asked: string[] = []
  const door = async (address: string) => {
    asked.push(address)
    const bytes = net[address]
    if (!bytes) throw new ProblemError('fetch.failed', 'Nothing there.')
    return { bytes }
  }
  return { bytes: new TextEncoder().encode(token), net, asked, door }
}

test('keys, list and type are fetched, in this order, and then the verdict is valid', async () => {
  const { bytes, asked, door, net } = await college()
  const evidence = await gather(bytes, registryOf({}), door, now)
  expect(asked).toEqual(Object.keys(net))
  const report = await verify(bytes, evidence, standardPolicy, now)
  expect(report).toMatchObject({ verdict: 'valid', results: { status: 'passed' } })
  expect(report.findings).toContainEqual({ check: 'type.claims', outcome: 'passed', clause: 'SD-JWT VC, type metadata' })
})

test('R-SSRF: a stranger makes us fetch nothing, and a broken signature no list', async () => {
  const { bytes, asked, door } = await college()
  await gather(bytes, registryOf(), door, now)
  expect(asked).toEqual([])
  const edited = bytes.slice()
  const place = new TextDecoder().decode(bytes).indexOf('~') - 5
  edited[place] = edited[place] === 65 ? 66 : 65
  await gather(edited, registryOf({}), door, now)
  expect(asked).toEqual(['https://college.example/.well-known/jwt-vc-issuer', 'https://college.example/keys'])
})

test('what cannot be had is left out, and the verifier says unknown', async () => {
  const { bytes, net, door } = await college()
  delete net[`${list}/token`]
  const evidence = await gather(bytes, registryOf({}), door, now)
  expect(await verify(bytes, evidence, standardPolicy, now)).toMatchObject({
    verdict: 'indeterminate',
    results: { seal: 'passed', status: 'unknown' },
  })
  delete net['https://college.example/keys']
  expect(await verify(bytes, await gather(bytes, registryOf({}), door, now), standardPolicy, now)).toMatchObject({
    results: { seal: 'unknown' },
  })
})

test('an issuer that is a did:web: its document is fetched, and no metadata', async () => {
  const web = 'did:web:college.example:faculty'
  const { bytes, net, door, asked } = await college({ iss: web, status: undefined as never })
  net['https://college.example/faculty/did.json'] = json({
    id: web,
    verificationMethod: [{ id: '#k1', controller: web, publicKeyJwk: jwk }],
    assertionMethod: ['#k1'],
  })
  const registry = registryOf({ id: web })
  const evidence = await gather(bytes, registry, door, now)
  expect(asked).toEqual(['https://college.example/faculty/did.json', type])
  expect(await verify(bytes, evidence, standardPolicy, now)).toMatchObject({ verdict: 'valid', registry: { id: web } })
})

test('a list whose certificates are no texts is only a list without any', async () => {
  const { bytes, net, door } = await college()
  const text = new TextDecoder().decode(net[`${list}/token`])
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'statuslist+jwt', x5c: [{}, 1] })).toString('base64url')
  net[`${list}/token`] = new TextEncoder().encode(text.replace(/^[^.]+/, header))
  const evidence = await gather(bytes, registryOf({}), door, now)
  expect((await verify(bytes, evidence, standardPolicy, now)).results.status).toBe('unknown')
})
