/** What the verifier is handed to judge with. It fetches nothing: gathering is the work of another room. */
import type { TrustRegistry } from '@cairn/core'

/** Evidence: a registry of who may seal what, and signed status lists as they were fetched. Plain data; the same evidence gives the same report. */
export interface Evidence {
  registry: TrustRegistry
  /** Signed status lists by their address, byte for byte as published. */
  statusLists: Readonly<Record<string, Uint8Array>>
  /** When the evidence was gathered (RFC 3339). */
  retrievedAt: string
}

/** Limits of judgement as data. */
export interface Policy {
  name: string
  /** How old a status list may be, in hours, before its answer no longer counts (R-ST-2). */
  statusMaxAgeHours: number
  /** Tolerated difference of clocks in seconds. */
  clockSkewSeconds: number
}

/** The policy of this product: status at most a day old, a minute of clock skew. */
export const standardPolicy: Policy = { name: 'cairn-standard-1', statusMaxAgeHours: 24, clockSkewSeconds: 60 }
