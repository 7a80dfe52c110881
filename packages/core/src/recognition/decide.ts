/** From verdicts to an outcome, under one set of policies that all apply together. */
import { applyCap, type CapParams } from './cap.ts'
import type { Judgement, PolicyNumbers, RecognitionFacts } from './facts.ts'
import { type Proposal, propose } from './grants.ts'
import { defaults } from './kinds-of-learning.ts'
import type { Grant } from './library.ts'
import type { Policy, Requirement } from './policy.ts'
import { judgeKind, type RequirementKindName } from './requirement-kinds.ts'
import { AwardType, type Effect, effects, type Outcome, ranks } from './words.ts'

/** A policy with its id. */
export interface AppliedPolicy {
  id: string
  policy: Policy
}

/** A requirement that was judged. `effect` is what it does to the outcome; a void one does nothing. */
export interface JudgedRequirement {
  policy: string
  requirement: Requirement
  judgement: Judgement
  effect?: Effect
  void: boolean
}

/** A decision before it is written down. */
export interface Draft {
  outcome: Outcome
  sub?: 'evidence' | 'judgement' | 'policy-conflict'
  grants: readonly Grant[]
  conditions: readonly string[]
  reasons: ReadonlySet<string>
  requirements: readonly JudgedRequirement[]
}

/** What stands beside the facts. */
export interface DecisionGround {
  targetId: string
  /** Grants that a line of an agreement in force gives, with the agreement's id. */
  agreed?: { id: string; grants: readonly Grant[] } | undefined
  /** Verdicts taken as given, by requirement id: how what would be is asked for. */
  assume?: ReadonlyMap<string, 'pass'> | undefined
}

/** Under an agreement only these still have effect (domain 2.3, 3). */
const alwaysCounts = new Set<RequirementKindName>(['authenticity', 'holder-match', 'not-already-counted'])

const above = (policies: readonly AppliedPolicy[], rank: Policy['rank']) =>
  policies.filter(({ policy }) => ranks.indexOf(policy.rank) < ranks.indexOf(rank))

/** The numbers of several policies that apply together: of each the strictest, since a lower rule may add to a higher one and not take from it. */
function numbersOf(policies: readonly AppliedPolicy[]): PolicyNumbers {
  const all = policies.map(({ policy }) => policy.params)
  const told = (values: readonly (number | null | undefined)[]) => values.filter((value) => value != null)
  const caps = told(all.map(({ generalCap }) => generalCap))
  const factors = all.flatMap(({ typeFactor }) => typeFactor ?? [])
  return {
    ...(caps.length === 0 ? {} : { generalCap: Math.min(...caps) }),
    ...(factors.length === 0
      ? {}
      : { typeFactor: Object.fromEntries(AwardType.options.map((type) => [type, Math.min(...factors.map((each) => each[type] ?? 0))])) }),
  }
}

function judgeAll(policies: readonly AppliedPolicy[], facts: RecognitionFacts, { agreed, assume }: DecisionGround): JudgedRequirement[] {
  return policies.flatMap(({ id, policy }) => {
    const forbidden = new Set(above(policies, policy.rank).flatMap((each) => each.policy.forbidsRefusalOn))
    const own = { ...facts, numbers: policy.params, agreed: agreed !== undefined }
    return policy.requirements.map((requirement): JudgedRequirement => {
      const kind = requirement.kind as RequirementKindName
      const judgement: Judgement = assume?.has(requirement.id)
        ? { verdict: 'pass', reasons: [], facts: [] }
        : judgeKind(kind, own, requirement.params)
      return judgedWith({ policy: id, requirement, judgement }, forbidden, agreed !== undefined && !alwaysCounts.has(kind))
    })
  })
}

function judgedWith(
  given: Omit<JudgedRequirement, 'effect' | 'void'>,
  forbidden: ReadonlySet<string>,
  withoutEffect: boolean,
): JudgedRequirement {
  const { verdict } = given.judgement
  if (verdict === 'pass') return { ...given, void: false }
  const effect = verdict === 'fail' ? given.requirement.onFail : given.requirement.onUnknown
  const overridden = effect === 'refuse' && forbidden.has(given.requirement.kind)
  return overridden || withoutEffect ? { ...given, void: overridden } : { ...given, effect, void: false }
}

