/** Seals of other makers over a credential: detached, countersigned, with a time stamp of the content, below the level a policy wants. */
import { createHash } from 'node:crypto'
import type { Report } from '@cairn/core'
import { createTimeStampRequest, readTimeStampAnswer, type Signer, toBase64, toBase64Url } from '@cairn/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Evidence, readEvidence, standardPolicy, verify, writeEvidence } from '../index.ts'
import { sealedCredential } from '../vectors/neighbourhood.ts'
import { type Running, sealedAt, startRunning } from '../vectors/running.ts'

const soon = '2026-05-11T10:00:00Z'
const utf8 = new TextEncoder()
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const codes = (report: Report) => report.findings.flatMap(({ problem }) => problem?.code ?? [])
let running: Running
let key: Signer & { leaf: Uint8Array }
let payload: string
beforeAll(async () => {
  running = await startRunning()
  key = running.key({ addresses: {} })
  payload = JSON.parse(new TextDecoder().decode(await sealedCredential({ signer: key, at: sealedAt }))).payload
  running.authority.setClock(new Date(soon))
})
afterAll(() => running.authority.stop())

/** A seal with any header; `input` is what stands for the payload in what is signed. */
async function seal(
  header: Record<string, unknown>,
  input: string,
  more: Record<string, unknown> = {},
  signer: Signer = key,
  content = input,
) {
  const full = {
    alg: signer.algorithm,
    'x5t#S256': toBase64Url(sha256(signer.certificates[0]!)),
    x5c: signer.certificates.map(toBase64),
    sigT: sealedAt,
    ...header,
  }
  const text = toBase64Url(utf8.encode(JSON.stringify(full)))
  const signature = toBase64Url(await signer.sign(utf8.encode(`${text}.${input}`)))
  return { payload: content, signatures: [{ protected: text, ...more, signature }] }
}
const bytesOf = (envelope: unknown) => utf8.encode(JSON.stringify(envelope))
const judge = async (envelope: unknown, given: Partial<Evidence> = {}, at = soon, policy = standardPolicy) =>
  verify(
    bytesOf(envelope),
    { ...running.alone(at), revocation: { crls: [running.authority.crl('root')], ocsps: [] }, ...given },
    policy,
    at,
  )
async function tokenOver(bytes: Uint8Array, at: string): Promise<string> {
  running.authority.setClock(new Date(at))
  const request = { hash: 'SHA-256' as const, imprint: sha256(bytes), nonce: new Uint8Array(16).fill(4) }
  const { der } = await readTimeStampAnswer(running.authority.timeStamp(createTimeStampRequest(request)), request, at)
  running.authority.setClock(new Date(soon))
  return toBase64(der)
}

describe('TS 119 182-1, 5.2.8: a credential in a file of its own', () => {
  const header = () => ({
    sigD: {
      mId: 'http://uri.etsi.org/19182/ObjectIdByURIHash',
      pars: ['credential.jsonld'],
      hashM: 'S256',
      hashV: [toBase64Url(sha256(utf8.encode(payload)))],
    },
    b64: false,
    crit: ['sigD', 'b64'],
  })
  const beside = (text: string) => ({ detached: [{ name: 'credential.jsonld', bytes: utf8.encode(text) }] })

  test('with it valid, with another HASH_FAILURE and no view, without it SIGNED_DATA_NOT_FOUND', async () => {
    const envelope = await seal(header(), '')
    expect(await judge(envelope, beside(payload))).toMatchObject({ verdict: 'valid', view: { learner: 'Ana Horváthová' } })
    const other = await judge(envelope, beside(payload.replace('Ana', 'Eva')))
    expect(other).toMatchObject({ verdict: 'invalid', subIndication: 'HASH_FAILURE', results: { seal: 'failed' } })
    expect(other.view).toBeUndefined()
    const without = await judge(envelope)
    expect(without).toMatchObject({ verdict: 'indeterminate', subIndication: 'SIGNED_DATA_NOT_FOUND', results: { seal: 'unknown' } })
    expect(without.view).toBeUndefined()
  })
})

