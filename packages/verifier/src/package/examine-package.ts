/** An evidence package: its credential is judged with what lies beside it (R-LTV-4). */
import { millis, ProblemError, type Report } from '@cairn/core'
import { type DocumentFormat, detectFormat } from '@cairn/formats'
import { finding } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import type { Examine } from '../verify.ts'
import type { EvidencePackage } from './read-package.ts'

/**
 * Judges a package that was opened. Who may seal is for the registry in `evidence` to say; where that names nobody and the policy allows it, the registry in the package
 * speaks, and the report says so. A status list that is at hand goes before the one in the package, which counts for the moment when it was packed.
 * @throws ProblemError `format.unreadable` for a package of something else
 */
export async function examinePackage(
  { credential, evidence: packed, madeAt }: EvidencePackage,
  examinerOf: (format: DocumentFormat) => Examine | undefined,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const format = detectFormat(credential.bytes)
  const examine = examinerOf(format)
  if (!examine) throw new ProblemError('format.unreadable', 'What the package holds is no credential in a form that a package has.')
  const { registry } = evidence
  const isOwn = policy.packageRegistry === 'alone' && registry.issuers.length + registry.anchors.length === 0
  const together: Evidence = {
    ...evidence,
    registry: isOwn ? packed.registry : registry,
    statusLists: { ...packed.statusLists, ...evidence.statusLists },
    revocation: {
      crls: [...(packed.revocation?.crls ?? []), ...(evidence.revocation?.crls ?? [])],
      ocsps: [...(packed.revocation?.ocsps ?? []), ...(evidence.revocation?.ocsps ?? [])],
    },
    certificates: [...(packed.certificates ?? []), ...(evidence.certificates ?? [])],
  }
  // A list that was fetched anew is judged by the clock; one that was packed says how things stood then.
  const isPacked = Object.keys(evidence.statusLists).length === 0 && millis(madeAt) <= millis(now)
  const report = await examine(credential.bytes, format, together, isPacked ? { ...policy, statusAt: madeAt } : policy, now)
  const whose = isOwn ? 'its own registry was used: whoever made it vouches for the sealer' : 'the registry at hand was used'
  return {
    ...report,
    format: 'zip',
    findings: [finding('package.whole', 'passed', { note: `made ${madeAt}; ${whose}` }), ...report.findings],
    package: { madeAt, registry: isOwn ? 'own' : 'given', ...(isPacked ? { statusAt: madeAt } : {}) },
  }
}
