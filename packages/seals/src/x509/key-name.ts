/** Digests that name a key or a name in OCSP (RFC 6960, 4.1.1, 4.2.2.3). */
import { digest } from '#crypto'
import { sameBytes } from '../base64.ts'
import { sha1Name } from '../crypto/sha1-name.ts'
import { digests, sha1 } from './oids.ts'

/** True when `expected` is the digest of these bytes by the algorithm of this OID. SHA-1 names things here and proves nothing. */
export async function isNamedBy(expected: Uint8Array, algorithm: string, bytes: Uint8Array): Promise<boolean> {
  if (algorithm === sha1) return sameBytes(expected, sha1Name(bytes))
  const hash = digests[algorithm]
  return hash !== undefined && sameBytes(expected, await digest(hash, bytes))
}
