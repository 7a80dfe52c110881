/** An Open Badge as a JWT (Open Badges 3.0, 8.2.3): the credential is the payload, and the registered claims repeat what it says. */
import { type JsonObject, millis } from '@cairn/core'
import type { SealAlgorithm } from '../algorithms.ts'
import { toBase64Url } from '../base64.ts'

/** Who signs: `kid` names the key by its verification method, or `jwk` brings it along (RSA). */
export interface TokenSigning {
  readonly algorithm: SealAlgorithm
  readonly key: { readonly kid: string } | { readonly jwk: JsonObject }
  readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

const utf8 = new TextEncoder()
const seconds = (moment: unknown) => Math.floor(millis(String(moment)) / 1000)

/** Signs a badge that has an id, an issuer with an id and validFrom. `nbf` and `exp` are whole seconds. */
export async function signBadgeToken(badge: JsonObject, { algorithm, key, sign }: TokenSigning): Promise<string> {
  const issuer = badge.issuer as JsonObject
  const subject = badge.credentialSubject as JsonObject
  const claims = {
    ...badge,
    iss: issuer.id,
    jti: badge.id,
    nbf: seconds(badge.validFrom),
    ...(badge.validUntil === undefined ? {} : { exp: seconds(badge.validUntil) }),
    ...(subject.id === undefined ? {} : { sub: subject.id }),
  }
  const header = { alg: algorithm, typ: 'JWT', ...key }
  const input = `${toBase64Url(utf8.encode(JSON.stringify(header)))}.${toBase64Url(utf8.encode(JSON.stringify(claims)))}`
  return `${input}.${toBase64Url(await sign(utf8.encode(input)))}`
}
