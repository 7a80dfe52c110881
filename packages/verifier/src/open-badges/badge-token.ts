/** Badges as tokens: the JWT proof of Open Badges 3.0 (section 8.2) and the JWS of signed Open Badges 2.0. Keys by name, or brought along. */
import { isObject, type JsonObject, type Outcome, type Problem, ProblemError, parseJson, problem } from '@cairn/core'
import {
  fromBase64Url,
  isSealAlgorithm,
  keyOfJwk,
  type SealAlgorithm,
  sealAlgorithms,
  spkiOfRsaJwk,
  verificationKey,
  verifySignature,
} from '@cairn/seals'
import type { Evidence } from '../evidence.ts'
import type { BadgeSigner } from './badge-signers.ts'

/** A compact JWS in its parts. */
export interface BadgeToken {
  readonly algorithm: SealAlgorithm
  readonly header: JsonObject
  readonly payload: JsonObject
  readonly input: string
  readonly signature: Uint8Array
}

const form = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/
const types: readonly unknown[] = ['JWT', 'jwt', 'JWS', 'vc+ld+jwt', 'vc+jwt', undefined]
const utf8 = new TextEncoder()

const bad = (detail: string): never => {
  throw new ProblemError('seal.malformed', detail)
}

/** Reads a token. Raises `seal.malformed`, `seal.algorithm-not-accepted` or what the strict JSON parser finds (R-JOSE-1, R-JOSE-4). */
export function readBadgeToken(bytes: Uint8Array, largest = 1024 * 1024): BadgeToken {
  if (bytes.length > largest * 2) return bad('The token is larger than we read.')
  const text = new TextDecoder('latin1').decode(bytes).trim()
  const [, headerText, payloadText, signatureText] = (form.exec(text) ?? bad('This is no compact serialisation.')) as unknown as [
    string,
    string,
    string,
    string,
  ]
  const header = objectOf(headerText, 'header', 64 * 1024)
  if (!types.includes(header.typ)) return bad('The token is of another type.')
  if (!isSealAlgorithm(header.alg))
    throw new ProblemError('seal.algorithm-not-accepted', 'The token names an algorithm that is not accepted.')
  for (const name of ['jku', 'x5u', 'crit', 'b64'])
    if (header[name] !== undefined) bad(`The header holds ${name}, which has no place here.`)
  return {
    algorithm: header.alg,
    header,
    payload: objectOf(payloadText, 'payload', largest),
    input: `${headerText}.${payloadText}`,
    signature: fromBase64Url(signatureText) ?? bad('The signature is no base64url.'),
  }
}

function objectOf(text: string, what: string, largest: number): JsonObject {
  const value = parseJson(fromBase64Url(text) ?? bad(`The ${what} is no base64url.`), { bytes: largest, string: largest })
  return isObject(value) ? value : bad(`The ${what} is no object.`)
}

/** Who signed a token: `passed` with the signer, `failed` when it was altered, `unknown` when the key is not at hand. */
export type TokenSigner =
  | { readonly outcome: 'passed'; readonly signer: BadgeSigner }
  | { readonly outcome: Exclude<Outcome, 'passed'>; readonly problem: Problem }

/** True when the signature is one over the token by this key. */
export async function isTokenOf(token: BadgeToken, spki: Uint8Array): Promise<boolean> {
  return verifySignature(sealAlgorithms[token.algorithm], spki, utf8.encode(token.input), token.signature)
}

/**
 * Finds the key: of the verification method that `kid` names, or `jwk` of the header. A key that the token brings itself shows that the token is as it
 * was signed, and nothing about who signed: that the registry alone can say (R-JOSE-2).
 */
export async function tokenSigner(token: BadgeToken, evidence: Evidence): Promise<TokenSigner> {
  const found = keyOfToken(token, evidence)
  if ('problem' in found) return found
  if (await isTokenOf(token, found.spki)) return { outcome: 'passed', signer: found }
  return { outcome: 'failed', problem: problem('seal.broken', 'The token was altered, or another key made its signature.') }
}

type Missing = { outcome: 'failed' | 'unknown'; problem: Problem }

function keyOfToken({ header }: BadgeToken, evidence: Evidence): BadgeSigner | Missing {
  const missing = (detail: string): Missing => ({ outcome: 'unknown', problem: problem('proof.key-not-at-hand', detail) })
  try {
    if (header.jwk !== undefined) return { spki: spkiOfJwk(header.jwk), proven: false }
    const { kid } = header
    if (typeof kid !== 'string' || kid.length > 2000) return missing('The token names no key.')
    const documents = evidence.didDocuments ?? {}
    // Open Badges 3.0 lets `kid` be the address of a JWK.
    if (/^https:\/\//.test(kid) && Object.hasOwn(documents, kid)) {
      const jwk = parseJson(documents[kid]!)
      if (isObject(jwk) && jwk.kty !== undefined) return { spki: spkiOfJwk(jwk), controller: kid, proven: true }
    }
    const found = verificationKey(kid, documents)
    if (found.outcome === 'missing') return missing(found.detail)
    if (found.outcome === 'wrong') return { outcome: 'failed', problem: problem('proof.key-not-of-controller', found.detail) }
    return { spki: found.key.spki, controller: found.controller, proven: found.proven }
  } catch (error) {
    if (error instanceof ProblemError) return { outcome: 'failed', problem: error.problem }
    throw error
  }
}

const spkiOfJwk = (jwk: JsonObject[string]): Uint8Array => (isObject(jwk) && jwk.kty === 'RSA' ? spkiOfRsaJwk(jwk) : keyOfJwk(jwk).spki)
