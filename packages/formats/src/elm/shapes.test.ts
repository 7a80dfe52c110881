/** What we compose against the official shapes and contexts, read in place from ../shared/vectors. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Edition, type Issuer, type JsonObject, parseJson } from '@cairn/core'
import jsonld from 'jsonld'
import { DataFactory, Parser, Store } from 'n3'
// @ts-expect-error shacl-engine ships no types
import { Validator } from 'shacl-engine'
import { expect, test } from 'vitest'
import { composeElm } from './compose.ts'
import { lintElm } from './lint/lint-elm.ts'
import { prepareElm } from './prepare.ts'
import { climateData, dot, editionOf, fullAward, otherKinds, sealingBody, universityIssuer } from './specimens.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors')
const there = existsSync(vectors)
const read = (file: string) => readFileSync(path.join(vectors, file), 'utf8')
const status = { list: 'https://cairn.example/status/1', index: 4711, purpose: 'revocation' } as const

const contexts = (version: 'elm/lts-3.2' | 'elm/context') => async (address: string) => {
  const file = address.endsWith('/v1') ? 'openbadges/contexts/2018-credentials-v1.jsonld' : `${version}/edc-ap-context.jsonld`
  return { documentUrl: address, document: JSON.parse(read(file)) as object }
}
const compiled = new Map<string, Validator>()
function shapes(folder: 'elm/lts-3.2' | 'elm/shacl', names: readonly string[], without: readonly string[] = []): Validator {
  const key = [folder, ...names, '-', ...without].join()
  const known = compiled.get(key)
  if (known) return known
  const store = new Store(names.flatMap((name) => new Parser().parse(read(`${folder}/${name}.ttl`))))
  for (const quad of store.getQuads(null, 'http://www.w3.org/2002/07/owl#imports', null, null)) store.delete(quad)
  const minCount = DataFactory.namedNode('http://www.w3.org/ns/shacl#minCount')
  for (const path of without)
    for (const { subject } of store.getQuads(null, 'http://www.w3.org/ns/shacl#path', path, null))
      for (const quad of store.getQuads(subject, minCount, null, null)) store.delete(quad)
  const made = new Validator(store, { factory: { ...DataFactory, dataset: (quads: Iterable<never>) => new Store([...(quads ?? [])]) } })
  compiled.set(key, made)
  return made
}
async function violations(document: JsonObject, validator: Validator, version: 'elm/lts-3.2' | 'elm/context'): Promise<string[]> {
  const quads = (await jsonld.toRDF(
    document as object,
    { format: 'application/n-quads', safe: true, documentLoader: contexts(version) } as object,
  )) as unknown as string
  const report = await validator.validate({ dataset: new Store(new Parser({ format: 'N-Quads' }).parse(quads)) })
  return report.results.map(
    (r: {
      path?: { predicates?: { value: string }[] }[]
      constraintComponent: { value: string }
      focusNode?: { value?: string; term?: { value: string } }
    }) =>
      `${JSON.stringify(r.path?.map((p) => p.predicates?.map((x) => x.value)))} ${r.constraintComponent.value.split('#')[1]} at ${r.focusNode?.term?.value ?? r.focusNode?.value}`,
  )
}
const generic = ['EDC-generic-no-cv', 'EDC-generic-full']
const compose = (edition: Edition, issuer: Issuer, withStatus: boolean) =>
  parseJson(
    composeElm(
      prepareElm(edition, issuer, [dot]),
      { ...fullAward, evidence: 'https://works.example/atlas' },
      { issued: '2026-05-20T12:00:00+02:00', ...(withStatus && { status }) },
    ).payload,
  ) as JsonObject

const cases: readonly (readonly [string, Edition, Issuer, readonly string[]])[] = [
  ['a micro-credential', editionOf(climateData), universityIssuer, generic],
  ['one sealed on behalf', editionOf(climateData), sealingBody, [...generic, 'EDC-issuedByMandate']],
  ...otherKinds.map((specification) => [`a ${specification.kind}`, editionOf(specification), universityIssuer, generic] as const),
]

for (const [name, edition, issuer, profile] of cases) {
  test.skipIf(!there)(`AP 1.2: ${name} conforms with its status, and expands in safe mode (needs ../shared/vectors)`, async () => {
    expect(await violations(compose(edition, issuer, true), shapes('elm/lts-3.2', profile), 'elm/lts-3.2')).toEqual([])
  })
  test.skipIf(!there)(`AP 1.1: ${name} conforms but for the status (needs ../shared/vectors)`, async () => {
    expect(await violations(compose(edition, issuer, false), shapes('elm/shacl', profile), 'elm/context')).toEqual([])
    const found = await violations(compose(edition, issuer, true), shapes('elm/shacl', profile), 'elm/context')
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/credentialStatus.*DatatypeConstraint/)
  })
}

test.skipIf(!there)('the gate before sealing passes with what the sealer adds taken away (needs ../shared/vectors)', async () => {
  const { issued: _, issuanceDate: __, issuer: ___, ...document } = compose(editionOf(climateData), universityIssuer, true)
  const relaxed = ['issued', 'issuer'].map((name) => `https://www.w3.org/2018/credentials#${name}`)
  expect(await violations(document, shapes('elm/lts-3.2', generic, relaxed), 'elm/lts-3.2')).toEqual([])
  expect((await violations(document, shapes('elm/lts-3.2', generic), 'elm/lts-3.2')).length).toBeGreaterThan(0)
})

test.skipIf(!there)(
  'the shapes do catch what is wrong: no title, a plain-string title, a bad duration (needs ../shared/vectors)',
  async () => {
    const validator = shapes('elm/lts-3.2', generic)
    const good = JSON.stringify(compose(editionOf(climateData), universityIssuer, true))
    for (const [from, to] of [
      ['"volumeOfLearning":"PT52H30M"', '"volumeOfLearning":"sixty hours"'],
      ['"type":"Qualification","title":', '"type":"Qualification","altLabel":'],
      [
        '"type":["VerifiableCredential","EuropeanDigitalCredential"],"credentialProfiles"',
        '"type":["VerifiableCredential","EuropeanDigitalCredential"],"evidence"',
      ],
    ] as const) {
      expect(good).toContain(from)
      expect((await violations(JSON.parse(good.replaceAll(from, to)), validator, 'elm/lts-3.2')).length, from).toBeGreaterThan(0)
    }
  },
)

test('AP 1.2: our own lint finds nothing in what we compose', () => {
  for (const [, edition, issuer] of cases)
    for (const withStatus of [true, false])
      expect(lintElm(compose(edition, issuer, withStatus), { profile: 'elm', at: '2026-06-01' })).toEqual([])
})

/** Every way to damage a document at one place: a member taken away, a text for a node, a value twice. */
function damages(document: JsonObject): { what: string; damaged: JsonObject }[] {
  const found: { what: string; damaged: JsonObject }[] = []
  const walk = (value: unknown, steps: (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return
    for (const key of Object.keys(value)) {
      const here = [...steps, Array.isArray(value) ? Number(key) : key]
      if (here[0] === '@context') continue
      const change = (what: string, edit: (holder: Record<string, unknown>, key: string) => void) => {
        const damaged = structuredClone(JSON.parse(JSON.stringify(document)))
        const holder = here.slice(0, -1).reduce((each, step) => each[step], damaged)
        edit(holder, String(here.at(-1)))
        found.push({ what: `${what} /${here.join('/')}`, damaged })
      }
      if (!Array.isArray(value)) change('without', (holder, member) => void delete holder[member])
      if (key !== 'id' && key !== 'type' && !key.includes(':'))
        change('nonsense', (holder, member) => Object.assign(holder, { [member]: 'nonsense' }))
      walk((value as Record<string, unknown>)[key], here)
    }
  }
  walk(document, [])
  return found
}

test.skipIf(!there)('our own lint finds what the shapes find, wherever a document is damaged (needs ../shared/vectors)', async () => {
  const validator = shapes('elm/lts-3.2', generic)
  const all = damages(compose(editionOf(climateData), universityIssuer, true))
  const stride = 17
  let wrong = 0
  for (let index = 3; index < all.length; index += stride) {
    const { what, damaged } = all[index]!
    const ours = lintElm(damaged, { profile: 'elm', at: '2026-06-01' }).filter(({ severity }) => severity === 'B')
    const theirs = await violations(damaged, validator, 'elm/lts-3.2').catch(() => ['not safe'])
    if (theirs.length === 0) continue
    wrong++
    expect(ours.length, `${what}: ${theirs[0]}`).toBeGreaterThan(0)
  }
  expect(wrong).toBeGreaterThan(20)
})
