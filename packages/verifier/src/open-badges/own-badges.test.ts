/** Badges of ours: the same bytes as the reference makes, read back whole, accepted by us and by the reference library, and never with a changed display. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { AwardGiven, JsonObject } from '@cairn/core'
import { parseJson } from '@cairn/core'
import { bakePng, bakeSvg, composeOpenBadge, lintOpenBadge, prepareOpenBadge } from '@cairn/formats'
import { checkProofs, didKeyOfSpki, fillGraph, loadContexts, prepareGraph, prepareSigning, signBadgeToken } from '@cairn/seals'
import { sampleEdition, sampleInstitution } from '@cairn/testkit'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Evidence } from '../evidence.ts'
import { standardPolicy } from '../policy.ts'
import { verify } from '../verify.ts'

const now = '2026-05-13T10:00:00Z'
const utf8 = new TextEncoder()
const pair = generateKeyPairSync('ed25519')
const did = didKeyOfSpki(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })))!
const verificationMethod = `${did}#${did.slice(8)}`
const signing = {
  suite: 'eddsa-rdfc-2022',
  algorithm: 'EdDSA',
  verificationMethod,
  sign: (bytes: Uint8Array) => sign(null, bytes, pair.privateKey),
} as const
const prepared = prepareOpenBadge(sampleEdition, { id: did, organisation: sampleInstitution })
const given: AwardGiven = {
  learner: { givenName: 'Žofie "Ž" Anna', familyName: 'Dvořáková', dateOfBirth: '1999-05-12', identifier: 'S-1', email: 'z@example.org' },
  awardDate: '2026-05-12',
  grade: 'A',
  referenceNumber: 'LH-2026-1',
}
const id = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const status = { list: 'https://lakeside.example/status/1', index: 7, purpose: 'revocation' } as const
const registry = {
  anchors: [],
  trustedLists: [],
  issuers: [{ id: sampleInstitution.id, legalName: 'Lakeside', keys: [did], types: ['*'], logRequired: false }],
}
const evidence: Evidence = { registry, statusLists: {}, retrievedAt: now }
const compose = (award = given, withStatus = false) =>
  composeOpenBadge(prepared, { ...award, id }, { issued: now, ...(withStatus ? { status } : {}) })
const signBadge = prepareSigning(signing)
let badge: Uint8Array
let contexts: ReadonlyMap<string, unknown>
const documentLoader = async (url: string) => ({ document: contexts.get(url), documentUrl: url, contextUrl: undefined })

beforeAll(async () => {
  badge = await signBadge(compose(), now)
  const { contexts: ofKeys } = await import('@digitalbazaar/multikey-context')
  contexts = new Map<string, unknown>([...(await loadContexts()), ...ofKeys])
})

async function reference(text: string): Promise<string> {
  return (await jsonld.canonize(JSON.parse(text), {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader,
  } as never)) as unknown as string
}

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '' && text.isWellFormed())
const awards: fc.Arbitrary<AwardGiven> = fc.record(
  {
    learner: fc.record(
      { givenName: word, familyName: word, dateOfBirth: fc.constant('2001-02-03'), identifier: word },
      { requiredKeys: ['givenName', 'identifier'] },
    ),
    awardDate: fc.constant('2026-05-12'),
    grade: word,
    referenceNumber: word,
    validUntil: fc.constant('2028-01-01'),
    learningStart: fc.constant('2026-01-01'),
  },
  { requiredKeys: ['learner', 'awardDate'] },
) as fc.Arbitrary<AwardGiven>

test('the filled graph is the canonical form that the reference makes of the whole document, blank nodes included', async () => {
  await fc.assert(
    fc.asyncProperty(awards, fc.boolean(), async (award, withStatus) => {
      const composed = compose(award, withStatus)
      const template = await prepareGraph(composed.specimen, composed.mark)
      expect(fillGraph(template, composed.slots)).toBe(await reference(composed.text))
    }),
    { numRuns: 60 },
  )
})

test('a text that looks like a mark is only a text', async () => {
  const odd = { ...sampleEdition, specification: { ...sampleEdition.specification, title: { en: 'urn:slot0:id: and urn:slot1:name:' } } }
  const composed = composeOpenBadge(prepareOpenBadge(odd, { id: did, organisation: sampleInstitution }), { ...given, id }, { issued: now })
  expect(fillGraph(await prepareGraph(composed.specimen, composed.mark), composed.slots)).toBe(await reference(composed.text))
  const learner = { ...given, learner: { ...given.learner, givenName: `${compose().mark}id:` } }
  const named = compose(learner)
  expect(fillGraph(await prepareGraph(named.specimen, named.mark), named.slots)).toBe(await reference(named.text))
})

test('nodes that look alike: one competency under several outcomes', async () => {
  const competency = { id: 'https://frameworks.example/c/1', label: { en: 'Climate services' } }
  const outcomes = sampleEdition.specification.outcomes.map((outcome) => ({ ...outcome, competencies: [competency] }))
  const alike = { ...sampleEdition, specification: { ...sampleEdition.specification, outcomes } }
  const composed = composeOpenBadge(
    prepareOpenBadge(alike, { id: did, organisation: sampleInstitution }),
    { ...given, id },
    { issued: now },
  )
  const filled = fillGraph(await prepareGraph(composed.specimen, composed.mark), composed.slots)
  expect(filled).toBe(await reference(composed.text))
  const sameName = compose({ ...given, learner: { givenName: 'S-1', identifier: 'S-1' } })
  expect(fillGraph(await prepareGraph(sameName.specimen, sameName.mark), sameName.slots)).toBe(await reference(sameName.text))
})

test('OB 3.0: the lint finds nothing that blocks or warns', () => {
  expect(lintOpenBadge(parseJson(compose(given, true).text) as JsonObject)).toEqual(
    [{ rule: 'OB6', severity: 'W', problem: expect.objectContaining({ code: 'open-badge.subject-unnamed' }) }].slice(1),
  )
})

describe('read(compose(award))', () => {
  test('valid, by the registry, and shown as it was awarded', async () => {
    const report = await verify(badge, evidence, standardPolicy, now)
    expect(report.findings.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(report.verdict).toBe('valid')
    expect(report.registry?.id).toBe(sampleInstitution.id)
    const { specification } = sampleEdition
    expect(report.view).toMatchObject({
      id,
      title: specification.title.en,
      learner: 'Žofie "Ž" Anna Dvořáková',
      dateOfBirth: '1999-05-12',
      issued: now,
      awardDate: '2026-05-12',
      kind: 'micro-credential',
      referenceNumber: 'LH-2026-1',
      achievement: sampleEdition.achievement,
      workload: { ects: 2 },
      level: { eqf: 6 },
    })
    expect([...report.view!.outcomes].sort()).toEqual(specification.outcomes.map(({ title }) => title.en).sort())
    expect(report.view!.assessments).toContainEqual({ title: 'Homogenised series with a report', type: 'Result', grade: 'A' })
  })
  test('an unknown issuer is indeterminate, another issuer of the registry is not', async () => {
    const nobody = await verify(badge, { ...evidence, registry: { ...registry, issuers: [] } }, standardPolicy, now)
    expect([nobody.verdict, nobody.results.issuer]).toEqual(['indeterminate', 'unknown'])
    const other = generateKeyPairSync('ed25519')
    const forged = await prepareSigning({
      ...signing,
      verificationMethod: (() => {
        const name = didKeyOfSpki(new Uint8Array(other.publicKey.export({ type: 'spki', format: 'der' })))!
        return `${name}#${name.slice(8)}`
      })(),
      sign: (bytes) => sign(null, bytes, other.privateKey),
    })(compose(), now)
    const report = await verify(forged, evidence, standardPolicy, now)
    expect([report.results.seal, report.results.issuer, report.verdict]).toEqual(['passed', 'failed', 'invalid'])
  })
  test('R-LD-3: a proof of a later time, and one that has ended', async () => {
    const later = await signBadge(compose(), '2026-05-13T10:02:00Z')
    expect((await verify(later, evidence, standardPolicy, now)).results.validity).toBe('failed')
    const skewed = await signBadge(compose(), '2026-05-13T10:00:59Z')
    expect((await verify(skewed, evidence, standardPolicy, now)).results.validity).toBe('passed')
  })
  test('R-ST-1: a status list that is not at hand is unknown', async () => {
    const report = await verify(await signBadge(compose(given, true), now), evidence, standardPolicy, now)
    expect([report.results.status, report.verdict]).toEqual(['unknown', 'indeterminate'])
  })
})

test('ecdsa-rdfc-2019 with P-256 and the JWT form are verified too', async () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = didKeyOfSpki(new Uint8Array(ec.publicKey.export({ type: 'spki', format: 'der' })))!
  const kid = `${name}#${name.slice(8)}`
  const own = prepareOpenBadge(sampleEdition, { id: name, organisation: sampleInstitution })
  const composed = composeOpenBadge(own, { ...given, id }, { issued: now })
  const signEc = (bytes: Uint8Array) => sign('sha256', bytes, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })
  const trust = { ...evidence, registry: { ...registry, issuers: [{ ...registry.issuers[0]!, keys: [name] }] } }
  const signed = await prepareSigning({ suite: 'ecdsa-rdfc-2019', algorithm: 'ES256', verificationMethod: kid, sign: signEc })(
    composed,
    now,
  )
  expect((await verify(signed, trust, standardPolicy, now)).verdict).toBe('valid')
  const token = await signBadgeToken(parseJson(composed.text) as JsonObject, { algorithm: 'ES256', key: { kid }, sign: signEc })
  const report = await verify(utf8.encode(token), trust, standardPolicy, now)
  expect([report.format, report.verdict, report.view?.learner]).toEqual(['open-badge-jwt', 'valid', 'Žofie "Ž" Anna Dvořáková'])
})

test('VC data model 1.1, 6.3.1: claims that say something else than the badge are refused', async () => {
  const document = parseJson(compose().text) as JsonObject
  const token = async (change: JsonObject) => {
    const text = await signBadgeToken(
      { ...document, ...change },
      { algorithm: 'EdDSA', key: { kid: verificationMethod }, sign: signing.sign },
    )
    const [header, payload] = text.split('.') as [string, string]
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), id: document.id }
    const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
    return utf8.encode(`${input}.${Buffer.from(signing.sign(utf8.encode(input))).toString('base64url')}`)
  }
  expect((await verify(await token({}), evidence, standardPolicy, now)).verdict).toBe('valid')
  const report = await verify(await token({ id: 'urn:uuid:00000000-0000-4000-8000-000000000002' }), evidence, standardPolicy, now)
  expect(report.findings[0]?.problem?.code).toBe('open-badge.claims-differ')
})

test('our badges are accepted by @digitalbazaar/vc', async () => {
  const { verifyCredential } = await import('@digitalbazaar/vc')
  const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity')
  const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')
  const { from } = await import('@digitalbazaar/ed25519-multikey')
  const relation = { '@id': 'https://w3id.org/security#assertionMethod', '@type': '@id', '@container': '@set' }
  const controller = { '@context': { id: '@id', assertionMethod: relation }, id: did, assertionMethod: [verificationMethod] }
  const key = await from({ type: 'Multikey', id: verificationMethod, controller: did, publicKeyMultibase: did.slice(8) })
  const loader = async (url: string) => {
    if (url === did) return { document: controller, documentUrl: url }
    if (url === verificationMethod) return { document: await key.export({ publicKey: true, includeContext: true }), documentUrl: url }
    return documentLoader(url)
  }
  for (const bytes of [badge, await signBadge(compose(), now)]) {
    const result = await verifyCredential({
      credential: JSON.parse(new TextDecoder().decode(bytes)),
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader: loader,
      now: new Date(now),
    })
    expect(result.error).toBeUndefined()
    expect(result.verified).toBe(true)
  }
})

describe('R-DISP-1: one-byte edits, none accepted with a changed display', () => {
  const tokenOf = () =>
    signBadgeToken(parseJson(compose().text) as JsonObject, { algorithm: 'EdDSA', key: { kid: verificationMethod }, sign: signing.sign })
  const picture = () => {
    const crcs = Uint8Array.from(
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
    )
    return crcs
  }
  const forms: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
    ['JSON', async () => badge],
    ['JWT', async () => utf8.encode(await tokenOf())],
    ['PNG', async () => bakePng(picture(), new TextDecoder().decode(badge))],
    ['SVG', async () => bakeSvg(utf8.encode('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'), await tokenOf())],
    ['SVG with JSON', async () => bakeSvg(utf8.encode('<svg xmlns="http://www.w3.org/2000/svg"></svg>'), new TextDecoder().decode(badge))],
  ]
  test.each(forms)('%s', async (_, make) => {
    const good = await make()
    const shown = JSON.stringify((await verify(good, evidence, standardPolicy, now)).view)
    expect(shown).toContain('Dvořáková')
    // A fixed generator: the same edits each time (Park and Miller).
    let seed = 20260512
    const next = (below: number) => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    let accepted = 0
    for (let count = 0; count < 400; count++) {
      const edited = good.slice()
      edited[next(edited.length)]! ^= 1 + next(255)
      const report = await verify(edited, evidence, standardPolicy, now)
      if (report.view === undefined) continue
      accepted++
      expect(JSON.stringify(report.view)).toBe(shown)
    }
    // Blanks, escapes, the picture around: some edits change nothing that was signed.
    expect(accepted).toBeLessThan(60)
  })
  test('a signed document that is written in another way shows the same', async () => {
    const document = JSON.parse(new TextDecoder().decode(badge)) as JsonObject
    const subject = document.credentialSubject as JsonObject
    const achievement = subject.achievement as JsonObject
    // The end of validity cannot be taken away by moving it to another mention of the same node, nor anything be hidden by order.
    const moved = {
      ...document,
      credentialSubject: { ...subject, achievement: { ...achievement, alignment: [...(achievement.alignment as JsonObject[])].reverse() } },
    }
    const one = await verify(badge, evidence, standardPolicy, now)
    const other = await verify(utf8.encode(JSON.stringify(moved)), evidence, standardPolicy, now)
    expect(other.results.seal).toBe('passed')
    expect(other.view).toEqual(one.view)
    expect((await checkProofs(moved as JsonObject)).proofs[0]!.outcome).toBe('passed')
  })
})
