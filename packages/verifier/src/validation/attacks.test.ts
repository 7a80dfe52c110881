/** Seals that were tampered with after they were raised (A09 to A13, E01 to E04): nothing is believed that is not proven. */
import type { Report } from '@cairn/core'
import { parseCertificate, readJades, toBase64, toBase64Url } from '@cairn/seals'
import { cpuClock, createAuthority, createCertificate, issueSealCertificate } from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Evidence, standardPolicy, verify } from '../index.ts'
import { keyOf, number, sealedCredential, sealText } from '../vectors/neighbourhood.ts'
import { type Running, sealedAt, startRunning } from '../vectors/running.ts'

const soon = '2026-05-11T10:00:00Z'
const years = '2029-06-01T00:00:00Z'
interface Envelope {
  payload: string
  signatures: { protected: string; header: { etsiU: string[] }; signature: string }[]
}
const open = (bytes: Uint8Array): Envelope => JSON.parse(new TextDecoder().decode(bytes))
const close = (envelope: unknown) => new TextEncoder().encode(JSON.stringify(envelope))
const nameOf = (text: string) => Object.keys(JSON.parse(Buffer.from(text, 'base64url').toString()))[0]
const codes = (report: Report) => report.findings.flatMap(({ problem }) => problem?.code ?? [])

let running: Running
let lta: Uint8Array
let other: Uint8Array
let evidence: Evidence
beforeAll(async () => {
  running = await startRunning()
  lta = await running.credential(running.key(), 'B-LTA')
  other = await running.credential(running.key(), 'B-LTA', '2026-05-11T09:30:00Z')
  evidence = await running.evidence(lta, soon)
})
afterAll(() => running.authority.stop())

const judge = (bytes: Uint8Array, at = soon, given = evidence) => verify(bytes, given, standardPolicy, at)
const withProperties = (change: (list: string[]) => string[], bytes = lta) => {
  const envelope = open(bytes)
  const [signature] = envelope.signatures
  signature!.header.etsiU = change(signature!.header.etsiU)
  return close(envelope)
}

describe('R-LTV-1: time stamps that were moved about', () => {
  test('stripping the signature time stamp degrades, at once and after the certificate has ended', async () => {
    const stripped = withProperties((list) => list.filter((each) => nameOf(each) !== 'sigTst'))
    for (const at of [soon, years]) {
      const report = await judge(stripped, at)
      expect(report).toMatchObject({ verdict: 'indeterminate', results: { seal: 'unknown' } })
      expect(codes(report)).toContain('timestamp.imprint-mismatch')
    }
  })
  test('stripping everything leaves a bare seal, which does not outlive its certificate', async () => {
    const envelope = open(lta)
    const [{ protected: head, signature }] = envelope.signatures as [Envelope['signatures'][number]]
    const bare = close({ payload: envelope.payload, signatures: [{ protected: head, signature }] })
    expect(await judge(bare)).toMatchObject({ signatures: [{ level: 'B-B' }] })
    expect(await judge(bare, years)).toMatchObject({ verdict: 'indeterminate', subIndication: 'OUT_OF_BOUNDS_NO_POE' })
  })
  test('copied from another seal, swapped, or in another order', async () => {
    const theirs = open(other).signatures[0]!.header.etsiU
    const foreign = withProperties((list) => [theirs[0]!, ...list.slice(1)])
    const archive = withProperties((list) => [...list.slice(0, -1), theirs.at(-1)!])
    const turned = withProperties((list) => [list[1]!, list[0]!, ...list.slice(2)])
    const asSignature = withProperties((list) => {
      const { arcTst } = JSON.parse(Buffer.from(list.at(-1)!, 'base64url').toString())
      return [toBase64Url(new TextEncoder().encode(JSON.stringify({ sigTst: arcTst })))]
    })
    for (const [what, bytes] of Object.entries({ foreign, archive, turned, asSignature })) {
      const report = await judge(bytes)
      expect(report, what).toMatchObject({ verdict: 'indeterminate', results: { seal: 'unknown' } })
      expect(codes(report), what).toContain('timestamp.imprint-mismatch')
      expect((await judge(bytes, years)).verdict, what).not.toBe('valid')
    }
  })
  test('a copy of the same time stamp beside it harms nothing', async () => {
    const bytes = await running.credential(running.key(), 'B-T')
    const twice = withProperties((list) => [...list, ...list], bytes)
    expect(await judge(twice, soon, await running.evidence(twice, soon))).toMatchObject({ verdict: 'valid' })
  })
  test('a time stamp of an authority nobody knows proves nothing', async () => {
    const stranger = await startRunning()
    try {
      const key = running.key()
      const bytes = await running.credential(key, 'B-B')
      const { timeStampInput, extendToT, createTimeStampRequest, digest } = await import('@cairn/seals')
      stranger.authority.setClock(new Date(sealedAt))
      const imprint = await digest('SHA-256', timeStampInput(bytes, 'signature'))
      const request = createTimeStampRequest({ hash: 'SHA-256', imprint, nonce: new Uint8Array(16).fill(3) })
      const answer = stranger.authority.timeStamp(request)
      // A response is a status and the token behind it.
      const t = await extendToT(bytes, answer.subarray(answer.indexOf(0x30, 6)))
      const report = await judge(t, years, running.alone(years))
      expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'OUT_OF_BOUNDS_NO_POE' })
      expect(codes(report)).toContain('timestamp.authority-unknown')
    } finally {
      await stranger.authority.stop()
    }
  })
})

