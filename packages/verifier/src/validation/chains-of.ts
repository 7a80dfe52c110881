/** The chains behind a seal that lead to an anchor, for whoever gathers statements on them. */

import { millis, ProblemError } from '@cairn/core'
import { detectFormat } from '@cairn/formats'
import { buildPath, type Certificate, checkSignature, checkTimeStamps, readJades, type SealRead } from '@cairn/seals'
import { anchorsOf, timeStampAnchorsOf } from '../checks/anchors.ts'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { statementsOn, type Values, valuesOf } from './values.ts'

/** A certificate of a trusted chain with its issuer. `isKnown` tells that a recent statement on its revocation is at hand, or any when it has ended. */
export interface ChainLink {
  certificate: Certificate
  issuer: Certificate
  isKnown: boolean
}

/** A chain, leaf first and anchor last: that of a sealer, or of a time-stamp authority. */
export interface TrustedChain {
  use: 'seal' | 'time-stamp'
  path: readonly Certificate[]
  links: readonly ChainLink[]
}

/** A certificate whose chain is asked for, with those that may stand between it and an anchor. */
export interface Leaf {
  use: TrustedChain['use']
  leaf: Certificate
  others: readonly Certificate[]
}

/**
 * Chains of an intact seal, of its sealers first and then of its time stamps; those that lead to no anchor are left out, and so is everything of a
 * seal that is not intact: nothing may be fetched at the wish of strangers (R-SSRF-2). Never throws for what is in the bytes.
 */
export async function chainsOf(bytes: Uint8Array, evidence: Evidence, policy: Policy, now: string): Promise<TrustedChain[]> {
  if (detectFormat(bytes) === 'pdf') return chainsOfSheet(bytes, evidence, policy, now)
  const seal = readOrNothing(bytes, evidence)
  if (!seal) return []
  const values = valuesOf(seal, evidence)
  const leaves: Leaf[] = []
  for (const signature of seal.signatures) {
    if ((await checkSignature(seal, signature)).length > 0) return []
    leaves.push({ use: 'seal', leaf: signature.certificates[0]!, others: signature.certificates })
  }
  for (const signature of seal.signatures)
    for (const { token, problems } of await checkTimeStamps(seal, signature))
      if (token?.signer && problems.length === 0 && !leaves.some(({ leaf }) => leaf === token.signer))
        leaves.push({ use: 'time-stamp', leaf: token.signer, others: token.certificates })
  return chainsOfLeaves(leaves, evidence, values, policy, now)
}

/** The chains of the seal of a document itself; those of the credential in it are asked for with that. */
async function chainsOfSheet(bytes: Uint8Array, evidence: Evidence, policy: Policy, now: string): Promise<TrustedChain[]> {
  const { leavesOfSheet } = await import('../containers/leaves-of-sheet.ts')
  const { leaves, store } = await leavesOfSheet(bytes)
  return chainsOfLeaves(leaves, evidence, valuesOf(undefined, evidence, store), policy, now)
}

async function chainsOfLeaves(
  leaves: readonly Leaf[],
  evidence: Evidence,
  values: Values,
  policy: Policy,
  now: string,
): Promise<TrustedChain[]> {
  const found: TrustedChain[] = []
  for (const { use, leaf, others } of leaves) {
    const chain = await chainOf(use, leaf, others, evidence, values, policy, now)
    if (chain) found.push(chain)
  }
  return found
}

/** The chain of one certificate, such as that of the key of a status list; `undefined` when it leads to no anchor. */
export async function chainOf(
  use: TrustedChain['use'],
  leaf: Certificate,
  others: readonly Certificate[],
  evidence: Evidence,
  values: Values = valuesOf(undefined, evidence),
  policy?: Policy,
  now = evidence.retrievedAt,
): Promise<TrustedChain | undefined> {
  const anchors = use === 'seal' ? anchorsOf(evidence) : timeStampAnchorsOf(evidence)
  const { path } = await buildPath(leaf, [...others, ...values.certificates], anchors, now)
  if (!path) return undefined
  const links: ChainLink[] = []
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1]!
    const statements = await statementsOn(certificate, issuer, values)
    const age = (policy?.revocationMaxAgeHours ?? 0) * 3_600_000
    // Of a certificate that has ended few say anything, so that what is at hand has to do.
    const hasEnded = millis(now) > millis(certificate.notAfter)
    const isKnown = statements.some(
      ({ thisUpdate, nextUpdate }) =>
        hasEnded || (nextUpdate !== undefined && millis(now) <= millis(nextUpdate)) || millis(now) - millis(thisUpdate) <= age,
    )
    links.push({ certificate, issuer, isKnown })
  }
  return { use, path, links }
}

function readOrNothing(bytes: Uint8Array, { detached }: Evidence): SealRead | undefined {
  try {
    return readJades(bytes, detached)
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}
