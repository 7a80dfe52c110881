/** The judges of tokens, loaded when the first token comes: a page that shows a sealed document does not wait for them. */
import type { Report } from '@cairn/core'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'
import type { TokenNeeds } from './needs-of-token.ts'

type Given = [bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string]

let sdJwt: Promise<typeof import('./examine-sd-jwt.ts')> | undefined
let vcJwt: Promise<typeof import('./examine-vc-jwt.ts')> | undefined

/** Judges an SD-JWT or SD-JWT+KB. Raises what reading and processing raise (RFC 9901, 7). */
export async function examineSdJwt(...given: Given): Promise<Report> {
  sdJwt ??= import('./examine-sd-jwt.ts')
  return (await sdJwt).examineSdJwt(...given)
}

/** Judges a VC-JWT of the media type `vc+jwt` (VC-JOSE-COSE, 3.1). Raises what reading it raises. */
export async function examineVcJwt(...given: Given): Promise<Report> {
  vcJwt ??= import('./examine-vc-jwt.ts')
  return (await vcJwt).examineVcJwt(...given)
}

/** What a token names that a judgement would rest on; `undefined` for other forms. Never throws. */
export async function needsOfToken(bytes: Uint8Array): Promise<TokenNeeds | undefined> {
  return (await import('./needs-of-token.ts')).needsOfToken(bytes)
}
