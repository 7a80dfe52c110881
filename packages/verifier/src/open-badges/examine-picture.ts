/** A picture with a credential in it: what is verified is the credential; the picture itself is nobody's word (R-SVG-1). */
import { ProblemError, type Report } from '@cairn/core'
import { type DocumentFormat, detectFormat, unbakePng, unbakeSvg } from '@cairn/formats'
import type { Evidence } from '../evidence.ts'
import type { Policy } from '../policy.ts'

type ExamineInside = (bytes: Uint8Array, format: DocumentFormat, evidence: Evidence, policy: Policy, now: string) => Promise<Report>

/**
 * Judges the credential in a PNG or an SVG by whoever knows its form.
 * @throws ProblemError `picture.*`, `format.unreadable` for a picture in a picture and other forms
 */
export async function examinePicture(
  bytes: Uint8Array,
  format: 'png' | 'svg',
  inside: (found: DocumentFormat) => ExamineInside | undefined,
  evidence: Evidence,
  policy: Policy,
  now: string,
): Promise<Report> {
  const text = format === 'png' ? await unbakePng(bytes) : unbakeSvg(bytes)
  // The oldest badges hold the address of the assertion alone, which stands in evidence when it was fetched.
  const address = /^https?:\/\/\S{1,2000}$/.exec(text.trim())?.[0]
  const fetched = address !== undefined && Object.hasOwn(evidence.hosted ?? {}, address) ? evidence.hosted![address] : undefined
  const credential = fetched ?? new TextEncoder().encode(text)
  const found = detectFormat(credential)
  const examine = found === 'png' || found === 'svg' ? undefined : inside(found)
  if (!examine) throw new ProblemError('format.unreadable', 'What the picture holds is no credential in a form that we know.')
  return { ...(await examine(credential, found, evidence, policy, now)), format }
}
