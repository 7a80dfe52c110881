/** Our reading of JSON-LD beside the reference implementation's, over every published credential and its proof. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type JsonObject, parseJson } from '@cairn/core'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { hashHex } from '#hash'
import { Vocabulary } from './active-context.ts'
import { canonicalJson } from './canonical-json.ts'
import { canonicalise } from './canonicalise.ts'
import { contextHashes, loadContexts } from './contexts.ts'
import { toQuads } from './to-quads.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors')
const there = existsSync(vectors)
const files = there
  ? ['dcc', 'openbadges/v3', 'data-integrity'].flatMap((folder) =>
      (readdirSync(path.join(vectors, folder), { recursive: true }) as string[])
        .filter((name) => /\.json$/.test(name))
        .map((name) => path.join(folder, name)),
    )
  : []
const book = new Map(await loadContexts())
const examples = 'https://www.w3.org/ns/credentials/examples/v2'
book.set(examples, { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } })
const vocabulary = new Vocabulary(book)

async function reference(document: JsonObject): Promise<string> {
  const documentLoader = async (url: string) => ({ document: book.get(url)!, documentUrl: url, contextUrl: undefined }) as never
  return (await jsonld.canonize(JSON.parse(JSON.stringify(document)), {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader,
  } as never)) as unknown as string
}

test('R-LD-2: every bundled context is the very text that was read when it was bundled', async () => {
  const contexts = await loadContexts()
  expect([...contexts.keys()].sort()).toEqual(Object.keys(contextHashes).sort())
  for (const [address, document] of contexts) expect(hashHex('SHA-256', canonicalJson(document)), address).toBe(contextHashes[address])
})

describe.skipIf(!there)('the same statements as the reference (needs ../shared/vectors)', () => {
  test.each(files)('%s', async (file) => {
    const document = parseJson(readFileSync(path.join(vectors, file))) as JsonObject
    if (document['@context'] === undefined) return
    const list = [document['@context']].flat()
    const known = list.every((each) => typeof each === 'string')
    if (!known) {
      expect(() => toQuads(document, vocabulary)).toThrow('context.inline')
      return
    }
    let expected: string | undefined
    try {
      expected = await reference(document)
    } catch {
      expected = undefined
    }
    if (expected === undefined) expect(() => toQuads(document, vocabulary)).toThrow('context.')
    else expect(canonicalise(toQuads(document, vocabulary).quads).lines.join('')).toBe(expected)
  })
})
