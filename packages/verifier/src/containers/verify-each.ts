/** Whatever was handed in, one report for each credential in it: of an archive or a presentation several, kept apart. */
import { type Finding, type Outcome, ProblemError, problem, type Report, type Results, verdictOf } from '@cairn/core'
import { finding } from '../checks/result.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { checkPresentation, type PresentationChecked } from '../presentations/check-presentation.ts'
import { verify, verifyPackage } from '../verify.ts'
import { type Packages, type Part, partsOf } from './parts-of.ts'

/** A report on one part. `name` is the file in an archive or the number in a presentation; empty when there is no other part. */
export interface PartJudged {
  readonly report: Report
  readonly part: Part
}

/**
 * Verifies every part, each with the evidence that `evidenceFor` has for it, and tells with each part of a presentation what came of its proof.
 * An evidence package is judged by its credential, or `whole`, where its own evidence counts too. What cannot be taken apart is judged as
 * it is, and refused there with its reason.
 */
export async function verifyEach(
  bytes: Uint8Array,
  evidenceFor: (part: Uint8Array) => Promise<Evidence>,
  policy: Policy,
  now: string,
  packages: Packages = 'credential',
): Promise<PartJudged[]> {
  const presentations = new Map<Uint8Array, Promise<PresentationChecked>>()
  const judged: PartJudged[] = []
  for (const part of await partsIn(bytes, packages)) {
    const evidence = await evidenceFor(part.packed?.credential.bytes ?? part.bytes)
    if (part.packed) {
      judged.push({ report: await verifyPackage(part.packed, evidence, policy, now), part })
      continue
    }
    const report = await verify(part.bytes, evidence, part.presentation ? withoutHolder(policy) : policy, now)
    if (!part.presentation) {
      judged.push({ report, part })
      continue
    }
    const checked = presentations.get(part.presentation) ?? checkPresentation(part.presentation, evidence, policy, now)
    presentations.set(part.presentation, checked)
    judged.push({ report: withHolder(report, await checked), part })
  }
  return judged
}

/** What the holder proves is asked of the presentation, and not of each token in it. */
function withoutHolder({ holder: _asked, ...policy }: Policy): Policy {
  return policy
}

/** The report with what came of the proof of the presentation, and whether who presents is whom the credential speaks of. */
function withHolder(report: Report, { outcome, findings, holders }: PresentationChecked): Report {
  const told = [...findings, ...subjectFindings(report, holders, outcome !== undefined)]
  const holder: Outcome | undefined =
    outcome === 'passed' ? (told.find((each) => each.outcome === 'unknown')?.outcome ?? 'passed') : outcome
  const results: Results = { ...report.results, ...(holder ? { holder } : {}) }
  return { ...report, results, verdict: verdictOf(results), findings: [...report.findings, ...told] }
}

/** Somebody may show what is about another (a parent, an employer); whether they may is not for us to know. */
function subjectFindings({ view }: Report, holders: readonly string[], asked: boolean): Finding[] {
  const subject = view?.learnerId
  if (!asked || subject === undefined || holders.length === 0) return []
  if (holders.includes(subject)) return [finding('holder.subject', 'passed')]
  return [
    finding('holder.subject', 'unknown', {
      problem: problem('holder.not-subject', 'The proof is of another key than the one that the credential names.'),
    }),
  ]
}

async function partsIn(bytes: Uint8Array, packages: Packages): Promise<Part[]> {
  try {
    return await partsOf(bytes, packages)
  } catch (error) {
    if (error instanceof ProblemError) return [{ name: '', bytes }]
    throw error
  }
}
