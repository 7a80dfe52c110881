/**
 * What a sheet brings to be judged by in thirty years: its security store, and what its time stamps prove (EN 319 142-1, 5.4 to 5.6). The newest time
 * stamp of the document is judged first, for it vouches for the older ones, for the seals before it and for the store as it was then.
 */
import type { Finding } from '@cairn/core'
import { type PdfSignature, type SecurityStore, securityStore } from '@cairn/formats'
import { type Certificate, type PdfSealRead, type PdfStampRead, readPdfStamp, type SealRead } from '@cairn/seals'
import { finding } from '../checks/result.ts'
import { judgeAuthority } from '../checks/seal-time-stamps.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { createProofs, type Proofs } from '../validation/proofs.ts'
import { type Values, valuesOf } from '../validation/values.ts'

const clause = 'EN 319 142-1, 5.4'

/** A time stamp of the document as it was up to `end`. */
export interface DocumentStamp extends PdfStampRead {
  end: number
}

/** A seal with where what it covers ends. */
export interface SheetSeal {
  read: PdfSealRead
  end: number
}

/** What every seal of the sheet is judged by. */
export interface SheetProofs {
  values: Values
  proofs: Proofs
  findings: Finding[]
  /** True when values to judge by are in the store (B-LT), and when a time stamp of the document covers such a store (B-LTA). */
  isStored: boolean
  isArchived: boolean
}

/** True for a signature that is a time stamp of the document. */
export const isDocumentStamp = ({ subFilter }: PdfSignature): boolean => subFilter === 'ETSI.RFC3161'

/** The time stamps of a document, in its order. */
export function documentStamps(signatures: readonly PdfSignature[]): Promise<DocumentStamp[]> {
  return Promise.all(
    signatures.filter(isDocumentStamp).map(async ({ contents, covered, end }) => ({ ...(await readPdfStamp(contents, covered)), end })),
  )
}

const hasValues = ({ crls, ocsps }: SecurityStore) => crls.length + ocsps.length > 0

/** Reads the store and judges every time stamp of the document. `credential` is the seal of the credential in it, whose values help too. */
export async function sheetProofs(
  bytes: Uint8Array,
  seals: readonly SheetSeal[],
  stamps: readonly DocumentStamp[],
  credential: SealRead | undefined,
  { evidence, anchors, policy, now }: { evidence: Evidence; anchors: readonly Certificate[]; policy: Policy; now: string },
): Promise<SheetProofs> {
  const store = await securityStore(bytes)
  const carried = seals.map(({ read }) => read.signed)
  const values = valuesOf(credential, evidence, {
    certificates: [...store.certificates, ...carried.flatMap(({ certificates }) => certificates.map(({ der }) => der))],
    crls: [...store.crls, ...carried.flatMap(({ crls }) => crls)],
    ocsps: store.ocsps,
  })
  const proofs = createProofs(now)
  const findings: Finding[] = []
  let isArchived = false
  for (const stamp of [...stamps].sort((one, other) => other.end - one.end)) {
    for (const problem of stamp.problems) findings.push(finding('seal.time-stamp', 'unknown', { problem, clause, note: 'docTst' }))
    if (!stamp.token || stamp.problems.length > 0) continue
    const stored = await securityStore(bytes.subarray(0, stamp.end))
    isArchived ||= hasValues(stored)
    const { found, proven } = await judgeAuthority('docTst', stamp.token, { anchors, values, proofs, policy, now })
    // An authority that nobody here knows proves nothing, and harms nothing.
    if (!proven) continue
    findings.push(found)
    const at = stamp.token.genTime
    const tokens = stamps.flatMap(({ token, end }) => (token && end < stamp.end ? [token] : []))
    for (const { read, end } of seals)
      if (end < stamp.end) {
        proofs.add(read.signed.signature, at)
        for (const { der } of read.signed.certificates) proofs.add(der, at)
        if (read.stamp?.token) tokens.push(read.stamp.token)
      }
    for (const { der, certificates, crls } of tokens)
      for (const each of [der, ...certificates.map((one) => one.der), ...crls]) proofs.add(each, at)
    for (const each of [...stored.certificates, ...stored.crls, ...stored.ocsps]) proofs.add(each, at)
  }
  return { values, proofs, findings, isStored: hasValues(store), isArchived }
}
