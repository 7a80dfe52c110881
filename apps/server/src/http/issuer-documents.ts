/**
 * What lets others verify by asking us: the keys of an institution as a did:web document (did:web method, 2) and as JWT VC Issuer Metadata, and the
 * descriptions of our types of SD-JWT VC (draft-ietf-oauth-sd-jwt-vc).
 */
import { type JsonObject, ProblemError, textIn } from '@cairn/core'
import { publishedTypes } from '@cairn/issuing'
import { jwkOfSpki, parseCertificate } from '@cairn/seals'
import { findIssuer, listKeys } from '@cairn/store'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Installation } from '../context.ts'
import { leafOf } from '../sealing-keys.ts'

type ById = { Params: { id: string } }

/** Where an institution of this installation publishes its keys; the last part of its identifier names it. */
export const issuerAddress = (publicUrl: string, id: string): string => `${publicUrl}/issuers/${id}`

/** The same as a did:web. */
export function issuerDid(publicUrl: string, id: string): string {
  const { host, pathname } = new URL(issuerAddress(publicUrl, id))
  return `did:web:${[encodeURIComponent(host), ...pathname.split('/').filter(Boolean)].join(':')}`
}

/** Where the description of our own type stands. */
export const typeAddress = (publicUrl: string): string => `${publicUrl}/types/micro-credential`

/** Mounts `/issuers/<id>/did.json`, `/.well-known/jwt-vc-issuer/issuers/<id>` and `/types/…`. */
export function mountIssuerDocuments(
  app: FastifyInstance,
  { database, config: { publicUrl } }: Pick<Installation, 'database' | 'config'>,
): void {
  const forAll = (reply: FastifyReply) =>
    reply
      .header('cache-control', 'public, max-age=300')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')

  /** The keys that seal or have sealed, of the kinds that tokens and proofs are signed with: a key that was retired made what still counts. */
  async function issuerOf(id: string): Promise<{ name: string; iri: string; keys: { kid: string; jwk: JsonObject }[] }> {
    const found = /^[0-9a-f-]{36}$/.test(id) ? await findIssuer(database, `urn:uuid:${id}`) : undefined
    if (!found) throw new ProblemError('request.not-found', 'There is no such issuer.')
    const rows = await database.tenant(found.tenant, listKeys)
    const keys = rows
      .filter(({ purpose }) => purpose === 'seal')
      .flatMap((row) => {
        const jwk = jwkOfSpki(parseCertificate(leafOf(row)).spki)
        return jwk ? [{ kid: row.id, jwk }] : []
      })
    return { name: textIn(found.organisation.legalName, 'en'), iri: found.organisation.id, keys }
  }

  app.get<ById>('/issuers/:id/did.json', async ({ params: { id } }, reply) => {
    const { iri, keys } = await issuerOf(id)
    const did = issuerDid(publicUrl, id)
    return forAll(reply)
      .type('application/did+json')
      .send(
        JSON.stringify({
          '@context': ['https://www.w3.org/ns/did/v1'],
          id: did,
          alsoKnownAs: [iri, issuerAddress(publicUrl, id)],
          verificationMethod: keys.map(({ kid, jwk }) => ({ id: `${did}#${kid}`, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk })),
          assertionMethod: keys.map(({ kid }) => `${did}#${kid}`),
        }),
      )
  })

  app.get<ById>('/.well-known/jwt-vc-issuer/issuers/:id', async ({ params: { id } }, reply) => {
    const { name, keys } = await issuerOf(id)
    return forAll(reply).send({
      issuer: issuerAddress(publicUrl, id),
      client_name: name,
      jwks: { keys: keys.map(({ kid, jwk }) => ({ ...jwk, kid })) },
    })
  })

  for (const type of ['learning-credential', 'micro-credential'] as const)
    app.get(`/types/${type}`, async (_request, reply) => {
      const { european, own } = await publishedTypes(typeAddress(publicUrl))
      // The very bytes: their hash was signed.
      return forAll(reply)
        .type('application/json')
        .send(Buffer.from(type === 'micro-credential' ? own : european))
    })
}
