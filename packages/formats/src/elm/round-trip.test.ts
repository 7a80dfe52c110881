import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type AchievementSpecification,
  AwardGiven,
  Edition,
  fullName,
  type JsonObject,
  kinds,
  ProblemError,
  parseJson,
  textIn,
} from '@cairn/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeElm, fillElm } from './compose.ts'
import { composeInStencil, prepareStencil, stencilPieces } from './elm-stencil.ts'
import { factsForVerdict } from './facts-for-verdict.ts'
import { lintElm } from './lint/lint-elm.ts'
import { prepareElm } from './prepare.ts'
import { readElm } from './read.ts'
import { climateData, dot, editionOf, fullAward, otherKinds, sealingBody, universityIssuer, urn } from './specimens.ts'

const issued = '2026-05-20T10:00:00Z'
const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors')
const parse = (payload: string) => parseJson(payload) as JsonObject
const codesOf = (act: () => unknown): string[] => {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code }) => code)
    throw error
  }
  return []
}

test('the specimens are what the schemas allow', () => {
  for (const specification of [climateData, ...otherKinds]) Edition.parse(editionOf(specification))
  const { id: _, ...given } = fullAward
  AwardGiven.parse(given)
})

const name = fc.oneof(
  fc.constantFrom(
    'X',
    "O'Neill-D’Arcy",
    '=cmd|"/c calc"!A1',
    'محمد بن عبد الله',
    'Zalgo̴̝͝',
    'José',
    '李小龍',
    'a'.repeat(300),
    '"@slot:grade":0',
    '{"@slot:id":0}',
    '\u202eevil\u202c',
    'null',
    '\\u0000',
    '</script>',
    'line\nbreak\ttab',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
)
const day = (base: string, max: number) =>
  fc.integer({ min: 0, max }).map((days) => new Date(Date.parse(`${base}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10))
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const award = fc
  .record({
    id: fc.uuid({ version: 4 }).map((uuid) => `urn:uuid:${uuid}`),
    learner: fc.record({ givenName: name, familyName: optional(name), dateOfBirth: optional(day('1940-01-01', 25_000)), identifier: name }),
    learningStart: optional(day('2026-02-01', 10)),
    learningEnd: optional(day('2026-03-01', 20)),
    assessmentDate: optional(day('2026-05-01', 3)),
    awardDate: day('2026-05-05', 10),
    grade: optional(name),
    referenceNumber: optional(name),
    validUntil: optional(day('2027-01-01', 1000)),
    evidence: optional(fc.constant('https://works.example/a?b="c"')),
  })
  .map((given) => JSON.parse(JSON.stringify(given)) as AwardGiven & { id: string })
const specification = fc
  .record({
    kind: fc.constantFrom(...kinds),
    text: name,
    hours: fc.integer({ min: 4, max: 4000 }).map((quarters) => quarters / 4),
    ects: optional(fc.integer({ min: 1, max: 58 }).map((halves) => halves / 2)),
    eqf: optional(fc.integer({ min: 1, max: 8 })),
    outcomes: fc.array(name, { minLength: 1, maxLength: 6 }),
    language: fc.constantFrom('en', 'cs', 'fr', 'mt', 'ar', 'zh-Hant'),
  })
  .map(({ kind, text, hours, ects, eqf, outcomes, language }): AchievementSpecification => {
    const activity = kind === 'certificate-of-participation' || kind === 'certificate-of-attendance'
    return {
      ...climateData,
      kind,
      primaryLanguage: language,
      title: { [language]: text, en: text },
      outcomes: activity
        ? []
        : outcomes.map((title, index) => ({
            key: `o${index}`,
            title: { [language]: title },
            assessedBy: ['project'],
            skills: [],
            competencies: [],
          })),
      assessments: activity ? [] : climateData.assessments,
      workload: { hours, ...(ects !== undefined && !activity && { ects }) },
      level: { nqf: [], ...(eqf !== undefined && { eqf }) },
      parts: [{ key: 'one', title: { [language]: text } }],
    }
  })

test('read(compose(award)) gives back the award, whatever the names', () => {
  fc.assert(
    fc.property(specification, award, fc.boolean(), (spec, given, onBehalf) => {
      const edition = editionOf(spec)
      const prepare = () => prepareElm(edition, onBehalf ? sealingBody : universityIssuer, [dot])
      if (codesOf(prepare).length > 0) return
      const prepared = prepare()
      const refused = codesOf(() => composeElm(prepared, given, { issued }))
      if (refused.length > 0) {
        expect(
          refused.every((code) => ['annex1.learner-missing', 'annex1.self-issued'].includes(code)),
          refused.join(),
        ).toBe(true)
        return
      }
      const { payload, id, bytes, quoted } = composeElm(prepared, given, { issued })
      expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(payload)
      expect(new TextDecoder('utf-8', { fatal: true }).decode(quoted)).toBe(JSON.stringify(payload))
      expect(JSON.stringify(JSON.parse(payload))).toBe(payload)
      expect(id).toBe(given.id)
      // As it is kept in the database between the intention and the seal.
      const kept = prepareStencil(stencilPieces(prepared.document.stencil))
      expect(kept).toEqual(prepared.document.stencil)
      expect(composeInStencil(kept, given.id, fillElm(prepared, given, { issued })).payload).toBe(payload)
      const view = readElm(parse(payload))
      const activity = spec.assessments.length === 0
      expect(view).toMatchObject({
        id: given.id,
        title: spec.title[spec.primaryLanguage],
        kind: spec.kind,
        learner: fullName(given.learner),
        awardingBody: textIn(edition.institution.legalName, spec.primaryLanguage),
        issuer: onBehalf ? 'Credential Office' : textIn(edition.institution.legalName, spec.primaryLanguage),
        issued,
        validFrom: issued,
        awardDate: given.awardDate,
        language: spec.primaryLanguage === 'zh-Hant' ? 'zh' : spec.primaryLanguage,
        achievement: edition.achievement,
        outcomes: spec.outcomes.map((outcome) => outcome.title[spec.primaryLanguage]),
        workload: spec.workload,
      })
      expect(view.dateOfBirth).toBe(given.learner.dateOfBirth)
      expect(view.referenceNumber).toBe(given.referenceNumber)
      expect(view.evidence).toBe(given.evidence)
      if (given.validUntil) expect(view.validUntil).toBe(`${given.validUntil}T23:59:59Z`)
      if (!activity) expect(view.level?.eqf).toBe(spec.level.eqf)
      if (!activity && given.grade) expect(view.assessments[0]?.grade).toBe(given.grade)
      expect(view.assessments).toHaveLength(spec.assessments.length)
    }),
    { numRuns: 400 },
  )
})

test('the specimen keeps every element of Annex I on the way', () => {
  const { payload } = composeElm(prepareElm(editionOf(climateData), universityIssuer, [dot, { ...dot, language: 'cs' }]), fullAward, {
    issued,
  })
  const { image, ...view } = readElm(parse(payload), 'cs')
  expect(image?.mediaType).toBe('image/png')
  expect(view).toEqual({
    id: urn(30),
    title: 'Klimatická data pro rozhodování',
    kind: 'micro-credential',
    learner: "Zoë D'Arcy Ó Súilleabháin‑Müller",
    awardingBody: 'Univerzita Severního pobřeží',
    issuer: 'Univerzita Severního pobřeží',
    issued,
    language: 'en',
    description: 'Reading and using climate records in planning.',
    referenceNumber: 'UNC-2026-0001',
    dateOfBirth: '1999-10-02',
    awardDate: '2026-05-12',
    validFrom: issued,
    validUntil: '2029-05-12T23:59:59Z',
    outcomes: ['Homogenizovat teplotní řadu', 'Explain the uncertainty of a trend'],
    workload: { ects: 2, hours: 52.5 },
    level: { eqf: 6, nqf: ['IE NQF Level 8'], cycle: 'first' },
    assessments: [
      { title: 'Project report', type: 'project work', supervision: 'Supervised with ID Verification', grade: 'B' },
      { title: 'Talk about the report', type: 'oral examination', supervision: 'Supervised with ID Verification', grade: 'Passed' },
    ],
    participation: ['Blended'],
    qualityAssurance: ['Reviewed each year by the teaching committee.', 'Institutional review 2021'],
    fields: [{ code: '0532', label: 'Earth sciences' }],
    prerequisites: 'Basic statistics.',
    stackability: 'Certificate in Climate Services; Counts towards other certificates on request.',
    furtherInformation: 'Taught each spring.',
    homepage: 'https://unc.example/climate-data',
    achievement: urn(21),
  })
})

test('what we compose passes our own lint of Annex I, and stays silent about mail addresses', () => {
  for (const spec of [climateData, ...otherKinds])
    for (const issuer of [universityIssuer, sealingBody]) {
      const { payload } = composeElm(prepareElm(editionOf(spec), issuer, [dot]), fullAward, {
        issued,
        status: { list: 'https://a.example/s', index: 5, purpose: 'revocation' },
      })
      expect(
        lintElm(parse(payload), { profile: 'annex1', at: '2026-06-01' }).filter(({ severity }) => severity === 'B'),
        spec.kind,
      ).toEqual([])
      expect(payload).not.toContain('zoe@example.org')
      expect(payload).not.toContain('@slot')
    }
})

test('A4 awarding body and sealer stay distinct, and the mandate is said', () => {
  const document = parse(composeElm(prepareElm(editionOf(climateData), sealingBody, [dot]), fullAward, { issued }).payload)
  const facts = factsForVerdict(document)
  expect(facts).toMatchObject({ issuerId: urn(2), eidasIdentifier: 'VATES-A00000000', legalName: 'Credential Office' })
  expect(facts.issuerIdentifiers).toEqual(['VATES-A00000000', 'A00000000'])
  expect(facts.awardingBodyIdentifiers).toContain('IE6388047V')
  const profilesOf = (of: JsonObject) => (of.credentialProfiles as JsonObject[]).map(({ id }) => String(id).replace(/.*\//, ''))
  expect(profilesOf(document)).toEqual(['e34929035b', 'c_9a31f32a'])
  const own = parse(composeElm(prepareElm(editionOf(climateData), universityIssuer, [dot]), fullAward, { issued }).payload)
  expect(profilesOf(own)).toEqual(['e34929035b'])
  expect(own.evidence).toBeUndefined()
  const withoutEvidence = { ...document, evidence: [] }
  expect(lintElm(withoutEvidence, { profile: 'annex1', at: '2026-06-01' }).map(({ problem }) => problem.code)).toContain(
    'annex1.mandate-missing',
  )
})

test('a micro-credential that lacks an element cannot be prepared; an award that lacks one cannot be composed', () => {
  expect(
    codesOf(() => prepareElm(editionOf({ ...climateData, outcomes: [], qualityAssurance: undefined }), universityIssuer, [dot])),
  ).toEqual(['specification.not-complete', 'annex1.outcomes-missing', 'annex1.quality-missing'])
  expect(codesOf(() => prepareElm(editionOf(climateData), universityIssuer, []))).toEqual(['input.invalid'])
  const prepared = prepareElm(editionOf(climateData), universityIssuer, [dot])
  expect(
    codesOf(() => composeElm(prepared, { ...fullAward, learner: { givenName: 'Ana', email: 'ana@example.org' } }, { issued })),
  ).toEqual(['annex1.learner-ambiguous'])
  expect(codesOf(() => composeElm(prepared, { ...fullAward, awardDate: '2026-05-21' }, { issued }))).toEqual(['annex1.issue-date-future'])
})

test('a transcript lists the parts that were earned, with their grades', () => {
  const prepared = prepareElm(editionOf(otherKinds.find(({ kind }) => kind === 'transcript')!), universityIssuer, [dot])
  const parts = (given: object) => {
    const document = JSON.parse(composeElm(prepared, { ...fullAward, ...given }, { issued }).payload)
    return document.credentialSubject.hasClaim[0].hasPart?.map(
      (part: { title: { en: string }; provenBy?: { grade: { noteLiteral: { en: string } } }[] }) => [
        part.title.en,
        part.provenBy?.[0]?.grade.noteLiteral.en,
      ],
    )
  }
  expect(parts({})).toEqual([
    ['Statistics', undefined],
    ['Ocean data', undefined],
    ['Field work', undefined],
  ])
  expect(parts({ parts: { statistics: 'A "plus"', hours: '' } })).toEqual([
    ['Statistics', 'A "plus"'],
    ['Field work', undefined],
  ])
  expect(parts({ parts: {} })).toBeUndefined()
})

test('the status entry survives, and a status we cannot follow is said to be there', () => {
  const status = { list: 'https://a.example/status/1', index: 987_654, purpose: 'revocation' } as const
  const document = parse(composeElm(prepareElm(editionOf(climateData), universityIssuer, [dot]), fullAward, { issued, status }).payload)
  expect(factsForVerdict(document)).toMatchObject({ status, statuses: [status], statusUnreadable: false })
  const short = {
    id: 'urn:x',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'suspension',
    statusListIndex: '7',
    statusListCredential: 'https://b.example/2',
  }
  expect(factsForVerdict({ ...document, credentialStatus: [short, { id: 'urn:y', type: 'Other' }] })).toMatchObject({
    status: { list: 'https://b.example/2', index: 7, purpose: 'suspension' },
    statusUnreadable: true,
  })
  expect(factsForVerdict({ ...document, credentialStatus: 'https://c.example/3' }).statusUnreadable).toBe(true)
})

test('where several ends stand, the earliest counts; one that cannot be read is not passed over', () => {
  expect(factsForVerdict({ validUntil: '2030-01-01T00:00:00Z', expirationDate: '2027-01-01T00:00:00+01:00' }).validUntil).toBe(
    '2027-01-01T00:00:00+01:00',
  )
  expect(factsForVerdict({ validUntil: ['2030-01-01T00:00:00Z', 'soon'] }).validUntil).toBe('soon')
  expect(factsForVerdict({ validUntil: { '@value': '2026-01-01T00:00:00Z' } }).validUntil).toBe('2026-01-01T00:00:00Z')
  expect(factsForVerdict({ validUntil: 7 }).validUntil).toBe('unreadable')
  expect(factsForVerdict({}).validUntil).toBeUndefined()
})

test('no document makes reading fail', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const members = [
        'credentialSubject',
        'issuer',
        'displayParameter',
        'evidence',
        'credentialStatus',
        'validUntil',
        'type',
        'hasClaim',
        'specifiedBy',
        'awardedBy',
        'title',
      ]
      let document: JsonObject = {}
      for (const member of members) document = { ...document, [member]: { ...document, x: JSON.parse(text), [member]: JSON.parse(text) } }
      readElm(document, 'cs')
      factsForVerdict(document)
      lintElm(document, { profile: 'annex1', at: '2026-01-01' })
      lintElm(document, { profile: 'elm', at: '2026-01-01' })
    }),
    { numRuns: 500 },
  )
})

const sample = path.join(vectors, 'elm/samples/Sample-MC-Annex1-unsigned.jsonld')
test.skipIf(!existsSync(sample))('Annex I: the seven defects of the Commission sample are found (needs ../shared/vectors)', () => {
  const findings = lintElm(parse(readFileSync(sample, 'utf8')), { profile: 'annex1', at: '2026-06-01' })
  const found = findings.map(({ rule, problem }) => `${rule} ${problem.code} ${problem.pointer}`)
  const claim = '/credentialSubject/hasClaim'
  for (const defect of [
    `A11 annex1.quality-missing ${claim}/specifiedBy/accreditation`,
    `A7 annex1.workload-calendar ${claim}/influencedBy/specifiedBy/volumeOfLearning`,
    `A6 annex1.outcome-verb ${claim}/specifiedBy/learningOutcome/0/title/en`,
    `A9 annex1.assessment-unlisted ${claim}/provenBy/specifiedBy`,
    `X4 annex1.level-nqf-country ${claim}/specifiedBy/nqfLevel`,
    'X1 annex1.dates-order /validFrom',
    'A1 annex1.birth-date-form /credentialSubject/dateOfBirth',
  ])
    expect(found).toContain(defect)
  expect(findings.find(({ rule }) => rule === 'X1')?.problem.detail).toContain('end of learning')
})

const cutDown = path.join(vectors, 'elm/facts/example-mc-annex1-cutdown.json')
test.skipIf(!existsSync(cutDown))('the cut-down example has no finding that blocks (needs ../shared/vectors)', () => {
  const findings = lintElm(parse(readFileSync(cutDown, 'utf8')), { profile: 'annex1', at: '2026-06-01' })
  expect(findings.filter(({ severity }) => severity === 'B')).toEqual([])
  expect(findings.length).toBeGreaterThan(0)
})

const sealedSample = path.join(vectors, 'elm/samples/Sample-MC-Annex1-signed.jsonld')
test.skipIf(!existsSync(sealedSample))('a sealed credential of the Commission is read as it stands (needs ../shared/vectors)', () => {
  const envelope = parseJson(readFileSync(sealedSample), { long: ['payload'] }) as { payload: string }
  const document = parse(envelope.payload)
  const { image, ...view } = readElm(document)
  expect(image?.mediaType).toBe('image/jpeg')
  expect(view).toMatchObject({
    title: 'Digital micro-credential creation',
    learner: 'Ana Andromeda',
    awardingBody: 'University of Zed',
    issuer: 'ORGANIZACION TEST',
    issued: '2023-09-27T13:54:17+02:00',
    dateOfBirth: '1999-10-01T22:00:00Z',
    referenceNumber: 'C012',
    workload: { ects: 2, hours: 60 },
    level: { eqf: 6, nqf: ['RQF Level 6'] },
    participation: ['Blended'],
    qualityAssurance: [],
  })
  expect(readElm(document, 'es').outcomes).toContain('Contento digital')
  expect(factsForVerdict(document)).toMatchObject({ eidasIdentifier: 'VATES-A00000000', statuses: [], statusUnreadable: false })
})
