/** Levels, unsigned properties in both forms, detached content and counter-signatures (TS 119 182-1, 5.2.8, 5.3 and 6.3). */
import { createHash } from 'node:crypto'
import { canonicalJson, unsealed } from '@cairn/core'
import { makeSigner } from '@cairn/keys'
import { answerTimeStampRequest, createAuthority, createCertificate, createCrl, issueSealCertificate } from '@cairn/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  checkSignature,
  checkTimeStamps,
  counterSignatures,
  createTimeStampRequest,
  extendToLT,
  extendToLTA,
  extendToT,
  finishSeal,
  levelOf,
  prepareSeal,
  readJades,
  readTimeStampAnswer,
  timeStampInput,
  toBase64,
  toBase64Url,
} from '../index.ts'

const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2030-01-01T00:00:00Z')
const at = '2026-05-12T10:00:00Z'
const authority = createAuthority('Neighbourhood', { from, to })
const made = issueSealCertificate(authority, { organisation: 'College', organizationIdentifier: 'VATXX-1', from, to })
const signer = makeSigner(made.privateKey, made.certificates)
const tsa = createCertificate({
  subject: { commonName: 'TSA' },
  algorithm: 'ES256',
  from,
  to,
  issuer: authority.root,
  ca: false,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'],
  extendedKeyUsageCritical: true,
})
const utf8 = new TextEncoder()
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const request = (bytes: Uint8Array) => ({ hash: 'SHA-256' as const, imprint: sha256(bytes), nonce: new Uint8Array(16).fill(9) })
const tokenOver = async (bytes: Uint8Array) => {
  const asked = request(bytes)
  return (await readTimeStampAnswer(answerTimeStampRequest(createTimeStampRequest(asked), tsa, new Date(at), 1), asked, at)).der
}
const stamp = (bytes: Uint8Array, kind: 'signature' | 'archive') => tokenOver(timeStampInput(bytes, kind))
const crl = createCrl({ issuer: authority.issuing, thisUpdate: new Date(at), nextUpdate: to, revoked: [] })
const values = { certificates: [authority.root.certificate, authority.root.certificate], crls: [crl] }

/** Signs any header over any payload bytes. */
async function signRaw(header: Record<string, unknown>, payload: Uint8Array) {
  const full = { alg: 'ES256', 'x5t#S256': toBase64Url(sha256(made.certificate)), x5c: made.certificates.map(toBase64), ...header }
  const text = toBase64Url(utf8.encode(JSON.stringify(full)))
  const signature = await signer.sign(Buffer.concat([utf8.encode(`${text}.`), payload]))
  return { protected: text, signature: toBase64Url(signature) }
}
const bytesOf = (envelope: unknown) => utf8.encode(JSON.stringify(envelope))
const level = (bytes: Uint8Array) => levelOf(readJades(bytes).signatures[0]!)
async function problemsOf(bytes: Uint8Array, detached: Parameters<typeof readJades>[1] = []): Promise<string[]> {
  const seal = readJades(bytes, detached)
  const [signature] = seal.signatures
  const found = [
    ...(await checkSignature(seal, signature!)),
    ...(await checkTimeStamps(seal, signature!)).flatMap(({ problems }) => problems),
  ]
  return found.map(({ code }) => code)
}

let baseline: Uint8Array
beforeAll(async () => {
  const document = unsealed({ format: 'elm', id: 'urn:uuid:1', payload: '{"title":"Stones \\u00e9 and \\"rivers\\""}' })
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: 'ES256', at })
  baseline = finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes
})

