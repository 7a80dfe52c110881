/**
 * What lets others verify by asking us: the keys of an institution as a did:web document (did:web method, 2) and as JWT VC Issuer Metadata, and the
 * descriptions of our types of SD-JWT VC (draft-ietf-oauth-sd-jwt-vc).
 */
import { type Organisation, textIn } from '@cairn/core'
import { publishedTypes } from '@cairn/issuing'
import { jwkOfSpki, parseCertificate } from '@cairn/seals'
import { listKeys } from '@cairn/store'
import type { Installation } from '../context.ts'
import { leafOf } from '../sealing-keys.ts'
import type { PublicFile } from './file-store.ts'

/** Where an institution of this installation publishes its keys; the last part of its identifier names it. */
export const issuerAddress = (publicUrl: string, id: string): string => `${publicUrl}/issuers/${id}`

/** The same as a did:web. */
export function issuerDid(publicUrl: string, id: string): string {
  const { host, pathname } = new URL(issuerAddress(publicUrl, id))
  return `did:web:${[encodeURIComponent(host), ...pathname.split('/').filter(Boolean)].join(':')}`
}

/** Where the description of our own type stands. */
export const typeAddress = (publicUrl: string): string => `${publicUrl}/types/micro-credential`

const fileOf = (path: string, mediaType: string, value: unknown): PublicFile => ({
  path,
  mediaType,
  maxAge: 300,
  bytes: Buffer.from(JSON.stringify(value)),
})

/** The documents of an institution: the keys that seal or have sealed, of the kinds that tokens and proofs are signed with. A key that was retired made what still counts. */
export async function issuerFiles(
  { database, config: { publicUrl } }: Pick<Installation, 'database' | 'config'>,
  { tenant, organisation }: { tenant: string; organisation: Organisation },
): Promise<{ did: PublicFile; metadata: PublicFile }> {
  const id = organisation.id.slice(9)
  const did = issuerDid(publicUrl, id)
  const keys = (await database.tenant(tenant, listKeys))
    .filter(({ purpose }) => purpose === 'seal')
    .flatMap((row) => {
      const jwk = jwkOfSpki(parseCertificate(leafOf(row)).spki)
      return jwk ? [{ kid: row.id, jwk }] : []
    })
  return {
    did: fileOf(`issuers/${id}/did.json`, 'application/did+json', {
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: did,
      alsoKnownAs: [organisation.id, issuerAddress(publicUrl, id)],
      verificationMethod: keys.map(({ kid, jwk }) => ({ id: `${did}#${kid}`, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk })),
      assertionMethod: keys.map(({ kid }) => `${did}#${kid}`),
    }),
    metadata: fileOf(`.well-known/jwt-vc-issuer/issuers/${id}`, 'application/json', {
      issuer: issuerAddress(publicUrl, id),
      client_name: textIn(organisation.legalName, 'en'),
      jwks: { keys: keys.map(({ kid, jwk }) => ({ ...jwk, kid })) },
    }),
  }
}

/** The descriptions of our types: the very bytes, for their hash was signed. */
export async function typeFiles({ publicUrl }: Pick<Installation['config'], 'publicUrl'>): Promise<PublicFile[]> {
  const { european, own } = await publishedTypes(typeAddress(publicUrl))
  const file = (name: string, bytes: Uint8Array): PublicFile => ({
    path: `types/${name}`,
    mediaType: 'application/json',
    maxAge: 300,
    bytes,
  })
  return [file('learning-credential', european), file('micro-credential', own)]
}
