import { readFileSync } from 'node:fs'
import path from 'node:path'
import { problems } from '@cairn/core'
import { expect, test } from 'vitest'

test('every finding of Annex I has a sentence', () => {
  const words = readFileSync(path.resolve(import.meta.dirname, 'finding-words.ts'), 'utf8')
  for (const code of Object.keys(problems).filter((each) => each.startsWith('annex1.'))) expect(words, code).toContain(`'${code}'`)
})
