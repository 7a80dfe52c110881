/** Letters that no font has are told before anything is sealed, by row and cell. */
import { AwardGiven } from '@cairn/core'
import { expect, test } from 'vitest'
import { lettersIn, lettersUnset } from './letters.ts'

const award = (over: object) =>
  AwardGiven.parse({ learner: { givenName: 'Žofie', familyName: '李', dateOfBirth: '2001-02-03' }, awardDate: '2026-05-12', ...over })

test('every letter that is not plain is asked for once, from what a sheet prints', () => {
  const awards = [award({ grade: 'výborně' }), award({ parts: { thesis: '優 A' } }), award({ evidence: 'https://例え.example/' })]
  expect(lettersIn(awards)).toEqual(['Ž', '李', 'ý', 'ě', '優'])
  expect(lettersIn([award({ learner: { givenName: 'Ana' } })])).toEqual([])
})

test('a row is warned of beside its cell, once for each, with the letter and its number', () => {
  const told = (unset: string[], isWholeName: boolean, given = award({ parts: { thesis: '優 A' } })) =>
    lettersUnset({ n: 7, given }, new Set(unset), isWholeName).map(({ code, pointer }) => `${code} ${pointer}`)
  expect(told(['李', '優'], false)).toEqual(['sheet.letter-unset /rows/7/familyName', 'sheet.letter-unset /rows/7/part:thesis'])
  expect(told(['李', 'Ž'], true)).toEqual(['sheet.letter-unset /rows/7/fullName'])
  expect(told(['王'], false)).toEqual([])
  expect(lettersUnset({ n: 7, given: award({}) }, new Set(['李']), false)[0]!.detail).toContain('李 by its number, U+674E')
  expect(lettersUnset({ n: 7 }, new Set(['李']), false)).toEqual([])
})
