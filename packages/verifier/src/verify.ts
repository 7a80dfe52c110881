/** The whole question, put to whoever knows the form: is this credential true, who stands behind it, is it current, was it revoked. */
import { millis, ProblemError, problem, type Report } from '@cairn/core'
import { type DocumentFormat, detectFormat } from '@cairn/formats'
import { examinePdf } from './containers/examine-pdf.ts'
import { examineElm } from './elm/examine-elm.ts'
import type { Evidence } from './evidence.ts'
import { examineBadgeToken } from './open-badges/examine-badge-token.ts'
import { examineOpenBadge } from './open-badges/examine-open-badge.ts'
import { examinePicture } from './open-badges/examine-picture.ts'
import type { Policy } from './policy.ts'
import { refused, undecided } from './report/report.ts'
import { examineSdJwt, examineVcJwt } from './sd-jwt/load.ts'

/** Judges one form of credential. A `ProblemError` it raises means that the bytes cannot be read as that form. */
export type Examine = (bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string) => Promise<Report>

/** Who judges which form: one line a form. */
const examiners: Partial<Record<DocumentFormat, Examine>> = {
  'elm-jades': examineElm,
  jwt: examineElm,
  'sd-jwt': examineSdJwt,
  'vc-jwt': examineVcJwt,
  'open-badge': examineOpenBadge,
  'open-badge-jwt': examineBadgeToken,
  'verifiable-credential': examineOpenBadge,
  png: (bytes, _, ...rest) => examinePicture(bytes, 'png', (found) => examiners[found], ...rest),
  pdf: (bytes, _, ...rest) => examinePdf(bytes, (found) => examiners[found], ...rest),
  svg: (bytes, _, ...rest) => examinePicture(bytes, 'svg', (found) => examiners[found], ...rest),
}

/**
 * Verifies anything. Pure: bytes, evidence, policy and the time (RFC 3339) go in, a report comes out; nothing is fetched, and nothing is thrown
 * whatever the bytes are. Values to show are in `view` alone, which is absent when the seal fails (R-DISP-1).
 * @example const report = await verify(bytes, { registry, statusLists: {}, retrievedAt: now }, standardPolicy, now)
 */
export async function verify(bytes: Uint8Array, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  if (Number.isNaN(millis(now))) return undecided('unknown', problem('input.invalid', 'The moment to judge at is none.'), now)
  const format = detectFormat(bytes)
  if (format === 'elm-unsealed')
    return refused(format, problem('seal.missing', 'The document carries no seal, so anybody can have written it.'), now)
  const examine = examiners[format]
  if (!examine)
    return refused(
      format,
      problem(
        'format.unreadable',
        format === 'unknown' ? 'This is no credential in a form that we know.' : `We do not verify this form yet (${format}).`,
      ),
      now,
    )
  try {
    return await examine(bytes, format, evidence, policy, now)
  } catch (error) {
    if (error instanceof ProblemError) return refused(format, error.problem, now)
    // A surprise is a fault of ours and no verdict on the document: could not be checked.
    return undecided(format, problem('server.internal', 'This could not be judged.'), now)
  }
}
