/** Sheets that last (EN 319 142-1, 5.4 to 5.6), judged by what they bring, and held against whoever adds something else. */
import { type JsonObject, parseJson, type TrustRegistry } from '@cairn/core'
import { renderCertificate, sealPdf } from '@cairn/documents'
import {
  addsOnlyProofs,
  extendSecurityStore,
  isDictionary,
  isReference,
  openPdf,
  type PdfObject,
  type PdfValue,
  pdfName,
  pdfSignatures,
  readElm,
  securityStore,
  updatePdf,
} from '@cairn/formats'
import { type RunningAuthority, sealSample, startAuthority } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AugmentOptions, augmentSheet, type Door, fetchSafely, gather, requestTimeStamp } from './index.ts'

let authority: RunningAuthority
let registry: TrustRegistry
let unstamped: Uint8Array
let t: Uint8Array
let lt: Uint8Array
let lta: Uint8Array
const door: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
const clock = () => new Date().toISOString()
const options = (): AugmentOptions => ({ timeStamps: { address: authority.timeStampAddress }, registry, door, now: clock })
/** Judged by what is in the file and in the registry alone. */
const alone = (bytes: Uint8Array, at = clock()) =>
  verify(bytes, { registry, statusLists: {}, retrievedAt: at }, { ...standardPolicy, revocation: 'if-named' }, at)

beforeAll(async () => {
  authority = await startAuthority()
  const at = clock().replace(/\.\d+/, '')
  const { document, sealed, signer, ...rest } = await sealSample(authority, at)
  registry = rest.registry
  const view = readElm(parseJson(document.payload) as JsonObject)
  const sheet = await renderCertificate({ views: [{ language: 'en', view }], sealed, at })
  const stamp = async (signature: Uint8Array) => (await requestTimeStamp(signature, options().timeStamps, door, clock())).der
  unstamped = await sealPdf(sheet, { signer, at })
  t = await sealPdf(sheet, { signer, at, stamp })
  lt = await augmentSheet(t, 'B-LT', options())
  lta = await augmentSheet(t, 'B-LTA', options())
}, 60_000)
afterAll(() => authority.stop())

test('B-T to B-LT, B-LTA and renewed: the report tells the level, and the credential in it stays valid', async () => {
  const renewed = await augmentSheet(lta, 'B-LTA', options())
  const now = clock()
  for (const [bytes, level, stamps] of [
    [t, 'B-T', 1],
    [lt, 'B-LT', 1],
    [lta, 'B-LTA', 2],
    [renewed, 'B-LTA', 3],
  ] as const) {
    const report = await verify(bytes, await gather(bytes, registry, door, now), standardPolicy, now)
    expect(report, level).toMatchObject({ verdict: 'valid', sheet: { seal: 'passed', level } })
    expect(
      report.findings.filter(({ check }) => check === 'seal.time-stamp').map(({ outcome }) => outcome),
      level,
    ).toEqual(Array(stamps).fill('passed'))
  }
  const { certificates, crls, ocsps } = await securityStore(renewed)
  expect(certificates.length).toBeGreaterThanOrEqual(3)
  expect(crls.length + ocsps.length).toBeGreaterThanOrEqual(2)
})

test('a store makes the seal of the sheet stand without anything fetched; without one nobody can say whether its certificate was revoked', async () => {
  expect((await alone(t)).sheet).toMatchObject({ seal: 'unknown', level: 'B-T' })
  for (const bytes of [lt, lta]) expect((await alone(bytes)).sheet).toMatchObject({ seal: 'passed' })
})

test('when its certificate has ended a B-LTA sheet is still proven by what it brings, and a B-T one is not', async () => {
  const later = new Date(Date.now() + 5 * 365.25 * 86_400_000).toISOString()
  expect((await alone(t, later)).sheet).toMatchObject({ seal: 'unknown' })
  expect((await alone(lta, later)).sheet).toMatchObject({ seal: 'passed', level: 'B-LTA', provenAt: expect.stringMatching(/^20/) })
})

test('R-FLT-2: an authority that is away fails the work; a sheet without a time stamp is not raised', async () => {
  authority.setAway(['tsa'])
  await expect(augmentSheet(t, 'B-LTA', options())).rejects.toMatchObject({ problem: { code: 'fetch.failed' } })
  authority.setAway(['ocsp', 'crl'])
  await expect(augmentSheet(t, 'B-LT', options())).rejects.toMatchObject({ problem: { code: 'fetch.failed' } })
  authority.setAway([])
  await expect(augmentSheet(unstamped, 'B-LT', options())).rejects.toMatchObject({ problem: { code: 'certificate.no-path' } })
})

