/** Sealed sheets (ETSI EN 319 142-1), held against another library, other programs, and whoever adds to them afterwards. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type JsonObject, parseJson, type TrustRegistry } from '@cairn/core'
import { composeElm, isDictionary, isReference, openPdf, pdfSignatures, prepareElm, readElm, updatePdf } from '@cairn/formats'
import { issuerOf, makeSigner } from '@cairn/keys'
import {
  createTimeStampRequest,
  digest,
  finishSeal,
  prepareSeal,
  readTimeStampAnswer,
  type SealAlgorithm,
  type Signer,
  sealAlgorithms,
} from '@cairn/seals'
import { type RunningAuthority, sampleEdition, startAuthority } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { fromBER } from 'asn1js'
import { ContentInfo, SignedData } from 'pkijs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderDisplayImages } from '../render-display-images.ts'
import { renderCertificate } from './render-certificate.ts'
import { sealPdf } from './seal-pdf.ts'

const organizationIdentifier = 'VATCZ-00000019'
const id = 'https://lakeside.example'
let authority: RunningAuthority
let registry: TrustRegistry
let now: string
let sheet: Uint8Array
let signer: Signer
let sealed: Uint8Array
const folder = mkdtempSync(path.join(tmpdir(), 'cairn-pades-'))

const keyOf = (algorithm: SealAlgorithm, organisation = 'Lakeside Institute', number = organizationIdentifier): Signer => {
  const kind = /^[RP]S/.test(algorithm) ? 'RS256' : (algorithm as 'ES256' | 'ES384' | 'ES512' | 'EdDSA')
  const made = authority.issue({ organisation, organizationIdentifier: number, algorithm: kind })
  return makeSigner(made.privateKey, made.certificates, algorithm)
}
const stamp = async (signature: Uint8Array) => {
  const request = {
    hash: 'SHA-256',
    imprint: await digest('SHA-256', signature),
    nonce: Uint8Array.from({ length: 16 }, (_, at) => at + 1),
  } as const
  return (await readTimeStampAnswer(authority.timeStamp(createTimeStampRequest(request)), request, now)).der
}
async function sheetOf(by: Signer): Promise<Uint8Array> {
  const issuer = issuerOf(by.certificates[0]!, { ...sampleEdition.institution, id })
  const award = {
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    learner: { givenName: 'Ana', familyName: 'Horváthová', dateOfBirth: '1999-05-12' },
    awardDate: '2026-05-12',
  }
  const unsealed = composeElm(prepareElm(sampleEdition, issuer, await renderDisplayImages(sampleEdition)), award, { issued: now })
  const toSeal = await prepareSeal(unsealed, { certificates: by.certificates, algorithm: by.algorithm, at: now })
  const { bytes } = finishSeal(toSeal, await by.sign(toSeal.toBeSigned))
  const view = readElm(parseJson(unsealed.payload) as JsonObject)
  return renderCertificate({ views: [{ language: 'en', view }], sealed: bytes, at: now })
}
const judge = (pdf: Uint8Array, by: TrustRegistry = registry) => {
  const revocation = { crls: [authority.crl('root'), authority.crl('seal')], ocsps: [] }
  return verify(pdf, { registry: by, statusLists: {}, retrievedAt: now, revocation }, standardPolicy, now)
}

beforeAll(async () => {
  authority = await startAuthority()
  now = new Date().toISOString().replace(/\.\d+/, '')
  const entry = {
    id,
    legalName: 'Lakeside Institute',
    organizationIdentifier,
    keys: [],
    types: ['*'],
    from: '2020-01-01',
    to: null,
    logRequired: false,
  }
  registry = { anchors: [authority.anchor], trustedLists: [], issuers: [entry] }
  signer = keyOf('ES256')
  sheet = await sheetOf(signer)
  sealed = await sealPdf(sheet, { signer, at: now })
}, 60_000)
afterAll(async () => {
  await authority.stop()
  rmSync(folder, { recursive: true })
})

test.each(Object.keys(sealAlgorithms) as SealAlgorithm[])('%s, B-B and B-T: pkijs verifies what we write', async (algorithm) => {
  const by = keyOf(algorithm)
  for (const pdf of [await sealPdf(sheet, { signer: by, at: now }), await sealPdf(sheet, { signer: by, at: now, stamp })]) {
    const [signature, ...others] = await pdfSignatures(pdf)
    expect(others).toEqual([])
    expect(signature).toMatchObject({ subFilter: 'ETSI.CAdES.detached', end: pdf.length, claimedAt: now })
    const { result, offset } = fromBER(new Uint8Array(signature!.contents))
    expect(offset).toBeGreaterThan(0)
    const data = new SignedData({ schema: new ContentInfo({ schema: result }).content })
    // The library does not know Ed25519 in CMS (RFC 8419).
    if (algorithm !== 'EdDSA') expect(await data.verify({ signer: 0, data: new Uint8Array(signature!.covered).buffer })).toBe(true)
    expect(data.signerInfos[0]!.signedAttrs!.attributes.map(({ type }) => type).sort()).toEqual([
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
    ])
  }
})

test('a sealed sheet: credential and page under the same body, told apart in the report', async () => {
  expect(await judge(sealed)).toMatchObject({
    verdict: 'valid',
    sheet: { seal: 'passed', level: 'B-B', algorithm: 'ES256', claimedAt: now },
    view: { learner: 'Ana Horváthová' },
  })
  const stamped = await judge(await sealPdf(sheet, { signer, at: now, stamp }))
  expect(stamped).toMatchObject({ verdict: 'valid', sheet: { seal: 'passed', level: 'B-T', provenAt: expect.any(String) } })
  expect(await judge(sheet)).toMatchObject({ verdict: 'valid', sheet: { seal: 'none' } })
})

test('another key of the same body may seal the page; somebody else may not pass for it', async () => {
  expect(await judge(await sealPdf(sheet, { signer: keyOf('PS256'), at: now }))).toMatchObject({
    verdict: 'valid',
    sheet: { seal: 'passed' },
  })
  const stranger = await judge(await sealPdf(sheet, { signer: keyOf('ES256', 'Lakeside Institute', 'VATCZ-00000027'), at: now }))
  expect(stranger).toMatchObject({ verdict: 'indeterminate', sheet: { seal: 'unknown' } })
  expect(stranger.findings).toContainEqual(expect.objectContaining({ problem: expect.objectContaining({ code: 'pdf.sealed-by-other' }) }))
})

test('R-DISP-2: a byte changed anywhere but in the place of the seal fails, and nothing of the credential is shown', async () => {
  const place = /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(sealed).toString('latin1'))!
  const [from, to] = [place.index + '/Contents <'.length, place.index + place[0].length - 1]
  const good = JSON.stringify((await judge(sealed)).view)
  for (let n = 0; n < 300; n++) {
    const at = (n * 7919 + 13) % sealed.length
    const changed = new Uint8Array(sealed)
    changed[at]! ^= 1 << (n % 7)
    const report = await judge(changed)
    // In its place stand parts that the signature is not over, such as a version: they say nothing about the document.
    if (at >= from && at < to) {
      if (report.view) expect(JSON.stringify(report.view)).toBe(good)
    } else expect([report.verdict, report.view], `byte ${at}`).toEqual(['invalid', undefined])
  }
})

describe('what comes after the seal', () => {
  const changeOf = async (pdf: Uint8Array) => {
    const file = await openPdf(pdf)
    const root = file.trailer.get('Root')
    const catalogue = await file.resolve(root)
    if (!isReference(root) || !isDictionary(catalogue)) throw new Error('no catalogue')
    return { file, root, catalogue }
  }
  const told = async (pdf: Uint8Array) => {
    const { verdict, findings, sheet: found } = await judge(pdf)
    return [verdict, found?.seal, findings.flatMap(({ problem }) => problem?.code ?? [])]
  }

  test('an update, as shadow attacks (hide, replace) make them, leaves the seal intact and the verdict open', async () => {
    const { file, root, catalogue } = await changeOf(sealed)
    const { bytes } = updatePdf(sealed, file, [
      { number: root.number, value: new Map(catalogue).set('PageMode', { kind: 'name', name: 'UseNone' }) },
    ])
    expect(await told(bytes)).toEqual(['indeterminate', 'unknown', ['pdf.changed-after-seal']])
  })

  test('an update that takes the form away is no way back to an unsealed sheet', async () => {
    const { file, root, catalogue } = await changeOf(sealed)
    const without = new Map(catalogue)
    without.delete('AcroForm')
    const { bytes } = updatePdf(sealed, file, [{ number: root.number, value: without }])
    expect(await told(bytes)).toEqual(['invalid', 'failed', ['pdf.altered']])
  })

  test('signature wrapping: a range that leaves out more than the seal, or not the seal, is refused', async () => {
    const text = Buffer.from(sealed).toString('latin1')
    const [, from, to, rest] = /\/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]/.exec(text)!.map(Number) as [number, number, number, number]
    const ranges = [
      [from - 40, to, rest],
      [from, to + 20, rest - 20],
      [from, to, rest - 40],
      [from, to, rest + 1],
      [0, to, rest],
    ]
    for (const range of ranges) {
      const written = range.map((each) => String(each).padEnd(10)).join(' ')
      const changed = Buffer.from(text.replace(/\/ByteRange \[0 [\d ]+\]/, `/ByteRange [0 ${written}]`), 'latin1')
      expect((await told(new Uint8Array(changed)))[0], written).toBe('invalid')
    }
  })

  test('a seal that is emptied fails', async () => {
    const place = /\/Contents <[0-9a-f]+>/
    const text = Buffer.from(sealed).toString('latin1')
    const emptied = text.replace(place, (whole) => `/Contents <${'0'.repeat(whole.length - '/Contents <>'.length)}>`)
    expect((await told(new Uint8Array(Buffer.from(emptied, 'latin1'))))[0]).toBe('invalid')
  })
})

test('a certificate that ends takes the proof of the page and nothing of the credential; without statements on it the same', async () => {
  const evidence = { registry, statusLists: {}, retrievedAt: now }
  const credential = { ...standardPolicy, revocation: 'off' } as const
  const later = new Date(Date.parse(now) + 40 * 365.25 * 86_400_000).toISOString()
  for (const at of [now, later]) {
    const alone = await verify(sheet, evidence, at === now ? standardPolicy : credential, at)
    const report = await verify(sealed, evidence, at === now ? standardPolicy : credential, at)
    expect([report.verdict, report.results]).toEqual([alone.verdict, alone.results])
    expect(report.sheet).toMatchObject({ seal: 'unknown', level: 'B-B' })
  }
})

test('a key that is none for seals is refused, and a sheet is sealed once', async () => {
  await expect(sealPdf(sealed, { signer, at: now })).rejects.toThrowError(/pdf.unreadable/)
  const server = { ...signer, certificates: [authority.tsa.certificate] }
  await expect(sealPdf(sheet, { signer: server, at: now })).rejects.toThrowError(/certificate.wrong-usage/)
})

const missing = (program: string) => spawnSync(program, ['--version']).error !== undefined && spawnSync(program, ['-v']).error !== undefined
test.skipIf(missing('qpdf'))('qpdf --check finds nothing (skipped where qpdf is not on the machine)', () => {
  const file = path.join(folder, 'sealed.pdf')
  writeFileSync(file, sealed)
  const { status, stdout } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, expect.stringContaining('No syntax or stream encoding errors found')])
})
test.skipIf(missing('pdfsig'))(
  'pdfsig finds a valid signature over the whole document (skipped where poppler-utils is not on the machine)',
  async () => {
    for (const algorithm of ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'RS512'] as const) {
      const file = path.join(folder, `${algorithm}.pdf`)
      writeFileSync(file, await sealPdf(sheet, { signer: keyOf(algorithm), at: now, stamp }))
      const { stdout } = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })
      expect(stdout, algorithm).toContain('Signature is Valid')
      expect(stdout, algorithm).toContain('Total document signed')
    }
  },
)
