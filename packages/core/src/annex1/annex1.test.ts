import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Organisation } from '../organisation.ts'
import type { RuleFinding } from '../rules.ts'
import { AchievementSpecification, kinds } from '../specification.ts'
import { lintAward, lintSpecification } from './lint.ts'
import { readPhrase } from './phrase.ts'
import { wordsOf } from './words.ts'

const urn = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const institution: Organisation = {
  id: urn,
  legalName: { en: 'Northern Coast' },
  country: 'IE',
  identifiers: [{ kind: 'registration', value: '123' }],
  accreditations: [],
  higherEducation: true,
}
const on = '2026-05-12'
const complete = {
  id: urn,
  kind: 'micro-credential',
  title: { en: 'Climate data' },
  primaryLanguage: 'en',
  description: { en: 'Reading climate records.' },
  outcomes: [
    { key: 'a', title: { en: 'Homogenise a temperature series' }, assessedBy: ['project'] },
    { key: 'b', title: { en: 'Explain the uncertainty of a trend' }, assessedBy: ['project'] },
  ],
  workload: { ects: 2, hours: 52 },
  level: { eqf: 6, cycle: 'first' },
  assessments: [
    {
      key: 'project',
      title: { en: 'Project' },
      type: 'http://data.europa.eu/snb/assessment/795dac4096',
      criteria: { en: 'Names its data.' },
    },
  ],
  participation: ['http://data.europa.eu/snb/learning-assessment/e92d221e4d'],
  qualityAssurance: { type: 'internal' },
  annex2: {
    quality: 'a',
    transparency: 'b',
    relevance: 'c',
    assessment: 'd',
    pathways: 'e',
    recognition: 'f',
    'learner-centred': 'g',
    guidance: 'h',
  },
}
type Draft = Record<string, unknown>
const lint = (change: Draft = {}, body: Partial<Organisation> = {}): RuleFinding[] =>
  lintSpecification(AchievementSpecification.parse({ ...complete, ...change }), { institution: { ...institution, ...body }, on })
const codes = (findings: readonly RuleFinding[]) =>
  findings.map(({ severity, problem }) => `${severity} ${problem.code.replace('annex1.', '')}`)

test('Annex I: a complete micro-credential has no finding', () => {
  expect(lint()).toEqual([])
})

