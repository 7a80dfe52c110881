import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as core from './index.ts'
import { type ConceptList, conceptIn, conceptsOf } from './index.ts'

const facts = path.resolve(import.meta.dirname, '../../../../shared/vectors/elm/facts/vocabularies.json')
const lists = Object.entries(core).filter(
  (entry): entry is [string, ConceptList] => typeof entry[1] === 'object' && entry[1] !== null && 'rows' in entry[1] && 'base' in entry[1],
)

test('codes stand once in a list, and every concept is found by its IRI', () => {
  expect(lists.length).toBeGreaterThan(18)
  for (const [name, list] of lists) {
    expect(new Set(list.rows.map(([code]) => code)).size, name).toBe(list.rows.length)
    for (const concept of conceptsOf(list)) expect(conceptIn(list, concept.id)).toEqual(concept)
    if (!['encodings', 'fileTypes', 'humanSexes'].includes(name))
      expect(core.concept(conceptsOf(list)[0]!.id), name).toEqual(conceptsOf(list)[0])
    expect(conceptIn(list, `${list.base}nothing`)).toBeUndefined()
    expect(conceptIn(list, 'urn:other')).toBeUndefined()
  }
})

test.skipIf(!existsSync(facts))('the small lists are those of the European Learning Model (needs ../shared/vectors)', () => {
  const { vocabularies } = JSON.parse(readFileSync(facts, 'utf8')) as {
    vocabularies: Record<string, { scheme: string | null; complete: boolean; count: number; values?: { id: string; en: string }[] }>
  }
  const byScheme = new Map(lists.map(([, list]) => [list.scheme, list]))
  let compared = 0
  for (const [name, { scheme, values }] of Object.entries(vocabularies)) {
    const list = scheme === null ? undefined : byScheme.get(scheme)
    if (!list || !values?.length || name === 'credential-profile-xsd-loq') continue
    compared++
    for (const { id, en } of values) expect(conceptIn(list, id)?.label.en, `${name} ${id}`).toBe(en)
  }
  expect(compared).toBeGreaterThan(14)
  expect(core.nqfLevels.rows.length + core.nqfFrameworks.rows.length).toBe(vocabularies.nqf?.count)
  expect(core.fieldsOfEducation.rows.length).toBe(vocabularies['isced-f']?.count)
})

test('languages and countries map both ways', () => {
  expect(core.languageIri('en-GB')).toBe('http://publications.europa.eu/resource/authority/language/ENG')
  expect(core.languageIri('sme')).toBe('http://publications.europa.eu/resource/authority/language/SME')
  for (const tag of core.languageCodes.keys()) expect(core.languageTag(core.languageIri(tag))).toBe(tag)
  expect(core.languageTag('http://publications.europa.eu/resource/authority/language/XYZ')).toBe('xyz')
  expect(core.languageTag('urn:x')).toBeUndefined()
  expect(core.countryIri('XK')).toBe('http://publications.europa.eu/resource/authority/country/1A0')
  for (const country of core.countryCodes.keys()) expect(core.countryOf(core.countryIri(country)!)).toBe(country)
  expect(core.countryOf('http://publications.europa.eu/resource/authority/atu/IRL_CTH_DUB')).toBe('IE')
  expect(core.countryOf('urn:x')).toBeUndefined()
  expect(core.countryCodes.size).toBeGreaterThanOrEqual(249)
})

test('a national level knows its country and its EQF level', () => {
  expect(core.nqfLevel('http://data.europa.eu/snb/qdr/c_c392e7a2')).toEqual({ country: 'GB', eqf: 6 })
  expect(core.nqfLevel('http://data.europa.eu/snb/qdr/c_218a7e54')).toEqual({ country: 'IE', eqf: 6 })
  expect(core.nqfLevel('urn:x')).toBeUndefined()
  expect(core.broadField('http://data.europa.eu/snb/isced-f/0612')).toBe('06')
  expect(core.broadField('1013')).toBe('10')
  expect(core.broadField('x')).toBeUndefined()
})

test('reference numbers are filled in', () => {
  expect(core.fillReference('UZ-{year}-{number}', { year: 2026, number: 7 })).toBe('UZ-2026-0007')
  expect(core.fillReference('{number}', { year: 2026, number: 123_456 })).toBe('123456')
  expect(() => core.fillReference('UZ-{year}', { year: 2026, number: 7 })).toThrow('input.invalid')
  expect(() => core.fillReference('{number}{name}', { year: 2026, number: 7 })).toThrow('input.invalid')
})

test('the short lists have a Czech and an Arabic label for every concept, and the rest fall back to English', () => {
  const { accreditationTypes, assessmentTypes, creditSystems, eqfLevels, learningActivityTypes, modes, supervisions } = core
  for (const list of [accreditationTypes, assessmentTypes, creditSystems, eqfLevels, learningActivityTypes, modes, supervisions])
    for (const { id, label } of conceptsOf(list)) {
      expect(core.labelIn(list, id, 'ar'), id).toMatch(/\p{Script=Arabic}/u)
      if (!['portfolio', 'Online'].includes(label.en)) expect(core.labelIn(list, id, 'cs'), id).not.toBe(label.en)
      expect(core.labelIn(list, id, 'en')).toBe(label.en)
      expect(core.labelIn(list, id, 'fr')).toBe(label.en)
    }
  const field = (code: string) => core.labelIn(core.fieldsOfEducation, `${core.fieldsOfEducation.base}${code}`, 'cs')
  for (const { code } of conceptsOf(core.fieldsOfEducation).filter((each) => each.code.length === 2))
    expect(field(code), code).toMatch(/\p{L}/u)
  expect(field('06')).toBe('Informační a komunikační technologie')
  expect(field('0532')).toBe('Earth sciences')
  expect(core.labelIn(modes, 'urn:x', 'cs')).toBe('urn:x')
})
