import type { JsonObject } from '@cairn/core'
import { expect, test } from 'vitest'
import { lineOf } from './choice-lines.ts'
import { readDraft } from './read-draft.ts'

const before: JsonObject = {
  title: { en: 'Coastal work', cs: 'Práce na pobřeží' },
  description: { en: 'Four parts.', cs: 'Čtyři části.' },
  body: 'urn:uuid:0b1f9d1e-0d3c-4b8e-9a57-3f0c1d2e4a5b',
  award: '1c9f2a4e-5b6d-4e7f-8a90-b1c2d3e4f506',
  slots: [
    { id: 'core', title: { en: 'Core', fr: 'Base' }, takes: { tags: ['badge'] }, minCredits: 6 },
    { id: 'gone', title: { en: 'Gone', fr: 'Parti' }, takes: {} },
    { id: 'last', title: { en: 'Last', fr: 'Fin' }, takes: {} },
  ],
  rules: { totalMin: 12, sharedMax: 3, levelMin: { eqf: 5, share: 0.5 } },
}

function formOf(values: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.set(name, value)
  return form
}

test('a line that was picked is read as the id in it, and its name is kept; an id can be typed, and one name more is no second entry', () => {
  const form = formOf({ ...filled, 's.0.outcomes': 'Reads a map [coast]', 's.0.tags': '' })
  for (const line of ['Reading maps, Hillside College [urn:uuid:1]', '', ' urn:uuid:2 ', 'urn:uuid:1', 'https://[::1]/a'])
    form.append('s.0.achievements', line)
  form.append('s.0.providers', 'Valley [North] Service [https://valley.example/]')
  const limited = { ...before, names: { 'urn:far': 'Far', 'urn:gone': 'Gone' }, rules: { providerMax: { 'urn:far': 3 } } }
  const { slots, names } = readDraft(form, limited)
  expect((slots as JsonObject[])[0]!.takes).toEqual({
    achievements: ['urn:uuid:1', 'urn:uuid:2', 'https://[::1]/a'],
    providers: ['https://valley.example/'],
    outcomes: ['Reads a map [coast]'],
  })
  expect(names).toEqual({
    'urn:far': 'Far',
    'urn:uuid:1': 'Reading maps, Hillside College',
    'https://valley.example/': 'Valley [North] Service',
  })
  expect(lineOf('urn:uuid:1', names as Record<string, string>)).toBe('Reading maps, Hillside College [urn:uuid:1]')
  expect(lineOf('urn:uuid:2', names as Record<string, string>)).toBe('urn:uuid:2')
})

const filled = {
  'title.en': 'Coastal work',
  'title.cs': 'Práce na pobřeží',
  'description.cs': 'Čtyři díly.',
  's.0.id': 'core',
  's.0.title.en': 'The core',
  's.0.tags': 'badge\ndiploma',
  's.0.minCredits': '4,5',
  's.0.maxCredits': 'many',
  's.1.id': 'gone',
  's.1.remove': '1',
  's.2.id': 'last',
  's.2.title.en': '',
  totalMin: '12',
  levelEqf: '6',
  levelCredits: '',
}

test('what the form of a pathway does not show keeps what it had: other languages, other rules, a level by its share', () => {
  expect(readDraft(formOf(filled), before)).toEqual({
    title: { en: 'Coastal work', cs: 'Práce na pobřeží' },
    description: { en: 'Four parts.', cs: 'Čtyři díly.' },
    body: before.body,
    slots: [
      { id: 'core', title: { en: 'The core', fr: 'Base' }, takes: { tags: ['badge', 'diploma'] }, minCredits: 4.5, maxCredits: 'many' },
      { id: 'last', title: { fr: 'Fin' }, takes: {} },
    ],
    rules: { sharedMax: 3, totalMin: 12, levelMin: { eqf: 6, share: 0.5 } },
  })
})

test('what was emptied is gone, and credits that are written take the place of a share', () => {
  const form = formOf({ ...filled, 'description.en': '', 'description.cs': '', levelCredits: '3', award: String(before.award), add: '1' })
  const { description, award, slots, rules } = readDraft(form, before)
  expect(description).toBeUndefined()
  expect(award).toBe(before.award)
  expect((slots as JsonObject[]).map(({ id }) => id)).toEqual(['core', 'last', 'slot-3'])
  expect(rules).toMatchObject({ levelMin: { eqf: 6, credits: 3 } })
  expect(rules).not.toHaveProperty('levelMin.share')
  const { rules: none } = readDraft(formOf({ ...filled, levelEqf: '' }), before)
  expect(none).not.toHaveProperty('levelMin')
})
