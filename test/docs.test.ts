/** The pages that are made from the code say what the code says. */
import { expect, test } from 'vitest'
import { derivedDocs, staleDocs } from '../scripts/docs.ts'

test('docs/problems.md and docs/openapi.json are fresh (else: npm run docs)', () => {
  expect(staleDocs()).toEqual([])
})

test('the description of the API names every operation once, and only schemas that it defines', () => {
  const text = derivedDocs()['docs/openapi.json']!
  const description = JSON.parse(text) as {
    paths: Record<string, Record<string, { operationId: string }>>
    components: { schemas: Record<string, unknown> }
  }
  const names = Object.values(description.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect(names.length).toBeGreaterThan(10)
  expect(new Set(names).size).toBe(names.length)
  const references = [...text.matchAll(/"\$ref": "#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]!)
  expect(references.filter((name) => !(name in description.components.schemas))).toEqual([])
})
