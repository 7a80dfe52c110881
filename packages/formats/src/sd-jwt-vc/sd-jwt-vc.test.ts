/** One award, every form: what an SD-JWT VC shows is what the European Digital Credential of the same award shows, up to the table of losses. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type AchievementSpecification,
  type AwardGiven,
  type JsonObject,
  kinds,
  ProblemError,
  parseJson,
  type SignedView,
} from '@cairn/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeElm } from '../elm/compose.ts'
import { prepareElm } from '../elm/prepare.ts'
import { readElm } from '../elm/read.ts'
import { climateData, dot, editionOf, fullAward, otherKinds, sealingBody, universityIssuer } from '../elm/specimens.ts'
import { composeSdJwtVc } from './compose-sd-jwt-vc.ts'
import { factsOfSdJwtVc } from './facts-of-sd-jwt-vc.ts'
import { judgeClaims } from './judge-claims.ts'
import { claimLabels } from './labels.ts'
import { lintSdJwtVc } from './lint-sd-jwt-vc.ts'
import { lossesOfSdJwtVc } from './losses.ts'
import { prepareSdJwtVc } from './prepare-sd-jwt-vc.ts'
import { readSdJwtVc } from './read-sd-jwt-vc.ts'
import { extendType, readTypeMetadata } from './read-type-metadata.ts'
import { factsOfW3c, readW3c } from './read-w3c.ts'
import { claimTerms, learningCredentialType, microCredentialType } from './terms.ts'
import { composeTypeMetadata } from './type-metadata.ts'

const issued = '2026-05-20T10:00:00Z'
const reparse = (value: unknown) => parseJson(JSON.stringify(value)) as JsonObject
const codesOf = (act: () => unknown): string[] => {
  try {
    act()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(({ code }) => code)
    throw error
  }
}

/** The view of the same award in ELM, without what the table of losses names. */
function expected(view: SignedView, specification: AchievementSpecification, { grade }: AwardGiven): SignedView {
  const { image: _, ...rest } = view
  const minutes = rest.workload?.hours === undefined ? undefined : Math.round(rest.workload.hours * 60) / 60
  return {
    ...rest,
    language: specification.primaryLanguage,
    // Without an assessment the European Digital Credential has the grade in a remark, and its view has none; here it stands alone.
    ...(rest.assessments.length === 0 && grade !== undefined && { assessments: [{ title: rest.title, grade }] }),
    ...(rest.workload && { workload: { ...rest.workload, ...(minutes !== undefined && { hours: minutes }) } }),
  }
}

function bothViews(specification: AchievementSpecification, award: AwardGiven & { id: string }, onBehalf: boolean) {
  const edition = editionOf(specification)
  const issuer = onBehalf ? sealingBody : universityIssuer
  const elm = composeElm(prepareElm(edition, issuer, [dot]), award, { issued })
  const composed = composeSdJwtVc(prepareSdJwtVc(edition, issuer), award, { issued })
  return {
    elm: expected(readElm(parseJson(elm.payload) as JsonObject), specification, award),
    own: readSdJwtVc(reparse(composed.claims)),
    composed,
  }
}

test('every kind of record shows the same in both forms', () => {
  for (const specification of [climateData, ...otherKinds])
    for (const onBehalf of [false, true]) {
      const { elm, own, composed } = bothViews(specification, fullAward, onBehalf)
      expect(own, specification.kind).toEqual(elm)
      expect(lintSdJwtVc(composed).filter(({ severity }) => severity === 'B')).toEqual([])
    }
})

