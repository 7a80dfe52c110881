/** The port to a sealing key. It takes bytes and gives a signature; it knows nothing of credentials. */
import type { SealAlgorithm } from './algorithms.ts'

/** A key that can sign, with the certificate that names its holder. File, PKCS#12, PKCS#11 and remote keys all look like this. */
export interface Signer {
  readonly algorithm: SealAlgorithm
  /** DER certificates, leaf first, without the root. */
  readonly certificates: readonly Uint8Array[]
  /** Signs the bytes themselves (not a digest). ECDSA answers `r || s` (RFC 7518, 3.4). */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
}
