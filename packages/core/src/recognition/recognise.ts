/** A body's decision on a case: rules that both sides can read, and replay to the same bytes. */
import type { Json, JsonObject } from '../json.ts'
import { ProblemError } from '../problems.ts'
import type { AccreditationRecord } from './accreditation.ts'
import type { RecognitionCase } from './case.ts'
import { type Counterfactual, counterfactualsOf } from './counterfactual.ts'
import { type AppliedPolicy, type DecisionGround, type Draft, decide, type JudgedRequirement } from './decide.ts'
import type { FactUsed, Reading, RecognitionFacts, SkillRelation } from './facts.ts'
import type { Agreement, Grant, Library } from './library.ts'
import type { Outcome, Tri } from './words.ts'

/** One requirement as it was judged, for people and for replay. */
export interface RecognitionFinding {
  requirement: string
  policy: string
  kind: string
  verdict: Tri
  effect?: string
  void?: boolean
  facts: readonly FactUsed[]
  threshold?: unknown
  shortfall?: number
  reading?: Reading
  /** Key of the sentence that says it in the reader's language. */
  sentence: string
}

/** The answer of the recognition format. Lists are sorted, so the same facts and policies give the same bytes. */
export interface Decision {
  outcome: Outcome
  sub?: 'evidence' | 'judgement' | 'policy-conflict'
  grants: readonly Grant[]
  verdicts: Readonly<Record<string, Tri>>
  reasons: readonly string[]
  conditions: readonly string[]
  findings: readonly RecognitionFinding[]
  /** The smallest changes of facts that would give a better outcome. */
  counterfactual: readonly Counterfactual[]
  policies: readonly { id: string; hash: string }[]
}

/** SHA-256, as base64url, of a text in UTF-8. */
export type HashOf = (text: string) => string

/** Hashes of policies by library: a policy is hashed once and not for every case. */
const hashes = new WeakMap<Library, Map<string, string>>()
function hashOfPolicy(library: Library, id: string, hash: HashOf): string {
  const known = hashes.get(library) ?? new Map<string, string>()
  hashes.set(library, known)
  const found = known.get(id) ?? hash(library.policyTexts.get(id)!)
  known.set(id, found)
  return found
}

interface Index {
  records: Map<string, AccreditationRecord[]>
  relations: Map<string, SkillRelation[]>
}
const indexes = new WeakMap<Library, Index>()
/** Records by organisation and relations by skill: a register is long, and a case asks for a few of its entries. */
function indexOf(library: Library): Index {
  const known = indexes.get(library)
  if (known) return known
  const relations = new Map<string, SkillRelation[]>()
  for (const relation of library.skillRelations)
    for (const skill of [relation.narrower, relation.broader]) relations.set(skill, [...(relations.get(skill) ?? []), relation])
  const records = new Map<string, AccreditationRecord[]>()
  for (const record of library.accreditations) records.set(record.organisation, [...(records.get(record.organisation) ?? []), record])
  const made = { records, relations }
  indexes.set(library, made)
  return made
}

/**
 * Decides a case under the policies it lists that are in force on its day. Raises `input.invalid` with a pointer into the case for a policy, a target
 * or an agreement that the library does not hold, and for two applied requirements of one id.
 * @example const decision = recognise(readRecognitionCase(json), library, (text) => createHash('sha256').update(text).digest('base64url'))
 */