const name = fc.oneof(
  fc.constantFrom(
    'X',
    "O'Neill-D’Arcy",
    '=cmd|"/c calc"!A1',
    'محمد بن عبد الله',
    '李小龍',
    'a'.repeat(300),
    '"@slot:grade":0',
    '@grade',
    '\u202eevil\u202c',
    '</script>',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
)
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const award = fc
  .record({
    id: fc.uuid({ version: 4 }).map((uuid) => `urn:uuid:${uuid}`),
    learner: fc.record({
      givenName: name,
      familyName: optional(name),
      dateOfBirth: optional(fc.constantFrom('1999-10-02', '1950-01-01')),
      identifier: name,
    }),
    awardDate: fc.constantFrom('2026-05-05', '2026-05-12'),
    grade: optional(name),
    referenceNumber: optional(name),
    validUntil: optional(fc.constantFrom('2027-01-01', '2031-12-31')),
  })
  .map((given) => JSON.parse(JSON.stringify(given)) as AwardGiven & { id: string })
const specification = fc
  .record({
    kind: fc.constantFrom(...kinds),
    text: name,
    hours: fc.integer({ min: 4, max: 4000 }).map((quarters) => quarters / 4),
    eqf: optional(fc.integer({ min: 1, max: 8 })),
    outcomes: fc.array(name, { minLength: 1, maxLength: 4 }),
    language: fc.constantFrom('en', 'cs', 'fr', 'ar', 'zh-Hant'),
  })
  .map(({ kind, text, hours, eqf, outcomes, language }): AchievementSpecification => {
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
      workload: { hours },
      level: { nqf: [], ...(eqf !== undefined && { eqf }) },
      parts: [{ key: 'one', title: { [language]: text } }],
    }
  })

test('read(compose(award)) gives back the award, whatever the names', () => {
  let compared = 0
  fc.assert(
    fc.property(specification, award, fc.boolean(), (spec, given, onBehalf) => {
      const refused = codesOf(() => bothViews(spec, given, onBehalf))
      if (refused.length > 0) return
      const { elm, own, composed } = bothViews(spec, given, onBehalf)
      expect(own).toEqual(elm)
      expect(own.id).toBe(given.id)
      expect(composed.claims.jti).toBe(given.id)
      compared++
    }),
    { numRuns: 150 },
  )
  expect(compared).toBeGreaterThan(40)
})

test('what blocks an edition or an award in one form blocks it in the other', () => {
  const edition = editionOf(climateData)
  const nobody = { ...fullAward, learner: { givenName: ' ' } }
  const inElm = codesOf(() => composeElm(prepareElm(edition, universityIssuer, [dot]), nobody, { issued }))
  expect(inElm.length).toBeGreaterThan(0)
  expect(codesOf(() => composeSdJwtVc(prepareSdJwtVc(edition, universityIssuer), nobody, { issued }))).toEqual(inElm)
  const without = editionOf({ ...climateData, assessments: [] })
  const blocked = codesOf(() => prepareElm(without, universityIssuer, [dot]))
  expect(blocked[0]).toBe('specification.not-complete')
  expect(codesOf(() => prepareSdJwtVc(without, universityIssuer))).toEqual(blocked)
})

test('only the holder reveals who they are and how well they did; the registered claims stand in the open', () => {
  const { composed } = bothViews(climateData, fullAward, false)
  for (const secret of [
    'family_name',
    'given_name',
    'birthdate',
    'learner_identification',
    'national_identifier',
    'assessment_grade',
    'assessments',
    'reference_number',
    'learning_outcomes',
  ])
    expect(composed.frame.hide, secret).toContain(secret)
  const open = Object.entries(composed.claims).filter(([claim]) => !composed.frame.hide.includes(claim))
  for (const part of ['Zoë', 'Ó Súilleabháin', '1999-10-02', 'S-2026-001', 'LA-234218', 'UNC-2026-0001', 'zoe@example.org'])
    expect(JSON.stringify(open), part).not.toContain(part)
  expect(JSON.stringify(composed.claims)).not.toContain('zoe@example.org')
  expect(composed.frame.within?.assessments?.within?.[0]).toEqual({ hide: ['grade'] })
})

