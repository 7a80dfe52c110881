/** Whether the registry says that the holder of a key may issue this (R-ISS-1): as for seals, only that there is a key and no certificate. */
import { covers, dayOf, millis, problem, type TrustEntry, type TrustRegistry } from '@cairn/core'
import type { VerdictFacts } from '@cairn/formats'
import { keyOfDid, sameBytes } from '@cairn/seals'
import { checkScope } from '../checks/award-scope.ts'
import { type IssuerResult, notInRegistry } from '../checks/issuer-trusted.ts'
import { finding, outcomeOf } from '../checks/result.ts'
import type { Signer } from './find-signer.ts'

const clause = 'R-ISS-1'

/** What the check looks at. */
export interface IssuerKeyQuestion {
  signer: Extract<Signer, { key: unknown }>
  registry: TrustRegistry
  facts: VerdictFacts
  now: string
}

/** Judges an issuer known by a key. */
export function checkIssuerKey({ signer, registry, facts, now }: IssuerKeyQuestion): IssuerResult {
  const holds = (entry: TrustEntry) =>
    entry.keys.some((did) => {
      // An entry may list the identifier whose document holds the key.
      if (signer.by === 'metadata' && did === facts.issuerId) return true
      const key = keyOfDid(did)
      return key !== undefined && sameBytes(key.spki, signer.key.spki)
    })
  const named = registry.issuers.filter(({ id }) => id === facts.issuerId)
  // An entry that names neither key nor number is known by its address alone: there, what the address publishes is the key.
  const byAddress = (entry: TrustEntry) => signer.by === 'metadata' && entry.keys.length === 0 && entry.organizationIdentifier === undefined
  const byItself = (entry: TrustEntry) => signer.by === 'identifier' && entry.keys.length === 0
  const entry = named.find((each) => holds(each) || byAddress(each) || byItself(each))
  if (entry) {
    const findings = judge(entry, facts, now)
    const outcome = outcomeOf(findings)
    return { outcome, findings, ...(outcome === 'failed' ? {} : { entry }) }
  }
  const notBound = (detail: string): IssuerResult => ({
    outcome: 'failed',
    findings: [finding('issuer.bound', 'failed', { problem: problem('issuer.not-bound-to-seal', detail), clause })],
  })
  if (registry.issuers.some(holds)) return notBound('The key is one of a body in the registry, and the document names another issuer.')
  if (named.some(({ keys }) => keys.length > 0)) return notBound('The registry knows the issuer that the document names, by another key.')
  const detail = named.length > 0 ? 'The registry names this issuer, but nothing proves that the key is theirs.' : notInRegistry(registry)
  return {
    outcome: 'unknown',
    findings: [finding('issuer.known', 'unknown', { problem: problem('issuer.not-known', detail), clause })],
    subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
  }
}

function judge(entry: TrustEntry, { issued, types, scope }: VerdictFacts, now: string) {
  const at = issued !== undefined && !Number.isNaN(millis(issued)) ? issued : now
  const may = covers(entry, dayOf(at)) && (entry.types.includes('*') || entry.types.some((type) => types.includes(type)))
  const found = [
    finding('issuer.bound', 'passed', { clause }),
    may
      ? finding('issuer.allowed', 'passed', { clause, note: entry.legalName })
      : finding('issuer.allowed', 'failed', {
          problem: problem('issuer.not-allowed', 'The registry does not allow this issuer to issue credentials of this type at that time.'),
          clause,
        }),
  ]
  // The time of issue is what the issuer says; an entry that has ended since vouches for nothing that is not proven to be older.
  if (may && !covers(entry, dayOf(now)))
    found.push(
      finding('issuer.allowed', 'unknown', {
        problem: problem('issuer.time-not-proven', 'The entry has ended, and nothing proves that this was issued before.'),
        clause,
      }),
    )
  if (may) found.push(...checkScope(entry, scope))
  if (entry.logRequired)
    found.push(
      finding('issuer.logged', 'unknown', {
        problem: problem('issuer.log-not-checked', 'The registry wants a public log for this issuer, which is not checked yet.'),
        clause,
      }),
    )
  return found
}
