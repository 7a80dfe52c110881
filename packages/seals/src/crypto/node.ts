/** The port on Node: OpenSSL, answered at once, public keys kept ready. */
import { constants, createPublicKey, hash as hashOf, type KeyObject, verify } from 'node:crypto'
import { keepLast } from '@cairn/core'
import { curveBytes, type Hash, type Scheme } from '../algorithms.ts'
import { toBase64 } from '../base64.ts'
import { derFromRaw } from '../ecdsa.ts'

const nodeHash: Record<Hash, string> = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' }
const nodeCurve = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' } as const
/** A public key, and what it is: asking the key itself each time takes a fifth of a verification. */
interface Kept {
  key: KeyObject
  kind: string | undefined
  curve: string | undefined
  bits: number
}
const kept = new Map<string, Kept>()
const keptAtMost = 500

function keyOf(spki: Uint8Array): Kept {
  const name = toBase64(spki)
  const known = kept.get(name)
  if (known) return known
  const key = createPublicKey({ key: spki as Buffer, format: 'der', type: 'spki' })
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  return keepLast(kept, name, { key, kind: key.asymmetricKeyType, curve: namedCurve, bits: modulusLength }, keptAtMost)
}

function fits(scheme: Scheme, { kind, curve, bits }: Kept): boolean {
  switch (scheme.kind) {
    case 'ed25519':
      return kind === 'ed25519'
    case 'ecdsa':
      return kind === 'ec' && curve === nodeCurve[scheme.curve]
    default:
      return kind === 'rsa' && bits >= 2048 && bits <= 4096
  }
}

export function digest(hash: Hash, bytes: Uint8Array): Uint8Array {
  return hashOf(nodeHash[hash], bytes, 'buffer')
}

export function verifySignature(scheme: Scheme, spki: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const known = keyOf(spki)
    if (!fits(scheme, known)) return false
    const { key } = known
    switch (scheme.kind) {
      case 'ed25519':
        return verify(null, bytes, key, signature)
      case 'ecdsa':
        if (signature.length !== 2 * curveBytes[scheme.curve]) return false
        // Node takes a third longer when it is given `r || s` itself.
        return verify(nodeHash[scheme.hash], bytes, key, derFromRaw(signature))
      case 'rsa-pss':
        return verify(
          nodeHash[scheme.hash],
          bytes,
          { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
          signature,
        )
      case 'rsa-pkcs1':
        return verify(nodeHash[scheme.hash], bytes, key, signature)
    }
  } catch {
    return false
  }
}
