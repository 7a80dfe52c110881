/** What stands on the certificates and the body of a key, kept for a moment: a key seals thousands of credentials, and its authority is asked about it once. */
import { keepLast, type TrustRegistry } from '@cairn/core'
import type { Evidence } from '@cairn/verifier'

/** Statements on revocation, services of trusted lists, and what registries of accreditations say: the same for every credential of one key and level. */
export type SharedEvidence = Pick<Evidence, 'revocation' | 'accreditations'> & Pick<TrustRegistry, 'trustedServices'>

/** How long nobody is asked again, in milliseconds: this is how late a revocation of a certificate may be seen, and how soon one is asked again who was away. */
const standsFor = 60_000
const keptAtMost = 500
const kept = new Map<string, { at: number; statements: Promise<SharedEvidence> }>()

/** What is kept under a name, or what `gather` finds; two who ask at once share one question. */
export function recentStatements(name: string, now: string, gather: () => Promise<Evidence>): Promise<SharedEvidence> {
  const before = kept.get(name)
  const age = before ? Date.parse(now) - before.at : Number.NaN
  if (before && age >= 0 && age < standsFor) return before.statements
  const statements = gather().then(({ revocation, accreditations, registry: { trustedServices } }) => ({
    ...(revocation ? { revocation } : {}),
    ...(accreditations ? { accreditations } : {}),
    ...(trustedServices ? { trustedServices } : {}),
  }))
  statements.catch(() => kept.delete(name))
  return keepLast(kept, name, { at: Date.parse(now), statements }, keptAtMost).statements
}
