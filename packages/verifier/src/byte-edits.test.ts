/** R-DISP-1: no edit of one byte of a sealed credential is accepted with a changed display. Seeded, so that a failure can be looked at again. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Report } from '@cairn/core'
import { readJades } from '@cairn/seals'
import { randomFrom } from '@cairn/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { standardPolicy, verify } from './index.ts'
import { entry, evidenceOf, now, registryOf, sealedCredential } from './vectors/neighbourhood.ts'

/** Whole numbers below a bound: the same edits at every run. */
function randomOf(seed: number): (below: number) => number {
  const next = randomFrom(seed)
  return (below) => Math.floor(next() * below)
}

function edit(bytes: Uint8Array, place: number, random: (below: number) => number): Uint8Array {
  const kind = random(4)
  if (kind >= 2) {
    const added = kind === 2 ? [32 + random(95)] : []
    const rest = bytes.subarray(kind === 2 ? place : place + 1)
    const other = new Uint8Array(place + added.length + rest.length)
    other.set(bytes.subarray(0, place))
    other.set(added, place)
    other.set(rest, place + added.length)
    return other
  }
  const changed = bytes.slice()
  changed[place]! ^= kind === 0 ? 1 << random(8) : 1 + random(255)
  return changed
}

/** What must hold of a report on changed bytes: never better, never another display, and no view with a broken seal. */
function judgeEdit(report: Report, original: Report, where: string) {
  if (report.results.seal === 'failed') {
    expect(report.verdict, where).toBe('invalid')
    expect(report.view, where).toBeUndefined()
    return
  }
  expect(report.view, where).toEqual(original.view)
  expect(report.registry, where).toEqual(original.registry)
  if (original.verdict === 'indeterminate') expect(report.verdict, where).not.toBe('valid')
}

async function run(bytes: Uint8Array, edits: number, evidence = evidenceOf()) {
  const original = await verify(bytes, evidence, standardPolicy, now)
  const random = randomOf(20_260_512)
  let broken = 0
  for (let index = 0; index < edits; index++) {
    const place = random(bytes.length)
    const report = await verify(edit(bytes, place, random), evidence, standardPolicy, now)
    judgeEdit(report, original, `edit ${index} at byte ${place}`)
    if (report.results.seal === 'failed') broken++
  }
  return { original, broken }
}

test('4,000 edits of our own credential: a changed byte breaks it, or changes nothing that is shown', async () => {
  const { original, broken } = await run(await sealedCredential(), 4000)
  expect(original.verdict).toBe('valid')
  // What is left are blanks between members, where JSON allows them.
  expect(broken).toBeGreaterThan(3980)
})

test('each byte of header and signature, and every 7th of the payload, by one bit', async () => {
  const bytes = await sealedCredential()
  const evidence = evidenceOf(registryOf(entry))
  const head = new TextDecoder().decode(bytes).indexOf('"signatures"')
  const start = new TextEncoder().encode(new TextDecoder().decode(bytes).slice(0, head)).length
  for (let place = 0; place < bytes.length; place += place < start ? 7 : 1) {
    const changed = bytes.slice()
    changed[place]! ^= 1 << (place % 7)
    const report = await verify(changed, evidence, standardPolicy, now)
    expect(report.verdict, `byte ${place}`).toBe('invalid')
    expect(report.view, `byte ${place}`).toBeUndefined()
  }
})

const sample = path.resolve(import.meta.dirname, '../../../../shared/vectors/elm/samples/Sample-MC-Annex1-signed.jsonld')
describe.skipIf(!existsSync(sample))("the Commission's sample (skipped where ../shared/vectors is absent)", () => {
  let bytes: Uint8Array
  beforeAll(() => {
    bytes = new Uint8Array(readFileSync(sample))
  })

  test('4,000 edits: never valid, never another display', async () => {
    const { original, broken } = await run(bytes, 4000)
    expect(original).toMatchObject({ verdict: 'indeterminate', results: { seal: 'passed' } })
    expect(broken).toBeGreaterThan(3000)
  }, 120_000)

  test('each part that was changed has its own finding: payload, header, signature, time stamp', async () => {
    const text = new TextDecoder().decode(bytes)
    const envelope = JSON.parse(text)
    const [signature] = envelope.signatures
    const judge = (changed: unknown) => verify(new TextEncoder().encode(JSON.stringify(changed)), evidenceOf(), standardPolicy, now)
    const flip = (value: string, at: number) => `${value.slice(0, at)}${value[at] === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`
    const failing = (report: Report) =>
      report.findings
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ check, problem, note }) => `${check} ${problem!.code} ${note ?? ''}`.trim())

    expect(failing(await judge({ ...envelope, payload: envelope.payload.replace('TEST', 'BEST') }))).toEqual(['seal.intact seal.broken'])
    const header = Buffer.from(Buffer.from(signature.protected, 'base64url').toString().replace('11:54:17', '11:54:18')).toString(
      'base64url',
    )
    expect(failing(await judge({ ...envelope, signatures: [{ ...signature, protected: header }] }))).toEqual(['seal.intact seal.broken'])
    expect(failing(await judge({ ...envelope, signatures: [{ ...signature, signature: flip(signature.signature, 20) }] }))).toEqual([
      'seal.intact seal.broken',
    ])

    const [first, ...others] = signature.header.etsiU as string[]
    const stamped = JSON.parse(Buffer.from(first!, 'base64url').toString())
    const token = Buffer.from(stamped.sigTst.tstTokens[0].val, 'base64')
    const changedStamp = async (at: number) => {
      token[at]! ^= 1
      stamped.sigTst.tstTokens[0].val = token.toString('base64')
      token[at]! ^= 1
      const etsiU = [Buffer.from(JSON.stringify(stamped)).toString('base64url'), ...others]
      return judge({ ...envelope, signatures: [{ ...signature, header: { etsiU } }] })
    }
    for (let at = 0; at < token.length; at += 61) {
      const report = await changedStamp(at)
      expect(report.verdict, `byte ${at}`).not.toBe('valid')
      expect(report.results.seal, `byte ${at}`).not.toBe('passed')
      // The archive time stamp covers the signature time stamp, so that it fails too.
      expect(failing(report), `byte ${at}`).toContain('seal.time-stamp timestamp.imprint-mismatch arcTst')
    }
    const last = token.length - 1
    expect(failing(await changedStamp(last))[0]).toMatch(/^seal.time-stamp timestamp.* sigTst/)

    // Unsigned values that were taken away improve nothing.
    const stripped = await judge({ ...envelope, signatures: [{ protected: signature.protected, signature: signature.signature }] })
    expect(stripped.verdict).toBe('indeterminate')
    expect(readJades(new TextEncoder().encode(text)).signatures[0]!.unsigned).toHaveLength(4)
  })
})
