/** Domain 5: 24 questions in seven languages and any other, three states beside a value, drafts that can be read, and an analysis that tells on nobody. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placesIn } from '../fill-places.ts'
import type { Json, JsonObject } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { readRecognitionCase } from '../recognition/case.ts'
import { readLibrary } from '../recognition/library.ts'
import { recognise } from '../recognition/recognise.ts'
import { analyse } from './analyse.ts'
import { analysisRows } from './analysis-rows.ts'
import { readAnswers } from './answers.ts'
import { carryOver } from './carry-over.ts'
import { compareCodings, freeTextsOf, sumUpCodes } from './coding.ts'
import { contradictionsAmong, contradictionsIn } from './contradictions.ts'
import { guidelineOfSurvey } from './guideline-of-survey.ts'
import { policyFromAnswers } from './policy-from-answers.ts'
import { surveySections } from './sections.ts'
import { survey } from './survey.ts'
import { readTranslation, translationRows } from './translation.ts'
import { answersOf, anyAnswers } from './vectors/answers.ts'
import { surveyText, surveyWordsIn, wordsOfSurvey } from './words/words-of-survey.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const problemsOf = (work: () => unknown) => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
}

test('24 questions, none twice, with words in seven languages, each in its own script and with the same places', () => {
  expect(survey.questions).toHaveLength(24)
  expect(new Set(survey.questions.map(({ id }) => id)).size).toBe(24)
  const keys = survey.questions.flatMap(({ id, options = [] }) => [id, ...options.map((option) => `${id}.${option.id}`)])
  for (const key of keys) expect(Object.keys(surveyText(key)), key).toEqual(survey.languages)
  const script = { en: /[a-z]/i, fr: /[a-z]/i, es: /[a-z]/i, cs: /[a-z]/i, ru: /[а-яё]/i, zh: /\p{Script=Han}/u, ar: /[\u0600-\u06ff]/ }
  for (const language of survey.languages) {
    const words = wordsOfSurvey[language]
    expect(Object.keys(words)).toEqual(Object.keys(wordsOfSurvey.en))
    for (const [key, text] of Object.entries(words)) {
      expect(text, `${language} ${key}`).toMatch(key.includes('1209') ? /1209/ : script[language])
      expect(placesIn(text), `${language} ${key}`).toEqual(placesIn(wordsOfSurvey.en[key as keyof typeof words]))
    }
  }
})

describe('a translation', () => {
  const whole = (more: Record<string, string> = {}) =>
    translationRows('Which certificates count?').map(({ key, english }) => ({ key, text: more[key] ?? `P ${english}` }))

  test('the list has the title and every word, and what is translated already; filled in, it is read', () => {
    const rows = translationRows('Title', { title: 'Título', words: { ...wordsOfSurvey.es } })
    expect(rows[0]).toEqual({ key: 'title', english: 'Title', text: 'Título' })
    expect(rows).toHaveLength(1 + Object.keys(wordsOfSurvey.en).length)
    expect(readTranslation(rows)).toEqual({ title: 'Título', words: wordsOfSurvey.es })
  })

  test('each row that is wrong is told with its place: missing, unknown, twice, a place lost or added, signs that turn text', () => {
    const rows = whole({ 'A1.university': ' ', 'page.asks': 'P {hots} {body}', B1: 'P \u202eB1' })
    const told = problemsOf(() => readTranslation([...rows.filter(({ key }) => key !== 'B2'), { key: 'B99', text: 'x' }, rows[1]!]))
    const at = (key: string) => rows.filter((each) => each.key !== 'B2').findIndex((each) => each.key === key)
    expect(told.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['survey.word-missing', `/rows/${at('A1.university')}/text`],
      ['survey.word-unfit', `/rows/${at('B1')}/text`],
      ['survey.word-places', `/rows/${at('page.asks')}/text`],
      ['survey.word-unknown', `/rows/${rows.length - 1}/key`],
      ['survey.word-unknown', `/rows/${rows.length}/key`],
      ['survey.word-missing', '/rows'],
    ])
    expect(told[2]!.detail).toBe('“page.asks”: {host} is lost, {hots} is none of its places.')
  })
})

test('a language named as every object has members has no words, as an unknown one', () => {
  for (const language of ['pt', 'constructor', '__proto__', 'toString']) expect(surveyWordsIn(language), language).toBeUndefined()
  for (const language of survey.languages) expect(surveyWordsIn(language)).toBe(wordsOfSurvey[language])
})

test('every question is asked on one page, and consent on the last', () => {
  const asked = surveySections.flatMap(({ questions }): string[] => [...questions])
  expect(asked.toSorted()).toEqual(survey.questions.map(({ id }) => id).toSorted())
  expect(asked.at(-1)).toBe('D5')
})

describe('reading', () => {
  const wrong: readonly [string, JsonObject, string][] = [
    ['an unknown question', { B99: { value: 1 } }, '/answers/B99'],
    ['an unknown option', { B8: { value: 'perhaps' } }, '/answers/B8/value'],
    ['a share above 1', { B3: { value: { participation: 1.5 } } }, '/answers/B3/value/participation'],
    ['negative hours', { B10: { value: -1 } }, '/answers/B10/value'],
    ['an option twice', { B4: { value: ['seal', 'seal'] } }, '/answers/B4/value'],
    ['a value and a state', { B10: { value: 1, state: 'no-rule' } }, '/answers/B10'],
    ['neither', { B10: { source: 'The order' } }, '/answers/B10'],
    ['other without words', { B10: { state: 'other' } }, '/answers/B10/words'],
  ]
  test.each(wrong)('%s is a problem with its place', (_, answers, pointer) => {
    expect(problemsOf(() => readAnswers(answersOf(answers)))[0]).toMatchObject({ code: 'input.invalid', pointer })
  })
  test('another version of the survey is refused', () => {
    expect(problemsOf(() => readAnswers({ ...answersOf({}), version: 2 }))[0]).toMatchObject({ pointer: '/version' })
  })
})

describe('from answers to a policy', () => {
  const draft = (answers: JsonObject) => policyFromAnswers(readAnswers(answersOf(answers)))
  const of = (answers: JsonObject, kind: string) => draft(answers).policy.requirements.filter((each) => each.kind === kind)

  test('sixteen hours, participation for half, and marks become their requirements', () => {
    const { id, policy, open } = draft({
      B1: { value: 16 },
      B3: { value: { 'successful-completion': 1, participation: 0.5, attendance: 0 } },
      B4: { value: ['reference', 'seal', 'duration'] },
      B5: { value: ['paper', 'qualified-seal'] },
      B12: { value: ['promotion', 'cpd'] },
      D2: { value: 'law' },
    })
    expect(policy.params).toMatchObject({ minHours: 16, typeFactor: { participation: 0.5 } })
    expect(policy.requirements.map(({ kind }) => kind).sort()).toEqual(
      ['authenticity', 'certificate-type', 'formal-marks', 'holder-match', 'min-hours', 'min-hours'].sort(),
    )
    expect(policy.requirements.find(({ kind }) => kind === 'formal-marks')).toMatchObject({
      id: `${id}#B4`,
      params: { need: ['seal', 'reference'] },
    })
    expect(policy).toMatchObject({ purpose: ['career-progression', 'cpd'], rank: 'law' })
    expect(policy.modelledOn).toEqual({ survey: 'requirements', version: 1, answered: '2026-05-01' })
    expect(open.map(({ question }) => question)).toEqual(['B2', 'B6', 'B7', 'B8', 'B9', 'B10', 'B11'])
  })

  test('no rule asks for nothing; not knowing and other words ask a person', () => {
    expect(of({ B10: { state: 'no-rule' }, B12: { value: ['cpd'] } }, 'currency')).toEqual([])
    const asked = of(
      { B10: { state: 'do-not-know' }, B11: { state: 'other', words: 'As the order says' }, B12: { value: ['cpd'] } },
      'human-question',
    )
    expect(asked.map(({ onUnknown, params }) => [onUnknown, typeof (params as { question: unknown }).question])).toEqual([
      ['refer', 'object'],
      ['refer', 'string'],
    ])
  })

  test('hours that differ by type are drafted as the most, and told as open', () => {
    const { policy, open } = draft({ B1: { value: { participation: 30, 'successful-completion': 8 } } })
    expect(policy.params.minHours).toBe(30)
    expect(open).toContainEqual({ question: 'B1', why: 'differs-by-type' })
  })

  test('hours a year become a pathway of accumulation', () => {
    const { id, pathway } = draft({ B2: { value: { amount: 40, per: 'year' } } })
    expect(pathway?.accumulate).toEqual({ needHours: 40, policy: id })
  })

  const contradictory: readonly [string, JsonObject, string][] = [
    ['every type counts for nothing', { B3: { value: { attendance: 0 } } }, '/answers/B3'],
    ['attendance counts more than completion', { B3: { value: { 'successful-completion': 0.5, attendance: 1 } } }, '/answers/B3'],
    [
      'a test, and participation counts',
      { B8: { value: 'test' }, B3: { value: { 'successful-completion': 1, participation: 0.5 } } },
      '/answers/B8',
    ],
    ['a test in person, and none needed', { B8: { value: 'none' }, B9: { value: 'tested-in-person' } }, '/answers/B9'],
    [
      'hours for a type that does not count',
      { B1: { value: { attendance: 8 } }, B3: { value: { 'successful-completion': 1 } } },
      '/answers/B1',
    ],
  ]
  test.each(contradictory)('contradiction: %s', (_, answers, pointer) => {
    expect(problemsOf(() => draft(answers))[0]).toMatchObject({ code: 'survey.contradiction', pointer })
    for (const { at, to, detail } of contradictionsAmong(readAnswers(answersOf(answers)))) {
      expect(Object.keys(answers)).toEqual(expect.arrayContaining([at, to ?? at]))
      if (to) expect(detail).toContain(to)
    }
  })

  test('a certificate is decided by the draft: full, and refused below the hours', () => {
    const { id, policy } = draft({ B1: { value: 16 }, B8: { value: 'test' }, B12: { value: ['promotion'] } })
    const library = readLibrary({ policies: { [id]: policy as unknown as Json }, targets: { P: { body: 'SKY', competencies: ['OBS'] } } })
    const decide = (hours: number) =>
      recognise(
        readRecognitionCase({
          id: 'c',
          type: 'recognition',
          asOf: '2026-06-01',
          target: 'P',
          policies: [id],
          credentials: [
            {
              id: 'k',
              awardType: 'successful-completion',
              holderMatch: 'verified',
              workload: [{ value: hours, unit: 'hours' }],
              assessment: { type: 'quiz' },
              competencies: ['OBS'],
            },
          ],
        }),
        library,
        hash,
      ).outcome
    expect([decide(16), decide(15)]).toEqual(['full', 'refused'])
  })

  test('property: a draft can always be read as part of a library, and only contradictions keep it from being made', () => {
    fc.assert(
      fc.property(anyAnswers, (json) => {
        const answers = readAnswers(json)
        if (contradictionsIn(answers).length > 0) {
          expect(problemsOf(() => policyFromAnswers(answers))[0]?.code).toBe('survey.contradiction')
          return
        }
        const { id, policy } = policyFromAnswers(answers)
        const again = readLibrary(JSON.parse(JSON.stringify({ policies: { [id]: policy } })) as Json)
        expect(again.policies.get(id)).toEqual(policy)
      }),
      { numRuns: 400 },
    )
  })
})

describe('changed answers', () => {
  const draft = (answers: JsonObject) => policyFromAnswers(readAnswers(answersOf(answers))).policy as unknown as JsonObject
  const requirementsOf = (rules: JsonObject) => rules.requirements as (JsonObject & { id: string; kind: string })[]
  const given = { B1: { value: 16 }, B8: { value: 'test' }, B10: { value: 5 }, B12: { value: ['promotion'] } }

  test('what the answers changed changes, and what the body corrected itself stays', () => {
    const before = draft(given)
    const own = requirementsOf(before).map((each) => (each.kind === 'assessed' ? { ...each, onFail: 'condition' } : each))
    const rules = {
      ...before,
      title: { en: 'Our own title' },
      params: { ...(before.params as JsonObject), generalCap: 30 },
      requirements: own,
    }
    const after = draft({
      B1: { value: 20 },
      B8: { value: 'test' },
      B9: { value: 'no' },
      B12: { value: ['licence'] },
      D2: { value: 'law' },
    })
    const merged = carryOver(rules as JsonObject, before, after)
    expect(merged).toMatchObject({
      title: { en: 'Our own title' },
      params: { minHours: 20, generalCap: 30 },
      purpose: ['licence'],
      rank: 'law',
    })
    const kinds = requirementsOf(merged).map(({ kind }) => kind)
    expect(kinds).not.toContain('currency')
    expect(kinds.at(-1)).toBe('mode-in')
    expect(requirementsOf(merged).find(({ kind }) => kind === 'assessed')).toMatchObject({ onFail: 'condition' })
    // A requirement that the body took out comes back only where its answer changed.
    const without = { ...before, requirements: requirementsOf(before).filter(({ kind }) => kind !== 'assessed') }
    expect(requirementsOf(carryOver(without as JsonObject, before, after)).map(({ kind }) => kind)).not.toContain('assessed')
  })

  test('property: the same answers change nothing; rules that nobody corrected become what the later answers give', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (one, other) => {
        const [first, second] = [readAnswers(one), readAnswers(other)]
        fc.pre(contradictionsIn(first).length + contradictionsIn(second).length === 0)
        const [before, after] = [first, second].map((each) => policyFromAnswers(each).policy as unknown as JsonObject) as [
          JsonObject,
          JsonObject,
        ]
        expect(carryOver(before, before, before)).toEqual(before)
        const merged = carryOver(before, before, after)
        expect(merged).toMatchObject({ params: after.params, purpose: after.purpose, rank: after.rank })
        expect(new Set(requirementsOf(merged).map(({ id }) => id))).toEqual(new Set(requirementsOf(after).map(({ id }) => id)))
      }),
      { numRuns: 100 },
    )
  })
})

describe('analysis', () => {
  const one = (country: string, region: string, hours: number, consent = 'together') =>
    readAnswers(answersOf({ A1: { value: 'weather-service' }, B1: { value: hours }, D5: { value: consent } }, { country, region }))

  test('median and quartiles, and the three states apart', () => {
    const { distributions } = analyse([one('CZ', 'Europe', 8), one('AT', 'Europe', 16), one('EG', 'Africa', 20), one('KE', 'Africa', 40)])
    const b1 = distributions.find(({ question }) => question === 'B1')!
    expect(b1.numbers).toEqual([{ count: 4, least: 8, lowerQuartile: 14, median: 18, upperQuartile: 25, most: 40 }])
    expect(distributions.find(({ question }) => question === 'B10')).toMatchObject({ answered: 0, skipped: 4, noRule: 0 })
  })

  test('without consent nothing is told; a country is named only if it wants to be', () => {
    const answers = [one('CZ', 'Europe', 8, 'named'), one('AT', 'Europe', 16), one('NO', 'Europe', 20), one('DE', 'Europe', 99, 'no')]
    const { keptBack, countries, distributions } = analyse(answers)
    expect(keptBack).toBe(1)
    expect(countries).toEqual([{ country: 'CZ', responses: 1 }])
    expect(distributions.find(({ question }) => question === 'B1')?.numbers[0]).toMatchObject({ count: 3, most: 20 })
  })

  test('what may be told only together is kept back while it could be had by taking away what is named', () => {
    const { keptBack, distributions } = analyse([
      one('CZ', 'Europe', 8, 'named'),
      one('EG', 'Africa', 10, 'named'),
      one('AT', 'Europe', 16),
    ])
    expect(keptBack).toBe(1)
    expect(distributions.find(({ question }) => question === 'B1')?.numbers[0]).toMatchObject({ count: 2, most: 10 })
  })

  test('a region where one country alone is not named stands with others', () => {
    const answers = [
      one('CZ', 'Europe', 8, 'named'),
      one('AT', 'Europe', 16),
      one('EG', 'Africa', 20),
      one('KE', 'Africa', 24),
      one('CA', 'Americas', 2, 'named'),
    ]
    const rows = analyse(answers).crossTabs.find(({ question, by }) => question === 'B1' && by === 'region')!.rows
    expect(rows.map(({ group, answered }) => [group, answered])).toEqual([
      ['Americas', 1],
      ['others', 4],
    ])
  })

  test('a region of one country stands with others, and cannot be had by subtraction', () => {
    const { crossTabs } = analyse([
      one('CZ', 'Europe', 8),
      one('AT', 'Europe', 16),
      one('EG', 'Africa', 20),
      one('US', 'Americas', 1),
      one('CA', 'Americas', 2),
    ])
    const rows = crossTabs.find(({ question, by }) => question === 'B1' && by === 'region')!.rows
    expect(rows.map(({ group, answered }) => [group, answered])).toEqual([
      ['Europe', 2],
      ['others', 3],
    ])
    expect(rows[0]!.numbers).toEqual([{ count: 2, least: 8, lowerQuartile: 10, median: 12, upperQuartile: 14, most: 16 }])
  })

  test('amounts that only one unnamed country gave in a group are in no group, and the others are', () => {
    const by = (country: string, region: string, hours: object | number) =>
      readAnswers(answersOf({ B1: { value: hours as never }, D5: { value: 'together' } }, { country, region }))
    const bodies = [
      by('CZ', 'Europe', { participation: 24 }),
      by('AT', 'Europe', 16),
      by('NO', 'Europe', 20),
      ...['EG', 'KE'].flatMap((country) => [by(country, 'Africa', { participation: 8 }), by(country, 'Africa', 10)]),
    ]
    const rows = analyse(bodies).crossTabs.find(({ question, by: which }) => question === 'B1' && which === 'region')!.rows
    expect(rows.map(({ group, numbers }) => [group, numbers.map(({ of = 'all', count, median }) => [of, count, median])])).toEqual([
      ['Africa', [['all', 2, 10]]],
      ['Europe', [['all', 2, 18]]],
    ])
  })

  test('one country alone is not told at all against its will', () => {
    expect(analyse([one('CZ', 'Europe', 8), one('CZ', 'Europe', 9)]).distributions).toEqual([])
  })

  test('property: the order of answers changes nothing, and the table has a row for every option', () => {
    fc.assert(
      fc.property(fc.array(anyAnswers, { maxLength: 12 }), (many) => {
        const answers = many.map(readAnswers)
        const analysis = analyse(answers)
        expect(analyse(answers.toReversed())).toEqual(analysis)
        expect(analysisRows(analysis).every((row) => row.length === 6)).toBe(true)
        // What is left of any row after what is known by name is nothing, or of two countries at least.
        const unnamed = answers.filter((each) => each.answers.D5?.value === 'together')
        const told =
          analysis.keptBack === answers.length - answers.filter((each) => each.answers.D5?.value === 'named').length ? [] : unnamed
        expect(new Set(told.map(({ respondent }) => respondent.country)).size).not.toBe(1)
        for (const { rows } of analysis.crossTabs)
          expect(rows.reduce((sum, { answered }) => sum + answered, 0)).toBe(
            analysis.distributions.find(({ question }) => question === analysis.crossTabs.find((each) => each.rows === rows)!.question)!
              .answered,
          )
      }),
      { numRuns: 100 },
    )
  })

  test('the guideline has the numbers of the analysis, in each language, and nothing that may not be told', () => {
    const bodies = [one('CZ', 'Europe', 8), one('AT', 'Europe', 16), one('EG', 'Africa', 20), one('KE', 'Africa', 40, 'no')]
    const lines = guidelineOfSurvey(analyse(bodies))
    expect(lines[0]).toMatchObject({ key: 'ground', values: { responses: 4, told: 3, regions: 2 } })
    expect(lines.find(({ key }) => key === 'hours')).toMatchObject({
      question: 'B1',
      values: { count: 3, median: 16, upper: 18 },
      text: { en: 'Half of 3 bodies are content with 16 hours in one certificate, three quarters with 18.' },
    })
    for (const { text } of lines) for (const each of Object.values(text)) expect(each).not.toMatch(/[{}]|undefined/)
    expect(guidelineOfSurvey(analyse([one('CZ', 'Europe', 8)]))).toEqual([])
  })

  test('two coders: share and kappa', () => {
    expect(compareCodings({ a: 'x', b: 'x', c: 'y', d: 'y' }, { a: 'x', b: 'y', c: 'y', d: 'y', e: 'z' })).toEqual({
      coded: 4,
      agreed: 3,
      kappa: 0.5,
    })
    expect(compareCodings({ a: 'x' }, { a: 'x' }).kappa).toBe(1)
    expect(compareCodings({ a: 'x' }, {}).coded).toBe(0)
  })

  test('two coders, worked by hand: 50 texts, 70 % agree, chance gives 50 %, so kappa is 0.4; a third look settles the rest', () => {
    // first yes and second yes 20, yes and no 5, no and yes 10, no and no 15: chance (25 * 30 + 25 * 20) / 2500.
    const texts = [
      ...Array.from({ length: 20 }, () => ({ first: 'yes', second: 'yes' })),
      ...Array.from({ length: 5 }, () => ({ first: 'yes', second: 'no', third: 'yes' })),
      ...Array.from({ length: 10 }, () => ({ first: 'no', second: 'yes' })),
      ...Array.from({ length: 15 }, () => ({ first: 'no', second: 'no' })),
    ]
    // One text is coded by nobody, one by the first alone.
    expect(sumUpCodes('D1', [...texts, {}, { first: 'yes' }])).toEqual({
      question: 'D1',
      texts: 52,
      coded: 50,
      agreed: 35,
      kappa: 0.4,
      settled: 5,
      open: 10,
      codes: [
        { option: 'yes', count: 25, share: 0.625 },
        { option: 'no', count: 15, share: 0.375 },
      ],
    })
    // Three codes: agreed 12 + 8 + 5 of 30, chance (15 * 14 + 9 * 10 + 6 * 6) / 900 = 0.37333.
    const of = (first: string, second: string, count: number) => Array.from({ length: count }, () => ({ first, second }))
    const three = [
      ...of('a', 'a', 12),
      ...of('a', 'b', 2),
      ...of('a', 'c', 1),
      ...of('b', 'a', 1),
      ...of('b', 'b', 8),
      ...of('c', 'a', 1),
      ...of('c', 'c', 5),
    ]
    expect(sumUpCodes('D1', three)).toMatchObject({ coded: 30, agreed: 25, kappa: 0.734 })
  })

  test('codes count in the analysis only of what may be told, and a text is what a body said in its own words', () => {
    const say = (body: string, country: string, consent: string) =>
      readAnswers(
        answersOf(
          { C6: { value: 'sample.pdf' }, D1: { value: 'The order' }, B8: { state: 'other', words: 'It depends' }, D5: { value: consent } },
          { body, country },
        ),
      )
    const bodies = [say('A', 'CZ', 'together'), say('B', 'AT', 'together'), say('C', 'NO', 'no')]
    expect(freeTextsOf(bodies[0]!)).toEqual([
      { question: 'B8', text: 'It depends' },
      { question: 'D1', text: 'The order' },
    ])
    const code = (first: string, second: string) => ({ first, second })
    const codes = new Map([
      [
        'D1',
        new Map([
          ['A', code('order', 'order')],
          ['C', code('law', 'law')],
        ]),
      ],
    ])
    const analysis = analyse(bodies, codes)
    expect(analysis.coded).toMatchObject([{ question: 'D1', texts: 2, coded: 1, codes: [{ option: 'order', count: 1, share: 1 }] }])
    expect(analysisRows(analysis)).toContainEqual(['codes', 'D1', '', 'order', '1', '1'])
  })
})
