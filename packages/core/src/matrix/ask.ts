/** Asking one policy about one certificate. */
import type { CredentialFacts, RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import { recognise } from '../recognition/recognise.ts'
import type { Target } from '../recognition/target.ts'
import type { Outcome } from '../recognition/words.ts'
import type { Column } from './columns.ts'

/** What a policy says: it accepts in full, in part or on a condition; a person or further evidence decides; or it refuses. */
export type Acceptance = 'accepts' | 'asks' | 'refuses'

/** The answer of one policy. `blockedBy` are the requirements that keep it from accepting. */
export interface PolicyAnswer {
  verdict: Acceptance
  outcome: Outcome
  target: string
  reasons: readonly string[]
  blockedBy: readonly string[]
}

const verdictFor = { full: 'accepts', partial: 'accepts', conditional: 'accepts', 'needs-human': 'asks', refused: 'refuses' } as const
const standing: Readonly<Record<Outcome, number>> = { refused: 0, 'needs-human': 1, conditional: 2, partial: 3, full: 4 }
const blocking = new Set(['refuse', 'refer', 'evidence'])
/** The hash of a policy is not asked for here. */
const noHash = () => ''

/**
 * The credentials of a certificate by target. A certificate with an electronic seal beside its paper form is handed in as the body prefers: `carriers`
 * gives each form, and the best answer counts.
 */
export type CertificateFor = (target: Target) => readonly (readonly CredentialFacts[])[]

/** Asks; of several targets and forms the best answer counts. Neither the learner's ledger nor an agreement has a say. */
export function ask(column: Column, given: RecognitionCase, certificate: CertificateFor, library: Library): PolicyAnswer {
  let best: PolicyAnswer | undefined
  for (const { id, target } of column.targets)
    for (const credentials of certificate(target)) {
      const answer = askOnce(column, { ...given, credentials: [...credentials], target: id }, library)
      if (!best || standing[answer.outcome] > standing[best.outcome]) best = answer
      if (best.outcome === 'full') return best
    }
  return best!
}

function askOnce({ id, laws }: Column, given: RecognitionCase, library: Library): PolicyAnswer {
  const asked = { ...given, policies: [id, ...laws], agreements: [], applicant: {} }
  const { outcome, reasons, findings } = recognise(asked, library, noHash, { counterfactual: false })
  const verdict = verdictFor[outcome]
  const blockers = verdict === 'accepts' ? [] : findings.filter(({ effect }) => effect !== undefined && blocking.has(effect))
  return { verdict, outcome, target: given.target, reasons, blockedBy: blockers.map(({ requirement }) => requirement) }
}
