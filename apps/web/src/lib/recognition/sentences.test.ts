import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { requirementKindNames } from '@cairn/core'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../../../..')
const engine = path.join(root, 'packages/core/src/recognition')
const source = readdirSync(engine)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(path.join(engine, name), 'utf8'))
  .join('\n')
const codes = new Set([...source.matchAll(/'([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])'/g)].map(([, code]) => code!))
const keyOf = (prefix: string, name: string) => prefix + name.toLowerCase().replace(/[^a-z0-9]/g, '_')

test.each(['en', 'cs', 'ar'])('every kind of requirement and every reason of the engine has a sentence in %s', (language) => {
  const messages = JSON.parse(readFileSync(path.join(root, `apps/web/messages/${language}.json`), 'utf8')) as Record<string, string>
  const wanted = [
    ...requirementKindNames.map((kind) => keyOf('rec_k_', kind)),
    ...[...codes, 'SIGNATURE_MISSING', 'SEAL_MISSING', 'DUPLICATE'].map((code) => keyOf('rec_r_', code)),
  ]
  expect(codes.size).toBeGreaterThan(70)
  expect(wanted.filter((key) => !messages[key]?.trim())).toEqual([])
})

test('the table of sentences names every one of them', () => {
  const table = readFileSync(path.join(import.meta.dirname, 'sentences.ts'), 'utf8')
  expect([...codes].filter((code) => !table.includes(`  ${code}: m.`))).toEqual([])
})
