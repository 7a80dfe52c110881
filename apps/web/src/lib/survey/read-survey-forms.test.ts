/** From forms to answers, and from pasted lines to bodies: nothing that was typed is lost or turned into something else. */
import { expect, test } from 'vitest'
import { readBodies } from './read-bodies.ts'
import { readReply } from './read-reply.ts'

function formOf(fields: readonly (readonly [string, string])[]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}
const everything = ['A1', 'B1', 'B2', 'B3', 'B4', 'B6', 'B8', 'B10', 'B11', 'D1']

test.each<[string, [string, string][], object]>([
  ['an option', [['A1.value', 'university']], { A1: { value: 'university' } }],
  ['a state in place of an option', [['B8.value', 'state:no-rule']], { B8: { state: 'no-rule' } }],
  [
    'several options, in the order of the survey',
    [
      ['B4.value', 'seal'],
      ['B4.value', 'signature'],
    ],
    { B4: { value: ['signature', 'seal'] } },
  ],
  ['a number with a comma', [['B10.value', '2,5']], { B10: { value: 2.5 } }],
  ['what is no number stays what it is', [['B10.value', 'five']], { B10: { value: 'five' } }],
  ['one number for all types', [['B1.value', '16']], { B1: { value: 16 } }],
  [
    'numbers by type in its place',
    [
      ['B1.value', '16'],
      ['B1.of.attendance', '8'],
    ],
    { B1: { value: { attendance: 8 } } },
  ],
  [
    'hours for a step',
    [
      ['B2.value', '40'],
      ['B2.per', 'step'],
    ],
    { B2: { value: { amount: 40, per: 'step' } } },
  ],
  ['a period alone is no answer', [['B2.per', 'year']], {}],
  [
    'shares in percent',
    [
      ['B3.of.successful-completion', '100'],
      ['B3.of.participation', '50'],
    ],
    { B3: { value: { 'successful-completion': 1, participation: 0.5 } } },
  ],
  [
    'names where they are chosen',
    [
      ['B6.value', 'list'],
      ['B6.list', 'One\r\nTwo\r\n'],
    ],
    { B6: { value: ['One', 'Two'] } },
  ],
  [
    'names that are not chosen',
    [
      ['B6.value', 'any'],
      ['B6.list', 'One'],
    ],
    { B6: { value: 'any' } },
  ],
  ['languages', [['B11.value', 'en, fr; ar']], { B11: { value: ['en', 'fr', 'ar'] } }],
  [
    'both a value and a state, for the server to refuse',
    [
      ['B10.value', '3'],
      ['B10.state', 'no-rule'],
    ],
    { B10: { value: 3, state: 'no-rule' } },
  ],
  [
    'other words with their source',
    [
      ['D1.state', 'other'],
      ['D1.words', 'It depends.'],
      ['D1.source', 'Order 7'],
    ],
    { D1: { state: 'other', words: 'It depends.', source: 'Order 7' } },
  ],
  ['a question of another page', [['D2.value', 'law']], {}],
])('%s', (_, fields, answers) => {
  expect(readReply(formOf(fields), everything)).toEqual(answers)
})

test.each([
  ['Sky Service, office@sky.example', 'Sky Service', 'office@sky.example'],
  ['Sky Service <office@sky.example>', 'Sky Service', 'office@sky.example'],
  ['office@sky.example\tSky Service', 'Sky Service', 'office@sky.example'],
  ['"Sky, Rain and Co."; office@sky.example', 'Sky, Rain and Co.', 'office@sky.example'],
  ['Sky Service', 'Sky Service', undefined],
  ['office@sky.example', 'office@sky.example', 'office@sky.example'],
])('pasted: %s', (line, name, email) => {
  expect(readBodies(`${line}\r\n\n  \n`)).toEqual([{ name, ...(email ? { email } : {}) }])
})
