/** What forms are often answered with is said in the reader's language; what is known in English alone stays what it is. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { saidOf } from './said-of.ts'
import { sayDetail } from './say-detail.ts'

test.each([
  ['en', 'The number is 8 or less.', 'The number is 8 or less.'],
  ['ar', 'The number is 8 or less.', 'الرقم 8 أو أقل.'],
  ['ar', 'This is needed.', 'هذا مطلوب.'],
  ['ar', 'It ends before it begins.', 'ينتهي قبل أن يبدأ.'],
  ['ar', 'Row 4 names the same learner.', 'الصف 4 يذكر المتعلم نفسه.'],
  ['cs', 'This has at most 300 characters.', 'Vejde se sem nejvýše 300 znaků.'],
  ['cs', 'A sentence of its own.', undefined],
] as const)('%s: %s', (language, detail, said) => {
  overwriteGetLocale(() => language)
  expect(sayDetail(detail)).toBe(said)
})

test('beside a field each sentence stands once, whatever lies below it', () => {
  overwriteGetLocale(() => 'ar')
  const problems = [
    { pointer: '/a/0', detail: 'This is needed.' },
    { pointer: '/a/1', detail: 'This is needed.' },
    { pointer: '/ab', detail: 'A sentence of its own.' },
  ]
  expect(saidOf(problems, '/a')).toEqual(['هذا مطلوب.'])
})

test('each sentence that is translated is still said somewhere, letter by letter', () => {
  const root = path.resolve(import.meta.dirname, '../../../../..')
  const said = globSync(['packages/*/src/**/*.ts', 'apps/server/src/**/*.ts'], { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n')
  const own = readFileSync(path.join(import.meta.dirname, 'say-detail.ts'), 'utf8')
  const sentences = [...own.matchAll(/^ {2}'([A-Z].+)': m\./gm)].map(([, sentence]) => sentence!)
  expect(sentences.length).toBeGreaterThan(20)
  expect(sentences.filter((sentence) => !said.includes(sentence))).toEqual([])
})
