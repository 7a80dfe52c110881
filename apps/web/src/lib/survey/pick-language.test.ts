/** The language of the answer page: what was chosen, else the browser's wish, else the first that is offered. */
import { expect, test } from 'vitest'
import { pickLanguage, wishedLanguages } from './pick-language.ts'

test('wishes of a browser are read by their weight, and what is no tag is left out', () => {
  expect(wishedLanguages('cs;q=0.5, pt-BR, *;q=0.1, <b>, fr;q=0.8, de;q=0')).toEqual(['pt-BR', 'fr', 'cs'])
  expect(wishedLanguages(null)).toEqual([])
})

test.each([
  [['fr-CA', 'en'], 'fr'],
  [['de', 'zh-Hant-TW'], 'zh'],
  [['SR-latn-RS'], 'sr-Latn'],
  [['de', 'it'], 'en'],
])('%j gives %s', (wished, language) => {
  expect(pickLanguage(['en', 'fr', 'zh', 'sr-Latn'], wished)).toBe(language)
})
