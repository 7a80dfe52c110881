/** From bytes to an SD-JWT (RFC 9901, 4 and 8). Signature and digests are for others to judge. */
import { isObject, type Json, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { digestText, readText } from '#token-text'
import type { Hash } from '../algorithms.ts'
import { readToken } from './read-token.ts'
import { type Disclosure, digestHashes, reservedNames, type SdJwtRead, type SdJwtType, sdJwtLimits, sdJwtTypes } from './sd-jwt.ts'

/** Whatever is no ASCII fits no form below. */
const ascii = new TextDecoder()

const bad = (detail: string): never => {
  throw new ProblemError('sd-jwt.malformed', detail)
}

/**
 * Reads an SD-JWT or SD-JWT+KB in compact form, or in the JSON serialisation of a JWS (section 8).
 * Raises `sd-jwt.*`, `seal.*`, `certificate.malformed` or `json.*`; limits are those of R-LIM-1.
 */
export function readSdJwt(bytes: Uint8Array): SdJwtRead {
  if (bytes.length > sdJwtLimits.bytes) throw new ProblemError('sd-jwt.too-large', 'The token has more than 1 MiB.')
  const text = ascii.decode(bytes).replace(/\r?\n$/, '')
  const compact = text.trimStart().startsWith('{') ? compactOf(bytes) : text
  const [jwt, ...rest] = compact.split('~') as [string, ...string[]]
  if (rest.length === 0) return bad('There is no tilde after the signed token.')
  const last = rest.pop()!
  if (rest.length > sdJwtLimits.disclosures)
    throw new ProblemError('sd-jwt.too-large', `There are more than ${sdJwtLimits.disclosures} disclosures.`)
  const token = readToken(jwt, sdJwtTypes)
  const hash = hashOf(token.payload)
  return {
    ...token,
    type: token.type as SdJwtType,
    hash,
    disclosures: rest.map((each) => readDisclosure(each, digestText(hash, each))),
    presented: compact.slice(0, compact.length - last.length),
    ...(last === '' ? {} : { keyBinding: last }),
  }
}

/** `_sd_alg` (4.1.1): SHA-256 where it is absent, and nothing but the SHA-2 family. */
function hashOf({ _sd_alg: named }: JsonObject): Hash {
  if (named === undefined) return 'SHA-256'
  if (typeof named !== 'string' || !Object.hasOwn(digestHashes, named))
    throw new ProblemError('sd-jwt.hash-not-accepted', 'Only SHA-256, SHA-384 and SHA-512 are accepted.', '/_sd_alg')
  return digestHashes[named]!
}

/** Section 4.2: a list of three for a member, of two for an element; the salt is text, the name is text that is not kept for other things. */
function readDisclosure(text: string, hashed: string): Disclosure {
  const wrong = (detail: string): never => {
    throw new ProblemError('sd-jwt.disclosure-malformed', detail)
  }
  const decoded = readText(text)
  if (!decoded) return wrong('A disclosure is no base64url.')
  const parts = parseJson(decoded, { string: sdJwtLimits.bytes })
  if (!Array.isArray(parts) || parts.length < 2 || parts.length > 3) return wrong('A disclosure is no list of two or three.')
  if (typeof parts[0] !== 'string') return wrong('The salt of a disclosure is no text.')
  if (parts.length === 2) return { text, digest: hashed, value: parts[1] as Json }
  const name = parts[1]
  if (typeof name !== 'string') return wrong('The name in a disclosure is no text.')
  if (reservedNames.has(name)) throw new ProblemError('sd-jwt.reserved-name', 'A disclosure names a claim that cannot be disclosed.')
  // What the parser refuses as a member must not come in as a name either (R-JSON-1).
  if (name === '__proto__' || name === 'constructor' || name === 'prototype')
    throw new ProblemError('json.forbidden-member', 'A disclosure has a name that is never allowed.')
  return { text, digest: hashed, name, value: parts[2] as Json }
}

/** The compact form of a flattened or general JWS (section 8.1): the one signature, with disclosures and proof in its unprotected header. */
function compactOf(bytes: Uint8Array): string {
  const envelope = objectIn(parseJson(bytes, { string: sdJwtLimits.bytes }), 'The envelope')
  const { payload, signatures } = envelope
  let signature = envelope
  if (signatures !== undefined) {
    if (envelope.signature !== undefined || envelope.protected !== undefined) bad('The envelope is of two kinds at once.')
    if (!Array.isArray(signatures) || signatures.length !== 1) bad('The envelope holds exactly one signature.')
    signature = objectIn((signatures as Json[])[0], 'The signature')
  }
  const unprotected = objectIn(signature.header, 'The unprotected header')
  const { disclosures, kb_jwt: proof = '' } = unprotected
  for (const name of Object.keys(unprotected))
    if (!['disclosures', 'kb_jwt', 'kid'].includes(name)) bad('The unprotected header says something that would have to be signed.')
  const texts = (disclosures === undefined ? [] : disclosures) as Json
  if (!Array.isArray(texts)) return bad('The disclosures are no list.')
  for (const each of [payload, signature.protected, signature.signature, proof, ...texts])
    if (typeof each !== 'string' || !/^[A-Za-z0-9_.-]*$/.test(each)) return bad('A part of the envelope is no text in base64url.')
  return [`${signature.protected}.${payload}.${signature.signature}`, ...texts, proof].join('~')
}

function objectIn(value: Json | undefined, what: string): JsonObject {
  return isObject(value) ? value : bad(`${what} is no object.`)
}
