/** Deciding cases of recognition, with and without the search for counterfactuals, beside reading the case. */
import { createHash } from 'node:crypto'
import { type Json, parseJson, readLibrary, readRecognitionCase, recognise } from '@cairn/core'
import { perCpu, type Row, rateOf } from './measure.ts'

const credit: Json = {
  body: 'UNI',
  rank: 'institution',
  purpose: 'credit',
  effective: ['2025-01-01', null],
  requirements: [
    { id: '1', kind: 'authenticity', params: { proofs: ['qualified-eseal', 'wallet-vc'] }, onFail: 'refuse' },
    { id: '2', kind: 'holder-match', onFail: 'refuse' },
    { id: '3', kind: 'assessed', params: { awardTypes: ['successful-completion'] }, onFail: 'refuse' },
    { id: '4', kind: 'accredited-at-issue', params: { coverLevel: true }, onFail: 'refer' },
    { id: '5', kind: 'level', params: { tolerance: 1 }, onFail: 'refuse', onUnknown: 'refer' },
    { id: '6', kind: 'workload', onFail: 'reduce' },
    { id: '7', kind: 'outcome-coverage', onFail: 'reduce', onUnknown: 'refer' },
    { id: '8', kind: 'currency', params: { years: 5 }, onFail: 'condition', condition: 'challenge-test' },
    { id: '9', kind: 'supervision-id', onFail: 'condition', onUnknown: 'condition', condition: 'oral' },
    { id: '10', kind: 'cap', params: { externalMax: 90 }, onFail: 'reduce' },
    { id: '11', kind: 'not-already-counted', onFail: 'refuse' },
  ],
}
const outcomes = ['a', 'b', 'c', 'd', 'e'].map((id, at) => ({ id, weight: 0.2, mandatory: at < 2 }))
const accreditationRegistry = Array.from({ length: 50 }, (_, at) => ({
  id: `A${at}`,
  organisation: `HEI-${at}`,
  decision: 'positive',
  from: '2020-01-01',
  to: null,
  eqf: [6, 7],
}))
/** A third of everything is not as it should be, so that reasons are found and changes are searched for. */
const cases: Json[] = Array.from({ length: 60 }, (_, at) => ({
  id: `case-${at}`,
  type: 'recognition',
  asOf: '2026-03-01',
  target: 'M',
  policies: ['P'],
  credentials: [0, 1].slice(0, 1 + (at % 2)).map((each) => ({
    id: `c${each}`,
    awardType: at % 11 === 0 ? 'participation' : 'successful-completion',
    issuer: `HEI-${at % 55}`,
    issueDate: at % 3 === 0 ? '2019-06-01' : '2025-06-01',
    proof: 'qualified-eseal',
    status: at % 7 === 0 ? null : 'valid',
    holderMatch: 'verified',
    eqf: 5 + (at % 3),
    workload: [{ value: 2 + (at % 4), unit: 'ECTS' }],
    assessment: { type: 'quiz', supervised: at % 3 !== 1, idVerified: true, inPerson: true },
    mode: 'online',
    matches: Object.fromEntries(outcomes.slice(0, 2 + (at % 4)).map(({ id }) => [id, at % 5 === 0 ? 'partial' : 'full'])),
  })),
}))

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

/** Rows: reading and deciding, then the same with counterfactuals. */
export async function benchRecognition(): Promise<Row[]> {
  const targets = { M: { body: 'UNI', credits: 5, eqf: 6, iscedF: '0613', outcomes } }
  const library = readLibrary({ policies: { P: credit }, targets, accreditationRegistry })
  const texts = cases.map((each) => JSON.stringify(each))
  const read = texts.map((text) => readRecognitionCase(parseJson(text)))
  let turn = 0
  const next = () => turn++ % cases.length
  const reading = await rateOf(() => readRecognitionCase(parseJson(texts[next()]!)))
  const deciding = await rateOf(() => recognise(read[next()]!, library, hash, { counterfactual: false }))
  const searching = await rateOf(() => recognise(read[next()]!, library, hash))
  return [
    {
      what: 'recognise, 11 requirements',
      figure: perCpu(deciding),
      floor: `reading the case ${perCpu(reading)}`,
      ratio: reading.perCpu / deciding.perCpu,
      aim: '5,000/s',
      met: deciding.perCpu >= 5000,
    },
    { what: 'recognise with counterfactuals', figure: perCpu(searching), aim: '1,000/s', met: searching.perCpu >= 1000 },
  ]
}