describe('R-JADES-1: levels', () => {
  test('each is made of the one before, reads back as such, and its imprints are recomputed', async () => {
    expect(level(baseline)).toBe('B-B')
    const t = await extendToT(baseline, await stamp(baseline, 'signature'))
    expect(level(t)).toBe('B-T')
    const lt = await extendToLT(t, values)
    expect(level(lt)).toBe('B-LT')
    const lta = await extendToLTA(lt, await stamp(lt, 'archive'))
    expect(level(lta)).toBe('B-LTA')
    const renewed = await extendToLTA(
      await extendToLT(lta, { certificates: [tsa.certificate] }),
      await stamp(await extendToLT(lta, { certificates: [tsa.certificate] }), 'archive'),
    )
    for (const bytes of [t, lt, lta, renewed]) {
      expect(await problemsOf(bytes)).toEqual([])
      expect(readJades(bytes).payloadText).toBe(readJades(baseline).payloadText)
    }
    expect(readJades(renewed).signatures[0]!.unsigned.map(({ name }) => name)).toEqual([
      'sigTst',
      'xVals',
      'rVals',
      'arcTst',
      'tstVD',
      'arcTst',
    ])
    // A certificate that was handed in twice stands there once.
    expect((readJades(lt).signatures[0]!.unsigned[1]!.value.xVals as unknown[]).length).toBe(1)
  })
  test('levels are not skipped, and a time stamp of other bytes is not put in', async () => {
    await expect(extendToLT(baseline, values)).rejects.toThrowError(/seal.level-order/)
    await expect(extendToLTA(baseline, await stamp(baseline, 'archive'))).rejects.toThrowError(/seal.level-order/)
    const t = await extendToT(baseline, await stamp(baseline, 'signature'))
    await expect(extendToLT(t, {})).rejects.toThrowError(/seal.level-order/)
    await expect(extendToLTA(t, await stamp(t, 'archive'))).rejects.toThrowError(/seal.level-order/)
    await expect(extendToT(baseline, await stamp(baseline, 'archive'))).rejects.toThrowError(/timestamp.imprint-mismatch/)
    await expect(extendToT(baseline, new Uint8Array(30))).rejects.toThrowError(/timestamp.malformed/)
    const lt = await extendToLT(t, values)
    await expect(extendToLTA(lt, await stamp(t, 'archive'))).rejects.toThrowError(/timestamp.imprint-mismatch/)
  })
  test('a compact seal becomes a general one, for it has no room for unsigned properties; a flattened one stays', async () => {
    const payload = toBase64Url(utf8.encode('{"a":1}'))
    const part = await signRaw({ sigT: at, crit: ['sigT'] }, utf8.encode(payload))
    const compact = utf8.encode(`${part.protected}.${payload}.${part.signature}`)
    const flattened = bytesOf({ payload, ...part })
    for (const [bytes, form] of [
      [compact, 'general'],
      [flattened, 'flattened'],
    ] as const) {
      const t = await extendToT(bytes, await stamp(bytes, 'signature'))
      const lta = await extendToLTA(await extendToLT(t, values), await stamp(await extendToLT(t, values), 'archive'))
      expect(readJades(lta).serialisation).toBe(form)
      expect(level(lta)).toBe('B-LTA')
      expect(await problemsOf(lta)).toEqual([])
    }
  })
  test('what is there and what is not decides the level', async () => {
    const without = await signRaw({}, utf8.encode('e30'))
    expect(level(bytesOf({ payload: 'e30', ...without }))).toBeUndefined()
    const iat = await signRaw({ iat: 1_778_580_000 }, utf8.encode('e30'))
    expect(level(bytesOf({ payload: 'e30', ...iat }))).toBe('B-B')
    const t = JSON.parse(new TextDecoder().decode(await extendToT(baseline, await stamp(baseline, 'signature'))))
    const withRefs = structuredClone(t)
    withRefs.signatures[0].header.etsiU.push(toBase64Url(bytesOf({ xVals: [{ x509Cert: { val: toBase64(tsa.certificate) } }] })))
    expect(level(bytesOf(withRefs))).toBe('B-LT')
    withRefs.signatures[0].header.etsiU.push(toBase64Url(bytesOf({ xRefs: [{ digAlg: 'S256', digVal: 'AA' }] })))
    expect(level(bytesOf(withRefs))).toBe('B-T')
  })
})

