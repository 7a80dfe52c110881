import { spawnSync } from 'node:child_process'
import { type JsonObject, type Learner, parseJson, type SignedView } from '@cairn/core'
import { composeElm, displayLanguages, embeddedFiles, prepareElm, readElm } from '@cairn/formats'
import { issuerOf, openKeyFile } from '@cairn/keys'
import { finishSeal, prepareSeal } from '@cairn/seals'
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { expect, test } from 'vitest'
import { renderDisplayImages } from '../render-display-images.ts'
import { certificateFace } from './certificate-face.ts'
import { fingerprintOf, renderCertificate } from './render-certificate.ts'

const now = '2026-05-13T10:00:00Z'
const demo = createDemoKey({ organisation: sampleEdition.institution, passphrase: 'a passphrase', now: new Date('2026-05-01T00:00:00Z') })
const signer = await openKeyFile(demo.keyFile, 'a passphrase')

async function sealed(learner: Learner): Promise<{ bytes: Uint8Array; document: JsonObject }> {
  const prepared = prepareElm(
    sampleEdition,
    issuerOf(signer.certificates[0]!, sampleEdition.institution),
    await renderDisplayImages(sampleEdition),
  )
  const award = {
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    learner: { dateOfBirth: '1999-05-12', ...learner },
    awardDate: '2026-05-12',
    referenceNumber: 'LH-2026-1',
  }
  const unsealed = composeElm(prepared, award, { issued: now })
  const toSeal = await prepareSeal(unsealed, { certificates: signer.certificates, algorithm: signer.algorithm, at: now })
  const { bytes } = finishSeal(toSeal, await signer.sign(toSeal.toBeSigned))
  return { bytes, document: parseJson(unsealed.payload) as JsonObject }
}
const evidence = { registry: demo.trust, statusLists: {}, retrievedAt: now }

test('a sheet holds the sealed bytes as they are, in every language, and verifies by them', async () => {
  const { bytes, document } = await sealed({ givenName: 'Žofie Anna', familyName: 'Dvořáková', dateOfBirth: '1999-05-12' })
  const views = [...displayLanguages(document), 'ar'].map((language) => ({ language, view: readElm(document, language) }))
  const pdf = await renderCertificate({ views, sealed: bytes, at: now, address: 'https://cairn.example/c/abcdefghijklmnopqrstuvwx' })
  const [file, ...others] = await embeddedFiles(pdf)
  expect(others).toEqual([])
  expect(file!.name).toBe('credential.jsonld')
  expect(Buffer.compare(file!.bytes, bytes)).toBe(0)
  const report = await verify(pdf, evidence, standardPolicy, now)
  expect(report).toMatchObject({ format: 'pdf', verdict: 'valid', view: { learner: 'Žofie Anna Dvořáková' } })
  const text = Buffer.from(pdf).toString('latin1')
  for (const mark of [
    '<pdfaid:part>3</pdfaid:part>',
    '<pdfaid:conformance>A</pdfaid:conformance>',
    '<pdfuaid:part>1</pdfuaid:part>',
    '/DisplayDocTitle true',
    '/AFRelationship /Source',
    '/Marked true',
  ])
    expect(text, mark).toContain(mark)
})

test('R-UNI-1: hard names are set, and what has no letter in our fonts is named by its number', async () => {
  const names = [
    'Nguyễn Thị Minh Khai',
    'O’Connor-D’Angelo',
    'فاطمة الزهراء',
    'שרה כהן',
    'Αλέξανδρος Παπαδόπουλος',
    'Ћирило Ђорђевић',
    'Ẹ̀bùn Ọlá',
    '李小龍',
    'अनुष्का',
    '=cmd|A0',
    '#include "x"',
    '$x$ *bold* _it_ <b>',
    'a'.repeat(200),
  ]
  for (const name of names) {
    const { bytes, document } = await sealed({ givenName: name })
    const view = readElm(document)
    expect(view.learner).toBe(name)
    const pdf = await renderCertificate({ views: [{ language: 'en', view }], sealed: bytes, at: now })
    expect((await verify(pdf, evidence, standardPolicy, now)).verdict, name).toBe('valid')
  }
})

test('R-UNI-1: a letter with its mark comes from one font', () => {
  const view = {
    title: 'T',
    learner: 'E\u0323\u0300bùn Adéọlá',
    outcomes: [],
    assessments: [],
    participation: [],
    qualityAssurance: [],
    fields: [],
  }
  const face = certificateFace(view as unknown as SignedView, 'en', true)
  expect(face.learner).toEqual({ text: '\u1eb8\u0300bùn Adéọlá', rtl: false, marks: true, size: 27 })
  expect(face.title.marks).toBe(false)
})