describe('only proofs may follow a seal (shadow attacks)', () => {
  const endOfSeal = async (bytes: Uint8Array) => (await pdfSignatures(bytes))[0]!.end
  const codes = async (bytes: Uint8Array) => {
    const { verdict, findings } = await alone(bytes)
    return [verdict, findings.flatMap(({ problem }) => problem?.code ?? [])] as const
  }
  /** The sheet with further changes, as somebody would write them. */
  async function changed(bytes: Uint8Array, change: (catalogue: Map<string, PdfValue>, next: number) => PdfObject[]): Promise<Uint8Array> {
    const file = await openPdf(bytes)
    const root = file.trailer.get('Root')
    const catalogue = await file.resolve(root)
    if (!isReference(root) || !isDictionary(catalogue)) throw new Error('no catalogue')
    const copy = new Map(catalogue)
    const objects = change(copy, Number(file.trailer.get('Size')))
    return updatePdf(bytes, file, [{ number: root.number, value: copy }, ...objects]).bytes
  }
  const dictionary = (entries: Record<string, PdfValue>) => new Map(Object.entries(entries))
  const reference = (to: number): PdfValue => ({ kind: 'reference', number: to })

  test('what we add is nothing but proofs', async () => {
    for (const bytes of [lt, lta, await augmentSheet(lta, 'B-LTA', options())])
      expect(await addsOnlyProofs(bytes, await endOfSeal(bytes))).toBe(true)
  })

  test.each([
    [
      'another entry of the catalogue',
      (catalogue) => {
        catalogue.set('PageMode', pdfName('UseNone'))
        return []
      },
    ],
    [
      'other pages',
      (catalogue, next) => {
        catalogue.set('Pages', reference(next))
        return [{ number: next, value: dictionary({ Type: pdfName('Pages'), Kids: [], Count: 0 }) }]
      },
    ],
    ['an object that nothing leads to', (_, next) => [{ number: next, value: dictionary({ Type: pdfName('Page') }) }]],
    [
      'a page that is written anew under its number',
      (catalogue) => [{ number: (catalogue.get('Pages') as { number: number }).number, value: dictionary({ Type: pdfName('Page') }) }],
    ],
    [
      'a field with a face',
      (catalogue, next) => {
        const form = new Map(catalogue.get('AcroForm') as Map<string, PdfValue>)
        catalogue.set('AcroForm', form.set('Fields', [...(form.get('Fields') as PdfValue[]), reference(next)]))
        return [
          { number: next, value: dictionary({ FT: pdfName('Sig'), Rect: [0, 0, 200, 200], V: reference(next + 1) }) },
          { number: next + 1, value: dictionary({ Type: pdfName('DocTimeStamp'), SubFilter: pdfName('ETSI.RFC3161') }) },
        ]
      },
    ],
    [
      'a form that calculates',
      (catalogue) => {
        const form = new Map(catalogue.get('AcroForm') as Map<string, PdfValue>)
        catalogue.set('AcroForm', form.set('NeedAppearances', true))
        return []
      },
    ],
  ] as [string, (catalogue: Map<string, PdfValue>, next: number) => PdfObject[]][])(
    '%s leaves the verdict open, also beside a store',
    async (_, change) => {
      for (const bytes of [t, lt, lta]) {
        const altered = await changed(bytes, change)
        expect(await addsOnlyProofs(altered, await endOfSeal(bytes))).toBe(false)
        expect((await codes(altered))[0]).not.toBe('valid')
      }
    },
  )

  test('an old object that a store is said to lead to may not be written anew', async () => {
    const file = await openPdf(t)
    const pages = (await file.resolve(file.trailer.get('Root'))) as Map<string, PdfValue>
    const number = (pages.get('Pages') as { number: number }).number
    const bytes = await changed(t, (catalogue, next) => {
      catalogue.set('DSS', reference(next))
      return [
        { number: next, value: dictionary({ Type: pdfName('DSS'), Certs: [reference(number)] }) },
        { number, value: dictionary({ Type: pdfName('Pages'), Kids: [], Count: 0 }) },
      ]
    })
    expect(await addsOnlyProofs(bytes, await endOfSeal(t))).toBe(false)
    expect((await codes(bytes))[0]).not.toBe('valid')
  })

  test('an object that is taken away leaves the verdict open', async () => {
    const text = Buffer.from(await extendSecurityStore(lt, { certificates: [Uint8Array.of(48, 0)], crls: [], ocsps: [] })).toString(
      'latin1',
    )
    const at = text.lastIndexOf('xref\n0 1\n0000000000 65535 f \n')
    const freed = `${text.slice(0, at)}xref\n0 1\n0000000000 65535 f \n9 1\n0000000000 00001 f \n${text.slice(at + 'xref\n0 1\n0000000000 65535 f \n'.length)}`
    expect((await codes(new Uint8Array(Buffer.from(freed, 'latin1'))))[1]).toContain('pdf.changed-after-seal')
  })

  test('R-DISP-2: a byte changed in what follows the seal never gives another view; most are told', async () => {
    const good = JSON.stringify((await alone(lta)).view)
    const end = await endOfSeal(lta)
    let told = 0
    for (let n = 0; n < 60; n++) {
      const bytes = new Uint8Array(lta)
      bytes[end + ((n * 7919) % (lta.length - end))]! ^= 1 << (n % 7)
      const { verdict, view } = await alone(bytes)
      if (view) expect(JSON.stringify(view)).toBe(good)
      if (verdict !== 'valid') told++
    }
    expect(told).toBeGreaterThan(8)
  })
})