describe('EN 319 102-1, 5.5.4: a time stamp of the content shows that the seal came later', () => {
  const stamped = async (at: string, signer: Signer) => {
    const adoTst = { tstTokens: [{ val: await tokenOver(utf8.encode(payload), at) }] }
    return seal({ b64: false, adoTst, crit: ['b64', 'adoTst'] }, payload, {}, signer)
  }
  test('than the revocation: REVOKED, and not merely undecided', async () => {
    const revoked = running.key()
    running.authority.revoke(revoked.leaf, new Date('2026-05-11T08:00:00Z'), 1)
    const crls = () => ({ revocation: { crls: [running.authority.crl('root'), running.authority.crl('seal')], ocsps: [] } })
    const after = await judge(await stamped('2026-05-11T08:30:00Z', revoked), crls())
    expect(after).toMatchObject({ verdict: 'invalid', subIndication: 'REVOKED', results: { issuer: 'failed' } })
    expect(codes(after)).toContain('seal.after-revocation')
    const before = await judge(await stamped('2026-05-11T07:30:00Z', revoked), crls())
    expect(before).toMatchObject({ verdict: 'indeterminate', subIndication: 'REVOKED_NO_POE' })
  })
  test('than the end of the certificate: EXPIRED', async () => {
    const ended = running.key({ addresses: {}, to: new Date('2026-05-10T00:00:00Z') })
    expect(await judge(await stamped('2026-05-10T12:00:00Z', ended))).toMatchObject({ verdict: 'invalid', subIndication: 'EXPIRED' })
    expect(await judge(await stamped('2026-05-09T12:00:00Z', ended))).toMatchObject({
      verdict: 'indeterminate',
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
    })
  })
})

test('TS 119 182-1, 5.3.2: a sound counter-signature is told, another leaves a doubt', async () => {
  const plain = await seal({ b64: false, crit: ['b64'] }, payload)
  const [signature] = plain.signatures
  const countersigned = async (input: string) => {
    const [counter] = (await seal({ crit: ['sigT'] }, input)).signatures
    const etsiU = [toBase64Url(bytesOf({ cSig: `${counter!.protected}..${counter!.signature}` }))]
    return judge({ ...plain, signatures: [{ protected: signature!.protected, header: { etsiU }, signature: signature!.signature }] })
  }
  const good = await countersigned(signature!.signature)
  expect(good).toMatchObject({ verdict: 'valid' })
  expect(good.findings).toContainEqual(expect.objectContaining({ check: 'seal.counter-signature', outcome: 'passed' }))
  expect(await countersigned('AAAA')).toMatchObject({ verdict: 'indeterminate', results: { seal: 'unknown' } })
})

test('EN 319 102-1, 5.2.8: a policy that wants a level gets it, or SIG_CONSTRAINTS_FAILURE', async () => {
  const plain = await seal({ b64: false, crit: ['b64'] }, payload)
  expect(await judge(plain, {}, soon, { ...standardPolicy, levels: ['B-B', 'B-LTA'] })).toMatchObject({ verdict: 'valid' })
  expect(await judge(plain, {}, soon, { ...standardPolicy, levels: ['B-LTA'] })).toMatchObject({
    verdict: 'indeterminate',
    subIndication: 'SIG_CONSTRAINTS_FAILURE',
  })
})

test('a revocation of the key that a registry entry names counts against it', async () => {
  const { didKeyOf } = await import('../checks/did-key.ts')
  const { parseCertificate } = await import('@cairn/seals')
  const signer = running.key()
  const envelope = await seal({ b64: false, crit: ['b64'] }, payload, {}, signer)
  const [known] = running.registry.issuers
  const byKey = { ...known!, organizationIdentifier: undefined, keys: [didKeyOf(parseCertificate(signer.leaf))!] }
  const registry = { ...running.registry, issuers: [byKey] }
  const at = (revoked: boolean) => {
    if (revoked) running.authority.revoke(signer.leaf, new Date('2026-05-11T08:00:00Z'), 1)
    return { registry, revocation: { crls: [running.authority.crl('root'), running.authority.crl('seal')], ocsps: [] } }
  }
  expect(await judge(envelope, at(false))).toMatchObject({ verdict: 'valid' })
  expect(await judge(envelope, at(true))).toMatchObject({ verdict: 'indeterminate', subIndication: 'REVOKED_NO_POE' })
})

test('R-LTV-4: evidence is written and read back the same, and what is none is refused with its place', () => {
  const evidence: Evidence = {
    registry: running.registry,
    statusLists: { 'https://b.example': Uint8Array.of(1), 'https://a.example': Uint8Array.of(2, 3) },
    retrievedAt: soon,
    revocation: { crls: [running.authority.crl('root')], ocsps: [] },
    certificates: [key.leaf],
    detached: [{ name: 'a', bytes: Uint8Array.of(7) }],
  }
  const text = writeEvidence(evidence)
  const read = readEvidence(text, () => running.registry)
  expect(read).toEqual(evidence)
  expect(writeEvidence(read)).toBe(text)
  for (const [bad, pointer] of [
    ['[]', ''],
    ['{"form":"x"}', '/form'],
    ['{"registry":{}}', '/retrievedAt'],
    ['{"retrievedAt":"x","registry":{},"certificates":["!"]}', '/certificates/0'],
    ['{"retrievedAt":"x","registry":{},"revocation":{"crls":7}}', '/revocation/crls'],
    ['{"retrievedAt":"x"}', '/registry'],
  ] as const)
    expect(() => readEvidence(bad, () => running.registry), bad).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ pointer }) }),
    )
})
