/** Part B of the requirements survey: what a body accepts. Each answer carries its piece of a policy. */
import { type FragmentRequirement, option, type SurveyQuestion } from './question.ts'

const need = (kind: string, onFail: string, onUnknown: string, more: Partial<FragmentRequirement> = {}): FragmentRequirement => ({
  kind,
  onFail,
  onUnknown,
  ...more,
})
/** A mark that no fact of a case tells: somebody looks at the certificate itself. */
const look = (mark: string, onUnknown: string) => ({
  requirements: [need('human-question', 'evidence', onUnknown, { params: { question: mark } })],
})
const supervised = need('supervision-id', 'condition', 'condition', { condition: 'supervised-test' })
const tested = need('assessed', 'refuse', 'evidence', { params: { awardTypes: ['successful-completion'] } })
const inPerson = need('in-person-final-assessment', 'condition', 'condition', { condition: 'test-in-person' })
const linked = { requirements: [need('competency-link', 'note', 'note')] }
const linkedByName = { requirements: [need('competency-link', 'evidence', 'evidence')] }
const trusted = (list: string) => ({ requirements: [need('issuer-trust', 'refer', 'refer', { params: { lists: [list] } })] })

/** Questions B1 to B12. */
export const questionsOfAcceptance: readonly SurveyQuestion[] = [
  {
    id: 'B1',
    part: 'B',
    answer: 'number-by-type',
    unit: 'hours',
    carries: { params: { minHours: '$value' }, requirements: [need('min-hours', 'refuse', 'evidence')] },
  },
  {
    id: 'B2',
    part: 'B',
    answer: 'rate',
    unit: 'hours',
  },
  {
    id: 'B3',
    part: 'B',
    answer: 'weights',
    options: [option('successful-completion'), option('participation'), option('attendance')],
    carries: { params: { typeFactor: '$value' }, requirements: [need('certificate-type', 'refuse', 'evidence')] },
  },
  {
    id: 'B4',
    part: 'B',
    answer: 'choices',
    options: [
      option('signature', { collect: { 'formal-marks': ['signature'] } }),
      option('seal', { collect: { 'formal-marks': ['seal'] } }),
      option('reference', { collect: { 'formal-marks': ['reference'] } }),
      option('date', {
        // A hundred years: every day that is told will do.
        requirements: [need('currency', 'evidence', 'evidence', { params: { years: 100 } })],
      }),
      option('duration', {
        params: { minHours: 0 },
        requirements: [need('min-hours', 'evidence', 'evidence')],
      }),
      option('place', look('place', 'note')),
      option('letterhead', look('letterhead', 'note')),
      option('apostille', look('apostille', 'evidence')),
    ],
  },
  {
    id: 'B5',
    part: 'B',
    answer: 'choices',
    options: [
      option('qualified-seal', {
        collect: { authenticity: ['qualified-eseal'] },
      }),
      option('advanced-seal', {
        collect: { authenticity: ['advanced-eseal'] },
      }),
      option('wallet', {
        collect: { authenticity: ['wallet-vc'] },
      }),
      option('badge', {
        collect: { authenticity: ['platform-verified'] },
      }),
      option('paper', {
        collect: { authenticity: ['paper'] },
      }),
    ],
  },
  {
    id: 'B6',
    part: 'B',
    answer: 'choice-or-list',
    options: [
      option('any'),
      option('accredited', {
        requirements: [need('accredited-at-issue', 'refer', 'evidence')],
      }),
      option('rtc', trusted('regional-training-centres')),
      option('partner', trusted('training-partners')),
    ],
    // Beside an option, a list of names.
    carries: { params: { recognisedIssuers: '$value' }, requirements: [need('issuer-listed', 'refer', 'evidence')] },
  },
  {
    id: 'B7',
    part: 'B',
    answer: 'choice',
    options: [
      option('none'),
      option('wmo-1209', linked),
      option('wmo-1209-named', linkedByName),
      option('national', linked),
      option('national-named', linkedByName),
    ],
  },
  {
    id: 'B8',
    part: 'B',
    answer: 'choice',
    options: [
      option('none'),
      option('test', { requirements: [tested] }),
      option('supervised', {
        requirements: [tested, supervised],
      }),
    ],
  },
  {
    id: 'B9',
    part: 'B',
    answer: 'choice',
    options: [
      option('yes'),
      option('tested-in-person', {
        requirements: [inPerson],
      }),
      option('blended', {
        requirements: [need('mode-in', 'refuse', 'evidence', { params: { modes: ['presential', 'blended'] } })],
      }),
      option('no', { requirements: [need('mode-in', 'refuse', 'evidence', { params: { modes: ['presential'] } })] }),
    ],
  },
  {
    id: 'B10',
    part: 'B',
    answer: 'number',
    unit: 'years',
    carries: {
      requirements: [need('currency', 'condition', 'evidence', { params: { years: '$value' }, condition: 'show-current-knowledge' })],
    },
  },
  {
    id: 'B11',
    part: 'B',
    answer: 'list',
    carries: { requirements: [need('language', 'refer', 'evidence', { params: { languages: '$value' } })] },
  },
  {
    id: 'B12',
    part: 'B',
    answer: 'choices',
    options: [
      option('promotion', { purpose: ['career-progression'] }),
      option('allowance', { purpose: ['career-progression'] }),
      option('cpd', { purpose: ['cpd'] }),
      option('licence', { purpose: ['licence'] }),
      option('entry', { purpose: ['employment'] }),
    ],
  },
]
