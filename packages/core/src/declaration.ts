/** What a body declares under its seal besides awards: a decision on recognition, a pathway, and which parts a larger award was stacked from. */

import type { Grant } from './recognition/library.ts'
import type { Outcome } from './recognition/words.ts'
import type { Pathway } from './stacking/pathway.ts'
import type { StackAnswer } from './stacking/stack-answer.ts'
import type { StackingCredential } from './stacking/stacking-case.ts'
import type { LangString } from './text.ts'

/** The type that each declaration has beside `VerifiableCredential`, by its kind. */
export const declarationTypes = {
  decision: 'CairnRecognitionDecision',
  pathway: 'CairnPathway',
  'stack-receipt': 'CairnStackReceipt',
} as const

/** A decision on recognition with what it rests on. Dates are RFC 3339; hashes are SHA-256 as base64url. */
export interface DecisionDeclared {
  kind: 'decision'
  learner: string
  purpose: string
  target: { id: string; title: LangString }
  /** What was looked at. */
  credentials: readonly { id: string; title: string; issuer?: string }[]
  outcome: Outcome
  grants: readonly Grant[]
  conditions: readonly string[]
  reasons: readonly string[]
  /** The rules that were applied. */
  policies: readonly { id: string; title: LangString; version: string; hash: string }[]
  decidedAt: string
  /** Who confirmed it; absent where the rules alone gave full recognition. */
  decidedBy?: string
  words?: string
  appealUntil?: string
  /** The declaration that this one takes the place of, after an appeal. */
  supersedes?: string
  /** Of the file with library, case and decision, from which the decision can be computed again. */
  replay: string
}

/** A pathway as its body published it. */
export interface PathwayDeclared {
  kind: 'pathway'
  pathway: Pathway
  /** SHA-256 of the pathway as RFC 8785 JSON, base64url. */
  hash: string
}

/** From which parts a larger award was stacked: everything that a stranger needs to check it again without a network. */
export interface StackReceipt {
  kind: 'stack-receipt'
  learner: string
  /** The id of the larger credential; absent in receipts that were sealed before they named it. */
  award?: string
  pathway: { id: string; hash: string; content: Pathway }
  asOf: string
  /** Each part by its id and the SHA-256 (base64url) of what its issuer signed. */
  parts: readonly { id: string; title: string; issuer: string; digest: string }[]
  /** The facts that were counted, of every credential that was looked at. */
  facts: readonly StackingCredential[]
  answer: StackAnswer
  decidedAt: string
  decidedBy: string
}

/** One of the three. */
export type Declaration = DecisionDeclared | PathwayDeclared | StackReceipt
