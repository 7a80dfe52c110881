/** Evidence is gathered only for issuers whom the registry knows, and what cannot be had is left out. */
import { ProblemError, type StatusEntry, type TrustRegistry } from '@cairn/core'
import { bitsFrom, composeElm, composeStatusList, prepareElm, statusListEntries } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, prepareSeal, signCompact } from '@cairn/seals'
import { createAuthority, issueSealCertificate, sampleEdition, sampleInstitution } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { beforeAll, expect, test } from 'vitest'
import { gather, statusAddresses } from './index.ts'

const now = '2026-05-12T10:00:00Z'
const list = 'https://cairn.example/status/1'
const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') }
const authority = createAuthority('Neighbourhood', span)
const number = 'VATCZ-00000019'
const made = issueSealCertificate(authority, { organisation: 'Lakeside Institute', organizationIdentifier: number, ...span })
const signer = makeSigner(made.privateKey, made.certificates)
const issuer = { organisation: sampleInstitution, organizationIdentifier: number }
const registry: TrustRegistry = {
  anchors: [authority.anchor],
  trustedLists: [],
  issuers: [
    {
      id: sampleInstitution.id,
      legalName: 'Lakeside',
      organizationIdentifier: number,
      keys: [],
      types: ['*'],
      from: null,
      to: null,
      logRequired: false,
    },
  ],
}
const image = { language: 'en', mediaType: 'image/png', base64: 'iVBORw0KGgo=' } as const

async function credential(status: StatusEntry): Promise<Uint8Array> {
  const award = {
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
    learner: { givenName: 'Ana', identifier: '1' },
    awardDate: '2026-05-10',
  }
  const document = composeElm(prepareElm(sampleEdition, issuer, [image]), award, { issued: '2026-05-11T09:00:00Z', status })
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at: '2026-05-11T09:00:00Z' })
  return finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes
}

let bytes: Uint8Array
let published: Uint8Array
beforeAll(async () => {
  bytes = await credential({ list, index: 7, purpose: 'revocation' })
  const content = {
    id: list,
    issuer,
    purpose: 'revocation',
    validFrom: '2026-05-12T09:00:00Z',
    validUntil: '2026-05-13T09:00:00Z',
  } as const
  const text = await composeStatusList({ ...content, bits: bitsFrom(statusListEntries, [7]) })
  published = new TextEncoder().encode(await signCompact(text, 'vc+jwt', signer))
})

const doorTo = (answers: Record<string, Uint8Array>) => {
  const asked: string[] = []
  const door = async (address: string) => {
    asked.push(address)
    const found = answers[address]
    if (!found) throw new ProblemError('fetch.failed', 'The server did not answer.')
    return { bytes: found }
  }
  return { asked, door }
}

test('the list of a known issuer is fetched, and the verdict rests on it', async () => {
  const { asked, door } = doorTo({ [list]: published })
  const evidence = await gather(bytes, registry, door, now)
  expect(asked).toEqual([list])
  expect(evidence.retrievedAt).toBe(now)
  expect(await verify(bytes, evidence, standardPolicy, now)).toMatchObject({ verdict: 'invalid', results: { status: 'failed' } })
})

test('R-SSRF-2: nothing is fetched at the wish of an unknown sealer, or of a document that was changed', async () => {
  const { asked, door } = doorTo({ [list]: published })
  await gather(bytes, { ...registry, issuers: [] }, door, now)
  await gather(bytes, { ...registry, anchors: [] }, door, now)
  const changed = new TextEncoder().encode(new TextDecoder().decode(bytes).replace('cairn.example', 'inner.example'))
  await gather(changed, registry, door, now)
  await gather(new TextEncoder().encode('nonsense'), registry, door, now)
  expect(asked).toEqual([])
})

test('a list that cannot be had is left out, and the status is unknown', async () => {
  const evidence = await gather(bytes, registry, doorTo({}).door, now)
  expect(evidence.statusLists).toEqual({})
  expect(await verify(bytes, evidence, standardPolicy, now)).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
})

test('an inner address in a credential of a known issuer is refused by the door', async () => {
  const inner = await credential({ list: 'https://169.254.169.254/latest', index: 7, purpose: 'revocation' })
  expect((await gather(inner, registry, undefined, now)).statusLists).toEqual({})
  expect(statusAddresses(inner)).toEqual(['https://169.254.169.254/latest'])
})
