/** The port without any platform cryptography, for pages that are in no secure context: audited curves and hashes, and RSA beside. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { Hash, Scheme } from '../algorithms.ts'
import { elements, reader, readSequence, tags } from '../der/read-der.ts'
import { bitStringBytes, oidOf } from '../der/values.ts'
import { verifyPkcs1, verifyPss } from './rsa.ts'

const hashes: Record<Hash, (bytes: Uint8Array) => Uint8Array> = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 }
const curves = {
  'P-256': { curve: p256, oid: '1.2.840.10045.3.1.7' },
  'P-384': { curve: p384, oid: '1.3.132.0.34' },
  'P-521': { curve: p521, oid: '1.3.132.0.35' },
}
const oids = { rsa: '1.2.840.113549.1.1.1', ec: '1.2.840.10045.2.1', ed25519: '1.3.101.112' }

/** Algorithm, curve and key of a SubjectPublicKeyInfo. */
function publicKey(spki: Uint8Array): { algorithm: string; curve?: string; point: Uint8Array } {
  const outer = reader(readSequence(spki))
  const [algorithm, parameters] = elements(outer.take(tags.sequence))
  const point = bitStringBytes(outer.take(tags.bitString))
  return { algorithm: oidOf(algorithm), ...(parameters?.tag === tags.oid ? { curve: oidOf(parameters) } : {}), point }
}

export function digest(hash: Hash, bytes: Uint8Array): Uint8Array {
  return hashes[hash](bytes)
}

export function verifySignature(scheme: Scheme, spki: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const { algorithm, curve, point } = publicKey(spki)
    if (scheme.kind === 'ed25519') return algorithm === oids.ed25519 && ed25519.verify(signature, bytes, point, { zip215: false })
    const hashed = hashes[scheme.hash](bytes)
    if (scheme.kind === 'ecdsa') {
      const known = curves[scheme.curve]
      return algorithm === oids.ec && curve === known.oid && known.curve.verify(signature, hashed, point, { prehash: false, lowS: false })
    }
    if (algorithm !== oids.rsa) return false
    return scheme.kind === 'rsa-pkcs1' ? verifyPkcs1(spki, hashed, signature) : verifyPss(spki, hashed, signature, hashes[scheme.hash])
  } catch {
    return false
  }
}
