/** Seals, time stamps and an OCSP answer: the files of EU DSS with their table, the tokens beside the trusted lists, and the Commission's sample. */
import { ProblemError } from '@cairn/core'
import {
  carriedValues,
  checkSignature,
  checkTimeStamp,
  checkTimeStamps,
  levelOf,
  nameLine,
  parseCertificate,
  readJades,
  readOcsp,
  readTimeStamp,
  toBase64,
} from '@cairn/seals'
import { standardPolicy, verify } from '@cairn/verifier'
import { areThere, bytesOf, evidenceOf, type Judged, type Row, tableOf } from './row.ts'

/** What the table of EU DSS says, as what we say of a seal: its level, or the code of the refusal. */
const expectations: Record<string, string> = {
  'JAdES-BASELINE-B': 'sound, B-B',
  B: 'sound, B-B',
  T: 'sound, B-T',
  LTA: 'sound, B-LTA',
  'valid with detached sample.json': 'sound, B-B',
  invalid: 'seal.broken',
  rejected: 'json.syntax',
  JSON_NOT_ETSI: 'seal.malformed',
}

async function judgeSeal(file: string, expected: string, detached: string[]): Promise<Judged> {
  try {
    const seal = readJades(
      bytesOf(file),
      detached.map((name) => ({ name, bytes: bytesOf(`jades/dss/${name}`) })),
    )
    const [signature] = seal.signatures
    const stamps = await checkTimeStamps(seal, signature!)
    const problems = [...(await checkSignature(seal, signature!)), ...stamps.flatMap((each) => each.problems)]
    const got = problems[0]?.code ?? `sound, ${levelOf(signature!)}`
    return { got, why: stamps.map(({ kind }) => kind).join(' '), agrees: got === expected }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { got: error.problem.code, why: error.problem.detail, agrees: error.problem.code === expected }
  }
}

async function judgeToken(file: string): Promise<Judged> {
  // The file named .tsr is a bare token too: it has the bytes of timestamp.tst.
  const token = readTimeStamp(bytesOf(file))
  const [problem] = await checkTimeStamp(token)
  return { got: problem?.code ?? 'sound', why: token.genTime, agrees: problem === undefined }
}

async function judgeOcsp(file: string): Promise<Judged> {
  const { answers, producedAt } = readOcsp(bytesOf(file))
  return { got: 'read', why: `${answers[0]?.status}, ${producedAt}`, agrees: answers.length === 1 }
}

/** The Commission's sample with its authorities as anchors and its sealer in the registry. */
async function judgeSample(file: string, at: string, expected: string): Promise<Judged> {
  const bytes = bytesOf(file)
  const { certificates } = carriedValues(readJades(bytes).signatures[0]!.unsigned)
  const authorities = certificates.filter((der) =>
    /^(ANF AC Qualified Certificates for eSeal|root-ca),/.test(nameLine(parseCertificate(der).subject)),
  )
  const issuer = {
    id: 'urn:sealer',
    legalName: 'ORGANIZACION TEST',
    organizationIdentifier: 'VATES-A00000000',
    keys: [],
    types: ['*'],
    logRequired: false,
  }
  const report = await verify(bytes, evidenceOf({ anchors: authorities.map(toBase64), issuers: [issuer] }), standardPolicy, at)
  const got = report.subIndication ? `${report.verdict}, ${report.subIndication}` : report.verdict
  return { got, why: `at ${at.slice(0, 10)}, ${report.signatures?.[0]?.level}`, agrees: got === expected }
}

/** Rows of seals. */
export function sealRows(): Row[] {
  const rows: Row[] = []
  if (areThere('jades/dss'))
    for (const [name, said] of tableOf('jades/dss/EXPECTED.tsv')) {
      const file = `jades/dss/${name!.split('/').at(-1)}`
      const expected = expectations[said!] ?? said!
      const detached = said!.includes('detached') ? ['sample.json'] : []
      rows.push({ set: 'JAdES', file, expected, judge: () => judgeSeal(file, expected, detached) })
    }
  if (areThere('trust')) {
    for (const name of ['archive_timestamp.tst', 'timestamp.tst', 'd-trust.tsr'])
      rows.push({ set: 'RFC 3161', file: `trust/${name}`, expected: 'sound', judge: () => judgeToken(`trust/${name}`) })
    rows.push({ set: 'OCSP', file: 'trust/sk_ocsp.bin', expected: 'read', judge: () => judgeOcsp('trust/sk_ocsp.bin') })
  }
  const sample = 'elm/samples/Sample-MC-Annex1-signed.jsonld'
  if (areThere(sample))
    for (const [at, expected] of [
      ['2023-09-28T00:00:00Z', 'valid'],
      ['2023-12-14T00:00:00Z', 'indeterminate, TRY_LATER'],
      ['2026-01-01T00:00:00Z', 'indeterminate, OUT_OF_BOUNDS_NO_POE'],
    ] as const)
      rows.push({ set: 'ELM', file: `${sample} (${at.slice(0, 10)})`, expected, judge: () => judgeSample(sample, at, expected) })
  return rows
}