describe('TS 119 182-1, 5.3.6.3 and A.1.5: what time stamps cover', () => {
  const container = async (covered: string, more = {}) => ({
    ...more,
    tstTokens: [{ val: toBase64(await tokenOver(utf8.encode(covered))) }],
  })

  test('clear properties are covered in canonical form, and only where it is named', async () => {
    const payload = 'e30'
    const part = await signRaw({ sigT: at, crit: ['sigT'] }, utf8.encode(payload))
    const canonAlg = 'http://json-canonicalization.org/algorithm'
    const first = { sigTst: await container(part.signature) }
    const input = `${payload}.${part.protected}.${part.signature}.${canonicalJson(first)}`
    const seal = (arcTst: unknown) => bytesOf({ payload, ...part, header: { etsiU: [first, { arcTst }] } })
    expect(await problemsOf(seal(await container(input, { canonAlg })))).toEqual([])
    expect(await problemsOf(seal(await container(input)))).toEqual(['timestamp.not-checked'])
    expect(await problemsOf(seal(await container(input, { canonAlg: 'urn:x' })))).toEqual(['timestamp.not-checked'])
    expect(await problemsOf(seal(await container(`${input} `, { canonAlg })))).toEqual(['timestamp.imprint-mismatch'])
    const mixed = { payload, ...part, header: { etsiU: [toBase64Url(bytesOf(first)), first, { arcTst: await container(input) }] } }
    expect(await problemsOf(bytesOf(mixed))).toEqual(['timestamp.not-checked'])
    const clear = bytesOf({ payload, ...part, header: { etsiU: [first] } })
    const lta = await extendToLTA(await extendToLT(clear, values), await stamp(await extendToLT(clear, values), 'archive'))
    expect(await problemsOf(lta)).toEqual([])
    expect(readJades(lta).signatures[0]!.unsigned.every(({ text }) => text === undefined)).toBe(true)
  })
  test('references alone, and signature with references', async () => {
    const part = await signRaw({ sigT: at, crit: ['sigT'] }, utf8.encode('e30'))
    const text = (value: unknown) => toBase64Url(bytesOf(value))
    const sigTst = text({ sigTst: await container(part.signature) })
    const [xRefs, rRefs, other] = [text({ xRefs: [] }), text({ rRefs: {} }), text({ xVals: [] })]
    const both = text({ sigRTst: await container(`${part.signature}.${sigTst}${xRefs}${rRefs}`) })
    const alone = text({ rfsTst: await container(`${xRefs}${rRefs}`) })
    const seal = (...etsiU: string[]) => bytesOf({ payload: 'e30', ...part, header: { etsiU } })
    expect(await problemsOf(seal(sigTst, xRefs, other, rRefs, both, alone))).toEqual([])
    expect(await problemsOf(seal(sigTst, xRefs, other, both, alone))).toEqual(['timestamp.imprint-mismatch', 'timestamp.imprint-mismatch'])
  })
  test('an unsigned property has one member', async () => {
    const part = await signRaw({}, utf8.encode('e30'))
    for (const each of [{}, { sigTst: {}, arcTst: {} }, toBase64Url(utf8.encode('{}'))])
      expect(() => readJades(bytesOf({ payload: 'e30', ...part, header: { etsiU: [each] } }))).toThrowError(/seal.malformed/)
  })
})

