/** veraPDF on our sheets: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), in every language of ours, short and long, unsealed and sealed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type JsonObject, parseJson, type SignedView } from '@cairn/core'
import { renderCertificate, renderDisplayImages, sealPdf } from '@cairn/documents'
import { composeElm, prepareElm, readElm } from '@cairn/formats'
import { issuerOf, makeSigner, openKeyFile } from '@cairn/keys'
import { augmentSheet, fetchSafely, requestTimeStamp } from '@cairn/online'
import { finishSeal, prepareSeal } from '@cairn/seals'
import { createDemoKey, type RunningAuthority, sampleEdition, startAuthority } from '@cairn/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeWithVerapdf, type PdfVerdict, verapdfMissing } from './run.ts'

const because = verapdfMissing()
const at = '2026-05-13T10:00:00Z'
const learners = {
  en: { givenName: 'Ẹ̀bùn Adéọlá Oluwaseun-Christopherson', familyName: 'O’Connor-D’Angelo van der Westhuizen-Featherstonehaugh' },
  cs: { givenName: 'Žofie Anna', familyName: 'Dvořáková' },
  ar: { givenName: 'فاطمة الزهراء بنت عبد الرحمن', familyName: 'آل سعود (Fatima Al-Zahra)' },
}
type Language = keyof typeof learners
const languages = Object.keys(learners) as Language[]

describe.skipIf(because !== undefined)(`veraPDF on our sheets${because ? ` (skipped: ${because})` : ''}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-verapdf-'))
  let verdicts: PdfVerdict[]
  let authority: RunningAuthority
  const of = (name: string) => verdicts.filter(({ file }) => path.basename(file) === `${name}.pdf`)

  /** Sealed by somebody whose authorities answer. */
  async function lastingSheet(sheet: Uint8Array): Promise<Uint8Array> {
    const made = authority.issue({ organisation: 'Lakeside Institute', organizationIdentifier: 'VATCZ-00000019' })
    const signer = makeSigner(made.privateKey, made.certificates)
    const options = {
      timeStamps: { address: authority.timeStampAddress },
      registry: { anchors: [authority.anchor], trustedLists: [], issuers: [] },
      door: (address: string, ask = {}) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] }),
      now: () => new Date().toISOString(),
    }
    const stamp = async (signature: Uint8Array) => (await requestTimeStamp(signature, options.timeStamps, options.door, options.now())).der
    const sealed = await sealPdf(sheet, { signer, at: options.now().replace(/\.\d+/, ''), stamp })
    return augmentSheet(await augmentSheet(sealed, 'B-LTA', options), 'B-LTA', options)
  }

  beforeAll(async () => {
    authority = await startAuthority()
    const demo = createDemoKey({
      organisation: sampleEdition.institution,
      passphrase: 'a passphrase',
      now: new Date('2026-05-01T00:00:00Z'),
    })
    const signer = await openKeyFile(demo.keyFile, 'a passphrase')
    const prepared = prepareElm(
      sampleEdition,
      issuerOf(signer.certificates[0]!, sampleEdition.institution),
      await renderDisplayImages(sampleEdition),
    )
    const files: string[] = []
    const write = (name: string, bytes: Uint8Array) => {
      files.push(path.join(folder, `${name}.pdf`))
      writeFileSync(files.at(-1)!, bytes)
    }
    for (const language of languages) {
      const award = {
        id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        learner: { ...learners[language], dateOfBirth: '1999-05-12' },
        awardDate: '2026-05-12',
      }
      const unsealed = composeElm(prepared, award, { issued: at })
      const toSeal = await prepareSeal(unsealed, { certificates: signer.certificates, algorithm: signer.algorithm, at })
      const sealed = finishSeal(toSeal, await signer.sign(toSeal.toBeSigned)).bytes
      const view = readElm(parseJson(unsealed.payload) as JsonObject, language)
      const sheet = (...views: { language: string; view: SignedView }[]) => renderCertificate({ views, sealed, at })
      const short = await sheet({ language, view })
      write(language, short)
      write(`${language} sealed`, await sealPdf(short, { signer, at }))
      const outcomes = Array.from({ length: 60 }, (_, n) => `${view.outcomes[0]} ${n}`)
      write(`${language} long`, await sheet({ language, view: { ...view, outcomes } }, { language: 'en', view }))
    }
    write('lasting', await lastingSheet(new Uint8Array(readFileSync(files[0]!))))
    const marked = readFileSync(files[0]!).toString('latin1')
    write(
      'wrong',
      Buffer.from(
        marked.replaceAll('<pdfuaid:part>1', '<pdfuaid:part>2').replaceAll('/DisplayDocTitle true', '/DisplayDocTitlf true'),
        'latin1',
      ),
    )
    verdicts = judgeWithVerapdf(files)
  }, 300_000)
  afterAll(async () => {
    await authority.stop()
    rmSync(folder, { recursive: true })
  })

  test.each(languages)('%s: certificate and supplement, of two pages and of many, unsealed and sealed', (language) => {
    for (const name of [language, `${language} sealed`, `${language} long`])
      expect(
        of(name).map(({ standard, conforms, failures }) => ({ standard, conforms, failures })),
        name,
      ).toEqual([
        { standard: '3a', conforms: true, failures: [] },
        { standard: 'ua1', conforms: true, failures: [] },
      ])
  })

  test('a sheet that was raised to B-LTA and renewed', () => {
    expect(of('lasting').map(({ conforms, failures }) => ({ conforms, failures }))).toEqual(Array(2).fill({ conforms: true, failures: [] }))
  })

  test('a sheet whose mark is wrong is found', () => {
    expect(of('wrong').find(({ standard }) => standard === 'ua1')).toMatchObject({ conforms: false })
  })
})
