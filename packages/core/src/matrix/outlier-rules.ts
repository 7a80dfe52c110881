/** Rules that alone refuse what the others accept, and rules that nobody else has. */
import type { RecognitionCase } from '../recognition/case.ts'
import type { Library } from '../recognition/library.ts'
import type { AcceptanceMatrix } from './acceptance-matrix.ts'
import { ask } from './ask.ts'
import { columnFor } from './columns.ts'

/** A requirement without which its policy would accept certificates that most others accept. */
export interface OutlierRule {
  policy: string
  requirement: string
  kind: string
  /** Certificates that it alone keeps out, sorted. */
  certificates: readonly string[]
  /** The smallest share of the other policies that accept one of these. */
  acceptedElsewhere: number
}

/** How large a share of the others has to accept. */
const most = 0.8
/** Fewer others than these are no majority to stand out from. */
const fewest = 3

/** Finds them by deciding again without the requirement. Sorted by how much they keep out, then by id. */
export function outlierRules(matrix: AcceptanceMatrix, certificates: readonly RecognitionCase[], library: Library): OutlierRule[] {
  const found = new Map<string, OutlierRule>()
  const byId = new Map(certificates.map((each) => [each.id, each]))
  for (const { certificate, cells, asked, accepts } of matrix.rows) {
    const elsewhere = accepts / (asked - 1)
    if (asked - 1 < fewest || elsewhere < most) continue
    const given = byId.get(certificate)!
    cells.forEach((cell, at) => {
      if (cell.verdict !== 'asks' && cell.verdict !== 'refuses') return
      const policy = matrix.policies[at]!
      const [requirement, ...others] = cell.blockedBy
      const rule = library.policies.get(policy)!.requirements.find(({ id }) => id === requirement)
      // What blocks may also be a requirement of a law.
      if (!rule || others.length > 0 || !acceptsWithout(rule.id, policy, given, library)) return
      const key = `${policy}\u0000${rule.id}`
      const known = found.get(key)
      found.set(key, {
        policy,
        requirement: rule.id,
        kind: rule.kind,
        certificates: [...(known?.certificates ?? []), certificate].sort(),
        acceptedElsewhere: Math.min(known?.acceptedElsewhere ?? 1, Math.round(elsewhere * 1e4) / 1e4),
      })
    })
  }
  return [...found.values()].sort(
    (one, other) => other.certificates.length - one.certificates.length || (one.requirement < other.requirement ? -1 : 1),
  )
}

function acceptsWithout(requirement: string, id: string, given: RecognitionCase, library: Library): boolean {
  const policy = library.policies.get(id)!
  const others = { ...policy, requirements: policy.requirements.filter((each) => each.id !== requirement) }
  if (others.requirements.length === 0) return true
  const without: Library = { ...library, policies: new Map([...library.policies, [id, others]]) }
  const column = columnFor(id, given, without)
  return column !== undefined && ask(column, given, () => [given.credentials], without).verdict === 'accepts'
}

/** Kinds of requirement that only one of the policies has, by policy; nothing where fewer than four are compared. */
export function rareRules(matrix: AcceptanceMatrix, library: Library): { policy: string; kind: string }[] {
  if (matrix.policies.length <= fewest) return []
  const owners = new Map<string, Set<string>>()
  for (const id of matrix.policies)
    for (const { kind } of library.policies.get(id)!.requirements) owners.set(kind, (owners.get(kind) ?? new Set<string>()).add(id))
  return [...owners]
    .flatMap(([kind, ids]) => (ids.size === 1 ? [{ policy: [...ids][0]!, kind }] : []))
    .sort((one, other) => (one.kind < other.kind ? -1 : 1))
}