describe('TS 119 182-1, 5.2.8: detached content', () => {
  const files = [
    { name: 'one.json', bytes: utf8.encode('{"one":1}') },
    { name: 'second file.json', bytes: utf8.encode('{"two":2}') },
  ]
  const pars = ['one.json', 'second%20file.json']
  const byUri = { mId: 'http://uri.etsi.org/19182/ObjectIdByURI', pars }
  const byHash = (encoded: boolean) => ({
    mId: 'http://uri.etsi.org/19182/ObjectIdByURIHash',
    pars,
    hashM: 'S256',
    hashV: files.map(({ bytes }) => toBase64Url(sha256(encoded ? utf8.encode(toBase64Url(bytes)) : bytes))),
  })

  test.each([true, false])('by address and by digest, b64 %s', async (b64) => {
    const header = (sigD: unknown) => ({ sigT: at, sigD, ...(b64 ? {} : { b64 }), crit: ['sigT', 'sigD', ...(b64 ? [] : ['b64'])] })
    const joined = Buffer.concat(files.map(({ bytes }) => (b64 ? utf8.encode(toBase64Url(bytes)) : bytes)))
    const whole = bytesOf(await signRaw(header(byUri), joined))
    const hashed = bytesOf(await signRaw(header(byHash(b64)), new Uint8Array()))
    for (const seal of [whole, hashed]) {
      expect(await problemsOf(seal, files)).toEqual([])
      expect(await problemsOf(seal, [...files].reverse())).toEqual([])
      expect(await problemsOf(seal, files.slice(1))).toEqual(['seal.detached-missing'])
      expect((await problemsOf(seal, [{ ...files[0]!, bytes: utf8.encode('{"one":2}') }, files[1]!]))[0]).toMatch(/broken|altered/)
      const t = await extendToT(seal, await stamp(seal, 'signature'))
      const lt = await extendToLT(t, values, { detached: files })
      const lta = await extendToLTA(lt, await tokenOver(timeStampInput(lt, 'archive', { detached: files })), { detached: files })
      expect(await problemsOf(lta, files)).toEqual([])
      expect(await problemsOf(lta)).toContain('timestamp.not-checked')
    }
  })
  test('what cannot be kept in files, what is not critical, and what does not fit together is refused by name', async () => {
    const code = async (header: Record<string, unknown>, payload = '') => {
      try {
        readJades(bytesOf({ ...(payload ? { payload } : {}), ...(await signRaw(header, utf8.encode(payload))) }))
        return 'read'
      } catch (error) {
        return (error as { problem: { code: string } }).problem.code
      }
    }
    const crit = ['sigD']
    expect(await code({ sigD: { mId: 'http://uri.etsi.org/19182/HttpHeaders', pars: ['Digest'] }, crit })).toBe('seal.detached-unsupported')
    expect(await code({ sigD: { mId: 'urn:x', pars }, crit })).toBe('seal.detached-unsupported')
    expect(await code({ sigD: byUri })).toBe('seal.malformed')
    expect(await code({ sigD: byUri, crit }, 'e30')).toBe('seal.malformed')
    expect(await code({ sigD: { ...byUri, hashV: ['AA'] }, crit })).toBe('seal.malformed')
    expect(await code({ sigD: { ...byHash(true), hashV: ['AA'] }, crit })).toBe('seal.malformed')
    expect(await code({ sigD: { ...byHash(true), hashM: 'S1' }, crit })).toBe('seal.malformed')
    expect(await code({ sigD: { ...byHash(true), ctys: ['json'] }, crit })).toBe('seal.malformed')
    expect(await code({ sigD: byUri, crit })).toBe('read')
    for (const name of ['alg', 'exp', 'etsiU', 'x5c']) expect(await code({ exp: 1, crit: [name] }, 'e30')).toBe('seal.critical-unknown')
  })
})

