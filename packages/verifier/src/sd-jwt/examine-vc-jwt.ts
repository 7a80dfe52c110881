/** A W3C credential secured as a JWT (VC-JOSE-COSE, 3.1). */
import type { Report } from '@cairn/core'
import { factsOfW3c } from '@cairn/formats'
import { readToken } from '@cairn/seals'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { examineToken } from './examine-token.ts'
import { refuseNoCredential, refuseOldClaims } from './kind-of-token.ts'
import { viewOfDocument } from './view-of-document.ts'

/** Judges a VC-JWT of the media type `vc+jwt`. Raises what reading it raises, and `vc-jose.claim-forbidden`, `sd-jwt.wrong-kind`. */
export async function examineVcJwt(bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  const token = readToken(new TextDecoder('latin1').decode(bytes).replace(/\r?\n$/, ''), ['vc+jwt'])
  refuseOldClaims(token.payload)
  refuseNoCredential(token.payload)
  return examineToken({
    token,
    format,
    facts: factsOfW3c(token.payload),
    view: () => viewOfDocument(token.payload),
    evidence,
    policy,
    now,
  })
}
