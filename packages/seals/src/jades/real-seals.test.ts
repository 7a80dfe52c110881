/** Seals that others made: the Commission's sample and the files of EU DSS, read in place. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  checkSignature,
  checkTimeStamps,
  fromBase64Url,
  levelOf,
  readJades,
  type SealRead,
  type SignatureRead,
  toBase64Url,
} from '../index.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../../shared/vectors')
const sample = path.join(vectors, 'elm/samples/Sample-MC-Annex1-signed.jsonld')
const dss = (name: string) => new Uint8Array(readFileSync(path.join(vectors, 'jades/dss', name)))

async function outcome(name: string): Promise<string> {
  try {
    const seal = readJades(dss(name))
    const problems = (await Promise.all(seal.signatures.map((signature) => checkSignature(seal, signature)))).flat()
    return problems[0]?.code ?? 'intact'
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}

describe.skipIf(!existsSync(sample))("the Commission's sealed sample (skipped where ../shared/vectors is absent)", () => {
  let seal: SealRead
  let signature: SignatureRead
  beforeAll(() => {
    seal = readJades(new Uint8Array(readFileSync(sample)))
    signature = seal.signatures[0]!
  })

  test('RFC 7797: the signature holds over the unencoded payload, and the header binds its certificate', async () => {
    expect(await checkSignature(seal, signature)).toEqual([])
    expect({ encoded: signature.encoded, algorithm: signature.algorithm, claimedAt: signature.claimedAt }).toEqual({
      encoded: false,
      algorithm: 'RS256',
      claimedAt: '2023-09-27T11:54:17Z',
    })
  })

  test('TS 119 182-1, 5.1.10, 5.3.4, 5.3.6: imprints of content, signature and archive time stamp are recomputed', async () => {
    const stamps = await checkTimeStamps(seal, signature)
    expect(
      stamps.map(({ kind, problems, token }) => ({ kind, problems, at: token?.genTime, by: token?.signer?.subject.commonName })),
    ).toEqual([
      { kind: 'adoTst', problems: [], at: '2023-09-27T11:54:17Z', by: 'good-tsa' },
      { kind: 'sigTst', problems: [], at: '2023-09-27T11:54:20Z', by: 'good-tsa' },
      { kind: 'arcTst', problems: [], at: '2023-09-27T11:54:20Z', by: 'good-tsa' },
    ])
    expect(stamps.every(({ token }) => token?.policy === '1.2.3.4' && token.hash === 'SHA-256')).toBe(true)
  })

  test('each time stamp is for its own bytes: another payload, signature or earlier property is noticed', async () => {
    const codes = async (changed: typeof seal) =>
      (await checkTimeStamps(changed, changed.signatures[0]!)).map(({ problems }) => problems[0]?.code ?? 'sound')
    const other = { ...seal, payload: Uint8Array.of(...seal.payload, 32) }
    expect(await codes(other)).toEqual(['timestamp.imprint-mismatch', 'sound', 'timestamp.imprint-mismatch'])
    const text = toBase64Url(fromBase64Url(signature.signatureText)!.map((byte, index) => (index === 7 ? byte ^ 1 : byte)))
    expect(await codes({ ...seal, signatures: [{ ...signature, signatureText: text }] })).toEqual([
      'sound',
      'timestamp.imprint-mismatch',
      'timestamp.imprint-mismatch',
    ])
    const unsigned = signature.unsigned.map((each, index) => (index === 1 ? { ...each, text: `${each.text!.slice(0, -4)}AAAA` } : each))
    expect(await codes({ ...seal, signatures: [{ ...signature, unsigned }] })).toEqual(['sound', 'sound', 'timestamp.imprint-mismatch'])
  })

  test('the certificate says what OpenSSL reads in it', () => {
    const [leaf] = signature.certificates
    expect(leaf).toMatchObject({
      serial: '03378f4d568b289fb8ed0c03',
      subject: { commonName: 'TEST SEAL', organization: 'ORGANIZACION TEST', organizationIdentifier: 'VATES-A00000000', country: 'ES' },
      issuer: { commonName: 'ANF AC Qualified Certificates for eSeal' },
      keyKind: 'rsa',
      policies: ['1.3.6.1.4.1.18332.25.1.1.10', '0.4.0.194112.1.1'],
      unknownCritical: [],
    })
    expect([leaf!.notBefore.slice(0, 10), leaf!.notAfter.slice(0, 10)]).toEqual(['2023-05-11', '2025-05-10'])
    expect([...leaf!.keyUsage!].sort()).toEqual(['digitalSignature', 'nonRepudiation'])
    // qcCompliance, retention and qcType are there, QcSSCD is not: an advanced seal on a qualified certificate.
    expect(leaf!.qcStatements).toContain('0.4.0.1862.1.1')
    expect(leaf!.qcStatements).not.toContain('0.4.0.1862.1.4')
  })
})

describe.skipIf(!existsSync(path.join(vectors, 'jades/dss')))('files of EU DSS (skipped where ../shared/vectors is absent)', () => {
  // What EXPECTED.tsv says of each, in our words: level and soundness, or the reason of the refusal.
  test.each([
    ['jades-level-b-full-type.json', 'intact', ['B-B']],
    ['jades-with-line-break.json', 'intact', ['B-B']],
    ['altered-jws.json', 'seal.broken', []],
    ['malformed-jades-serialization.json', 'json.syntax', []],
    ['jades-t-duplicated-sigtst.json', 'intact', ['B-T']],
    ['jades-lta.json', 'intact', ['B-LTA']],
    ['jades-with-b64-not-in-crit.json', 'seal.malformed', []],
    ['jades-with-empty-crit.json', 'seal.malformed', []],
  ])('R-JADES-3: %s: %s', async (name, expected, levels) => {
    expect(await outcome(name)).toBe(expected)
    if (levels.length > 0) expect(readJades(dss(name)).signatures.map(levelOf)).toEqual(levels)
  })

  test('TS 119 182-1, 5.2.8: simple-detached.json holds with sample.json, and with nothing else', async () => {
    const content = dss('sample.json')
    const judged = async (...detached: { name: string; bytes: Uint8Array }[]) => {
      const seal = readJades(dss('simple-detached.json'), detached)
      return (await checkSignature(seal, seal.signatures[0]!))[0]?.code ?? 'intact'
    }
    expect(await judged({ name: 'sample.json', bytes: content })).toBe('intact')
    expect(await judged({ name: 'other.json', bytes: content })).toBe('intact')
    expect(await judged({ name: 'other.json', bytes: new Uint8Array() }, { name: 'sample.json', bytes: content })).toBe('intact')
    expect(await judged()).toBe('seal.detached-missing')
    expect(await judged({ name: 'a', bytes: content }, { name: 'b', bytes: content })).toBe('seal.detached-missing')
    expect(await judged({ name: 'sample.json', bytes: Uint8Array.of(...content, 10) })).toBe('seal.detached-altered')
    expect(levelOf(readJades(dss('simple-detached.json')).signatures[0]!)).toBe('B-B')
  })

  test.each(['jades-t-duplicated-sigtst.json', 'jades-lta.json'])('%s: every time stamp is for these bytes', async (name) => {
    const seal = readJades(dss(name))
    const stamps = await checkTimeStamps(seal, seal.signatures[0]!)
    expect(stamps.length).toBeGreaterThan(1)
    expect(stamps.flatMap(({ problems }) => problems)).toEqual([])
  })
})
