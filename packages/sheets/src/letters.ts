/** Letters in what a sheet says of learners. Which of them its fonts have is known elsewhere: here they are gathered, and what comes of the answer is told by row. */
import { type AwardGiven, letterNumber, type Problem, problem } from '@cairn/core'
import { cellPointer } from './check-row.ts'
import type { CheckedRow } from './check-rows.ts'
import type { Field } from './fields.ts'

/** What a sheet prints as somebody wrote it, by field. */
function* printed({ learner, grade, referenceNumber, parts }: AwardGiven): Iterable<[Field, string]> {
  const { givenName, familyName, identifier } = learner
  for (const [field, text] of Object.entries({ givenName, familyName, identifier, grade, referenceNumber }))
    if (text) yield [field as Field, text]
  for (const [key, text] of Object.entries(parts ?? {})) yield [`part:${key}`, text]
}

/** Any font has these. */
const plain = /^[\x20-\x7e]*$/

/** Every letter of the awards that is not plain, once. */
export function lettersIn(awards: Iterable<AwardGiven>): string[] {
  const letters = new Set<string>()
  for (const award of awards) for (const [, text] of printed(award)) if (!plain.test(text)) for (const letter of text) letters.add(letter)
  return [...letters].filter((letter) => !plain.test(letter))
}

/** Warns of a row whose sheet names a letter by its number, for no font has it: `sheet.letter-unset`, for the first in each field. */
export function lettersUnset({ n, given }: Pick<CheckedRow, 'n' | 'given'>, unset: ReadonlySet<string>, isWholeName: boolean): Problem[] {
  if (!given || unset.size === 0) return []
  const told = new Map<string, Problem>()
  for (const [field, text] of printed(given)) {
    const letter = plain.test(text) ? undefined : [...text].find((each) => unset.has(each))
    const place = isWholeName && field.endsWith('Name') ? 'fullName' : field
    if (letter && !told.has(place)) told.set(place, problem('sheet.letter-unset', detailOf(letter), cellPointer(n, place)))
  }
  return [...told.values()]
}

const detailOf = (letter: string) =>
  `The sheet will name ${letter} by its number, ${letterNumber(letter)}. Write it in other letters; for many a font can be added (CAIRN_FONTS).`
