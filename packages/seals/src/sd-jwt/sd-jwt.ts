/** The parts of an SD-JWT (RFC 9901, 4) as values. */
import type { Json, JsonObject } from '@cairn/core'
import type { Hash } from '../algorithms.ts'
import type { TokenAlgorithm } from '../vc-jose/jwk.ts'
import type { Certificate } from '../x509/certificate.ts'

/** `typ` of the tokens that are read: SD-JWT VC, and a W3C credential secured by VC-JOSE-COSE (R-JOSE-5: exact, and never one for the other). */
export const sdJwtTypes = ['dc+sd-jwt', 'vc+sd-jwt'] as const
export type SdJwtType = (typeof sdJwtTypes)[number]

/** What may be read of one token (R-LIM-1). */
export const sdJwtLimits = { bytes: 1024 * 1024, disclosures: 512, recursion: 16 } as const

/** Hashes for digests (RFC 9901, 4.1.1) by their names in `_sd_alg`. */
export const digestHashes: Readonly<Record<string, Hash>> = { 'sha-256': 'SHA-256', 'sha-384': 'SHA-384', 'sha-512': 'SHA-512' }

/** Names that selective disclosure keeps for itself. */
export const reservedNames: ReadonlySet<string> = new Set(['_sd', '...', '_sd_alg'])

/** One disclosure: `[salt, name, value]` of a member, `[salt, value]` of an element of a list. */
export interface Disclosure {
  /** The disclosure as it stands in the token. */
  readonly text: string
  readonly digest: string
  /** Absent for an element of a list. */
  readonly name?: string
  readonly value: Json
}

/** A signed token in its parts, its payload strictly parsed. */
export interface TokenRead {
  readonly type: string
  readonly algorithm: TokenAlgorithm
  readonly header: JsonObject
  readonly kid?: string
  /** Certificates of `x5c`, the signer's first; none when the header brings none. */
  readonly certificates: readonly Certificate[]
  readonly payload: JsonObject
  /** What was signed: header and payload in base64url. */
  readonly input: string
  readonly signature: Uint8Array
}

/** An SD-JWT with whatever disclosures and proof of the holder it was shown with. `payload` has digests in place of what is hidden. */
export interface SdJwtRead extends TokenRead {
  readonly type: SdJwtType
  readonly hash: Hash
  readonly disclosures: readonly Disclosure[]
  /** The token with its disclosures, up to and with the last tilde: what `sd_hash` is made of (4.3.1). */
  readonly presented: string
  /** The KB-JWT as it stands, not yet looked at. */
  readonly keyBinding?: string
}
