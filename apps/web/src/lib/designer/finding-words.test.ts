import { readFileSync } from 'node:fs'
import path from 'node:path'
import { problems } from '@cairn/core'
import { expect, test } from 'vitest'

test('every finding of Annex I has a sentence, and every event a word', () => {
  const here = (file: string) => readFileSync(path.resolve(import.meta.dirname, file), 'utf8')
  const words = here('finding-words.ts')
  for (const code of Object.keys(problems).filter((each) => each.startsWith('annex1.'))) expect(words, code).toContain(`'${code}'`)
  const named = here('../console/event-names.ts')
  const operations = path.resolve(import.meta.dirname, '../../../../server/src')
  for (const file of [
    'operations/institution.ts',
    'operations/specifications.ts',
    'operations/keys.ts',
    'operations/batches.ts',
    'operations/credentials.ts',
  ])
    for (const [, event] of readFileSync(path.join(operations, file), 'utf8').matchAll(/name: '([a-z]+\.(?!csv)[a-z]+)'/g))
      expect(named, event).toContain(`'${event}'`)
})