test('R-UNI-1: whatever stands in a name or a title, the sheet is made: what no font has is named, and no marks are stacked over the page', async () => {
  const { bytes, document } = await sealed({ givenName: 'Ana' })
  const view = readElm(document)
  const line = (learner: string) => certificateFace({ ...view, learner }, 'en', true).learner.text
  expect(line('Ana 👩‍🎓 Nová →')).toBe('Ana [U+1F469]\u200d[U+1F393] Nová [U+2192]')
  expect(line('Ana\nBcc:\t x\u2028y')).toBe('Ana Bcc: x y')
  expect(line('Ana \u202enaJ\u0000')).toBe('Ana [U+202E]naJ[U+0000]')
  expect(line(`e${'\u0301'.repeat(60)}`)).toBe(`é${'\u0301'.repeat(4)}[…]`)
  expect(line('محمد Smith-عبد الله (Ahmed)')).toBe('محمد Smith-عبد الله (Ahmed)')
  expect(line('نرم\u200cافزار')).toBe('نرم\u200cافزار')
  const hard = [
    '👩‍🎓 🎉🇨🇿 ♥\ufe0f →',
    'e\u0301\u0335\u0321'.repeat(60),
    'Ana\r\nBcc: x\u0000\u202e\ufeff\uffff',
    '\ud800 half',
    'ﷺ'.repeat(40),
    'नमस्ते',
  ]
  for (const text of [...hard, 'Maria Theresia '.repeat(33), 'عبد الرحمن '.repeat(45), 'x'.repeat(500)]) {
    const given = { ...view, id: text, issuer: text, learner: text, title: text, description: text, awardingBody: text, outcomes: [text] }
    const pdf = await renderCertificate({ views: [{ language: 'ar', view: given }], sealed: bytes, at: now })
    expect((await verify(pdf, evidence, standardPolicy, now)).verdict, text).toBe('valid')
  }
})

const textOf = (pdf: Uint8Array) => spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).stdout
const noReader = spawnSync('pdftotext', ['-v']).error !== undefined

test.skipIf(noReader)(
  'pages are numbered, also where a part needs more than its page (skipped where poppler-utils is not on the machine)',
  async () => {
    const { bytes, document } = await sealed({ givenName: 'Ana', familyName: 'Horváthová' })
    const view = readElm(document)
    const sheet = (given: SignedView) => renderCertificate({ views: [{ language: 'en', view: given }], sealed: bytes, at: now })
    const short = textOf(await sheet(view))
    expect(short.match(/\d ?\/ ?\d/g)?.map((each) => each.replaceAll(' ', ''))).toEqual(['1/2', '2/2'])
    expect(short).toContain('First cycle (bachelor)')
    const long = textOf(await sheet({ ...view, outcomes: Array.from({ length: 80 }, (_, n) => `Outcome ${n}`) }))
    expect(long.match(/\d ?\/ ?\d/g)?.map((each) => each.replaceAll(' ', ''))).toEqual(['1/4', '2/4', '3/4', '4/4'])
    // The title and the learner stand above every page but the first.
    expect(long.match(/ · Ana Horváthová/g)).toHaveLength(3)
  },
)

test.skipIf(noReader)(
  'sheets that are made at the same time are not mixed up (skipped where poppler-utils is not on the machine)',
  async () => {
    const names = ['Ana', 'Bořek', 'Cyril', 'Dana', 'Eva', 'Filip']
    const sheets = await Promise.all(
      names.map(async (givenName, at) => {
        const { bytes, document } = await sealed({ givenName })
        const view = readElm(document)
        const outcomes = Array.from({ length: at % 2 ? 80 : 3 }, (_, n) => `Outcome ${n}`)
        return renderCertificate({ views: [{ language: 'en', view: { ...view, outcomes } }], sealed: bytes, at: now })
      }),
    )
    for (const [at, sheet] of sheets.entries()) {
      const text = textOf(sheet)
      expect(names.filter((name) => text.includes(name))).toEqual([names[at]])
      expect(text.includes('Outcome 79')).toBe(at % 2 === 1)
    }
  },
)

test.skipIf(noReader)('a word that is longer than a line is broken (skipped where poppler-utils is not on the machine)', async () => {
  const { bytes, document } = await sealed({ givenName: 'x'.repeat(200) })
  const pdf = await renderCertificate({ views: [{ language: 'en', view: readElm(document) }], sealed: bytes, at: now })
  expect(textOf(pdf).match(/x{30}/g)).toHaveLength(6 + 6)
})

test('without an address the code holds the fingerprint of the sealed file (RFC 6920)', async () => {
  const { bytes } = await sealed({ givenName: 'Ana' })
  expect(fingerprintOf(bytes)).toMatch(/^ni:\/\/\/sha-256;[A-Za-z0-9_-]{43}$/)
  expect(fingerprintOf(new TextEncoder().encode('Hello World!'))).toBe('ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk')
})

test('R-DISP-1: no changed byte of a sheet gives another view that is valid', async () => {
  const { bytes, document } = await sealed({ givenName: 'Ana', familyName: 'Horváthová' })
  const pdf = await renderCertificate({ views: [{ language: 'en', view: readElm(document) }], sealed: bytes, at: now })
  const good = JSON.stringify((await verify(pdf, evidence, standardPolicy, now)).view)
  let judged = 0
  for (let n = 0; n < 200; n++) {
    const changed = new Uint8Array(pdf)
    const at = (n * 7919 + 13) % pdf.length
    changed[at] = changed[at]! ^ (1 << (n % 8))
    const report = await verify(changed, evidence, standardPolicy, now)
    if (report.verdict === 'valid') expect(JSON.stringify(report.view)).toBe(good)
    judged++
  }
  expect(judged).toBe(200)
})
