/** Until when a seal will hold by what is in it: what tells that it is time to renew (R-LTV-4). */
import { millis } from '@cairn/core'
import { checkTimeStamps, type DetachedFile, readJades, sealAlgorithms } from '@cairn/seals'
import type { Policy } from '../policy.ts'
import { acceptedUntil } from './accepted-until.ts'

/**
 * The moment (RFC 3339) at which the newest sound time stamp of the first signature stops counting: its certificate or an algorithm ends. Without one
 * it is the end of the sealing certificate. Says nothing of trust. Raises what reading a seal raises.
 */
export async function protectedUntil(bytes: Uint8Array, policy: Policy, detached: readonly DetachedFile[] = []): Promise<string> {
  const seal = readJades(bytes, detached)
  const signature = seal.signatures[0]!
  const [leaf] = signature.certificates
  let newest = {
    at: Number.NEGATIVE_INFINITY,
    end: leaf ? endOf(leaf.notAfter, acceptedUntil(policy, sealAlgorithms[signature.algorithm], leaf)) : 0,
  }
  for (const { kind, token, problems } of await checkTimeStamps(seal, signature)) {
    if (problems.length > 0 || !token?.signer || !token.scheme || (kind !== 'sigTst' && kind !== 'arcTst')) continue
    const at = millis(token.genTime)
    if (at >= newest.at) newest = { at, end: endOf(token.signer.notAfter, acceptedUntil(policy, token.scheme, token.signer)) }
  }
  return new Date(newest.end).toISOString().replace('.000Z', 'Z')
}

const endOf = (notAfter: string, until: number) => Math.max(0, Math.min(millis(notAfter), until))
