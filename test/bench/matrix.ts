/** The acceptance matrix of 200 certificates by 200 policies, and what is read from it for one certificate. */
import { acceptanceMatrix, forecast, type Json, readLibrary, readRecognitionCase, smallestProfiles } from '@cairn/core'
import type { Row } from './measure.ts'

const size = 200
const effects = ['refuse', 'evidence', 'refer', 'note'] as const

/** Policies of six to nine requirements; no two of them are alike in their numbers. */
function policyOf(at: number): Json {
  const effect = (n: number) => effects[(at + n) % 4]!
  const all: Json[] = [
    {
      id: `${at}-1`,
      kind: 'authenticity',
      params: { proofs: at % 3 === 0 ? ['qualified-eseal', 'paper'] : ['qualified-eseal'] },
      onFail: 'refuse',
    },
    { id: `${at}-2`, kind: 'holder-match', onFail: 'refuse' },
    { id: `${at}-3`, kind: 'certificate-type', onFail: 'refuse' },
    { id: `${at}-4`, kind: 'min-hours', onFail: effect(0) },
    { id: `${at}-5`, kind: 'formal-marks', params: { need: at % 2 === 0 ? ['reference'] : ['reference', 'seal'] }, onFail: 'evidence' },
    { id: `${at}-6`, kind: 'competency-link', onFail: 'note', onUnknown: 'note' },
    { id: `${at}-7`, kind: 'in-period', onFail: 'refuse' },
    { id: `${at}-8`, kind: 'assessed', params: { awardTypes: ['successful-completion'] }, onFail: effect(1) },
    { id: `${at}-9`, kind: 'currency', params: { years: 1 + (at % 9) }, onFail: 'condition', condition: 'refresher' },
  ]
  return {
    body: `BODY-${at}`,
    rank: 'institution',
    purpose: 'career-progression',
    effective: ['2025-01-01', null],
    params: { minHours: 4 + (at % 30), typeFactor: { 'successful-completion': 1, participation: at % 2 === 0 ? 0.5 : 0 }, generalCap: 40 },
    requirements: all.slice(0, 6 + (at % 4)),
  }
}
const targetOf = (at: number): Json => ({
  body: `BODY-${at}`,
  competencies: ['C1', `C${at % 12}`].filter((each, n, list) => list.indexOf(each) === n),
  period: ['2020-01-01', null],
})
const certificateOf = (at: number): Json => ({
  id: `certificate-${at}`,
  type: 'recognition',
  asOf: '2026-03-01',
  target: 'T0',
  policies: ['P0'],
  credentials: [
    {
      id: 'k',
      awardType: at % 4 === 0 ? 'participation' : 'successful-completion',
      issuer: `CENTRE-${at % 20}`,
      issueDate: at % 5 === 0 ? '2021-05-01' : '2025-05-01',
      proof: at % 3 === 0 ? 'paper' : 'qualified-eseal',
      status: 'valid',
      holderMatch: 'verified',
      workload: [{ value: 5 + (at % 40), unit: 'hours', basis: 'contact' }],
      assessment: at % 4 === 0 ? null : { type: 'quiz', supervised: at % 2 === 0, idVerified: true },
      marks: { reference: at % 2 === 0 ? `R-${at}` : null, signature: true, seal: at % 3 !== 1 },
      competencies: [`C${at % 12}`],
    },
  ],
})

const seconds = async (work: () => unknown) => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

/** Rows: the whole matrix, the forecast and the smallest profiles of one certificate. */
export async function benchMatrix(): Promise<Row[]> {
  const ids = Array.from({ length: size }, (_, at) => at)
  const library = readLibrary({
    policies: Object.fromEntries(ids.map((at) => [`P${at}`, policyOf(at)])),
    targets: Object.fromEntries(ids.map((at) => [`T${at}`, targetOf(at)])),
  })
  const certificates = ids.map((at) => readRecognitionCase(certificateOf(at)))
  const [matrix, one, profiles] = [
    await seconds(() => acceptanceMatrix(certificates, library)),
    await seconds(() => forecast(certificates[0]!, library)),
    await seconds(() => smallestProfiles(certificates[0]!, library)),
  ]
  return [
    { what: `acceptance matrix, ${size} x ${size}`, figure: `${matrix.toFixed(2)} s`, aim: 'under 10 s', met: matrix < 10 },
    { what: `forecast over ${size} policies`, figure: `${(one * 1000).toFixed(0)} ms`, aim: 'under 1 s', met: one < 1 },
    { what: `smallest profiles over ${size} policies`, figure: `${profiles.toFixed(2)} s`, aim: 'under 10 s', met: profiles < 10 },
  ]
}
