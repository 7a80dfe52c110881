/** What the verifying side asks of a cryptography: two questions. Answers may be immediate (Node) or awaited (a browser). */
import type { Hash, Scheme } from '../algorithms.ts'

/** One incarnation of the port. */
export interface CryptoPort {
  digest(hash: Hash, bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
  /**
   * True when `signature` was made over `bytes` by the key of `spki` (SubjectPublicKeyInfo, DER). A key that does not fit the scheme, and any
   * malformed input, gives `false`. ECDSA signatures are `r || s` of the curve's full width.
   */
  verifySignature(scheme: Scheme, spki: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>
}
