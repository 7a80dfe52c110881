/** Who may seal what by the registry, where their status lists stand, and whether they were accredited for it: on really sealed credentials. */
import { type Json, type Report, readDeqar, type TrustEntry } from '@cairn/core'
import { sampleAccreditations } from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Evidence } from '../evidence.ts'
import { readEvidence, standardPolicy, verify, writeEvidence } from '../index.ts'
import { entry, evidenceOf, listAddress, now, registryOf, sealedCredential, statusListOf } from '../vectors/neighbourhood.ts'
import { type Running, sealedAt, startRunning } from '../vectors/running.ts'

const codes = ({ findings }: Report) => findings.flatMap(({ problem }) => problem?.code ?? [])
const judge = (bytes: Uint8Array, evidence: Evidence) => verify(bytes, evidence, standardPolicy, now)
let sealed: Uint8Array
beforeAll(async () => {
  sealed = await sealedCredential()
})

describe('R-ISS-1: an entry limits what its issuer may seal', () => {
  const under = (change: Partial<TrustEntry>) => judge(sealed, evidenceOf(registryOf({ ...entry, ...change })))
  test('within kinds, levels, fields and places it is valid', async () => {
    const { view } = await under({})
    const levels = [view!.level!.eqf!]
    const field = view!.fields[0]!.code
    expect(await under({ kinds: ['micro-credential'], levels, fields: [field.slice(0, 2)], places: ['CZ'] })).toMatchObject({
      verdict: 'valid',
      results: { issuer: 'passed' },
    })
  })
  test('outside of any of them it is not', async () => {
    for (const change of [{ kinds: ['diploma'] }, { levels: [8] }, { fields: ['1041'] }, { places: ['PT'] }]) {
      const report = await under(change)
      expect([report.verdict, report.results.issuer], JSON.stringify(change)).toEqual(['invalid', 'failed'])
      expect(codes(report)).toContain('issuer.not-allowed')
    }
  })
})

describe('R-ST-2: an entry says where its status lists stand', () => {
  const listed = async (beginning: string) => {
    const bytes = await sealedCredential({ status: { list: listAddress, index: 7, purpose: 'revocation' } })
    const registry = registryOf({ ...entry, statusLists: [beginning] })
    return judge(bytes, evidenceOf(registry, { [listAddress]: await statusListOf() }))
  }
  test('a list there is believed, one elsewhere is not', async () => {
    expect(await listed('https://cairn.example/status/')).toMatchObject({ verdict: 'valid', results: { status: 'passed' } })
    const elsewhere = await listed('https://other.example/')
    expect(elsewhere).toMatchObject({ verdict: 'indeterminate', results: { status: 'unknown' } })
    expect(codes(elsewhere)).toEqual(['status.list-not-trusted'])
  })
})

describe('an anchor for time stamps alone', () => {
  let running: Running
  beforeAll(async () => {
    running = await startRunning()
  })
  afterAll(() => running.authority.stop())
  test('makes a time stamp count, and no seal', async () => {
    const bytes = await running.credential(running.key({ addresses: {} }), 'B-T')
    const at = '2026-05-11T12:00:00Z'
    const anchors = { anchors: [], timeStampAnchors: running.registry.anchors }
    const alone = await verify(
      bytes,
      { ...(await running.evidence(bytes, at)), registry: { ...running.registry, ...anchors } },
      standardPolicy,
      at,
    )
    expect(alone).toMatchObject({
      results: { issuer: 'unknown' },
      signatures: [{ provenAt: expect.stringContaining(sealedAt.slice(0, 10)) }],
    })
  })
})

describe('6.2: results.accreditation', () => {
  const told = async (change: Partial<Parameters<typeof sampleAccreditations>[0]> = {}) => {
    const file = sampleAccreditations({ identifier: 'CZ00000019', name: 'Lakeside', ...change }) as unknown as Json
    return judge(sealed, { ...evidenceOf(), accreditations: [readDeqar(file)] })
  }
  test('says covered with agency, days and when the registry was read', async () => {
    expect(await told()).toMatchObject({
      verdict: 'valid',
      results: { accreditation: 'passed' },
      accreditation: {
        standing: 'covered',
        agency: 'Agency for Quality of the Valleys',
        on: '2026-05-11',
        retrievedAt: '2026-11-01T06:00:00Z',
        from: '2024-01-01',
      },
    })
  })
  test('fails where it was none that day, is unknown where the body is, and never moves the verdict', async () => {
    expect(await told({ from: '2026-05-12' })).toMatchObject({
      verdict: 'valid',
      results: { accreditation: 'failed' },
      accreditation: { standing: 'not-then' },
    })
    expect(await told({ identifier: 'CZ99' })).toMatchObject({ verdict: 'valid', results: { accreditation: 'unknown' } })
  })
  test('is absent where no registry of accreditations was at hand', async () => {
    const report = await judge(sealed, evidenceOf())
    expect([report.results.accreditation, report.accreditation]).toEqual([undefined, undefined])
  })
  test('R-LTV-4: the snapshot travels in the evidence, and gives the same report again', async () => {
    const snapshot = readDeqar(sampleAccreditations({ identifier: 'CZ00000019', name: 'Lakeside' }) as unknown as Json)
    const evidence = { ...evidenceOf(), accreditations: [snapshot] }
    const again = readEvidence(
      writeEvidence(evidence),
      () => evidence.registry,
      (list) => list as never,
    )
    expect(await judge(sealed, again)).toEqual(await judge(sealed, evidence))
  })
})
