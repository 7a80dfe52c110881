/** A college with a key, a status list and a registry that knows it: what the tests of this room verify. */
import type { AwardGiven, Issuer, Organisation, StatusEntry, TrustEntry, TrustRegistry } from '@cairn/core'
import { bitsFrom, composeElm, composeStatusList, prepareElm, statusListEntries } from '@cairn/formats'
import { makeSigner } from '@cairn/keys'
import { finishSeal, prepareSeal, type Signer, signCompact, toBase64Url } from '@cairn/seals'
import { createAuthority, issueSealCertificate, type SealCertificateOptions, sampleEdition, sampleInstitution } from '@cairn/testkit'
import type { Evidence } from '../evidence.ts'

export const now = '2026-05-12T10:00:00Z'
export const issued = '2026-05-11T09:00:00Z'
export const listAddress = 'https://cairn.example/status/1'
export const number = 'VATCZ-00000019'
const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2028-01-01T00:00:00Z')
export const authority = createAuthority('Neighbourhood', { from, to })

/** A key under the neighbourhood's authority. */
export function keyOf(options: Partial<SealCertificateOptions> = {}, by = authority): Signer {
  const made = issueSealCertificate(by, { organisation: 'Lakeside Institute', organizationIdentifier: number, from, to, ...options })
  return makeSigner(made.privateKey, made.certificates)
}
export const sealKey = keyOf()
export const statusKey = keyOf({ keyUsage: ['digitalSignature'] })

export const entry: TrustEntry = {
  id: sampleInstitution.id,
  legalName: 'Lakeside Institute of Hydrometeorology',
  organizationIdentifier: number,
  keys: [],
  types: ['*'],
  from: '2026-01-01',
  to: null,
  logRequired: false,
}
export const registryOf = (...issuers: TrustEntry[]): TrustRegistry => ({ anchors: [authority.anchor], trustedLists: [], issuers })
export const evidenceOf = (registry = registryOf(entry), statusLists: Record<string, Uint8Array> = {}): Evidence => ({
  registry,
  statusLists,
  retrievedAt: now,
})

export const image = {
  language: 'en',
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
} as const
export const award: AwardGiven & { id: string } = {
  id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
  learner: { givenName: 'Ana', familyName: 'Horváthová', dateOfBirth: '1999-10-01' },
  awardDate: '2026-05-10',
  grade: 'B',
}

export interface Sealing {
  signer?: Signer
  organisation?: Organisation
  organizationIdentifier?: string
  status?: StatusEntry
  validUntil?: string
  at?: string
}
/** A sealed credential of the sample edition. */
export async function sealedCredential(given: Sealing = {}): Promise<Uint8Array> {
  const { signer = sealKey, organisation = sampleInstitution, organizationIdentifier = number, status, validUntil, at = issued } = given
  const issuer: Issuer = { organisation, organizationIdentifier }
  const prepared = prepareElm(
    { ...sampleEdition, specification: { ...sampleEdition.specification, ...(validUntil && { validity: undefined }) } },
    issuer,
    [image],
  )
  const document = composeElm(prepared, { ...award, ...(validUntil && { validUntil }) }, { issued: at, status })
  const waiting = await prepareSeal(document, { certificates: signer.certificates, algorithm: signer.algorithm, at })
  return finishSeal(waiting, await signer.sign(waiting.toBeSigned)).bytes
}

/** Seals any text as it is: what a hostile sealer could make. */
export async function sealText(payload: string, header: Record<string, unknown>, signer = sealKey): Promise<Uint8Array> {
  const utf8 = new TextEncoder()
  const text = toBase64Url(utf8.encode(JSON.stringify(header)))
  const signature = toBase64Url(await signer.sign(utf8.encode(`${text}.${payload}`)))
  return utf8.encode(JSON.stringify({ payload, signatures: [{ protected: text, signature }] }))
}

export interface Listing {
  revoked?: readonly number[]
  signer?: Signer
  id?: string
  issuer?: string
  purpose?: StatusEntry['purpose']
  validFrom?: string
  validUntil?: string
  type?: string
}
/** The college's signed status list. */
export async function statusListOf(given: Listing = {}): Promise<Uint8Array> {
  const {
    revoked = [],
    signer = statusKey,
    id = listAddress,
    issuer = sampleInstitution.id,
    purpose = 'revocation',
    type = 'vc+jwt',
  } = given
  const { validFrom = '2026-05-12T09:30:00Z', validUntil = '2026-05-13T09:30:00Z' } = given
  const bits = bitsFrom(statusListEntries, revoked)
  const organisation = { ...sampleInstitution, id: issuer }
  const text = await composeStatusList({
    id,
    issuer: { organisation, organizationIdentifier: number },
    purpose,
    validFrom,
    validUntil,
    bits,
  })
  return new TextEncoder().encode(await signCompact(text, type, signer))
}
