import { expect, test } from 'vitest'
import { isolated, shownView, visible } from './shown.ts'

test('R-DISP-4: signs that hide or turn text are shown as what they are', () => {
  expect(visible('Master\u202eeromuH')).toBe('Master[U+202E]eromuH')
  expect(visible('a\u200bb\u2066c\ufeff\u0000')).toBe('a[U+200B]b[U+2066]c[U+FEFF][U+0000]')
  expect(visible('two\nlines')).toBe('two lines')
  expect(visible('می\u200cخواهم Žofie 李 🎓')).toBe('می\u200cخواهم Žofie 李 🎓')
  expect(isolated('سارة')).toBe('\u2068سارة\u2069')
})

test('R-DISP-4: it reaches every text of a view, in lists too, and leaves numbers alone', () => {
  const view = {
    id: 'x',
    title: 'A\u202e',
    learner: 'B\u200b',
    awardingBody: '',
    issuer: '',
    issued: '',
    language: 'en',
    outcomes: ['C\u2067'],
    assessments: [{ title: 'D\u2069' }],
    participation: [],
    qualityAssurance: [],
    fields: [],
    level: { eqf: 5 },
  }
  const seen = shownView(view)
  expect([seen.title, seen.learner, seen.outcomes[0], seen.assessments[0]!.title, seen.level?.eqf]).toEqual([
    'A[U+202E]',
    'B[U+200B]',
    'C[U+2067]',
    'D[U+2069]',
    5,
  ])
})
