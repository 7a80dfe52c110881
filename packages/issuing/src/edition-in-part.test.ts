/** An award of some of the outcomes, in every form: what it claims, and what it does not. */
import { randomBytes } from 'node:crypto'
import { type Edition, type JsonObject, lintSpecification, parseJson, Urn } from '@cairn/core'
import { composeElm, lintElm, prepareElm, readElm, readOpenBadge, readSdJwtVc } from '@cairn/formats'
import { issuerOf, openKey } from '@cairn/keys'
import { processPayload, readSdJwt } from '@cairn/seals'
import { createDemoKey, sampleEdition, sampleInstitution } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { editionFor } from './edition-in-part.ts'
import { openBadgeForm } from './open-badge-form.ts'
import { learningCredentialForm } from './sd-jwt-form.ts'

const shares = [
  { ects: 0.5, hours: 14 },
  { ects: 1, hours: 28 },
  { ects: 0.5, hours: 14 },
]
const whole: Edition = {
  ...sampleEdition,
  specification: {
    ...sampleEdition.specification,
    outcomesSummary: { en: 'Three outcomes.' },
    awardedInPart: true,
    outcomes: sampleEdition.specification.outcomes.map((outcome, at) => ({ ...outcome, workload: shares[at]! })),
  },
}
const met = { outcomes: ['detect', 'explain'] }
const given = { ...met, id: 'urn:uuid:00000000-0000-4000-8000-000000000030', awardDate: '2026-05-12', grade: 'B' }
const award = { ...given, learner: { givenName: 'Ana', familyName: 'Horváthová', dateOfBirth: '1999-10-01' } }
const issued = '2026-05-12T08:00:00Z'
const dot = {
  language: 'en',
  mediaType: 'image/png' as const,
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
}

const claimed = {
  title: 'Homogenisation of climate records (part)',
  outcomes: ['Detect breaks in a temperature series with two statistical tests', 'Explain the choice of reference stations to a colleague'],
  workload: { ects: 1, hours: 28 },
}

test('A7: what is awarded in part says the share of each outcome, and the shares are the whole', () => {
  const findings = (outcomes: object[]) =>
    lintSpecification({ ...whole.specification, outcomes: outcomes as never }, { institution: sampleInstitution, on: '2026-05-12' })
      .filter(({ severity }) => severity === 'B')
      .map(({ problem: { code, pointer } }) => `${code} ${pointer}`)
  const { outcomes } = whole.specification
  expect(findings(outcomes)).toEqual([])
  expect(findings([{ ...outcomes[0]!, workload: { ects: 0.5 } }, outcomes[1]!, outcomes[2]!])).toEqual([
    'annex1.share-missing /outcomes/0/workload/hours',
  ])
  expect(findings([{ ...outcomes[0]!, workload: { ects: 0.75, hours: 14 } }, outcomes[1]!, outcomes[2]!])).toEqual([
    'annex1.shares-sum /outcomes',
  ])
})

test('a part has an identifier of its own, the same for all who met it, and nothing of the whole but its name', async () => {
  expect(await editionFor(whole, {})).toBe(whole)
  expect(await editionFor(whole, { outcomes: ['explain', 'detect', 'correct'] })).toBe(whole)
  const part = await editionFor(whole, met)
  expect(Urn.safeParse(part.achievement).success).toBe(true)
  expect(part.achievement).not.toBe(whole.achievement)
  expect((await editionFor(whole, { outcomes: ['explain', 'detect'] })).achievement).toBe(part.achievement)
  expect((await editionFor(whole, { outcomes: ['explain'] })).achievement).not.toBe(part.achievement)
  expect(part.specification).toMatchObject({
    title: { cs: 'Homogenizace klimatických řad (část)' },
    stackability: { type: 'stackable', towards: [{ id: whole.achievement }] },
    furtherInformation: { en: 'Awarded in part: 2 of 3 learning outcomes.', cs: 'Uděleno zčásti: 2 z 3 výsledků učení.' },
  })
  expect(part.specification.outcomesSummary).toBeUndefined()
  expect((await editionFor(whole, { outcomes: ['explain'] })).specification.assessments.map(({ key }) => key)).toEqual(['oral'])
  for (const bad of [editionFor(sampleEdition, met), editionFor(whole, { outcomes: ['detect', 'fly'] })])
    await expect(bad).rejects.toMatchObject({ problem: { code: 'input.invalid', pointer: '/outcomes' } })
})

test('in each form it claims the outcomes met, their credit and their share of the workload, under a title that says so', async () => {
  const { keyFile } = createDemoKey({ organisation: sampleInstitution, passphrase: 'x'.repeat(20), now: new Date('2026-05-01') })
  const signer = await openKey(keyFile, { passphrase: 'x'.repeat(20) })
  const issuer = issuerOf(signer.certificates[0]!, sampleInstitution)
  const edition = await editionFor(whole, met)
  const forms = { edition, issuer, signer }

  const document = parseJson(composeElm(prepareElm(edition, issuer, [dot]), award, { issued }).payload) as JsonObject
  for (const profile of ['elm', 'annex1'] as const)
    expect(lintElm(document, { profile, at: issued }).filter(({ severity }) => severity === 'B')).toEqual([])
  const sealed = readElm(document)
  expect(sealed).toMatchObject({ ...claimed, stackability: 'Homogenisation of climate records', achievement: edition.achievement })
  expect(sealed.furtherInformation).toBe('Awarded in part: 2 of 3 learning outcomes.')
  expect(JSON.stringify(document)).not.toContain('Correct a daily series')

  const badge = JSON.parse(new TextDecoder().decode(await openBadgeForm(forms).sign({ award, issued }))) as JsonObject
  expect(readOpenBadge(badge)).toMatchObject({ title: claimed.title, outcomes: claimed.outcomes, achievement: edition.achievement })
  expect(badge.credentialSubject).toMatchObject({ creditsEarned: 1 })
  expect(JSON.stringify(badge)).not.toContain('Correct a daily series')

  const salt = () => randomBytes(16).toString('base64url')
  const token = readSdJwt(await learningCredentialForm(forms, salt).sign({ award, issued }))
  const { payload } = await processPayload(token)
  expect(readSdJwtVc(payload)).toMatchObject({
    ...claimed,
    stackability: 'Homogenisation of climate records',
    achievement: edition.achievement,
  })
})

test('nobody can put an award of some outcomes into a document of all of them', async () => {
  const prepared = prepareElm(whole, { organisation: sampleInstitution, organizationIdentifier: 'VATCZ-00000019' }, [dot])
  expect(() => composeElm(prepared, award, { issued })).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'annex1.outcomes-not-met' }) }),
  )
  const { outcomes: _, ...all } = award
  expect(readElm(parseJson(composeElm(prepared, all, { issued }).payload) as JsonObject).outcomes).toHaveLength(3)
})
