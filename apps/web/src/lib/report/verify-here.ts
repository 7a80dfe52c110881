/** Verifying in the reader's own browser: the same verifier, loaded when it is needed, with evidence from this server. */
import type { EvidenceAnswer, EvidenceAsked } from '@cairn/api'
import type { Report, TrustRegistry } from '@cairn/core'
import type { Judged } from './judge-each.ts'

/** Reports that were made here, and the registry they rest on. `offline` tells that it is the one read last, and nothing could be asked. */
export interface VerifiedHere {
  reports: Judged[]
  registry: { name: string; readAt: string }
  offline: boolean
}

/**
 * Verifies what a share link opens: the sealed bytes and the evidence come from this server, the verdict from here.
 * @throws TypeError when the server cannot be reached
 */
export async function verifyShared(token: string): Promise<{ report: Report; registry: VerifiedHere['registry'] }> {
  // The verifier loads while the answers are under way.
  const [file, answer, { evidenceOf, judge }] = await Promise.all([
    ask(`/c/${token}/file`),
    ask(`/api/v1/shared/${token}/evidence`),
    import('./judge.ts'),
  ])
  const evidence = (await answer.json()) as EvidenceAnswer
  const report = await judge(new Uint8Array(await file.arrayBuffer()), evidenceOf(evidence))
  return { report, registry: nameOf(evidence.registry) }
}

/**
 * Verifies any bytes. They stay here: the server is asked for its registry, and for evidence of issuers that stand in it. Without a network the
 * registry is the one that was read last.
 * @throws TypeError when no registry can be had
 */
export async function verifyHere(bytes: Uint8Array): Promise<VerifiedHere> {
  const [answer, { gatherHere }, { judgeEach }] = await Promise.all([
    ask('/api/v1/registry'),
    import('./gather-here.ts'),
    import('./judge-each.ts'),
  ])
  const registry = (await answer.json()) as TrustRegistry
  const reports = await judgeEach(bytes, (part) => gatherHere(part, registry, askEvidence))
  return { reports, registry: nameOf(registry), offline: answer.headers.has('x-cairn-kept') }
}

async function askEvidence(asked: EvidenceAsked): Promise<EvidenceAnswer> {
  const answer = await ask('/api/v1/verify/evidence', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  })
  return (await answer.json()) as EvidenceAnswer
}

async function ask(where: string, how?: RequestInit): Promise<Response> {
  const answer = await fetch(where, how)
  if (!answer.ok) throw new TypeError(`${where.split('/').at(-1)}: ${answer.status}`)
  return answer
}

const nameOf = ({ name = '', readAt = '' }: TrustRegistry) => ({ name, readAt })
