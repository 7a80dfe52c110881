/** Signing a digest that somebody else made, as remote services do; Node itself signs messages only. */
import { constants, createHash, type KeyObject, privateEncrypt, randomBytes } from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'

/** Names of digests that are signed. */
export type DigestName = 'sha256' | 'sha384' | 'sha512'

const prefixes: Record<DigestName, string> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}
const curves = { prime256v1: p256, secp384r1: p384, secp521r1: p521 } as const

/** Signs a digest; ECDSA answers DER, RSA by PKCS#1 v1.5 or, with `pss`, RSASSA-PSS with a salt as long as the digest (RFC 8017, 8.1 and 8.2). */
export function signDigest(key: KeyObject, digest: Uint8Array, name: DigestName, pss = false): Buffer {
  if (key.asymmetricKeyType === 'rsa') {
    if (pss) return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(key, digest, name))
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([Buffer.from(prefixes[name], 'hex'), digest]))
  }
  const curve = curves[(key.asymmetricKeyDetails?.namedCurve ?? '') as keyof typeof curves]
  const secret = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  return Buffer.from(curve.sign(digest, secret, { prehash: false, format: 'der' }))
}

/** EMSA-PSS-ENCODE (RFC 8017, 9.1.1). */
function encodePss(key: KeyObject, digest: Uint8Array, name: DigestName): Buffer {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const hash = (...parts: Uint8Array[]) => createHash(name).update(Buffer.concat(parts)).digest()
  const salt = randomBytes(digest.length)
  const inner = hash(new Uint8Array(8), digest, salt)
  const block = Buffer.concat([Buffer.alloc(size - 2 * digest.length - 2), Buffer.of(1), salt])
  for (let at = 0, counter = 0; at < block.length; counter++) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    for (const byte of hash(inner, count)) if (at < block.length) block[at] = block[at++]! ^ byte
  }
  block[0] = block[0]! & 0x7f
  return Buffer.concat([block, inner, Buffer.of(0xbc)])
}
