/** The SD-JWT VC of an award, for wallets: every personal claim is the holder's to reveal. */
import { ProblemError } from '@cairn/core'
import { composeSdJwtVc, learningCredentialType, lintSdJwtVc, prepareSdJwtVc } from '@cairn/formats'
import { createSalts } from '@cairn/keys'
import { issueSdJwt } from '@cairn/seals'
import type { FormGiven } from './form-given.ts'

/** Signs the token, of the European type under which wallets ask for learning credentials. Raises what the lint of the very claims finds. */
export async function signSdJwt({ edition, issuer, signer, award, issued, status }: FormGiven): Promise<Uint8Array> {
  const composed = composeSdJwtVc(prepareSdJwtVc(edition, issuer, { vct: learningCredentialType }), award, { issued, status })
  const [first, ...others] = lintSdJwtVc(composed)
    .filter(({ severity }) => severity === 'B')
    .map(({ problem }) => problem)
  if (first) throw new ProblemError(first.code, first.detail, first.pointer, others)
  const { claims, frame } = composed
  return new TextEncoder().encode(await issueSdJwt({ type: 'dc+sd-jwt', claims, frame, signer, salt: createSalts() }))
}
