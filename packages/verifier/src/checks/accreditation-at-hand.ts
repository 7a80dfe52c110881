/** Accreditation where a registry is at hand; the judgement is loaded only then, for most pages verify without one. */
import type { AwardScope } from '@cairn/core'
import type { VerdictFacts } from '@cairn/formats'
import type { Evidence } from '../evidence.ts'
import type { AccreditationResult } from './accreditation.ts'

/** What {@link checkAccreditation} finds; nothing, and nothing told, where no registry was at hand. */
export async function accreditationAtHand(
  { scope, issued }: Pick<VerdictFacts, 'issued'> & { scope?: AwardScope | undefined },
  { accreditations = [] }: Evidence,
  now: string,
): Promise<AccreditationResult> {
  if (!scope || accreditations.length === 0) return { findings: [], results: {}, told: {} }
  return (await import('./accreditation.ts')).checkAccreditation({ scope, issued, accreditations }, now)
}
