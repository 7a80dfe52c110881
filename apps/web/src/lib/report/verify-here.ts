/** Verifying in the reader's own browser: the same verifier, loaded when it is needed, with evidence from this server. */
import type { EvidenceAnswer } from '@cairn/api'
import type { Report } from '@cairn/core'
import { bytesOf } from './bytes-of.ts'

/** Verifies bytes with evidence that came along, such as with a shared credential. */
export async function verifyWith(bytes: Uint8Array, evidence: EvidenceAnswer): Promise<Report> {
  const { standardPolicy, verify } = await import('@cairn/verifier')
  const { registry, retrievedAt, revocation, certificates } = evidence
  const statusLists = Object.fromEntries(Object.entries(evidence.statusLists).map(([address, base64]) => [address, bytesOf(base64)]))
  const beside = {
    ...(revocation ? { revocation: { crls: revocation.crls.map(bytesOf), ocsps: revocation.ocsps.map(bytesOf) } } : {}),
    ...(certificates ? { certificates: certificates.map(bytesOf) } : {}),
  }
  return verify(bytes, { registry, statusLists, retrievedAt, ...beside }, standardPolicy, new Date().toISOString())
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
 * Verifies any bytes. The registry is asked first; status lists, and statements on the sealer's certificates, only of an issuer that it knows. Only
 * addresses of lists and certificates leave the browser.
 * @throws TypeError when the server cannot be reached
 */
export async function verifyHere(bytes: Uint8Array): Promise<{ report: Report; evidence: EvidenceAnswer }> {
  const first = await askEvidence([])
  const report = await verifyWith(bytes, first)
  // Whom the registry knows: what is missing for a verdict may be no more than a list, or a statement on a certificate.
  if (report.results.seal === 'failed' || report.registry === undefined) return { report, evidence: first }
  const [lists, certificates] = await Promise.all([statusAddresses(bytes), unansweredOf(bytes, first)])
  if (lists.length + certificates.length === 0) return { report, evidence: first }
  const evidence = await askEvidence(lists, certificates)
  return { report: await verifyWith(bytes, evidence), evidence }
}

async function askEvidence(statusLists: readonly string[], certificates: readonly string[] = []): Promise<EvidenceAnswer> {
  const answer = await fetch('/api/v1/verify/evidence', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ statusLists, certificates }),
  })
  if (!answer.ok) throw new TypeError(`evidence: ${answer.status}`)
  return (await answer.json()) as EvidenceAnswer
}

/** Certificates, base64 of their DER, of the chains to an anchor in which a statement on revocation is missing. */
async function unansweredOf(bytes: Uint8Array, { registry, retrievedAt }: EvidenceAnswer): Promise<string[]> {
  const { chainsOf, standardPolicy } = await import('@cairn/verifier')
  const chains = await chainsOf(bytes, { registry, retrievedAt, statusLists: {} }, standardPolicy, new Date().toISOString())
  const asked = chains.filter(({ links }) => links.some(({ isKnown }) => !isKnown)).flatMap(({ path }) => path.slice(0, -1))
  return [...new Set(asked.map(({ der }) => btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''))))].slice(0, 6)
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
