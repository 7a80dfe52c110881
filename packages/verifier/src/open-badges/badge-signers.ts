/** Who signed a badge, and whether the registry lets them speak for the issuer that the badge names (R-ISS-1, R-LD-3). */
import { problem, type TrustEntry, type TrustRegistry } from '@cairn/core'
import type { VerdictFacts } from '@cairn/formats'
import { didKeyOfSpki, keyOfDid, sameBytes } from '@cairn/seals'
import type { IssuerResult } from '../checks/issuer-trusted.ts'
import { finding } from '../checks/result.ts'
import { checkIssuerKey } from '../sd-jwt/check-issuer-key.ts'

/** A signer whose signature holds: the key, and who is said to speak with it. */
export interface BadgeSigner {
  readonly spki: Uint8Array
  /** The identifier that the key was found under; absent where a key came with the badge itself and nobody vouches for it. */
  readonly controller?: string | undefined
  /** True when the controller's identifier, or its document, proves that the key is theirs. */
  readonly proven: boolean
}

const clause = 'R-ISS-1'

/** True when the entry lists the key: as did:key or did:jwk, or by the identifier that is proven to hold it. */
export function entryHolds(entry: TrustEntry, { spki, controller, proven }: BadgeSigner): boolean {
  if (proven && controller !== undefined && entry.keys.includes(controller)) return true
  const same = (did: string) => {
    const key = keyOfDid(did)
    return key !== undefined && sameBytes(key.spki, spki)
  }
  // RSA keys have a did:key too, which is only compared as text.
  return entry.keys.some(same) || entry.keys.includes(didKeyOfSpki(spki) ?? '')
}

/**
 * Judges the signers of a badge. One that is bound to the issuer is enough; a badge that nobody bound to its issuer signed is not the issuer's. An
 * issuer that is a key or did:web of an entry is that entry's.
 */
export function checkBadgeSigners(
  signers: readonly BadgeSigner[],
  registry: TrustRegistry,
  facts: VerdictFacts,
  now: string,
): IssuerResult {
  if (facts.issuerId === undefined)
    return {
      outcome: 'failed',
      findings: [
        finding('issuer.named', 'failed', { problem: problem('open-badge.issuer', 'The badge names no issuer.', '/issuer'), clause }),
      ],
    }
  const results = signers.map((signer) => judge(signer, registry, facts, now))
  return (
    results.find(({ outcome }) => outcome === 'passed') ??
    results.find(({ outcome }) => outcome === 'unknown') ??
    results[0] ?? { outcome: 'unknown', findings: [] }
  )
}

function judge(signer: BadgeSigner, registry: TrustRegistry, facts: VerdictFacts, now: string): IssuerResult {
  const holders = registry.issuers.filter((entry) => entryHolds(entry, signer))
  const issuer = facts.issuerId!
  const bound = signer.controller === issuer
  const itself = bound && signer.proven
  // The issuer is named by the key itself or by the did:web that holds it: then the entry that lists it says who that is.
  const entry = holders.find(({ id }) => id === issuer) ?? (itself ? holders[0] : undefined)
  const key = { algorithm: 'EdDSA' as const, spki: signer.spki }
  if (entry) {
    const listed: TrustRegistry = { ...registry, issuers: [{ ...entry, id: issuer, keys: [] }] }
    const result = checkIssuerKey({ signer: { by: 'identifier', key }, registry: listed, facts, now })
    return result.entry ? { ...result, entry } : result
  }
  const asked = checkIssuerKey({ signer: { by: itself ? 'identifier' : 'registry', key }, registry, facts, now })
  if (asked.outcome !== 'unknown' || bound) return asked
  return {
    outcome: 'failed',
    findings: [
      finding('issuer.bound', 'failed', {
        problem: problem('issuer.not-bound-to-seal', 'The key that signed is not one of the issuer that the badge names.'),
        clause: 'R-LD-3',
      }),
    ],
  }
}
