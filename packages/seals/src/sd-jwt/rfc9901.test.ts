/** RFC 9901, section 7: what is accepted, and the eight classes of bad SD-JWT (C01 to C08), each made by an issuer who signs them properly. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '@cairn/core'
import { ProblemError } from '@cairn/core'
import { bytesOf, encode, makeTokenKey, salt, signAny } from '@cairn/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DisclosureFrame, issueSdJwt } from './issue-sd-jwt.ts'
import { disclosable, presentSdJwt } from './present-sd-jwt.ts'
import { processPayload } from './process-payload.ts'
import { readSdJwt } from './read-sd-jwt.ts'
import { isSignedBy } from './read-token.ts'

const key = makeTokenKey('ES256')
const header = { alg: 'ES256', typ: 'dc+sd-jwt' }
const hashed = (text: string, hash = 'sha256') => createHash(hash).update(text).digest('base64url')
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

/** Reads and processes; the code of the problem, or the payload. */
async function outcome(token: string): Promise<unknown> {
  try {
    const read = readSdJwt(bytesOf(token))
    expect(await isSignedBy(read, key.publicKey)).toBe(true)
    return plain(processPayload(read).payload)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}
const token = (payload: unknown, disclosures: string[] = [], head: unknown = header) =>
  `${[signAny(key, head, payload), ...disclosures].join('~')}~`
const member = (name: unknown, value: unknown, withSalt: unknown = salt()) => encode([withSalt, name, value])
const element = (value: unknown) => encode([salt(), value])

test('RFC 9901, 7.1: members, elements, and what is inside what is hidden, in their places; what is not shown is left out', async () => {
  const inner = member('code', 'X')
  const outer = member('degree', { title: 'T', _sd: [hashed(inner)] })
  const listed = element('b')
  const payload = { vct: 'v', _sd: [hashed(outer), hashed('decoy')], list: ['a', { '...': hashed(listed) }, { '...': hashed('none') }] }
  expect(await outcome(token(payload, [outer, inner, listed]))).toEqual({ vct: 'v', degree: { title: 'T', code: 'X' }, list: ['a', 'b'] })
  expect(await outcome(token(payload, [outer]))).toEqual({ vct: 'v', degree: { title: 'T' }, list: ['a'] })
  expect(await outcome(token(payload))).toEqual({ vct: 'v', list: ['a'] })
})

test('R-SD-1, C01: a disclosure that no digest calls for is refused, also one inside something that is not shown', async () => {
  const inner = member('code', 'X')
  const outer = member('degree', { _sd: [hashed(inner)] })
  expect(await outcome(token({ vct: 'v' }, [inner]))).toBe('sd-jwt.disclosure-unreferenced')
  expect(await outcome(token({ vct: 'v', _sd: [hashed(outer)] }, [inner]))).toBe('sd-jwt.disclosure-unreferenced')
})

test('R-SD-1, C02: a digest stands in one place alone, shown or not, and no disclosure is shown twice', async () => {
  const one = member('a', 1)
  const nested = member('b', { _sd: [hashed(one)] })
  const inList = element(1)
  const cases: [unknown, string[]][] = [
    [{ _sd: [hashed(one), hashed(one)] }, [one]],
    [{ _sd: [hashed(one)], in: { _sd: [hashed(one)] } }, [one]],
    [{ list: [{ '...': hashed(inList) }], other: [{ '...': hashed(inList) }] }, [inList]],
    [{ _sd: [hashed(one), hashed(nested)] }, [one, nested]],
    [{ _sd: [hashed('decoy'), hashed('decoy')] }, []],
    [{ _sd: [hashed('decoy')], list: [{ '...': hashed('decoy') }] }, []],
  ]
  for (const [payload, shown] of cases) expect(await outcome(token(payload, shown)), JSON.stringify(payload)).toBe('sd-jwt.digest-twice')
  expect(await outcome(token({ _sd: [hashed(one)] }, [one, one]))).toBe('sd-jwt.digest-twice')
})

test('R-SD-1, C03: no disclosure takes the place of a claim, signed or disclosed', async () => {
  const one = member('vct', 'other')
  const two = member('name', 'A')
  const three = member('name', 'B')
  expect(await outcome(token({ vct: 'v', _sd: [hashed(one)] }, [one]))).toBe('sd-jwt.claim-overwritten')
  expect(await outcome(token({ vct: 'v', _sd: [hashed(two), hashed(three)] }, [two, three]))).toBe('sd-jwt.claim-overwritten')
})

test('R-SD-1, C04: names of selective disclosure, and names that reach a prototype, are no claims', async () => {
  for (const name of ['_sd', '...', '_sd_alg']) {
    const bad = member(name, 'x')
    expect(await outcome(token({ _sd: [hashed(bad)] }, [bad])), name).toBe('sd-jwt.reserved-name')
  }
  for (const name of ['__proto__', 'constructor', 'prototype']) {
    const bad = member(name, {})
    expect(await outcome(token({ _sd: [hashed(bad)] }, [bad])), name).toBe('json.forbidden-member')
  }
  expect(await outcome(token({ '...': hashed('x') }))).toBe('sd-jwt.reserved-name')
  expect(await outcome(token({ in: { _sd_alg: 'sha-256' } }))).toBe('sd-jwt.reserved-name')
  expect(await outcome(token({ list: [{ '...': hashed('x'), more: 1 }] }))).toBe('sd-jwt.reserved-name')
  const hidden = member('in', { '...': hashed('x') })
  expect(await outcome(token({ _sd: [hashed(hidden)] }, [hidden]))).toBe('sd-jwt.reserved-name')
})

test('R-SD-1, C05: _sd_alg is one of the SHA-2 family, in its exact spelling', async () => {
  const one = member('a', 1)
  for (const alg of ['md5', 'sha-1', 'SHA-256', 'sha256', '', 'none', 5, null, 'constructor'])
    expect(await outcome(token({ _sd: [hashed(one)], _sd_alg: alg }, [one])), String(alg)).toBe('sd-jwt.hash-not-accepted')
  for (const [alg, hash] of [
    ['sha-256', 'sha256'],
    ['sha-384', 'sha384'],
    ['sha-512', 'sha512'],
  ] as const)
    expect(await outcome(token({ _sd: [hashed(one, hash)], _sd_alg: alg }, [one]))).toEqual({ a: 1 })
  expect(await outcome(token({ _sd: [hashed(one)], _sd_alg: 'sha-512' }, [one]))).toBe('sd-jwt.disclosure-unreferenced')
})

test('R-SD-1, C06: disclosures of another shape', async () => {
  const shapes = ['{"a":1}', '"x"', '[]', '["s"]', '["s","n",1,2]', '[1,"n",1]', '["s",1,1]', '[null,"n",1]', '["s",null,1]']
  for (const shape of shapes) {
    const bad = encode(shape)
    expect(await outcome(token({ _sd: [hashed(bad)] }, [bad])), shape).toBe('sd-jwt.disclosure-malformed')
  }
  const forList = element(1)
  const forMember = member('a', 1)
  expect(await outcome(token({ _sd: [hashed(forList)] }, [forList]))).toBe('sd-jwt.disclosure-malformed')
  expect(await outcome(token({ l: [{ '...': hashed(forMember) }] }, [forMember]))).toBe('sd-jwt.disclosure-malformed')
  for (const bad of [{ _sd: 'x' }, { _sd: [1] }, { _sd: [null] }, { l: [{ '...': 1 }] }, { l: [{ '...': null }] }])
    expect(await outcome(token(bad)), JSON.stringify(bad)).toBe('sd-jwt.malformed')
  const twice = encode('["s","a",{"b":1,"b":2}]')
  expect(await outcome(token({ _sd: [hashed(twice)] }, [twice]))).toBe('json.duplicate-member')
})

test('R-SD-1, R-JOSE-4, C07: base64url in its one form', async () => {
  const one = member('a', 1, 'abcd')
  const payload = { _sd: [hashed(one), hashed(`${one}=`), hashed(`${one} `), hashed(one.replace(/.$/, 'B'))] }
  for (const bad of [`${one}=`, `${one} `, '', `${one}+`, `${one.slice(0, 4)}!${one.slice(4)}`])
    expect(await outcome(token({ _sd: [hashed(bad)] }, [bad])), JSON.stringify(bad)).toBe('sd-jwt.disclosure-malformed')
  // `["a","a",12]` ends in the middle of a group: its last letter has bits that have to be zero.
  const open = encode('["a","a",12]x').slice(0, -1)
  expect(['sd-jwt.disclosure-malformed', 'json.syntax']).toContain(await outcome(token({ _sd: [hashed(open)] }, [open])))
  expect(await outcome(token(payload, [one]))).toEqual({ a: 1 })
  for (const bad of ['', '~', 'a.b.c', token(payload).slice(0, -1), ` ${token(payload)}`, token(payload).replace('.', '..')])
    expect(typeof (await outcome(bad)), bad.slice(0, 20)).toBe('string')
})

test('R-LIM-1, C08: at most 512 disclosures, 16 in one another, 1 MiB', async () => {
  const many = Array.from({ length: 513 }, (_, n) => member(`n${n}`, n))
  expect(await outcome(token({ _sd: many.map((each) => hashed(each)) }, many))).toBe('sd-jwt.too-large')
  const most = many.slice(1)
  expect(await outcome(token({ _sd: most.map((each) => hashed(each)) }, most))).toMatchObject({ n512: 512 })
  const nest = (levels: number) => {
    const chain = [member('a', 0)]
    while (chain.length < levels) chain.unshift(member('a', { _sd: [hashed(chain[0]!)] }))
    return token({ _sd: [hashed(chain[0]!)] }, chain)
  }
  expect(await outcome(nest(17))).toBe('sd-jwt.too-large')
  expect(typeof (await outcome(nest(16)))).toBe('object')
  expect(() => readSdJwt(new Uint8Array(1024 * 1024 + 1))).toThrow('sd-jwt.too-large')
})

test('R-JOSE-1, R-JOSE-2, R-JOSE-5: headers that are refused', async () => {
  const cases: [unknown, string][] = [
    [{ alg: 'ES256', typ: 'JWT' }, 'seal.malformed'],
    [{ alg: 'ES256', typ: 'DC+SD-JWT' }, 'seal.malformed'],
    [{ alg: 'ES256', typ: 'vc+jwt' }, 'seal.malformed'],
    [{ alg: 'ES256' }, 'seal.malformed'],
    [{ alg: 'none', typ: 'dc+sd-jwt' }, 'seal.algorithm-not-accepted'],
    [{ alg: 'HS256', typ: 'dc+sd-jwt' }, 'seal.algorithm-not-accepted'],
    [{ alg: 'RS256', typ: 'dc+sd-jwt' }, 'seal.algorithm-not-accepted'],
    [{ ...header, jwk: key.jwk }, 'seal.malformed'],
    [{ ...header, jku: 'https://a.example' }, 'seal.malformed'],
    [{ ...header, x5u: 'https://a.example' }, 'seal.malformed'],
    [{ ...header, crit: ['b64'] }, 'seal.malformed'],
    [{ ...header, kid: 5 }, 'seal.malformed'],
    [{ ...header, x5c: [] }, 'seal.malformed'],
  ]
  for (const [head, code] of cases) expect(await outcome(token({ a: 1 }, [], head)), JSON.stringify(head)).toBe(code)
  // One key, one algorithm: a key of another kind than the header's algorithm has signed nothing.
  const read = readSdJwt(bytesOf(token({ a: 1 })))
  for (const other of ['ES384', 'EdDSA'] as const) expect(await isSignedBy(read, makeTokenKey(other).publicKey)).toBe(false)
})

test('RFC 9901, 8: both JSON serialisations say the same as the compact form', async () => {
  const one = member('a', 1)
  const compact = token({ _sd: [hashed(one)] }, [one])
  const [jwt] = compact.split('~') as [string]
  const [protectedText, payload, signature] = jwt.split('.')
  const one_ = { protected: protectedText, signature, header: { disclosures: [one] } }
  const flattened = JSON.stringify({ payload, ...one_ })
  const general = JSON.stringify({ payload, signatures: [one_] })
  for (const text of [flattened, general]) {
    expect(await outcome(text)).toEqual({ a: 1 })
    expect(readSdJwt(bytesOf(text)).presented).toBe(compact)
  }
  expect(await outcome(JSON.stringify({ payload, signatures: [one_, one_] }))).toBe('sd-jwt.malformed')
  expect(await outcome(JSON.stringify({ payload, ...one_, header: { disclosures: [one], alg: 'none' } }))).toBe('sd-jwt.malformed')
  expect(await outcome(JSON.stringify({ payload, ...one_, header: { disclosures: [`${one}~${one}`] } }))).toBe('sd-jwt.malformed')
})

test('4.1, 4.2: issuing in every algorithm, with decoys, nested and in lists; what the frame hides is not in the signed part', async () => {
  const claims: JsonObject = {
    vct: 'v',
    name: 'Secret name',
    address: { city: 'Secret city', country: 'CZ' },
    list: ['Secret 1', 'open', { deep: 'Secret 2' }],
  }
  const frame: DisclosureFrame = {
    hide: ['name', 'address'],
    decoys: 3,
    within: { address: { hide: ['city'], decoys: 1 }, list: { hide: [0, 2], decoys: 2, within: { 2: { hide: ['deep'] } } } },
  }
  for (const algorithm of ['ES256', 'ES384', 'EdDSA'] as const) {
    const signer = makeTokenKey(algorithm)
    const issued = await issueSdJwt({ type: 'dc+sd-jwt', claims, frame, signer, salt })
    const read = readSdJwt(bytesOf(issued))
    expect(await isSignedBy(read, signer.publicKey)).toBe(true)
    expect(read.disclosures).toHaveLength(6)
    expect(JSON.stringify(read.payload)).not.toContain('Secret')
    expect((read.payload._sd as string[]).length).toBe(5)
    expect(read.payload._sd).toEqual([...(read.payload._sd as string[])].sort())
    expect(plain(processPayload(read).payload)).toEqual(claims)
    expect(disclosable(issued)).toHaveLength(6)
  }
  const issue = (over: Partial<Parameters<typeof issueSdJwt>[0]>) =>
    issueSdJwt({ type: 'dc+sd-jwt', claims, frame, signer: key, salt, ...over })
  await expect(issue({ claims: { _sd: 'x' }, frame: {} })).rejects.toMatchObject({ problem: { code: 'sd-jwt.reserved-name' } })
  await expect(issue({ claims: { a: [{ '...': 'x' }] }, frame: {} })).rejects.toMatchObject({ problem: { code: 'sd-jwt.reserved-name' } })
  await expect(issue({ frame: { hide: ['nothing'] } })).rejects.toMatchObject({ problem: { code: 'input.invalid' } })
  await expect(issue({ frame: { within: { vct: { hide: ['x'] } } } })).rejects.toMatchObject({ problem: { code: 'input.invalid' } })
  await expect(issue({ signer: { algorithm: 'RS256', sign: key.sign } })).rejects.toMatchObject({
    problem: { code: 'seal.algorithm-not-accepted' },
  })
})

test('5.3, 11: no choice of disclosures reveals a claim that was not chosen', async () => {
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string({ unit: 'binary', maxLength: 12 }))
  const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']
  const claims = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.array(value, { maxLength: 4 })), { noNullPrototype: true })
  await fc.assert(
    fc.asyncProperty(claims, fc.subarray(names), async (given, wanted) => {
      const issued = await issueSdJwt({
        type: 'dc+sd-jwt',
        claims: given,
        frame: { hide: Object.keys(given), decoys: 2 },
        signer: key,
        salt,
      })
      const reveal = wanted.filter((name) => name in given)
      const shown = await outcome(await presentSdJwt(issued, { reveal: reveal.map((name) => [name]) }))
      expect(shown).toEqual(plain(Object.fromEntries(reveal.map((name) => [name, given[name]]))))
    }),
    { numRuns: 200 },
  )
})

