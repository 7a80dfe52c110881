/** Credentials of the Digital Credentials Consortium. Their status lists stand elsewhere and are not at hand: unknown, and the rest judged. */
import { standardPolicy, verify } from '@cairn/verifier'
import { areThere, bytesOf, evidenceOf, type Judged, type Row, tableOf, textOf } from './row.ts'

/** The moment that the expectations are true for: `notExpired` and `expired` are words of the files' names. */
const now = '2026-01-01T00:00:00Z'

/** did:web documents as their method says they look: the key that the proof itself names in its fragment. */
function didDocuments(text: string): Record<string, Uint8Array> {
  const method = /"verificationMethod"\s*:\s*"(did:web:[^"#]+)#([^"]+)"/.exec(text)
  if (!method) return {}
  const [, id, key] = method as unknown as [string, string, string]
  const document = {
    id,
    verificationMethod: [{ id: `${id}#${key}`, controller: id, publicKeyMultibase: key }],
    assertionMethod: [`${id}#${key}`],
  }
  return { [id]: new TextEncoder().encode(JSON.stringify(document)) }
}

async function judge(file: string, [signature, current]: readonly string[]): Promise<Judged> {
  const text = textOf(file)
  const credential = JSON.parse(text) as { issuer: string | { id: string }; proof: { verificationMethod: string } }
  const id = typeof credential.issuer === 'string' ? credential.issuer : credential.issuer.id
  const entry = { id, legalName: 'Issuer of the test', keys: id.startsWith('did:') ? [id] : [], types: ['*'], logRequired: false }
  const report = await verify(bytesOf(file), evidenceOf({ issuers: [entry] }, { didDocuments: didDocuments(text) }), standardPolicy, now)
  const { seal, issuer, validity, status } = report.results
  const hasStatus = text.includes('"credentialStatus"')
  const wanted: readonly (readonly [string, boolean])[] =
    signature === '-'
      ? [['not valid yet', seal === 'passed' && validity === 'failed']]
      : [
          ['signature', seal === (signature === 'true' ? 'passed' : 'failed')],
          ['issuer', issuer === 'passed'],
          ['validity', validity === (current === 'true' ? 'passed' : 'failed')],
          ['status', status === (hasStatus ? 'unknown' : 'passed')],
        ]
  const wrong = wanted.filter(([, holds]) => !holds).map(([what]) => what)
  const codes = [...new Set(report.findings.flatMap(({ outcome, problem }) => (outcome === 'passed' ? [] : (problem?.code ?? []))))]
  return {
    got: `${report.verdict} (seal ${seal}, issuer ${issuer}, validity ${validity}, status ${status})`,
    why: [...codes, ...wrong.map((what) => `${what} differs`)].join(' '),
    agrees: wrong.length === 0,
  }
}

/** Rows of the consortium's files. */
export function dccRows(): Row[] {
  if (!areThere('dcc')) return []
  return tableOf('dcc/EXPECTED.tsv').map(([name, signature, current, revoked]) => {
    const file = `dcc/verifiableCredentials/${name}`
    const expected = signature === '-' ? 'not valid yet' : `signature ${signature}, not expired ${current}, not revoked ${revoked}`
    const unlike = name!.endsWith('badSchema.json')
      ? 'R-LD-2: a vocabulary stands in the document itself, and what its words mean is not signed'
      : undefined
    return { set: 'DCC', file, expected, ...(unlike ? { unlike } : {}), judge: () => judge(file, [signature!, current!]) }
  })
}
