import { expect, test } from 'vitest'
import { fieldOfHeading } from './fields.ts'
import { readOutcomes } from './read-outcomes.ts'

const outcome = (key: string) => ({ key, title: { en: key }, assessedBy: [], skills: [], competencies: [] })
const specification = { outcomes: ['detect', 'correct', 'explain', '2'].map(outcome), awardedInPart: true as const }

test('outcomes are named by number or key, and all of them need no word', () => {
  for (const [cell, keys] of [
    ['1;3', ['detect', 'explain']],
    ['LO3, LO 1', ['detect', 'explain']],
    ['outcome 1 / outcome-3', ['detect', 'explain']],
    ['Explain', ['explain']],
    ['3.', ['explain']],
    // A key is a key, whatever it looks like.
    ['2', ['2']],
  ] as const)
    expect(readOutcomes(cell, specification), cell).toEqual({ keys })
  expect(readOutcomes('1, correct, 3; 2', specification)).toEqual({ all: true })
})

test('an outcome that is not there is named, and what is awarded whole is not awarded in part', () => {
  expect(readOutcomes('1;5', specification)).toEqual({ wrong: 'There is no outcome "5". They are numbered from 1 to 4.' })
  expect(readOutcomes('0', specification)).toMatchObject({ wrong: expect.stringContaining('"0"') })
  expect(readOutcomes('fly', specification)).toMatchObject({ wrong: expect.stringContaining('"fly"') })
  expect(readOutcomes(' ; ', specification)).toMatchObject({ wrong: expect.stringContaining('Leave the cell empty') })
  const { awardedInPart: _, ...whole } = specification
  expect(readOutcomes('1', whole)).toMatchObject({ wrong: expect.stringContaining('as a whole or not at all') })
  expect(readOutcomes('detect,correct,explain,2', whole)).toEqual({ all: true })
})

test('its column is known by its heading', () => {
  for (const heading of ['outcomes', 'Outcomes met', 'Splněné výsledky', 'نواتج التعلم', 'Lernergebnisse'])
    expect(fieldOfHeading(heading), heading).toBe('outcomes')
})
