/** What would change the outcome: the smallest sets of changed facts that give a better one. Each is tried by deciding again. */
import { applySettings, type Change, textOfChange } from './change.ts'
import { changesFor, changesOfGrant } from './changes-for.ts'
import type { Draft } from './decide.ts'
import type { RecognitionFacts } from './facts.ts'
import type { Outcome } from './words.ts'

/** A decision on changed facts, with requirements taken as passed. */
export type DecideAgain = (facts: RecognitionFacts, assume: ReadonlyMap<string, 'pass'>) => Draft

/** Facts that would give a better outcome. `change` can be read back: `/credentials/c1/eqf = 6`. */
export interface Counterfactual {
  change: string
  wouldGive: Outcome
}

/** By the strength of the effect behind it, weakest last: a condition stands before a reduction. */
const standing: Record<Outcome, number> = { refused: 0, 'needs-human': 1, conditional: 2, partial: 3, full: 4 }
/** How many changes are tried together, looked at in all, and told: the work stays bounded whatever the case is. */
const most = { together: 3, changes: 9, found: 6 }

interface Candidate extends Change {
  text: string
}
interface Found {
  set: readonly Candidate[]
  outcome: Outcome
}

/**
 * The smallest changes, best outcome first. A set is told only when no part of it gives as much. Where no three changes lead to the full outcome,
 * all of them are tried and every one that is not needed is taken out again.
 */
export function counterfactualsOf(draft: Draft, facts: RecognitionFacts, decideAgain: DecideAgain): Counterfactual[] {
  if (draft.outcome === 'full') return []
  const candidates = candidatesFor(draft, facts)
  const outcomeOf = (set: readonly Candidate[]) =>
    decideAgain(
      applySettings(
        facts,
        set.flatMap(({ settings }) => settings),
      ),
      new Map(set.flatMap(({ met }) => (met === undefined ? [] : [[met, 'pass' as const]]))),
    ).outcome
  const found = searchSmall(candidates, draft.outcome, outcomeOf)
  if (candidates.length > most.together && !found.some(({ outcome }) => outcome === 'full')) {
    const all = shrunk(candidates, outcomeOf)
    const best = Math.max(standing[draft.outcome], ...found.map(({ outcome }) => standing[outcome]))
    if (all && standing[all.outcome] > best) found.push(all)
  }
  return found
    .map(({ set, outcome }) => ({ change: set.map(({ text }) => text).join(' and '), wouldGive: outcome }))
    .sort((one, other) => standing[other.wouldGive] - standing[one.wouldGive] || (one.change < other.change ? -1 : 1))
}

function candidatesFor(draft: Draft, facts: RecognitionFacts): Candidate[] {
  const changes = new Map<string, Candidate>()
  const open = draft.requirements.filter(({ judgement, void: overridden }) => judgement.verdict !== 'pass' && !overridden)
  for (const change of [...open.flatMap((each) => changesFor(each, facts)), ...changesOfGrant(draft.reasons, facts)]) {
    const text = textOfChange(change)
    if (changes.size < most.changes) changes.set(text, { ...change, text })
  }
  return [...changes.values()].sort((one, other) => (one.text < other.text ? -1 : 1))
}

/** Sets of up to three, the small ones first. */
function searchSmall(candidates: readonly Candidate[], now: Outcome, outcomeOf: (set: readonly Candidate[]) => Outcome): Found[] {
  const found: Found[] = []
  for (let size = 1; size <= Math.min(most.together, candidates.length); size++)
    for (const set of subsets(candidates, size)) {
      if (found.length >= most.found) return found
      if (contradicts(set)) continue
      const reached = Math.max(standing[now], ...found.filter((each) => each.set.every((one) => set.includes(one))).map(standingOf))
      if (reached === standing.full) continue
      const outcome = outcomeOf(set)
      if (standing[outcome] > reached) found.push({ set, outcome })
    }
  return found
}

const standingOf = ({ outcome }: Found) => standing[outcome]

/** True when two changes set one fact to different values. */
function contradicts(set: readonly Candidate[]): boolean {
  const paths = set.flatMap(({ settings }) => settings.filter(({ path }) => path.length > 1).map(({ path }) => path.join('\u0000')))
  return new Set(paths).size < paths.length
}

/** All changes at once, without those that are not needed for the outcome they give. */
function shrunk(candidates: readonly Candidate[], outcomeOf: (set: readonly Candidate[]) => Outcome): Found | undefined {
  let set = candidates.filter((each, at) => !candidates.slice(0, at).some((earlier) => contradicts([earlier, each])))
  const outcome = outcomeOf(set)
  for (const each of set) {
    const without = set.filter((other) => other !== each)
    if (standing[outcomeOf(without)] >= standing[outcome]) set = without
  }
  return set.length === 0 ? undefined : { set, outcome }
}

function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) return yield []
  for (let at = from; at <= items.length - size; at++) for (const rest of subsets(items, size - 1, at + 1)) yield [items[at]!, ...rest]
}
