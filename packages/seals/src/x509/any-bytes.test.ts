/** Property tests (trust.md 5.2): whatever the bytes are, readers and checks end with a named problem, and soon. */
import {
  answerTimeStampRequest,
  certIdOf,
  cpuClock,
  createAuthority,
  createCertificate,
  createCrl,
  createOcspAnswer,
  element,
  issueSealCertificate,
} from '@cairn/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buildPath,
  checkCrl,
  checkOcsp,
  checkTimeStamp,
  createTimeStampRequest,
  parseCertificate,
  readCrl,
  readOcsp,
  readTimeStamp,
  readTimeStampAnswer,
} from '../index.ts'

const from = new Date('2026-01-01T00:00:00Z')
const to = new Date('2030-01-01T00:00:00Z')
const at = new Date('2026-05-12T10:00:00Z')
const authority = createAuthority('Neighbourhood', { from, to })
const made = issueSealCertificate(authority, { organisation: 'College', organizationIdentifier: 'VATXX-1', from, to })
const [leaf, issuer] = [parseCertificate(made.certificate), parseCertificate(authority.issuing.certificate)]
const root = parseCertificate(authority.root.certificate)
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
const request = { hash: 'SHA-256' as const, imprint: new Uint8Array(32), nonce: new Uint8Array(8).fill(1) }
const answer = answerTimeStampRequest(createTimeStampRequest(request), tsa, at, 1)

type Kind = readonly [name: string, sound: Uint8Array, run: (bytes: Uint8Array) => Promise<unknown>]
const kinds: readonly Kind[] = [
  ['certificate', made.certificate, async (bytes) => buildPath(parseCertificate(bytes), [issuer], [root], at.toISOString())],
  [
    'revocation list',
    createCrl({ issuer: authority.issuing, thisUpdate: at, nextUpdate: to, revoked: [{ serial: leaf.serial, at, reason: 1 }] }),
    async (bytes) => checkCrl(readCrl(bytes), leaf, issuer),
  ],
  [
    'OCSP answer',
    createOcspAnswer({
      certId: certIdOf(made.certificate, authority.issuing.certificate),
      status: { at, reason: 1 },
      signer: authority.issuing,
      withCertificate: true,
      producedAt: at,
      nextUpdate: to,
      archiveCutoff: from,
      nonce: Uint8Array.of(4, 1, 7),
    }),
    async (bytes) => checkOcsp(readOcsp(bytes), leaf, issuer),
  ],
  ['time-stamp answer', answer, async (bytes) => readTimeStampAnswer(bytes, request, at.toISOString())],
  ['token', (await readTimeStampAnswer(answer, request, at.toISOString())).der, async (bytes) => checkTimeStamp(readTimeStamp(bytes))],
]

/** Runs it; what is raised has to be a problem with a name. */
async function ends(run: Kind[2], bytes: Uint8Array): Promise<void> {
  try {
    await run(bytes)
  } catch (error) {
    expect((error as { problem?: { code: string } }).problem?.code, String(error)).toMatch(/^(certificate|revocation|timestamp)\./)
  }
}

test.each(kinds)(
  '%s: any bytes, and any edit of a sound one',
  async (_, sound, run) => {
    await run(sound)
    const edit = fc.record({ at: fc.nat(sound.length - 1), cut: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        let bytes = Array.from(sound)
        for (const { at: place, cut, put } of edits) bytes = [...bytes.slice(0, place), ...put, ...bytes.slice(place + cut)]
        await ends(run, Uint8Array.from(bytes))
      }),
      { numRuns: 1500 },
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (place, mask) => {
        const bytes = sound.slice()
        bytes[place]! ^= mask
        await ends(run, bytes)
      }),
      { numRuns: 1500 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => ends(run, bytes)),
      { numRuns: 500 },
    )
  },
  60_000,
)

test('R-LIM-1: a certificate of more than 8 KiB is not read, however sound', () => {
  const sized = (bytes: number) =>
    createCertificate({
      subject: { commonName: 'Large' },
      algorithm: 'ES256',
      from: new Date('2026-01-01'),
      to: new Date('2030-01-01'),
      ca: false,
      keyUsage: ['digitalSignature'],
      extensions: [{ id: '2.25.1', value: element(0x04, new Uint8Array(bytes)) }],
    }).certificate
  expect(parseCertificate(sized(7500)).subject.commonName).toBe('Large')
  expect(() => parseCertificate(sized(8192))).toThrowError(/larger than 8192/)
})

test('R-LIM-1: deep, wide and lying structures end at once', async () => {
  const nested = (depth: number) => {
    const bytes = new Uint8Array(depth * 4 + 2)
    for (let index = 0; index < depth; index++) {
      const length = (depth - index - 1) * 4 + 2
      bytes.set([0x30, 0x82, length >> 8, length & 0xff], index * 4)
    }
    bytes.set([0x30, 0], depth * 4)
    return bytes
  }
  const wide = new Uint8Array(60_004).fill(0x05)
  wide.set([0x30, 0x82, 60_000 >> 8, 60_000 & 0xff])
  for (let index = 5; index < wide.length; index += 2) wide[index] = 0
  const spent = cpuClock()
  for (const bytes of [nested(15_000), wide, Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)])
    for (const [, , run] of kinds) await ends(run, bytes)
  expect(spent()).toBeLessThan(500)
})