test('one status entry: the same index, in the token list that goes with the list of the other forms; R-ST-1: a status that cannot be followed is not absent', () => {
  const status = { list: 'https://cairn.example/status/1', index: 77, purpose: 'revocation' } as const
  const { claims } = composeSdJwtVc(prepareSdJwtVc(editionOf(climateData), universityIssuer), fullAward, { issued, status })
  expect(claims.status).toEqual({ status_list: { idx: 77, uri: 'https://cairn.example/status/1/token' } })
  expect(factsOfSdJwtVc(claims).tokenStatus).toEqual({ address: 'https://cairn.example/status/1/token', index: 77 })
  for (const bad of [
    {},
    'x',
    [],
    { status_list: {} },
    { status_list: { idx: '1', uri: 'x' } },
    { status_list: { idx: -1, uri: 'x' } },
    { other: {} },
  ])
    expect(factsOfSdJwtVc({ status: bad } as never), JSON.stringify(bad)).toMatchObject({ statusUnreadable: true })
})

test('times are whole seconds, and one that cannot be read is not absent', () => {
  const facts = factsOfSdJwtVc({ iat: 1779271200, nbf: 1779271200, exp: 1873756799 })
  expect(facts).toMatchObject({ issued, validFrom: issued, validUntil: '2029-05-17T23:59:59Z' })
  for (const bad of ['1779271200', null, 1e300, {}])
    expect(factsOfSdJwtVc({ exp: bad } as never).validUntil, String(bad)).toBe('unreadable')
  expect(factsOfSdJwtVc({ date_of_expiry: '2026-01-01' }).validUntil).toBe('2026-01-01T23:59:59Z')
})

test('lint: each rule finds what it is for', () => {
  const { claims, frame } = composeSdJwtVc(prepareSdJwtVc(editionOf(climateData), universityIssuer), fullAward, { issued })
  const rules = (over: JsonObject, hide = frame.hide) =>
    lintSdJwtVc({ claims: { ...claims, ...over }, frame: { ...frame, hide } }).map(({ rule, severity }) => rule + severity)
  expect(rules({})).toEqual([])
  expect(rules({ vct: 'x' })).toEqual(['S1B'])
  expect(rules({ aka_vcts: [claims.vct!] })).toEqual(['S1B'])
  expect(rules({ iat: 1.5 })).toEqual(['S2B'])
  expect(rules({ exp: 1 })).toEqual(['S2B'])
  expect(rules({}, [...frame.hide, 'vct'])).toEqual(['S3B'])
  expect(rules({}, frame.hide.slice(1))).toEqual(['S3B'])
  expect(rules({ status: {} })).toEqual(['S5B'])
  const { expected_study_time: _, ...without } = claims
  expect(lintSdJwtVc({ claims: without, frame }).map(({ rule, severity }) => rule + severity)).toEqual(['S4W'])
})

test('type metadata: ours are read back, extend as the draft says, and every claim has a label in every language', () => {
  const base = readTypeMetadata(reparse(composeTypeMetadata({ type: 'learning-credential' })))
  const own = readTypeMetadata(reparse(composeTypeMetadata({ type: 'micro-credential', extendsIntegrity: 'sha256-x' })))
  expect(base.vct).toBe(learningCredentialType)
  expect(own).toMatchObject({ vct: microCredentialType, extends: learningCredentialType, extendsIntegrity: 'sha256-x' })
  const whole = extendType(own, base)
  expect(whole.claims.map(({ path }) => path[0]).sort()).toEqual(claimTerms.map((term) => term.name).sort())
  for (const { display } of whole.claims) expect(display.map(({ locale }) => locale)).toEqual(['en', 'cs', 'ar'])
  expect(Object.keys(claimLabels).sort()).toEqual(claimTerms.map((term) => term.name).sort())
  // A credential of ours keeps the rules of both types.
  const { claims, frame } = composeSdJwtVc(prepareSdJwtVc(editionOf(climateData), universityIssuer), fullAward, { issued })
  const judged = judgeClaims(
    whole,
    reparse(claims),
    frame.hide.map((claim) => [claim]),
  )
  expect(judged.problems).toEqual([])
  expect(judgeClaims(whole, reparse(claims), []).problems.map(({ code }) => code)).toContain('sd-jwt.claim-open')
  expect(
    judgeClaims(
      whole,
      reparse({ ...claims, achievement_title: undefined }),
      frame.hide.map((claim) => [claim]),
    ).problems[0]?.code,
  ).toBe('sd-jwt.claim-missing')
  expect(
    judgeClaims(
      whole,
      reparse(claims),
      [...frame.hide, 'achievement_title'].map((claim) => [claim]),
    ).problems[0]?.code,
  ).toBe('sd-jwt.never-disclosable')
  // A type does not take back what it extends.
  expect(codesOf(() => extendType({ ...own, claims: [{ ...base.claims[0]!, sd: 'never' }] }, base))).toEqual(['sd-jwt.metadata-unreadable'])
  for (const bad of [
    null,
    [],
    {},
    { vct: 'v', claims: [1] },
    { vct: 'v', claims: [{ path: [] }] },
    { vct: 'v', claims: [{ path: [{}] }] },
    { vct: 'v', claims: [{ path: ['a'], sd: 'x' }] },
    { vct: 'v', claims: [{ path: ['a'], mandatory: 'x' }] },
  ])
    expect(
      codesOf(() => readTypeMetadata(bad as never)),
      JSON.stringify(bad),
    ).toEqual(['sd-jwt.metadata-unreadable'])
})