export function recognise(given: RecognitionCase, library: Library, hash: HashOf, { counterfactual = true } = {}): Decision {
  const { facts, targetId } = factsOf(given, library)
  const listed = given.policies.map((id, at): AppliedPolicy => ({ id, policy: held(library.policies, id, `/policies/${at}`) }))
  const applied = listed.filter(({ policy: { effective } }) => inForce(effective, given.asOf)).sort(byId)
  refuseSameIds(applied)
  const agreement = agreementFor(given, library, targetId)
  const ground: DecisionGround = { targetId, agreed: agreement.agreed }
  const draft = decideTogether(applied, facts, ground)
  const reasons = new Set(draft.reasons)
  if (applied.length < listed.length) reasons.add('POLICY_NOT_IN_FORCE')
  if (!agreement.agreed) for (const reason of agreement.reasons) reasons.add(reason)
  return {
    outcome: draft.outcome,
    ...(draft.sub ? { sub: draft.sub } : {}),
    grants: sortedGrants(draft.grants),
    verdicts: Object.fromEntries(
      draft.requirements
        .map(({ requirement, judgement }) => [requirement.id, judgement.verdict] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    reasons: [...reasons].sort(),
    conditions: draft.conditions,
    findings: draft.requirements.map(findingOf).sort((one, other) => (one.requirement < other.requirement ? -1 : 1)),
    counterfactual: counterfactual
      ? counterfactualsOf(draft, facts, (changed, assume) => decideTogether(applied, changed, { ...ground, assume }))
      : [],
    policies: applied.map(({ id }) => ({ id, hash: hashOfPolicy(library, id, hash) })),
  }
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
const inForce = ([from, to]: readonly [string, string | null], day: string) => from <= day && (to === null || day <= to)

function held<T>(map: ReadonlyMap<string, T>, id: string, pointer: string): T {
  const found = map.get(id)
  if (found === undefined) throw new ProblemError('input.invalid', 'The library holds nothing of this id.', pointer)
  return found
}

function factsOf(given: RecognitionCase, library: Library): { facts: RecognitionFacts; targetId: string } {
  const target = held(library.targets, given.target, '/target')
  const near = indexOf(library)
  return {
    targetId: given.target,
    facts: {
      asOf: given.asOf,
      // The order in which credentials are handed in means nothing.
      credentials: given.credentials.toSorted(byId),
      target,
      applicant: given.applicant ?? {},
      accreditations: [...new Set(given.credentials.map(({ issuer }) => issuer))].flatMap((issuer) => near.records.get(issuer ?? '') ?? []),
      skillRelations: target.form === 'job' ? target.essential.flatMap((skill) => near.relations.get(skill) ?? []) : [],
      numbers: {},
      agreed: false,
    },
  }
}

function refuseSameIds(applied: readonly AppliedPolicy[]): void {
  const owners = new Map<string, string>()
  for (const { id, policy } of applied)
    for (const requirement of policy.requirements) {
      if (owners.has(requirement.id))
        throw new ProblemError('input.invalid', 'Two policies that apply together have a requirement of the same id.', '/policies')
      owners.set(requirement.id, id)
    }
}

/** Lines of agreements for what was handed in: in force by the end of learning, both ends counting (domain 2.3, 3). */
function agreementFor(given: RecognitionCase, library: Library, targetId: string) {
  const reasons = new Set<string>()
  const found: { id: string; gives: Grant }[] = []
  const body = library.targets.get(targetId)!.body
  given.agreements?.forEach((id, at) => {
    const agreement = held(library.agreements, id, `/agreements/${at}`)
    for (const credential of given.credentials)
      for (const line of linesFor(agreement, credential, targetId, body)) {
        if (!credential.learningEnd) reasons.add('AGREEMENT_DATE_UNKNOWN')
        else if (!inForce(agreement.effective, credential.learningEnd)) reasons.add('AGREEMENT_NOT_IN_FORCE')
        else found.push({ id, gives: line.gives })
      }
  })
  // One target is given once: by the line that gives most, and among equals by the first id.
  const [best] = found.sort((one, other) => (other.gives.amount ?? 0) - (one.gives.amount ?? 0) || byId(one, other))
  return { reasons, agreed: best === undefined ? undefined : { id: best.id, grants: [best.gives] } }
}

function linesFor(
  { parties, lines }: Agreement,
  { issuer, achievement, edition }: RecognitionCase['credentials'][number],
  target: string,
  body: string,
) {
  if (!issuer || !achievement || !parties.includes(issuer) || !parties.includes(body)) return []
  return lines.filter(
    (line) =>
      line.achievement === achievement && (line.edition == null || line.edition === edition) && (line.gives.target ?? target) === target,
  )
}

/**
 * Policies of different ranks apply together; of equal rank each is applied alone. One that says nothing of the amount and whose requirements all
 * pass agrees with any; where the others give different outcomes, a person decides and both owners hear of it (domain 2.3, 2).
 */
function decideTogether(applied: readonly AppliedPolicy[], facts: RecognitionFacts, ground: DecisionGround): Draft {
  if (applied.length === 0)
    return { outcome: 'needs-human', sub: 'judgement', grants: [], conditions: [], reasons: new Set(), requirements: [] }
  const whole = decide(applied, facts, ground)
  // What an agreement gives is not a question of policies any more.
  if (ground.agreed) return whole
  for (const rank of new Set(applied.map(({ policy }) => policy.rank))) {
    const peers = applied.filter(({ policy }) => policy.rank === rank)
    if (peers.length < 2 || !disagree(peers, applied, facts, ground, whole)) continue
    return {
      outcome: 'needs-human',
      sub: 'policy-conflict',
      grants: [],
      conditions: [],
      reasons: new Set(['POLICY_CONFLICT', ...reasonsBesideConflict(peers, whole.requirements)]),
      requirements: whole.requirements,
    }
  }
  return whole
}

const shapesTheAmount = new Set<string>(['outcome-coverage', 'workload', 'certificate-type', 'optional-skills', 'cap'])
const didPass = (each: JudgedRequirement) => each.void || each.judgement.verdict === 'pass'

/** True when policies of one rank, each applied alone under the others, come to different outcomes. */
function disagree(
  peers: readonly AppliedPolicy[],
  applied: readonly AppliedPolicy[],
  facts: RecognitionFacts,
  ground: DecisionGround,
  whole: Draft,
): boolean {
  const others = applied.filter((each) => !peers.includes(each))
  // Where facts are only missing, nobody disagrees yet.
  const open = (each: JudgedRequirement) => each.judgement.verdict === 'unknown' && each.effect !== 'refuse'
  const content = peers.filter(({ id }) =>
    whole.requirements.filter(({ policy }) => policy === id).every((each) => didPass(each) || open(each)),
  )
  const views = new Set(peers.filter((each) => !content.includes(each)).map((each) => decide([...others, each], facts, ground).outcome))
  // A policy that gives the amount itself, and finds nothing amiss, does not agree with a refusal.
  const gives = content.some(({ policy }) => policy.requirements.some(({ kind }) => shapesTheAmount.has(kind)))
  return views.size > 1 || (gives && views.has('refused'))
}

/** What did not pass, save where a peer finds the same fact good: that is the conflict itself. */
function reasonsBesideConflict(peers: readonly AppliedPolicy[], requirements: readonly JudgedRequirement[]): string[] {
  const ids = new Set(peers.map(({ id }) => id))
  const good = requirements.filter((each) => ids.has(each.policy) && each.judgement.verdict === 'pass')
  const disputed = ({ policy, judgement }: JudgedRequirement) =>
    ids.has(policy) &&
    good.some(
      (other) => other.policy !== policy && judgement.facts.some(({ path }) => other.judgement.facts.some((each) => each.path === path)),
    )
  return requirements.filter((each) => each.effect !== undefined && !disputed(each)).flatMap(({ judgement }) => judgement.reasons)
}

const grantKey = ({ kind, target, category, amount }: Grant) => [kind, target ?? '', category ?? '', amount ?? 0].join('\u0000')

/** Grants in one order, each with its members in one order. */
function sortedGrants(grants: readonly Grant[]): Grant[] {
  return grants
    .map(({ kind, amount, unit, target, category }) => ({
      kind,
      ...(amount === undefined ? {} : { amount }),
      ...(unit === undefined ? {} : { unit }),
      ...(target === undefined ? {} : { target }),
      ...(category === undefined ? {} : { category }),
    }))
    .sort((one, other) => (grantKey(one) < grantKey(other) ? -1 : 1))
}

function findingOf({ policy, requirement, judgement, effect, void: overridden }: JudgedRequirement): RecognitionFinding {
  const { verdict, facts, threshold, shortfall, reading } = judgement
  return {
    requirement: requirement.id,
    policy,
    kind: requirement.kind,
    verdict,
    ...(effect ? { effect } : {}),
    ...(overridden ? { void: true } : {}),
    facts: facts.map((fact) => ({ ...fact, value: inOrder(fact.value) })).sort((one, other) => (one.path < other.path ? -1 : 1)),
    ...(threshold === undefined ? {} : { threshold: inOrder(threshold) }),
    ...(shortfall === undefined ? {} : { shortfall: Math.round(shortfall * 1e6) / 1e6 }),
    ...(reading === undefined ? {} : { reading }),
    sentence: `recognition.${requirement.kind}.${verdict}`,
  }
}

/** A value with its members by name and its lists of words sorted: in which order they were handed in means nothing. Readings keep theirs. */
function inOrder(value: Json): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string') ? [...value].sort() : value.map(inOrder)
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, inOrder(value[name]!)]),
  )
}

/** A decision as plain JSON, for an answer that is compared byte for byte. */
export const decisionJson = (decision: Decision): JsonObject => JSON.parse(JSON.stringify(decision)) as JsonObject
