/** Verifying in the reader's own browser: the same verifier, loaded when it is needed, with evidence from this server. */
import type { EvidenceAnswer } from '@cairn/api'
import type { Report } from '@cairn/core'
import { bytesOf } from './bytes-of.ts'

/** Verifies bytes with evidence that came along, such as with a shared credential. */
export async function verifyWith(bytes: Uint8Array, evidence: EvidenceAnswer): Promise<Report> {
  const { standardPolicy, verify } = await import('@cairn/verifier')
  const statusLists = Object.fromEntries(Object.entries(evidence.statusLists).map(([address, base64]) => [address, bytesOf(base64)]))
  const now = new Date().toISOString()
  return verify(bytes, { registry: evidence.registry, statusLists, retrievedAt: evidence.retrievedAt }, standardPolicy, now)
}

/**
 * Verifies what a share link opens: the sealed bytes and the evidence come from this server, the verdict from here.
 * @throws TypeError when the server cannot be reached
 */
export async function verifyShared(token: string): Promise<{ report: Report; evidence: EvidenceAnswer }> {
  // The verifier loads while the answers are under way.
  const [file, evidence] = await Promise.all([ask(`/c/${token}/file`), ask(`/api/v1/shared/${token}/evidence`), import('@cairn/verifier')])
  const known = (await evidence.json()) as EvidenceAnswer
  return { report: await verifyWith(new Uint8Array(await file.arrayBuffer()), known), evidence: known }
}

async function ask(where: string): Promise<Response> {
  const answer = await fetch(where)
  if (!answer.ok) throw new TypeError(`${where.split('/').at(-1)}: ${answer.status}`)
  return answer
}

/**
 * Verifies any bytes. The registry is asked first; status lists only of an issuer that it knows. Only addresses of lists leave the browser.
 * @throws TypeError when the server cannot be reached
 */
export async function verifyHere(bytes: Uint8Array): Promise<{ report: Report; evidence: EvidenceAnswer }> {
  const first = await askEvidence([])
  const report = await verifyWith(bytes, first)
  if (report.results.seal === 'failed' || report.results.issuer !== 'passed') return { report, evidence: first }
  const lists = await statusAddresses(bytes)
  if (lists.length === 0) return { report, evidence: first }
  const evidence = await askEvidence(lists)
  return { report: await verifyWith(bytes, evidence), evidence }
}

async function askEvidence(statusLists: readonly string[]): Promise<EvidenceAnswer> {
  const answer = await fetch('/api/v1/verify/evidence', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ statusLists }),
  })
  if (!answer.ok) throw new TypeError(`evidence: ${answer.status}`)
  return (await answer.json()) as EvidenceAnswer
}

async function statusAddresses(bytes: Uint8Array): Promise<string[]> {
  const [{ parseJson, ProblemError }, { factsForVerdict }] = await Promise.all([import('@cairn/core'), import('@cairn/formats')])
  try {
    const envelope = parseJson(bytes)
    const payload = envelope !== null && typeof envelope === 'object' && 'payload' in envelope ? envelope.payload : undefined
    if (typeof payload !== 'string') return []
    const document = parseJson(payload)
    if (document === null || typeof document !== 'object' || Array.isArray(document)) return []
    return [...new Set(factsForVerdict(document).statuses.map(({ list }) => list))].slice(0, 4)
  } catch (error) {
    if (error instanceof ProblemError || error instanceof TypeError) return []
    throw error
  }
}
