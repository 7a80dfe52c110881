/** What several targets of the fuzzing do with their inputs. */
import { type Json, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { toBase64Url } from '@cairn/seals'
import { type Evidence, needsOfDocument, standardPolicy, verify } from '@cairn/verifier'

export const now = '2026-06-01T00:00:00Z'
export const evidence: Evidence = { registry: { anchors: [], trustedLists: [], issuers: [] }, statusLists: {}, retrievedAt: now }
const holder = { ...standardPolicy, holder: { required: true, audience: 'https://a.example', nonce: 'n' } }
export const utf8 = new TextEncoder()
export const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Judged whole: a report that speaks of a surprise is a find, for it came of an exception that is no problem. */
export async function judge(bytes: Uint8Array): Promise<void> {
  await needsOfDocument(bytes, evidence)
  const report = await verify(bytes, evidence, holder, now)
  if (report.findings.some(({ problem }) => problem?.code === 'server.internal')) throw new Error('A surprise while judging.')
}

export const objectOf = (bytes: Uint8Array): JsonObject => {
  const value: Json = parseJson(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ProblemError('format.unreadable', 'No object.')
  return value
}

/** Lines of JSON to a token: those of head and payload in base64url, the signature as text, disclosures behind it. */
export function tokenOf(bytes: Uint8Array): Uint8Array {
  const [head = '', payload = '', signature = '""', ...disclosures] = textOf(bytes).split('\n')
  const encode = (text: string) => toBase64Url(utf8.encode(text))
  const plain = signature.replace(/[^\w-]/g, '') || 'AAAA'
  const behind = disclosures.length > 0 ? `~${disclosures.map(encode).join('~')}~` : ''
  return utf8.encode(`${encode(head)}.${encode(payload)}.${plain}${behind}`)
}
