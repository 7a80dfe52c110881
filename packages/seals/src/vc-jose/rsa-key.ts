/** RSA keys as older badges name them: JWK (RFC 7518, 6.3) and PEM, both to SubjectPublicKeyInfo; and any key as did:key, for registries. */
import { type Json, joinBytes, ProblemError } from '@cairn/core'
import { fromBase64, fromBase64Url } from '../base64.ts'
import { toMultibase } from '../data-integrity/multibase.ts'
import { elements, reader, readSequence, tags } from '../der/read-der.ts'
import { bitStringBytes, oidOf } from '../der/values.ts'
import { derElement, derNull, derOid, derUnsigned } from '../der/write-der.ts'

const rsaEncryption = '1.2.840.113549.1.1.1'
/** Multicodec of did:key by algorithm: RSA (PKCS#1), Ed25519, P-256, P-384. */
const codecs = { rsa: [0x85, 0x24], ed25519: [0xed, 0x01], p256: [0x80, 0x24], p384: [0x81, 0x24] }
const curves: Readonly<Record<string, { codec: readonly number[]; size: number }>> = {
  '1.2.840.10045.3.1.7': { codec: codecs.p256, size: 32 },
  '1.3.132.0.34': { codec: codecs.p384, size: 48 },
}

const refuse = (detail: string): never => {
  throw new ProblemError('issuer.key-not-accepted', detail)
}

/** SubjectPublicKeyInfo of an RSA key in JWK. Raises `issuer.key-not-accepted`; the length is judged where it verifies (R-LIM-1). */
export function spkiOfRsaJwk(jwk: Json | undefined): Uint8Array {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk) || jwk.kty !== 'RSA') return refuse('A key is no RSA key.')
  if (jwk.d !== undefined) return refuse('A key is given with its private half.')
  const number = (name: 'n' | 'e') => {
    const value = jwk[name]
    const bytes = typeof value === 'string' && value.length < 1000 ? fromBase64Url(value) : undefined
    return bytes && bytes.length > 0 ? derUnsigned(bytes) : refuse('A key is not well-formed.')
  }
  const key = derElement(tags.sequence, number('n'), number('e'))
  const algorithm = derElement(tags.sequence, derOid(rsaEncryption), derNull())
  return derElement(tags.sequence, algorithm, derElement(tags.bitString, new Uint8Array(1), key))
}

/** SubjectPublicKeyInfo of a public key in PEM. Raises `issuer.key-not-accepted`. */
export function spkiOfPem(pem: string): Uint8Array {
  const body = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]{1,4000})-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1]
  return (body === undefined ? undefined : fromBase64(body.replace(/\s/g, ''))) ?? refuse('A key is no public key in PEM.')
}

/** The did:key of a SubjectPublicKeyInfo: RSA, Ed25519, P-256 or P-384; `undefined` for others. */
export function didKeyOfSpki(spki: Uint8Array): string | undefined {
  try {
    const outer = reader(readSequence(spki))
    const [algorithm, parameters] = elements(outer.take(tags.sequence))
    const point = bitStringBytes(outer.take(tags.bitString))
    const oid = oidOf(algorithm)
    if (oid === rsaEncryption) return `did:key:${toMultibase(joinBytes(Uint8Array.from(codecs.rsa), point))}`
    if (oid === '1.3.101.112') return `did:key:${toMultibase(joinBytes(Uint8Array.from(codecs.ed25519), point))}`
    const curve = parameters?.tag === tags.oid ? curves[oidOf(parameters)] : undefined
    if (!curve || point.length !== 2 * curve.size + 1) return undefined
    const compressed = joinBytes(Uint8Array.of((point.at(-1)! & 1) + 2), point.subarray(1, curve.size + 1))
    return `did:key:${toMultibase(joinBytes(Uint8Array.from(curve.codec), compressed))}`
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