test('a time stamp that tells a time before its certificate began proves nothing', async () => {
  const key = running.key()
  const bytes = await running.credential(key, 'B-B')
  const report = await (async () => {
    const { timeStampInput, extendToT, createTimeStampRequest, digest } = await import('@cairn/seals')
    running.authority.setClock(new Date('2025-12-01T00:00:00Z'))
    const imprint = await digest('SHA-256', timeStampInput(bytes, 'signature'))
    const answer = running.authority.timeStamp(createTimeStampRequest({ hash: 'SHA-256', imprint, nonce: new Uint8Array(16).fill(3) }))
    const t = await extendToT(bytes, answer.subarray(answer.indexOf(0x30, 6)))
    return judge(t, soon, await running.evidence(t, soon))
  })()
  expect(codes(report)).toContain('timestamp.wrong-usage')
  expect(report.signatures).toEqual([expect.not.objectContaining({ provenAt: expect.anything() })])
})

test('R-DISP-1: one changed byte of a B-LTA file is never valid with another view', async () => {
  const original = await judge(lta)
  expect(original.verdict).toBe('valid')
  const step = Math.max(1, Math.floor(lta.length / 1500))
  for (let place = 0; place < lta.length; place += step) {
    const changed = lta.slice()
    changed[place]! ^= 1 << (place % 7)
    const report = await judge(changed)
    if (report.verdict === 'valid') expect(report.view, `byte ${place}`).toEqual(original.view)
    if (report.results.seal === 'failed') expect(report.view, `byte ${place}`).toBeUndefined()
    else expect(report.view, `byte ${place}`).toEqual(original.view)
  }
}, 120_000)

test('one changed byte in a value inside the seal breaks the archive time stamp', async () => {
  for (const index of [0, 1, 2]) {
    const changed = withProperties((list) => {
      const text = list[index]!
      const at = Math.floor(text.length / 2)
      const flipped = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
      return list.map((each, place) => (place === index ? flipped : each))
    })
    expect((await judge(changed)).verdict, `property ${index}`).not.toBe('valid')
  }
})

