/** SD-JWT VC, and W3C credentials secured as SD-JWT: intact, of whom, whose, current, revoked. The checks, in order, on one page. */
import { ProblemError, type Report } from '@cairn/core'
import { factsOfSdJwtVc, factsOfW3c, openClaims, readSdJwtVc } from '@cairn/formats'
import { type Processed, processPayload, readSdJwt, type SdJwtRead } from '@cairn/seals'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import { checkHolder } from './check-holder.ts'
import { checkType } from './check-type.ts'
import { examineToken } from './examine-token.ts'
import { refuseNoCredential, refuseOldClaims } from './kind-of-token.ts'
import { viewOfDocument } from './view-of-document.ts'

/** Judges an SD-JWT or SD-JWT+KB. Raises what reading and processing raise (RFC 9901, 7). */
export async function examineSdJwt(bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  const read = readSdJwt(bytes)
  const processed = processPayload(read)
  const { payload } = processed
  const isVc = read.type === 'dc+sd-jwt'
  if (isVc) refuseHidden(read, processed)
  else {
    refuseOldClaims(payload)
    refuseNoCredential(payload)
  }
  return examineToken({
    token: read,
    format,
    facts: isVc ? factsOfSdJwtVc(payload) : factsOfW3c(payload),
    view: () => (isVc ? readSdJwtVc(payload) : viewOfDocument(payload)),
    holder: () => checkHolder(read, payload, policy, now),
    type: () => checkType(processed, evidence),
    evidence,
    policy,
    now,
  })
}

/** SD-JWT VC: a type, and registered claims with all that is in them in the open. */
function refuseHidden({ payload }: SdJwtRead, { disclosed }: Processed): void {
  if (typeof payload.vct !== 'string' || payload.vct === '') throw new ProblemError('sd-jwt.type-missing', 'There is no vct.', '/vct')
  const hidden = disclosed.find(({ path }) => (openClaims as readonly unknown[]).includes(path[0]))
  if (hidden) throw new ProblemError('sd-jwt.never-disclosable', 'A registered claim came in a disclosure.', `/${String(hidden.path[0])}`)
}
