/** Our reading of JSON-LD beside the reference implementation's, over every published credential and its proof. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { canonicalJson, type Json, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { hashHex } from '#hash'
import { Vocabulary } from './active-context.ts'
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
    rdfDirection: 'i18n-datatype',
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

/** Values that stand where others stood: texts, numbers, languages, references, lists, nodes, and what has no place. */
const values: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom<Json>(null, true, 0, -1, 1.5, 1e21, '', 'urn:a:b', '_:x', '2026-01-01T00:00:00Z', [], ['a', 'a'], [null, 'b'], {}),
  fc.constantFrom<Json>(
    { '@value': 'x', '@language': 'EN' },
    { '@value': 'x', '@language': 'ar', '@direction': 'rtl' },
    { '@value': 3, '@type': 'http://www.w3.org/2001/XMLSchema#double' },
    { '@value': null },
    { '@list': ['a', { id: 'urn:l' }] },
    { '@set': ['a'] },
    { id: 'urn:n', type: 'Image' },
    { id: 'relative' },
    { type: ['Alignment'], targetName: 'n', targetUrl: 'urn:t' },
    { '@id': 'urn:k' },
    { '@graph': [] },
  ),
)
const names = fc.constantFrom(
  'name',
  'description',
  'image',
  'id',
  'type',
  'alignment',
  'creditsAvailable',
  'tag',
  'allowedValue',
  'inLanguage',
  'x',
  'schema:x',
  'endorsement',
)

test('whatever is read says what the reference reads in it; the rest is refused with a reason (safe mode beside ours)', async () => {
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: 'urn:i', type: ['Profile'] },
  }
  let read = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('root', 'issuer', 'subject', 'achievement'), names, values), { maxLength: 4 }),
      async (edits) => {
        const places: Record<string, JsonObject> = {
          root: { ...document } as JsonObject,
          issuer: { ...document.issuer } as JsonObject,
          subject: { type: ['AchievementSubject'] },
          achievement: { id: 'urn:a', type: ['Achievement'], name: 'A' },
        }
        for (const [place, name, value] of edits) places[place]![name] = value
        const made = {
          ...places.root!,
          issuer: places.issuer!,
          credentialSubject: { ...places.subject!, achievement: places.achievement! },
        }
        let own: string | undefined
        try {
          own = canonicalise(toQuads(made, vocabulary).quads).lines.join('')
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError)
          return
        }
        read++
        expect(own).toBe(await reference(made))
      },
    ),
    { numRuns: 250 },
  )
  expect(read).toBeGreaterThan(40)
})

test('graphs side by side: a credential with its proof in a presentation, as the reference reads it', async () => {
  const context = 'https://www.w3.org/ns/credentials/v2'
  const proof = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', created: '2026-01-01T00:00:00Z', proofValue: 'z1' }
  const credential = {
    '@context': context,
    type: 'VerifiableCredential',
    issuer: 'did:example:1',
    proof,
    credentialSubject: { id: 'did:example:2' },
  }
  const presentation = {
    '@context': context,
    type: 'VerifiablePresentation',
    verifiableCredential: [credential, { ...credential, id: 'urn:other' }],
  }
  const { quads } = toQuads(presentation as JsonObject, vocabulary)
  expect(canonicalise(quads).lines.join('')).toBe(await reference(presentation as JsonObject))
})
