/** The smallest set of facts on a certificate that so many policies accept, with the proof that no smaller one does (domain 5). */
import { ProblemError } from '../problems.ts'
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import { columnsFor } from './acceptance-matrix.ts'
import { ask } from './ask.ts'
import { missingIn, withOnly } from './certificate-with.ts'
import type { Column } from './columns.ts'
import { type FeatureId, featureIds, features } from './features.ts'

/** A profile: the facts, and how many policies accept a certificate that tells just these. */
export interface Profile {
  /** The share of policies aimed at. */
  share: number
  needed: number
  asked: number
  accepts: number
  /** False where not even all facts together reach the share: then the facts are those of the most that can be had. */
  reached: boolean
  features: readonly FeatureId[]
  /** Every set of fewer facts was tried, and this is the most that any of them reaches. */
  proof: { tried: number; most: number }
}

/**
 * Searches every set of facts that the reference certificate tells or could tell. Facts that a policy does not look at are not asked about again, so each
 * policy is asked once for each set of facts that matter to it. Raises `matrix.nothing-asked` when there is no policy to ask.
 */
export function smallestProfiles(given: RecognitionCase, library: Library, shares: readonly number[] = [0.8, 0.9, 1]): Profile[] {
  const columns = columnsFor(given, library)
  if (columns.length === 0) throw new ProblemError('matrix.nothing-asked', 'No policy in force is for this purpose.', '/target')
  const usable = featureIds.filter((id) => columns.some((column) => column.relevant.has(id)) && canTell(id, given, columns))
  const answers = columns.map((column) => acceptsOf(column, given, library, usable))
  const best = new Map<number, { set: number; accepts: number }>()
  const triedBy = Array.from({ length: usable.length + 1 }, () => 0)
  for (let set = 0; set < 1 << usable.length; set++) {
    const size = sizeOf(set)
    triedBy[size]!++
    let accepts = 0
    for (const accept of answers) if (accept(set)) accepts++
    const known = best.get(size)
    if (!known || accepts > known.accepts || (accepts === known.accepts && earlier(set, known.set))) best.set(size, { set, accepts })
  }
  const top = Math.max(...[...best.values()].map(({ accepts }) => accepts))
  return shares.map((share): Profile => {
    const needed = Math.ceil(share * columns.length - 1e-9)
    const reached = top >= needed
    let size = 0
    while (best.get(size)!.accepts < (reached ? needed : top)) size++
    const { set, accepts } = best.get(size)!
    const smaller = Array.from({ length: size }, (_, at) => at)
    return {
      share,
      needed,
      asked: columns.length,
      accepts,
      reached,
      features: usable.filter((_, at) => set & (1 << at)),
      proof: {
        tried: smaller.reduce((sum, at) => sum + triedBy[at]!, 0),
        most: Math.max(0, ...smaller.map((at) => best.get(at)!.accepts)),
      },
    }
  })
}

/** True when the certificate tells the fact, or it can be added for a target that is asked for. */
function canTell(id: FeatureId, { credentials }: RecognitionCase, columns: readonly Column[]): boolean {
  if (credentials.every((each) => features[id].present(each))) return true
  return columns.some(({ targets }) => targets.some(({ target }) => missingIn(credentials, target).includes(id)))
}

/** Whether a policy accepts a set of facts; what was asked once is kept by the facts that matter to the policy. */
function acceptsOf(column: Column, given: RecognitionCase, library: Library, usable: readonly FeatureId[]): (set: number) => boolean {
  const matters = usable.reduce((mask, id, at) => (column.relevant.has(id) ? mask | (1 << at) : mask), 0)
  const known = new Map<number, boolean>()
  return (set) => {
    const key = set & matters
    const found = known.get(key)
    if (found !== undefined) return found
    const kept = new Set(usable.filter((_, at) => key & (1 << at)))
    const accepts = ask(column, given, withOnly(given.credentials, kept), library).verdict === 'accepts'
    known.set(key, accepts)
    return accepts
  }
}

function sizeOf(set: number): number {
  let size = 0
  for (let rest = set; rest > 0; rest &= rest - 1) size++
  return size
}

/** Of two sets of one size the one whose first fact that differs stands earlier in the list. */
const earlier = (one: number, other: number) => {
  const differs = one ^ other
  return (one & (differs & -differs)) !== 0
}
