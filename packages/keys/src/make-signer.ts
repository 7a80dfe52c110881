/** A private key in memory as a {@link Signer}. */
import { constants, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { rawFromDer, type SealAlgorithm, type Signer } from '@cairn/seals'
import { readCertificate } from './certificate-facts.ts'

const curves: Readonly<Record<string, { algorithm: SealAlgorithm; size: number }>> = {
  prime256v1: { algorithm: 'ES256', size: 32 },
  secp384r1: { algorithm: 'ES384', size: 48 },
  secp521r1: { algorithm: 'ES512', size: 66 },
}

/** The algorithm a key seals with when nobody asks for another: the ES… of its curve, EdDSA, or RS256. Raises `key.unreadable` for other keys. */
export function algorithmOf(key: KeyObject): SealAlgorithm {
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA'
  if (key.asymmetricKeyType === 'rsa') {
    const length = key.asymmetricKeyDetails?.modulusLength ?? 0
    if (length < 2048 || length > 4096) throw new ProblemError('key.unreadable', `An RSA key of ${length} bits: 2048 to 4096 are accepted.`)
    return 'RS256'
  }
  const curve = curves[key.asymmetricKeyDetails?.namedCurve ?? '']
  if (key.asymmetricKeyType !== 'ec' || !curve)
    throw new ProblemError('key.unreadable', 'This kind of key cannot seal: P-256, P-384, P-521, Ed25519 or RSA can.')
  return curve.algorithm
}

/**
 * Makes a signer of a private key and its certificates, leaf first. The key object is kept, so that nothing is parsed again for a signature.
 * Raises `key.unreadable` when the first certificate speaks of another key, or the algorithm does not fit it.
 */
export function makeSigner(
  privateKey: KeyObject,
  certificates: readonly Uint8Array[],
  algorithm: SealAlgorithm = algorithmOf(privateKey),
): Signer {
  const leaf = certificates[0]
  if (!leaf) throw new ProblemError('key.unreadable', 'There is no certificate with the key.')
  const own = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  if (!own.equals(readCertificate(leaf).spki)) throw new ProblemError('key.unreadable', 'The first certificate speaks of another key.')
  const usual = algorithmOf(privateKey)
  if (algorithm !== usual && !(usual === 'RS256' && /^[RP]S(256|384|512)$/.test(algorithm)))
    throw new ProblemError('key.unreadable', `This key cannot seal with ${algorithm}.`)
  return { algorithm, certificates, sign: signing(privateKey, algorithm) }
}

function signing(key: KeyObject, algorithm: SealAlgorithm): (bytes: Uint8Array) => Uint8Array {
  if (algorithm === 'EdDSA') return (bytes) => sign(null, bytes, key)
  const hash = `sha${algorithm.slice(2)}`
  if (algorithm.startsWith('RS')) return (bytes) => sign(hash, bytes, key)
  if (algorithm.startsWith('PS')) {
    const withPadding = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    return (bytes) => sign(hash, bytes, withPadding)
  }
  const { size } = Object.values(curves).find((curve) => curve.algorithm === algorithm)!
  // Asking Node for `r || s` directly takes more than twice as long as converting its DER.
  return (bytes) => rawFromDer(sign(hash, bytes, key), size)!
}
