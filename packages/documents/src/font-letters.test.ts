import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fontFiles, fontsCover } from './display-fonts.ts'
import { lettersOf } from './font-letters.ts'

test('the letters of a font are those of its own table', () => {
  const [own, , noto] = fontFiles.map((file) => lettersOf(readFileSync(file)))
  expect([...'Žofie…'].every((letter) => own!.has(letter.codePointAt(0)!))).toBe(true)
  expect(own!.has('ẹ'.codePointAt(0)!)).toBe(false)
  expect(noto!.has('ẹ'.codePointAt(0)!)).toBe(true)
  for (const letters of [own!, noto!]) expect(letters.has('李'.codePointAt(0)!)).toBe(false)
  expect(() => lettersOf(new Uint8Array(3))).toThrowError(RangeError)
})

test('a text is covered when each of its letters is, and nothing in it turns the others round', () => {
  for (const text of ['Žofie', 'Ẹ̀bùn', 'فاطمة', 'שרה', 'Ђорђе', 'a\u00ad\u200db', '5 €']) expect(fontsCover(text), text).toBe(true)
  for (const text of ['→', '🎓', '李', 'अ', 'a\u202eb', 'a\u0000', '\ufeff', 'a\nb']) expect(fontsCover(text), text).toBe(false)
})