describe('R-X509-1, R-X509-2: chains that must not be believed', () => {
  const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') }
  const judged = async (bytes: Uint8Array) => judge(bytes, soon, await running.evidence(bytes, soon))
  const header = (bytes: Uint8Array) => JSON.parse(Buffer.from(open(bytes).signatures[0]!.protected, 'base64url').toString())

  test('a college that poses as an authority', async () => {
    const small = running.authority.issue({ organisation: 'Small College', organizationIdentifier: 'VATXX-1', ...span })
    const forged = createCertificate({
      subject: { commonName: 'Lakeside Institute Seal', organisation: 'Lakeside Institute', organizationIdentifier: number, country: 'XX' },
      algorithm: 'ES256',
      ...span,
      issuer: small,
      ca: false,
      keyUsage: ['digitalSignature'],
    })
    const { makeSigner } = await import('@cairn/keys')
    const signer = makeSigner(forged.privateKey, [forged.certificate, ...small.certificates])
    const report = await judged(await sealedCredential({ signer, at: sealedAt }))
    expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'CHAIN_CONSTRAINTS_FAILURE', results: { issuer: 'unknown' } })
    expect(report.registry).toBeUndefined()
  })
  test('a false root of the same name, with the true certificates put beside it', async () => {
    const fake = createAuthority('Neighbourhood', span)
    const own = keyOf({}, fake)
    const { makeSigner } = await import('@cairn/keys')
    const made = issueSealCertificate(fake, { organisation: 'Lakeside Institute', organizationIdentifier: number, ...span })
    const beside = [made.certificate, fake.issuing.certificate, running.authority.issuing.certificate, running.authority.root.certificate]
    for (const signer of [own, makeSigner(made.privateKey, beside)]) {
      const report = await judged(await sealedCredential({ signer, at: sealedAt }))
      expect(report).toMatchObject({ verdict: 'indeterminate', results: { issuer: 'unknown' } })
      expect(report.registry).toBeUndefined()
    }
  })
  test('certificates in another order, and a reference to another certificate', async () => {
    const key = running.key()
    const bytes = await sealedCredential({ signer: key, at: sealedAt })
    const { payload } = open(bytes)
    const sound = header(bytes)
    const turned = await judged(await sealText(payload, { ...sound, x5c: [...sound.x5c].reverse() }, key))
    expect(turned).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
    const another = await judged(await sealText(payload, { ...sound, x5c: running.key().certificates.map((each) => toBase64(each)) }, key))
    expect(another).toMatchObject({ verdict: 'invalid', results: { seal: 'failed' } })
    expect(codes(another)).toEqual(['seal.certificate-mismatch'])
    expect(another.view).toBeUndefined()
  })
  test('a statement on revocation by the college itself, or about another certificate, is none', async () => {
    const { certIdOf, createOcspAnswer } = await import('@cairn/testkit')
    const made = running.authority.issue({ organisation: 'Lakeside Institute', organizationIdentifier: number, ...span })
    const { makeSigner } = await import('@cairn/keys')
    const bytes = await sealedCredential({ signer: makeSigner(made.privateKey, made.certificates), at: sealedAt })
    const { issuing, responder } = running.authority
    const good = { status: 'good', withCertificate: true, producedAt: new Date(soon) } as const
    const certId = certIdOf(made.certificate, issuing.certificate)
    const own = createOcspAnswer({ ...good, certId, signer: made })
    const elsewhere = createOcspAnswer({ ...good, certId: certIdOf(responder.certificate, issuing.certificate), signer: responder })
    const crls = [running.authority.crl('root')]
    for (const ocsp of [own, elsewhere])
      expect(await judge(bytes, soon, { ...running.alone(soon), revocation: { crls, ocsps: [ocsp] } })).toMatchObject({
        verdict: 'indeterminate',
        subIndication: 'TRY_LATER',
      })
    const sound = createOcspAnswer({ ...good, certId, signer: responder })
    running.authority.setClock(new Date(soon))
    const fresh = [running.authority.crl('root')]
    expect(await judge(bytes, soon, { ...running.alone(soon), revocation: { crls: fresh, ocsps: [sound] } })).toMatchObject({
      verdict: 'valid',
    })
    const old = createOcspAnswer({ ...good, certId, signer: responder, producedAt: new Date('2026-05-01T00:00:00Z') })
    expect(await judge(bytes, soon, { ...running.alone(soon), revocation: { crls: fresh, ocsps: [old] } })).toMatchObject({
      verdict: 'indeterminate',
      subIndication: 'TRY_LATER',
    })
  })
  test('the anchor inside the seal is no anchor', async () => {
    const report = await judge(lta, soon, { ...evidence, registry: { ...running.registry, anchors: [] } })
    expect(report).toMatchObject({ verdict: 'indeterminate', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
    expect(readJades(lta).signatures[0]!.unsigned.map(({ name }) => name)).toEqual(['sigTst', 'xVals', 'rVals', 'arcTst'])
    expect(parseCertificate(running.authority.root.certificate).basicConstraints?.ca).toBe(true)
  })
})

describe('R-LIM-1: a seal full of anything does not keep us busy', () => {
  const text = (value: unknown) => toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
  const opened = (each: string) => JSON.parse(Buffer.from(each, 'base64url').toString())
  test.each([
    [
      'revocation lists',
      () => ({ rVals: { crlVals: Array.from({ length: 60 }, () => ({ val: toBase64(running.authority.crl('seal')) })) } }),
    ],
    ['signature time stamps', (list: string[]) => ({ sigTst: { tstTokens: Array(16).fill(opened(list[0]!).sigTst.tstTokens[0]) } })],
    ['archive time stamps', (list: string[]) => ({ arcTst: { tstTokens: Array(16).fill(opened(list.at(-1)!).arcTst.tstTokens[0]) } })],
  ] as const)('%s', async (what, make) => {
    running.authority.setClock(new Date(soon))
    const bytes = withProperties((list) => {
      const one = text(make(list))
      const many = Math.min(60, Math.floor(900_000 / one.length))
      return [...list, ...Array<string>(many).fill(one)]
    })
    const spent = cpuClock()
    const report = await judge(bytes)
    expect(spent()).toBeLessThan(1000)
    if (what !== 'revocation lists') expect(codes(report)).toContain('timestamp.not-checked')
  })
})
