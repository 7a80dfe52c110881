/** Accreditation where a registry is at hand; the judgement is loaded only then, for most pages verify without one. */
import type { Evidence } from '../evidence.ts'
import type { AccreditationQuestion, AccreditationResult } from './accreditation.ts'

/** What {@link checkAccreditation} finds; nothing, and nothing told, where no registry was at hand. */
export async function accreditationAtHand(question: AccreditationQuestion, evidence: Evidence, now: string): Promise<AccreditationResult> {
  if (!question.scope || !evidence.accreditations?.length) return { findings: [], results: {}, told: {} }
  return (await import('./accreditation.ts')).checkAccreditation(question, evidence, now)
}
