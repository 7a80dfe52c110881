/** The verifier as a page loads it: by itself, when there is something to verify. */
import type { EvidenceAnswer } from '@cairn/api'
import type { Report } from '@cairn/core'
import { type Evidence, standardPolicy, verify } from '@cairn/verifier'
import { bytesOf } from './bytes-of.ts'

/** Judges bytes with evidence that is at hand; asks nobody. */
export function judge(bytes: Uint8Array, evidence: Evidence): Promise<Report> {
  return verify(bytes, evidence, standardPolicy, new Date().toISOString())
}

/** Evidence out of the server's answer. */
export function evidenceOf({ registry, retrievedAt, statusLists, revocation, ...others }: EvidenceAnswer): Evidence {
  const { didDocuments, hosted, issuerMetadata, typeMetadata, accreditations } = others
  return {
    registry,
    retrievedAt,
    statusLists: inBytes(statusLists),
    didDocuments: inBytes(didDocuments),
    hosted: inBytes(hosted),
    issuerMetadata: inBytes(issuerMetadata),
    typeMetadata: inBytes(typeMetadata),
    ...(accreditations ? { accreditations } : {}),
    revocation: { crls: (revocation?.crls ?? []).map(bytesOf), ocsps: (revocation?.ocsps ?? []).map(bytesOf) },
  }
}

const inBytes = (record: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(record).map(([name, base64]) => [name, bytesOf(base64)]))
