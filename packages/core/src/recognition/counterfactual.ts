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
const limits = { together: 3, changes: 9, found: 6 }

interface Candidate extends Change {
  text: string
}
const named = (change: Change): Candidate => ({ ...change, text: textOfChange(change) })

interface Found {
  set: readonly Candidate[]
  outcome: Outcome
}

/**
 * The smallest changes, best outcome first. A set is told only when no part of it gives as much. All changes together say how far they can lead, and
 * which of them nothing goes without; where no three lead as far, all are told save those that are not needed.
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
  const all = strongest(candidates)
  const most = outcomeOf(all)
  if (standing[most] <= standing[draft.outcome]) return []
  const needed = all.filter(
    (each) =>
      standing[outcomeOf(all.filter((other) => other !== each))] <= standing[draft.outcome] &&
      !candidates.some((other) => other !== each && contradicts([each, other])),
  )
  const found = searchSmall(candidates, needed, draft.outcome, outcomeOf)
  if (!found.some(({ outcome }) => standing[outcome] >= standing[most])) {
    found.push(shrunk({ set: all, outcome: most }, outcomeOf))
  }
  const told = new Map<string, Outcome>()
  for (const { set, outcome } of found.map((each) => onlyNeeded(each, outcomeOf)))
    told.set(set.map(({ text }) => text).join(' and '), outcome)
  return [...told]
    .map(([change, wouldGive]) => ({ change, wouldGive }))
    .sort((one, other) => standing[other.wouldGive] - standing[one.wouldGive] || (one.change < other.change ? -1 : 1))
}

function candidatesFor(draft: Draft, facts: RecognitionFacts): Candidate[] {
  const changes = new Map<string, Candidate>()
  const open = draft.requirements.filter(({ judgement, void: overridden }) => judgement.verdict !== 'pass' && !overridden)
  for (const change of [...open.flatMap((each) => changesFor(each, facts)), ...changesOfGrant(draft.reasons, facts)]) {
    const candidate = named(change)
    changes.set(candidate.text, candidate)
  }
  return [...changes.values()].sort((one, other) => (one.text < other.text ? -1 : 1)).slice(0, limits.changes)
}

/** Sets of up to three that hold what no better outcome goes without, the small ones first. */
function searchSmall(
  candidates: readonly Candidate[],
  needed: readonly Candidate[],
  now: Outcome,
  outcomeOf: (set: readonly Candidate[]) => Outcome,
): Found[] {
  const found: Found[] = []
  const others = candidates.filter((each) => !needed.includes(each))
  for (let size = 0; size <= Math.min(limits.together - needed.length, others.length); size++)
    for (const chosen of subsets(others, size)) {
      if (found.length >= limits.found) return found
      const set = candidates.filter((each) => needed.includes(each) || chosen.includes(each))
      if (set.length === 0 || contradicts(set)) continue
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

/** All changes at once; of two that set one fact, the later one, which asks for more. */
const strongest = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((each, at) => !candidates.slice(at + 1).some((later) => contradicts([each, later])))

/** A set without what is not needed for the outcome it gives. */
function shrunk(all: Found, outcomeOf: (set: readonly Candidate[]) => Outcome): Found {
  let best = all
  for (const each of all.set) {
    const set = best.set.filter((other) => other !== each)
    const outcome = outcomeOf(set)
    if (standing[outcome] >= standing[best.outcome]) best = { set, outcome }
  }
  return best
}

/** A change may set several facts, of several credentials even, of which a part is enough: only what is needed is told. */
function onlyNeeded({ set, outcome }: Found, outcomeOf: (set: readonly Candidate[]) => Outcome): Found {
  if (set.every(({ settings }) => settings.length < 2)) return { set, outcome }
  const single = ({ settings, met, text }: Candidate): Candidate[] =>
    met === undefined ? settings.map((each) => named({ settings: [each] })) : [{ settings, met, text }]
  return shrunk({ set: set.flatMap(single), outcome }, outcomeOf)
}

function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) return yield []
  for (let at = from; at <= items.length - size; at++) for (const rest of subsets(items, size - 1, at + 1)) yield [items[at]!, ...rest]
}
