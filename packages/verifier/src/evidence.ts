/** What the verifier is handed to judge with. It fetches nothing: gathering is the work of another room. */
import type { AccreditationSnapshot, TrustRegistry } from '@cairn/core'
import type { DetachedFile } from '@cairn/seals'

/**
 * Evidence: a registry of who may seal what, signed status lists as they were fetched, and statements on revocation. Plain data; the same evidence
 * gives the same report.
 */
export interface Evidence {
  registry: TrustRegistry
  /** Signed status lists by their address, byte for byte as published. */
  statusLists: Readonly<Record<string, Uint8Array>>
  /** When the evidence was gathered (RFC 3339). */
  retrievedAt: string
  /** Revocation lists and OCSP answers in DER, beside those that travel with a seal. */
  revocation?: { readonly crls: readonly Uint8Array[]; readonly ocsps: readonly Uint8Array[] }
  /** Certificates in DER from which paths may be built; they vouch for nobody. */
  certificates?: readonly Uint8Array[]
  /** Files that a detached seal covers. */
  detached?: readonly DetachedFile[]
  /** JWT VC Issuer Metadata and the key sets it points to, by address, as they were fetched. */
  issuerMetadata?: Readonly<Record<string, Uint8Array>>
  /** Descriptions of types of credential, by the name or address of the type, byte for byte as published. */
  typeMetadata?: Readonly<Record<string, Uint8Array>>
  /** Documents of controllers (did:web, web addresses) by the identifier they are of, as they were fetched. */
  didDocuments?: Readonly<Record<string, Uint8Array>>
  /** Parts of Open Badges 2.0 by their address, as they were fetched: assertions, badge classes, issuers, keys, revocation lists. */
  hosted?: Readonly<Record<string, Uint8Array>>
  /** What registries of accreditations said, each with when it was read. */
  accreditations?: readonly AccreditationSnapshot[]
}
