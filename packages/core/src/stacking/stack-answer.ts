/** What a stacking case is answered with. */

/** Why a credential is in no slot. NO_SLOT is the last resort: no slot takes it, or none has room, or it is not needed. */
export type UnusedReason = 'OUTCOME_OVERLAP' | 'NOT_CURRENT' | 'NOT_ASSESSED' | 'WOULD_BREAK_ORDER' | 'ALREADY_USED' | 'CAP' | 'NO_SLOT'

/** A goal that is not met. `goal` is a rule, `slot:<id>`, `needHours` or `element`; amounts are credits, counts or hours. An element has a name and no amount. */
export type StackGap = { goal: string; have: number; need: number } | { goal: 'element'; need: string }

/** Offers to take so that every goal can be met, and the hours of learning they ask for. */
export interface GapPlan {
  take: string[]
  hours: number
}

/** The answer on the wire; only the members that apply are there. Eligible means eligible to apply: the receiving body awards. */
export interface StackAnswer {
  eligible: boolean
  assignment?: Record<string, string>
  countedCredits?: number
  unused?: { id: string; reason: UnusedReason }[]
  gaps: StackGap[]
  conflictSet?: string[]
  plans?: GapPlan[]
  gradeB?: string[]
  gradeC?: string[]
  missingElements?: Record<string, string[]>
  countedHours?: number
  perCredential?: Record<string, number>
  reasons?: Record<string, string>
  /** Present, and false, only when the limit of work was reached before the proof was complete. */
  optimal?: false
  /** With `optimal`: which choice is not proven, what was reached, and what cannot be exceeded. */
  bound?: StackBound
}

/** How far the proof came: the first choice that is not proven best, its value, and the proven limit for it; for `id` how many ids are decided, of how many. */
export interface StackBound {
  choice: StackChoice
  value: number
  bound: number
}

/** The choices in their order (domain rules 3.4). */
export type StackChoice =
  | 'eligible'
  | 'countedCredits'
  | 'unmetGoals'
  | 'shortfall'
  | 'credentials'
  | 'grade'
  | 'issueDate'
  | 'id'
  | 'conflictSet'
  | 'plans'

/**
 * What shows, without solving anything, that an answer which is not eligible holds: for each goal of the conflict set an assignment that meets all the others of it, and for
 * each plan where the offers and credentials would stand.
 */
export interface StackProof {
  conflict: Record<string, Record<string, string>>
  plans: Record<string, string>[]
}

/** The answer with its account: whether every choice is proven, the bound where not, and the nodes searched. */
export interface StackResult {
  answer: StackAnswer
  /** Of slots that are not eligible. */
  proof?: StackProof
  optimal: boolean
  bound?: StackBound
  nodes: number
}
