/** A report that somebody else made and signed: whose it is, what it says, and how long it speaks. */
import { canonicalJson, verdictOf } from '@cairn/core'
import { detectFormat } from '@cairn/formats'
import { signCompact } from '@cairn/seals'
import { beforeAll, expect, test } from 'vitest'
import { standardPolicy } from '../policy.ts'
import { entry, evidenceOf, keyOf, now, registryOf, sealedCredential, sealKey } from '../vectors/neighbourhood.ts'
import { verify } from '../verify.ts'
import { signedReportType, signReport } from './signed-report.ts'

const checkerNumber = 'VATCZ-00000042'
const checker = keyOf({ organisation: 'Checking Desk', organizationIdentifier: checkerNumber })
const known = evidenceOf(
  registryOf(entry, { ...entry, id: 'https://desk.example', legalName: 'Checking Desk', organizationIdentifier: checkerNumber }),
)
const bytesOf = (text: string) => new TextEncoder().encode(text)
let sealed: Uint8Array
let signed: Uint8Array
beforeAll(async () => {
  sealed = await sealedCredential()
  signed = bytesOf(`${await signReport(sealed, await verify(sealed, known, standardPolicy, now), checker)}\n`)
})
const judge = (bytes: Uint8Array, evidence = known, at = now) => verify(bytes, evidence, standardPolicy, at)

test('a report by a body of the registry: genuine, with what it saw and whose word it is', async () => {
  expect(detectFormat(signed)).toBe('verification-report')
  const report = await judge(signed)
  expect(report).toMatchObject({
    format: 'verification-report',
    verdict: 'valid',
    registry: { legalName: 'Checking Desk' },
    reported: { verdict: 'valid', at: now, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    view: { learner: 'Ana Horváthová' },
  })
  expect(report.view).not.toHaveProperty('image')
})

test('by somebody whom nobody named it is undecided, and never valid', async () => {
  expect(await judge(signed, evidenceOf())).toMatchObject({ verdict: 'indeterminate', results: { seal: 'passed', issuer: 'unknown' } })
})

test('it never says more than what was found', async () => {
  const altered = bytesOf(new TextDecoder().decode(sealed).replace('Ana', 'Eva'))
  const bad = bytesOf(await signReport(altered, await judge(altered), checker))
  expect(await judge(bad)).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' }, reported: { verdict: 'invalid' } })
  expect((await judge(bad)).view).toBeUndefined()
  const found = await judge(sealed)
  for (const name of ['parts', 'holder'] as const)
    for (const outcome of ['failed', 'unknown'] as const) {
      const results = { ...found.results, [name]: outcome }
      const told = await judge(bytesOf(await signReport(sealed, { ...found, verdict: verdictOf(results), results }, checker)))
      expect(told, name).toMatchObject({
        verdict: verdictOf(results),
        results: { [name]: outcome },
        reported: { verdict: verdictOf(results) },
      })
      expect(told.findings).toContainEqual(expect.objectContaining({ check: `${name}.reported`, outcome }))
    }
  const open = bytesOf(await signReport(sealed, await judge(sealed, evidenceOf(registryOf())), checker))
  expect(await judge(open)).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
})

test('R-ST-2: what it says of the status is good for a day, and it cannot be of a time to come', async () => {
  expect(await judge(signed, known, '2026-05-13T09:59:00Z')).toMatchObject({ verdict: 'valid' })
  const old = await judge(signed, known, '2026-05-13T10:01:00Z')
  expect([old.verdict, old.results.status, old.findings.at(-1)?.problem?.code]).toEqual(['indeterminate', 'unknown', 'report.too-old'])
  expect(await judge(signed, known, '2026-05-12T09:00:00Z')).toMatchObject({ verdict: 'invalid', results: { validity: 'failed' } })
})

test('beside its document, and beside another', async () => {
  const beside = (bytes: Uint8Array) => ({ ...known, detached: [{ name: 'a', bytes }] })
  expect((await judge(signed, beside(sealed))).verdict).toBe('valid')
  expect(await judge(signed, beside(signed))).toMatchObject({ verdict: 'invalid', subIndication: 'HASH_FAILURE' })
})

test('R-DISP-1: an edit of the report is never shown', async () => {
  for (let at = 0; at < signed.length - 1; at += 97) {
    const edited = signed.slice()
    edited[at] = edited[at] === 65 ? 66 : 65
    const report = await judge(edited)
    if (report.verdict === 'valid') expect(edited).toEqual(signed)
    else expect(report.view).toBeUndefined()
  }
})

test('a payload that is no report is refused, whoever signed it', async () => {
  const good = { form: 'cairn-verification-report-1', document: { sha256: 'a'.repeat(64) } }
  const report = {
    format: 'x',
    verdict: 'valid',
    at: now,
    results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
  }
  const sign = async (payload: object) => bytesOf(await signCompact(canonicalJson(payload as never), signedReportType, sealKey))
  expect((await judge(await sign({ ...good, report }))).verdict).toBe('valid')
  const wrong = [
    {},
    good,
    { ...good, form: 'x', report },
    { ...good, report: { ...report, at: {} } },
    { ...good, report: { ...report, view: { title: [] } } },
    { ...good, report: { ...report, results: {} } },
    { ...good, report: { ...report, verdict: 'fine' } },
  ]
  for (const payload of wrong)
    expect(await judge(await sign(payload))).toMatchObject({ verdict: 'invalid', findings: [{ problem: { code: 'report.unreadable' } }] })
})