test('the drawing of a type holds placeholders in text alone, and asks nobody for anything', () => {
  const display = composeTypeMetadata({ type: 'learning-credential' }).display as JsonObject[]
  for (const each of display) {
    const [template] = (each.rendering as { svg_templates: { uri: string }[] }).svg_templates
    expect(template!.uri).toMatch(/^data:image\/svg\+xml;base64,/)
    const svg = Buffer.from(template!.uri.split(',')[1]!, 'base64').toString()
    expect(svg.replace(/>[^<]*</g, '><')).not.toContain('{{')
    expect(svg).not.toMatch(/href|script|style=|url\(/)
    const used = [...svg.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1])
    expect(used.every((id) => claimTerms.some((term) => term.svg === id && term.european !== 'absent'))).toBe(true)
  }
})

test('the table of losses names each fact once, and says why', () => {
  expect(new Set(lossesOfSdJwtVc.map(({ fact }) => fact)).size).toBe(lossesOfSdJwtVc.length)
  for (const { why } of lossesOfSdJwtVc) expect(why.length).toBeGreaterThan(10)
})

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors')
const dc4eu = path.join(vectors, 'dc4eu')
test.skipIf(!existsSync(dc4eu))('DC4EU type metadata is read, and its micro-credential judged by it (vectors beside this checkout)', () => {
  const metadata = readTypeMetadata(parseJson(readFileSync(path.join(dc4eu, 'vctm_microcredential.json'))))
  expect(metadata).toMatchObject({ vct: 'urn:eudi:micro_credential:1', display: [{ locale: 'en-US', name: 'MicroCredential' }] })
  const example = parseJson(readFileSync(path.join(dc4eu, 'theed_microcredential_minimal_ho.json'))) as JsonObject
  const { claims, problems } = judgeClaims(metadata, example, [])
  expect(problems).toEqual([])
  // The last path, Issuer/Name, does not fit the data, where it is issuer/name.
  expect(claims.map(({ path: at, found }) => [at.join('/'), found])).toEqual([
    ['credentialSubject/achievement/name', 1],
    ['credentialSubject/achievement/description', 1],
    ['credentialSubject/achievement/criteria/narrative', 1],
    ['credentialSubject/achievement/ECTS', 1],
    ['Issuer/Name', 0],
  ])
  expect(readW3c(example)).toMatchObject({
    title: 'Minor: Jedi Mind Control and Advanced Meditation Practices',
    issuer: 'Naboo Theed University',
    id: 'http://example.com/credentials/crd-A1B2C3',
  })
  expect(factsOfW3c(example)).toMatchObject({ issuerId: 'https://example.com/issuers/iss-9Z8Y7X', statuses: [], statusUnreadable: false })
})