const frames = '../shared/vectors/sd-jwt/frames'
/** The frame of the published cases in ours: theirs mixes names of claims with `_sd` and `_sd_decoy`. */
function ownFrame(frame: JsonObject): DisclosureFrame {
  const { _sd: hide = [], _sd_decoy: decoys = 0, ...within } = frame
  return {
    hide: hide as string[],
    decoys: decoys as number,
    within: Object.fromEntries(Object.entries(within).map(([name, each]) => [name, ownFrame(each as JsonObject)])),
  }
}
function wantedPaths(frame: JsonObject, at: (string | number)[] = []): (string | number)[][] {
  return Object.entries(frame).flatMap(([name, each]) => {
    const here = [...at, /^\d+$/.test(name) ? Number(name) : name]
    return each === true ? [here] : wantedPaths(each as JsonObject, here)
  })
}

for (const file of existsSync(frames) ? readdirSync(frames) : ['(no vectors beside this checkout)'])
  test.skipIf(!existsSync(frames))(
    `published frame ${path.basename(file, '.json')}: issued, presented and processed as it says`,
    async () => {
      const { claims, disclosureFrame, presentationFrames, presentedClaims } = JSON.parse(readFileSync(path.join(frames, file), 'utf8'))
      const issued = await issueSdJwt({ type: 'dc+sd-jwt', claims, frame: ownFrame(disclosureFrame), signer: key, salt })
      expect(await outcome(issued)).toEqual(claims)
      const same = (one: unknown, other: unknown) =>
        JSON.stringify(one).replace(/"(\d+)"/g, '$1') === JSON.stringify(other).replace(/"(\d+)"/g, '$1')
      const possible = disclosable(issued)
      const reveal = wantedPaths(presentationFrames).filter((wanted) => possible.some((each) => same(each, wanted)))
      const named = reveal.map((wanted) => possible.find((each) => same(each, wanted))!)
      // Where nothing of an object is disclosed, the object itself is still there (7.1, step 3): the published case leaves it out.
      const expected = file === 'array_none_disclosed.json' ? { is_over: {} } : presentedClaims
      expect(await outcome(await presentSdJwt(issued, { reveal: named }))).toEqual(expected)
    },
  )

const draft = '../shared/vectors/sd-jwt/sd-jwt-vc-draft-no-kb.txt'
test.skipIf(!existsSync(draft))(
  'the example of the SD-JWT VC draft verifies under its published key (vectors beside this checkout)',
  async () => {
    const { keyOfJwk } = await import('../vc-jose/jwk.ts')
    const text = readFileSync(draft)
    const read = readSdJwt(text)
    expect(await isSignedBy(read, keyOfJwk(JSON.parse(readFileSync('../shared/vectors/sd-jwt/issuer-key.jwk.json', 'utf8'))))).toBe(true)
    expect(plain(processPayload(read).payload)).toMatchObject({
      is_over_65: true,
      address: { country: 'US' },
      vct: 'https://credentials.example.com/identity_credential',
    })
  },
)
