/** One award as a badge, in JSON and in a picture, by every kind of key that a cryptosuite takes; accepted under the trust file of the same key. */
import type { JsonObject } from '@cairn/core'
import { parseJson } from '@cairn/core'
import { readBadge } from '@cairn/formats'
import { openBadgeForm } from '@cairn/issuing'
import { issuerOf, openKeyFile } from '@cairn/keys'
import { createDemoKey, sampleEdition, sampleInstitution } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { expect, test } from 'vitest'
import type { AwardToIssue } from './format-writer.ts'
import { writeBakedBadge, writeForm } from './write-form.ts'

const now = '2026-05-13T10:00:00Z'
const passphrase = 'a passphrase of the test'
const award: AwardToIssue = {
  award: {
    learner: { givenName: 'Ana', familyName: 'Silva', identifier: '1' },
    awardDate: '2026-05-12',
    grade: 'B',
    id: 'urn:uuid:1b4e28ba-2fa1-4d11-883f-0016d3cca427',
  },
  issued: now,
  name: '1-ana-silva',
}

async function givenWith(algorithm: 'EdDSA' | 'ES256' | 'ES384' | 'RS256') {
  const demo = createDemoKey({
    organisation: sampleInstitution,
    passphrase,
    algorithm,
    now: new Date('2026-05-01T00:00:00Z'),
  } as Parameters<typeof createDemoKey>[0])
  const signer = await openKeyFile(demo.keyFile, passphrase)
  const issuer = issuerOf(signer.certificates[0]!, sampleInstitution)
  return { given: { edition: sampleEdition, issuer, signer }, trust: demo.trust }
}

test.each(['EdDSA', 'ES256', 'ES384'] as const)('%s: valid under the trust file, lint finds nothing', async (algorithm) => {
  const { given, trust } = await givenWith(algorithm)
  const evidence = { registry: trust, statusLists: {}, retrievedAt: now }
  const form = openBadgeForm(given)
  const json = writeForm(form, 'badge.json')
  const badge = await json.write(award)
  expect(badge.fileName).toBe('1-ana-silva.badge.json')
  expect(json.lint(award)).toEqual([])
  const baked = await (await writeBakedBadge(form, sampleEdition)).write(award)
  expect(baked.fileName).toBe('1-ana-silva.badge.png')
  for (const { bytes } of [badge, baked]) {
    const report = await verify(bytes, evidence, standardPolicy, now)
    expect([report.verdict, report.view?.id, report.view?.learner, report.registry?.id]).toEqual([
      'valid',
      award.award.id,
      'Ana Silva',
      sampleInstitution.id,
    ])
  }
  // The picture holds the same badge: only the moment's signature may differ.
  const { proof: _one, ...inJson } = parseJson(badge.bytes) as JsonObject
  const { proof: _other, ...inPicture } = await readBadge(baked.bytes)
  expect(inPicture).toEqual(inJson)
})

test('an RSA key is refused before anything is signed', async () => {
  const { given } = await givenWith('RS256')
  expect(() => openBadgeForm(given)).toThrow('proof.suite-not-accepted')
})
