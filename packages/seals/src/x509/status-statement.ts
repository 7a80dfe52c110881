/** What a CRL or an OCSP answer says of a certificate, once it is shown that its author may say so. */
import type { Problem } from '@cairn/core'
import type { Certificate } from './certificate.ts'
import type { SignatureScheme } from './signature-scheme.ts'

/** A statement on one certificate. `source` are its bytes; times are RFC 3339 in UTC. */
export interface StatusStatement {
  readonly kind: 'crl' | 'ocsp'
  readonly source: Uint8Array
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt: string | undefined
  /** RFC 5280, 5.3.1; 6 is a hold. */
  readonly reason: number | undefined
  readonly thisUpdate: string
  readonly nextUpdate: string | undefined
  /** It knows certificates that ended after this moment; without it, those that had not ended at `thisUpdate`. */
  readonly knowsEndedSince: string | undefined
  /** The delegated responder who signed an OCSP answer; `undefined` when the authority itself did. */
  readonly responder: Certificate | undefined
  /** How it is signed, and with whose key. */
  readonly signed: { scheme: SignatureScheme; key: Certificate }
}

/** A statement, or why what is at hand is none about this certificate. */
export type Checked = { statement: StatusStatement } | { problem: Problem }