describe('TS 119 182-1, 5.3.2: counter-signatures', () => {
  test('over the signature that holds them, compact and flattened; anything else is a problem', async () => {
    const part = await signRaw({ sigT: at, crit: ['sigT'] }, utf8.encode('e30'))
    const counter = await signRaw({ sigT: at, crit: ['sigT'] }, utf8.encode(part.signature))
    const otherOne = await signRaw({ sigT: at, crit: ['sigT'] }, utf8.encode('AAAA'))
    const seal = (cSig: unknown) =>
      counterSignatures(readJades(bytesOf({ payload: 'e30', ...part, header: { etsiU: [toBase64Url(bytesOf({ cSig }))] } })).signatures[0]!)
    for (const good of [`${counter.protected}..${counter.signature}`, counter]) {
      const [read] = seal(good)
      if (!read || read instanceof Error) throw read
      expect(await checkSignature(read, read.signatures[0]!)).toEqual([])
    }
    const [wrong] = seal(otherOne)
    if (!wrong || wrong instanceof Error) throw wrong
    expect(await checkSignature(wrong, wrong.signatures[0]!)).toMatchObject([{ code: 'seal.broken' }])
    for (const bad of [7, 'x', { ...counter, payload: part.signature }, { signatures: [counter, counter] }])
      expect(seal(bad)[0]).toMatchObject({ problem: { code: expect.stringMatching(/^seal\./) } })
  })
})

describe('R-TSA-1: an answer is taken only when it answers', () => {
  const covered = utf8.encode('bytes')
  const answerTo = (change: Parameters<typeof answerTimeStampRequest>[4] = {}, moment = at) =>
    answerTimeStampRequest(createTimeStampRequest(request(covered)), tsa, new Date(moment), 1, change)
  const taken = (answer: Uint8Array, asked = request(covered) as Parameters<typeof readTimeStampAnswer>[1]) =>
    readTimeStampAnswer(answer, asked, at)

  test('imprint, number, rules and time', async () => {
    expect((await taken(answerTo())).genTime).toBe(at)
    expect((await taken(answerTo({}, '2026-05-12T10:01:00Z'))).genTime).toBe('2026-05-12T10:01:00Z')
    await expect(taken(answerTo({ imprint: sha256(utf8.encode('other')) }))).rejects.toThrowError(/timestamp.imprint-mismatch/)
    await expect(taken(answerTo({ withoutNonce: true }))).rejects.toThrowError(/timestamp.nonce-mismatch/)
    await expect(taken(answerTo(), { ...request(covered), nonce: new Uint8Array(16).fill(1) })).rejects.toThrowError(/nonce-mismatch/)
    await expect(taken(answerTo(), { ...request(covered), policy: '1.2.3' })).rejects.toThrowError(/timestamp.policy-mismatch/)
    for (const late of ['2026-05-12T10:01:01Z', '2026-05-12T09:58:59Z'])
      await expect(taken(answerTo({}, late))).rejects.toThrowError(/timestamp.time-off/)
  })
  test('a refusal, nonsense, and a token by a key for other uses', async () => {
    await expect(taken(Uint8Array.of(0x30, 5, 0x30, 3, 2, 1, 2))).rejects.toThrowError(/timestamp.refused/)
    await expect(taken(new Uint8Array(9))).rejects.toThrowError(/timestamp.malformed/)
    const byCollege = answerTimeStampRequest(createTimeStampRequest(request(covered)), made, new Date(at), 1)
    await expect(taken(byCollege)).rejects.toThrowError(/timestamp.wrong-usage/)
  })
  test('RFC 3161, 2.3: its certificate is for time stamps alone, and says so critically', async () => {
    const use = '1.3.6.1.5.5.7.3.8'
    const by = (extendedKeyUsage: readonly string[], extendedKeyUsageCritical: boolean) =>
      answerTimeStampRequest(
        createTimeStampRequest(request(covered)),
        createCertificate({
          subject: { commonName: 'TSA' },
          algorithm: 'ES256',
          from,
          to,
          issuer: authority.root,
          ca: false,
          keyUsage: ['digitalSignature'],
          extendedKeyUsage,
          extendedKeyUsageCritical,
        }),
        new Date(at),
        1,
      )
    expect((await taken(by([use], true))).genTime).toBe(at)
    for (const answer of [by([use], false), by([use, '1.3.6.1.5.5.7.3.1'], true), by(['2.5.29.37.0'], true)])
      await expect(taken(answer)).rejects.toThrowError(/timestamp.wrong-usage/)
  })
})