test.each<[string, string, Draft, string]>([
  ['A2', 'no title in the primary language', { title: { cs: 'Data' } }, 'B title-missing'],
  ['A2', 'a word of a full award', { title: { en: 'Diploma in climate data' } }, 'W title-full-award'],
  ['A2', 'a bare code', { title: { en: 'CLD 101' } }, 'W title-code'],
  ['A4', 'no official number', { awardingBody: { ...institution, identifiers: [] } }, 'B awarding-body-number-missing'],
  ['A6', 'no outcomes', { outcomes: [] }, 'B outcomes-missing'],
  [
    'A6',
    'an outcome that no assessment shows',
    { outcomes: [{ key: 'a', title: { en: 'Explain trends' }, assessedBy: ['none'] }] },
    'B outcome-not-assessed',
  ],
  [
    'A6',
    'a topic heading',
    { outcomes: [{ key: 'a', title: { en: 'Communication and creativity' }, assessedBy: ['project'] }] },
    'W outcome-verb',
  ],
  [
    'A6',
    'a verb nobody can watch',
    { outcomes: [{ key: 'a', title: { en: 'Understand the climate' }, assessedBy: ['project'] }] },
    'W outcome-vague',
  ],
  [
    'A6',
    'two verbs',
    { outcomes: [{ key: 'a', title: { en: 'Plan and conduct a survey' }, assessedBy: ['project'] }] },
    'W outcome-several',
  ],
  ['A6', 'the title again', { outcomes: [{ key: 'a', title: { en: 'climate  data' }, assessedBy: ['project'] }] }, 'W outcome-is-title'],
  ['A7', 'no workload', { workload: {} }, 'B workload-missing'],
  ['A7', 'contact hours alone', { workload: { contactHours: 12 } }, 'B workload-basis'],
  ['A7', 'more contact hours than hours', { workload: { ects: 2, hours: 52, contactHours: 60 } }, 'B workload-contact'],
  ['A7', 'a higher education body without ECTS', { workload: { hours: 52 } }, 'W workload-ects-wanted'],
  ['A7', 'a year of study', { workload: { ects: 60, hours: 1500 } }, 'W workload-not-small'],
  ['X2', 'hours that do not fit the credits', { workload: { ects: 2, hours: 90 } }, 'W workload-ratio'],
  ['A8', 'no level', { level: {} }, 'W level-missing'],
  ['A8', 'a cycle of another level', { level: { eqf: 6, cycle: 'second' } }, 'W level-cycle'],
  [
    'X4',
    'a national level of another country',
    {
      level: {
        eqf: 6,
        nqf: [{ concept: { id: 'http://data.europa.eu/snb/qdr/c_c392e7a2', label: { en: 'RQF Level 6' } }, country: 'GB' }],
      },
    },
    'W level-nqf-country',
  ],
  [
    'A8',
    'a national level of another EQF level',
    {
      level: {
        eqf: 5,
        nqf: [{ concept: { id: 'http://data.europa.eu/snb/qdr/c_218a7e54', label: { en: 'IE NQF Level 8' } }, country: 'IE' }],
      },
    },
    'W level-nqf-eqf',
  ],
  ['A9', 'no assessment', { assessments: [] }, 'B assessment-missing'],
  [
    'A9',
    'attendance alone',
    { assessments: [{ ...complete.assessments[0], type: 'http://data.europa.eu/snb/assessment/7331eb4762' }] },
    'B assessment-attendance',
  ],
  ['A9', 'a home-made type', { assessments: [{ ...complete.assessments[0], type: 'urn:own:type' }] }, 'B assessment-unlisted'],
  ['A9', 'no criteria', { assessments: [{ ...complete.assessments[0], criteria: undefined }] }, 'B assessment-criteria'],
  ['A9', 'graded without a scheme', { assessments: [{ ...complete.assessments[0], graded: true }] }, 'B assessment-scheme'],
  [
    'O2',
    'neither supervised nor verified',
    { assessments: [{ ...complete.assessments[0], supervision: 'http://data.europa.eu/snb/supervision-verification/c598449d64' }] },
    'W supervision-weak',
  ],
  ['A10', 'no form of participation', { participation: [] }, 'B participation-missing'],
  ['A10', 'an unlisted form', { participation: ['urn:own:mode'] }, 'B participation-unlisted'],
  ['A11', 'no quality assurance said', { qualityAssurance: undefined }, 'B quality-missing'],
  ['A11', 'external without a record', { qualityAssurance: { type: 'external-obligatory' } }, 'W quality-record-missing'],
  ['O4', 'stackable towards nothing', { stackability: { type: 'stackable' } }, 'W stackability-target'],
  ['X1', 'an end before the beginning', { activity: { from: '2026-05-01', to: '2026-04-01' } }, 'B dates-order'],
  [
    'X5',
    'recall at EQF 7',
    { level: { eqf: 7 }, outcomes: [{ key: 'a', title: { en: 'List the sources' }, assessedBy: ['project'] }] },
    'W level-verbs',
  ],
  ['X6', 'one outcome for a long course', { workload: { ects: 4, hours: 104 }, outcomes: [complete.outcomes[0]] }, 'P outcomes-few'],
  ['X7', 'formal and not accredited', { setting: 'formal' }, 'W setting-not-accredited'],
  ['X9', 'a text not in the primary language', { prerequisites: { cs: 'Statistika' } }, 'W language-missing'],
  ['X9', 'a text in another script', { title: { en: 'Climate data', el: 'Climate data' } }, 'B '],
  ['X12', 'an end without a reason', { validity: { months: 12 } }, 'W validity-reason'],
  ['X12', 'safety without an end', { safetyCritical: true }, 'P validity-none'],
  ['X14', 'a key twice', { outcomes: [complete.outcomes[0], complete.outcomes[0]] }, 'B key-twice'],
  ['P3', 'an open question of Annex II', { annex2: { ...complete.annex2, relevance: ' ' } }, 'P principle-open'],
])('%s finds %s', (rule, name, change, wanted) => {
  if (name === 'a text in another script') {
    const findings = lint({ description: { en: 'Reading records.', el: 'Reading records' } })
    expect(codes(findings)).toEqual(['W language-script'])
    return
  }
  const findings = lint(change)
  expect(codes(findings)).toContain(wanted)
  const finding = findings.find(({ problem }) => wanted.endsWith(problem.code.replace('annex1.', '')))
  expect(finding?.rule).toBe(rule)
  expect(finding?.problem.pointer).toMatch(/^\//)
  expect(finding?.problem.detail).toMatch(/^[A-Z\d].*[.?]$/)
})

test('A11 a record that covers another level or day does not count', () => {
  const record = {
    title: { en: 'Review' },
    type: 'http://data.europa.eu/snb/accreditation/bb4618238e',
    agency: { legalName: { en: 'Agency' }, country: 'IE' },
    issued: '2020-01-01',
  }
  const quality = (change: Draft) =>
    codes(lint({ qualityAssurance: { type: 'external-obligatory', accreditations: [{ ...record, ...change }] } }))
  expect(quality({})).toEqual([])
  expect(quality({ eqfLevels: [5] })).toContain('W quality-not-covered')
  expect(quality({ validUntil: '2026-05-11' })).toContain('W quality-not-covered')
  expect(quality({ validUntil: '2026-05-12', decision: 'positive-with-conditions' })).toEqual([])
  expect(quality({ decision: 'negative' })).toContain('W quality-not-covered')
  expect(quality({ countries: ['ES'] })).toContain('W quality-not-covered')
})

test('other kinds go without outcomes, and never carry the label (X13)', () => {
  for (const kind of kinds.filter((each) => each !== 'micro-credential')) {
    const parts = [{ key: 'a', title: { en: 'Part' } }]
    const bare = { kind, outcomes: [], assessments: [], participation: [], qualityAssurance: undefined, workload: {}, level: {}, parts }
    expect(
      lint(bare).filter(({ severity }) => severity === 'B'),
      kind,
    ).toEqual([])
    for (const title of [
      { en: 'Micro-credential in data' },
      { en: 'Data', cs: 'Mikrocertifikát: data' },
      { en: 'Data', de: 'Microcredential Daten' },
    ])
      expect(codes(lint({ ...bare, title })), kind).toContain('B kind-label')
  }
  expect(codes(lint({ kind: 'certificate-of-attendance', outcomes: [], assessments: [] }))).toContain('B workload-unassessed-ects')
  expect(codes(lint({ kind: 'transcript', parts: [] }))).toContain('B parts-missing')
})

test.each([
  [
    'en',
    ['Analyse a data set', 'The learner can calibrate a sensor', 'be able to write a report', 'To plan a campaign', 'Visualize results'],
    ['Developing content', 'Data analysis', 'Climate basics', 'Project management', 'Design principles'],
  ],
  [
    'cs',
    ['Navrhnout databázi', 'Student umí vysvětlit princip', 'Analyzovat data', 'Používá přístroj bezpečně'],
    ['Základy statistiky', 'Komunikace a kreativita'],
  ],
  [
    'de',
    ['Temperaturreihen homogenisieren', 'Daten analysieren', 'Bewertet Risiken'],
    ['Grundlagen der Statistik', 'Kommunikation und Kreativität'],
  ],
  [
    'fr',
    ['Analyser des données', 'Concevoir une étude', 'être capable de rédiger un rapport'],
    ['Communication et créativité', 'Métier de la donnée'],
  ],
  ['es', ['Analizar datos', 'Diseñar una encuesta', 'Es capaz de redactar un informe'], ['Comunicación y creatividad', 'Lugar de trabajo']],
])('A6 tells verbs from topics in %s', (tag, verbs, topics) => {
  const words = wordsOf(tag)!
  for (const text of verbs) expect(readPhrase(text, words).verb, text).toBeDefined()
  for (const text of topics) expect(readPhrase(text, words).verb, text).toBeUndefined()
})

test('A6 stays silent about style in a language whose verbs we do not know', () => {
  expect(
    lint({
      primaryLanguage: 'fi',
      title: { fi: 'Ilmasto' },
      description: { fi: 'Kuvaus' },
      outcomes: [{ key: 'a', title: { fi: 'Ilmaston perusteet' }, assessedBy: ['project'] }],
    }).filter(({ rule }) => rule === 'A6'),
  ).toEqual([])
})

const specification = AchievementSpecification.parse(complete)
const learner = { givenName: 'Ana', familyName: 'Andromeda', dateOfBirth: '1999-10-02' }
test.each([
  ['A1 only a mail address', { learner: { givenName: 'Ana', email: 'ana@example.org' } }, 'B learner-ambiguous'],
  ['A1 a birth date to come', { learner: { ...learner, dateOfBirth: '2027-01-01' } }, 'B birth-date-implausible'],
  ['A5 an award to come', { awardDate: '2026-05-13' }, 'B issue-date-future'],
  ['X1 an award before the assessment', { assessmentDate: '2026-05-11' }, 'B dates-order'],
  ['X1 an end before the award', { validUntil: '2026-05-01' }, 'B dates-order'],
  ['X10 a national number', { learner: { ...learner, nationalId: { value: '1', country: 'IE' } } }, 'W data-beyond-need'],
  ['X11 an institution that awards itself', { learner: { givenName: 'northern', familyName: 'Coast', identifier: '1' } }, 'B self-issued'],
])('an award: %s', (_, change, wanted) => {
  const award = { learner, awardDate: '2026-05-10', ...change }
  expect(codes(lintAward(award, { specification, institution, on }))).toContain(wanted)
  expect(lintAward({ learner, awardDate: '2026-05-10' }, { specification, institution, on })).toEqual([])
})

test('no draft makes the rules fail, and no detail quotes the learner', () => {
  const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  const langString = fc.dictionary(fc.constantFrom('en', 'cs', 'de', 'fr', 'es', 'ar', 'zh'), text, { maxKeys: 3 })
  fc.assert(
    fc.property(langString, fc.array(langString, { maxLength: 4 }), fc.constantFrom(...kinds), (title, outcomes, kind) => {
      const draft = { ...complete, kind, title, outcomes: outcomes.map((each, index) => ({ key: `k${index}`, title: each })) }
      for (const { problem } of lintSpecification(AchievementSpecification.parse(draft), { institution, on }))
        expect(problem.detail.length).toBeGreaterThan(10)
    }),
  )
})
