/** The credentials in a W3C Verifiable Presentation, each as it would be handed in alone (VC Data Model 2.0, 4.13). */
import { isObject, type Json, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { list } from '../elm/nodes.ts'

const most = 50

/**
 * Reads a presentation in JSON, or the payload of one as a JWT. Credentials that are objects are written as JSON again, enveloped ones and older
 * tokens are given as their text. Nothing is verified, the proof of the presenter neither.
 * @throws ProblemError `json.*`, `format.unreadable`
 */
export function credentialsInPresentation(bytes: Uint8Array): Uint8Array[] {
  const document = presentationOf(parseJson(bytes))
  const credentials = list(document.verifiableCredential)
  if (credentials.length === 0 || credentials.length > most)
    throw new ProblemError('format.unreadable', 'The presentation holds no credential, or more than we read.', '/verifiableCredential')
  return credentials.map(textOf).map((text) => new TextEncoder().encode(text))
}

function presentationOf(value: Json): JsonObject {
  const inside = isObject(value) && isObject(value.vp) ? value.vp : value
  if (!isObject(inside)) throw new ProblemError('format.unreadable', 'This is no presentation.')
  return inside
}

function textOf(credential: Json): string {
  if (typeof credential === 'string') return credential
  const address = isObject(credential) && typeof credential.id === 'string' ? credential.id : ''
  const enveloped = /^data:application\/[a-z0-9.+-]+,(.+)$/is.exec(address)?.[1]
  return enveloped ?? JSON.stringify(credential)
}
