/** The whole question, put to whoever knows the form: is this credential true, who stands behind it, is it current, was it revoked. */
import { millis, ProblemError, problem, type Report } from '@cairn/core'
import { type DocumentFormat, detectFormat } from '@cairn/formats'
import { examineElm } from './elm/examine-elm.ts'
import type { Evidence } from './evidence.ts'
import type { EvidencePackage } from './package/read-package.ts'
import type { Policy } from './policy.ts'
import { refused, undecided } from './report/report.ts'

/** Judges one form of credential. A `ProblemError` it raises means that the bytes cannot be read as that form. */
export type Examine = (bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string) => Promise<Report>

/**
 * Who judges which form: one line a form. All but the sealed European Digital Credential are loaded when the first of their form comes: a page that
 * shows a sealed document does not wait for them.
 */
const examiners: Partial<Record<DocumentFormat, Examine>> = {
  'elm-jades': examineElm,
  jwt: examineElm,
  'sd-jwt': async (...given) => (await import('./sd-jwt/examine-sd-jwt.ts')).examineSdJwt(...given),
  'vc-jwt': async (...given) => (await import('./sd-jwt/examine-vc-jwt.ts')).examineVcJwt(...given),
  'open-badge': examineBadge,
  'open-badge-jwt': async (...given) => (await import('./open-badges/examine-badge-token.ts')).examineBadgeToken(...given),
  'verifiable-credential': examineBadge,
  'verification-report': async (...given) => (await import('./report/examine-signed-report.ts')).examineSignedReport(...given),
  png: (...given) => examineContent(...given),
  pdf: (...given) => examineContent(...given),
  svg: (...given) => examineContent(...given),
  zip: examineArchive,
}

/** What an evidence package may hold: no further package. */
const sealed: Partial<Record<DocumentFormat, Examine>> = { 'elm-jades': examineElm, jwt: examineElm }

type Asked = [evidence: Evidence, policy: Policy, now: string]

async function examineArchive(bytes: Uint8Array, _format: string, ...asked: Asked): Promise<Report> {
  const found = await (await import('./package/read-package.ts')).readPackage(bytes)
  if (!found) throw new ProblemError('format.unreadable', 'The archive is no evidence package: verify what is in it.')
  return examineOpened(found, ...asked)
}

const examineOpened = async (found: EvidencePackage, ...asked: Asked): Promise<Report> =>
  (await import('./package/examine-package.ts')).examinePackage(found, (format) => sealed[format], ...asked)

let badges: Promise<typeof import('./open-badges/examine-open-badge.ts')> | undefined

async function examineBadge(...given: Parameters<Examine>): Promise<Report> {
  // Asking the loader each time takes a fortieth of a verification.
  badges ??= import('./open-badges/examine-open-badge.ts')
  return (await badges).examineOpenBadge(...given)
}

/**
 * Judges what a picture or a document holds: it is somebody's word, and the picture and the print are nobody's (R-SVG-1, R-DISP-1). A document is
 * judged by its own seal too, where it has one.
 */
async function examineContent(bytes: Uint8Array, format: string, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  const { contentOf } = await import('./containers/content-of.ts')
  const content = await contentOf(bytes, evidence)
  const examine = examiners[content.format]
  if (!examine) throw new ProblemError('format.unreadable', 'What it holds is no credential in a form that we know.')
  const inner = { ...(await examine(content.bytes, content.format, evidence, policy, now)), format }
  if (format !== 'pdf') return inner
  const { examineSheet } = await import('./containers/examine-sheet.ts')
  return examineSheet(inner, { bytes, content: content.bytes, evidence, policy, now })
}

/**
 * Verifies anything. Pure: bytes, evidence, policy and the time (RFC 3339) go in, a report comes out; nothing is fetched, and nothing is thrown
 * whatever the bytes are. Values to show are in `view` alone, which is absent when the seal fails (R-DISP-1).
 * @example const report = await verify(bytes, { registry, statusLists: {}, retrievedAt: now }, standardPolicy, now)
 */
export async function verify(bytes: Uint8Array, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  if (Number.isNaN(millis(now))) return atNoMoment(now)
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
  return judged(format, now, () => examine(bytes, format, evidence, policy, now))
}

/** Verifies an evidence package that was opened before, as {@link verify} does one that was not. */
export async function verifyPackage(found: EvidencePackage, evidence: Evidence, policy: Policy, now: string): Promise<Report> {
  if (Number.isNaN(millis(now))) return atNoMoment(now)
  return judged('zip', now, () => examineOpened(found, evidence, policy, now))
}

const atNoMoment = (now: string) => undecided('unknown', problem('input.invalid', 'The moment to judge at is none.'), now)

async function judged(format: DocumentFormat, now: string, examine: () => Promise<Report>): Promise<Report> {
  try {
    return await examine()
  } catch (error) {
    if (error instanceof ProblemError) return refused(format, error.problem, now)
    // A surprise is a fault of ours and no verdict on the document: could not be checked.
    return undecided(format, problem('server.internal', 'This could not be judged.'), now)
  }
}
