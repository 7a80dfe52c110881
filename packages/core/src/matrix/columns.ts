/** What stands above a column of the acceptance matrix: a policy, and what it can be asked for. */
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import type { Policy } from '../recognition/policy.ts'
import type { RequirementKindName } from '../recognition/requirement-kinds.ts'
import type { Target, TargetForm } from '../recognition/target.ts'
import type { Purpose } from '../recognition/words.ts'
import { type FeatureId, featuresOfForm, featuresOfKind } from './features.ts'

/** A policy asked about one certificate. Several targets: the body takes it if one of them does. */
export interface Column {
  id: string
  policy: Policy
  targets: readonly { id: string; target: Target }[]
  /** Laws that the case lists apply along with every policy. */
  laws: readonly string[]
  /** Facts of a certificate that the answer can depend on. */
  relevant: ReadonlySet<FeatureId>
}

/** What a policy of each purpose can be asked about. */
export const formsOfPurpose: Readonly<Record<Purpose, readonly TargetForm[]>> = {
  admission: ['module'],
  credit: ['module'],
  exemption: ['module'],
  'vet-accreditation': ['vet'],
  'career-progression': ['post'],
  cpd: ['post'],
  employment: ['job', 'post'],
  licence: ['post', 'job', 'vet'],
}

const fits = ({ purpose }: Policy, form: TargetForm) => [purpose ?? []].flat().some((each) => formsOfPurpose[each].includes(form))

/** Ids of the policies that a matrix asks: all but those of rank law that only forbid or add. Sorted. */
export const policiesOf = (library: Library): string[] =>
  [...library.policies].flatMap(([id, policy]) => (policy.requirements.length > 0 && policy.purpose !== undefined ? [id] : [])).sort()

/**
 * The column of a policy for a case; `undefined` when it cannot be asked: another purpose, or not in force on the day. Asked for are the body's own
 * targets of the form of the case's, and where it has none, the case's target.
 */
export function columnFor(id: string, given: RecognitionCase, library: Library): Column | undefined {
  const policy = library.policies.get(id)!
  const asked = library.targets.get(given.target)
  const [from, to] = policy.effective
  if (!asked || from > given.asOf || (to !== null && given.asOf > to) || !fits(policy, asked.form)) return undefined
  const targets = ownTargets(library, policy.body, asked.form)
  const laws = given.policies.filter((each) => each !== id && library.policies.get(each)?.rank === 'law')
  const kinds = [id, ...laws].flatMap((each) => library.policies.get(each)!.requirements.map(({ kind }) => kind as RequirementKindName))
  const relevant = new Set([...kinds.flatMap((kind) => featuresOfKind[kind]), ...featuresOfForm[asked.form]])
  return { id, policy, targets: targets.length > 0 ? targets : [{ id: given.target, target: asked }], laws, relevant }
}

/** By the targets, which a library keeps where another policy stands in it. */
const byBody = new WeakMap<Library['targets'], Map<string, { id: string; target: Target }[]>>()
function ownTargets({ targets }: Library, body: string, form: TargetForm): { id: string; target: Target }[] {
  let known = byBody.get(targets)
  if (!known) {
    known = new Map()
    for (const [id, target] of [...targets].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const key = `${target.form} ${target.body}`
      known.set(key, [...(known.get(key) ?? []), { id, target }])
    }
    byBody.set(targets, known)
  }
  return known.get(`${form} ${body}`) ?? []
}