/** Decides under policies of different ranks, highest first. */
export function decide(policies: readonly AppliedPolicy[], facts: RecognitionFacts, ground: DecisionGround): Draft {
  const ordered = policies.toSorted(
    (one, other) => ranks.indexOf(one.policy.rank) - ranks.indexOf(other.policy.rank) || (one.id < other.id ? -1 : 1),
  )
  const requirements = judgeAll(ordered, facts, ground)
  const reasons = new Set<string>()
  const proposal = ground.agreed
    ? { grants: ground.agreed.grants, whole: true, open: false, reasons: [`AGREEMENT_${ground.agreed.id}`] }
    : proposeUnder(ordered, requirements, facts, ground.targetId)
  const capped = ground.agreed ? { ...proposal, cut: false } : withinCaps(requirements, proposal, facts)
  const found = new Set(requirements.flatMap(({ effect }) => (effect ? [effect] : [])))
  // A cap that leaves nothing of a credit makes it partial, as any cap that cuts does; of hours, none are a refusal.
  const nothing = (facts.target.form === 'module' ? proposal : capped).grants.length === 0
  const strongest = nothing && !proposal.open ? 'refuse' : effects.find((effect) => found.has(effect))

  for (const reason of proposal.reasons) if (!nothing || !reason.startsWith('COMBINED')) reasons.add(reason)
  for (const { judgement, void: overridden, effect } of requirements) {
    if (overridden) reasons.add('RULE_OVERRIDDEN')
    else if (effect !== undefined || (!ground.agreed && judgement.verdict === 'pass'))
      for (const reason of judgement.reasons) reasons.add(reason)
  }
  const shape = (outcome: Outcome, more: Partial<Draft> = {}): Draft => {
    const given = outcome === 'full' || outcome === 'partial' || outcome === 'conditional'
    if (!given) for (const reason of shapingReasons) reasons.delete(reason)
    if (outcome === 'full' && requirements.every((each) => each.void || each.judgement.verdict === 'pass')) reasons.add('ALL_MET')
    return { outcome, conditions: [], ...more, grants: given ? capped.grants : [], reasons, requirements }
  }
  if (strongest === 'refuse') return shape('refused')
  if (strongest === 'refer') return shape('needs-human', { sub: 'judgement' })
  if (strongest === 'evidence' || nothing) return shape('needs-human', { sub: 'evidence' })
  if (strongest === 'condition') {
    const conditions = requirements.flatMap(({ effect, requirement }) => (effect === 'condition' ? [requirement.condition!] : []))
    if (capped.grants.some(({ kind }) => kind === 'grade-B')) reasons.add('MODULE_COMPLETE_IF_MET')
    return shape('conditional', { conditions: [...new Set(conditions)].sort() })
  }
  if (strongest === 'reduce' || capped.cut || !proposal.whole) return shape('partial')
  return shape('full')
}

/** Reasons that tell of a grant: where none is given there is nothing to explain. */
const shapingReasons = ['COMBINED_EVIDENCE', 'DIFFERENCE_NOT_SUBSTANTIAL', 'PARTICIPATION_HALF']

function proposeUnder(
  policies: readonly AppliedPolicy[],
  requirements: readonly JudgedRequirement[],
  facts: RecognitionFacts,
  targetId: string,
): Proposal {
  const ofKind = (kind: RequirementKindName) => requirements.filter((each) => each.requirement.kind === kind)
  // Where no requirement asks, the defaults still shape the amount, and say so.
  const shaping: string[] = []
  const passes = (kind: RequirementKindName, otherwise: object) => {
    const own = ofKind(kind)
    if (own.length > 0) return own.every(({ judgement }) => judgement.verdict === 'pass')
    const { verdict, reasons } = judgeKind(kind, facts, otherwise)
    shaping.push(...reasons)
    return verdict === 'pass'
  }
  const isModule = facts.target.form === 'module'
  if (isModule && ofKind('level').length === 0) shaping.push(...judgeKind('level', facts, { tolerance: 7 }).reasons)
  const partials = ofKind('outcome-coverage').map(({ requirement }) => (requirement.params as { partial: number }).partial)
  const proposal = propose(
    { ...facts, numbers: numbersOf(policies) },
    {
      targetId,
      specified:
        isModule &&
        [passes('outcome-coverage', { full: defaults.full }), passes('workload', { ratio: defaults.ratio })].every((passed) => passed),
      partial: partials.length > 0 ? Math.max(...partials) : defaults.partial,
      skillsWhole: ofKind('optional-skills').every(({ judgement }) => judgement.verdict === 'pass'),
    },
  )
  return { ...proposal, reasons: [...proposal.reasons, ...shaping] }
}

/** Puts the proposal through every cap; a cap that cuts becomes the judgement of its requirement. */
function withinCaps(
  requirements: JudgedRequirement[],
  proposal: Proposal,
  facts: RecognitionFacts,
): { grants: readonly Grant[]; cut: boolean } {
  let grants = proposal.grants
  let cut = false
  for (const [at, each] of requirements.entries()) {
    if (each.requirement.kind !== 'cap') continue
    const capped = applyCap(grants, facts, each.requirement.params as CapParams)
    grants = capped.grants
    if (capped.judgement.verdict === 'pass') continue
    cut = true
    requirements[at] = { ...each, judgement: capped.judgement, effect: each.requirement.onFail }
  }
  return { grants, cut }
}
