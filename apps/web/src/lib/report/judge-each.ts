/** Whatever was handed in, one report for each credential in it, judged by the policy of this product and now. */
import type { Report } from '@cairn/core'
import { type Evidence, standardPolicy, verifyEach } from '@cairn/verifier'

/** A report, the file it is of when there are several, and what it came in. */
export interface Judged {
  report: Report
  file?: string
  within?: 'presentation' | 'record'
}

/** Judges every part with the evidence that `gather` has for it. */
export async function judgeEach(bytes: Uint8Array, gather: (part: Uint8Array) => Promise<Evidence>): Promise<Judged[]> {
  const judged = await verifyEach(bytes, gather, standardPolicy, new Date().toISOString())
  return judged.map(({ report, part }) => ({
    report,
    ...(part.name ? { file: part.name } : {}),
    ...(part.presentation ? { within: 'presentation' as const } : part.inRecord ? { within: 'record' as const } : {}),
  }))
}
