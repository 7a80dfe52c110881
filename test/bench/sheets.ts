/** Sheets to print: rendered from the sealed bytes, alone and sealed as documents. */
import type { JsonObject } from '@cairn/core'
import { renderCertificate, renderDisplayImages, sealPdf } from '@cairn/documents'
import { composeElm, displayLanguages, prepareElm, readElm } from '@cairn/formats'
import { issuerOf, openKeyFile } from '@cairn/keys'
import { finishSeal, prepareSeal, readJades, sealedDocument } from '@cairn/seals'
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import { perCpu, type Row, rateOf } from './measure.ts'

const at = '2026-05-13T10:00:00Z'
const passphrase = 'bench passphrase'

/** Rows: a sheet in one language and in two, without a seal of its own and with one. Every sheet is of another learner. */
export async function benchSheets(): Promise<Row[]> {
  const demo = createDemoKey({ organisation: sampleEdition.institution, passphrase, now: new Date('2026-05-01T00:00:00Z') })
  const signer = await openKeyFile(demo.keyFile, passphrase)
  const prepared = prepareElm(
    sampleEdition,
    issuerOf(signer.certificates[0]!, sampleEdition.institution),
    await renderDisplayImages(sampleEdition),
  )
  const credentials: Uint8Array[] = []
  for (let n = 0; n < 200; n++) {
    const learner = { givenName: `Žofie Anna ${n}`, familyName: 'Dvořáková', dateOfBirth: '1999-05-12' }
    const id = `urn:uuid:00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
    const unsealed = composeElm(prepared, { id, learner, awardDate: '2026-05-12', referenceNumber: `LH-2026-${n}` }, { issued: at })
    const toSeal = await prepareSeal(unsealed, { certificates: signer.certificates, algorithm: signer.algorithm, at })
    credentials.push(finishSeal(toSeal, signer.sign(toSeal.toBeSigned) as Uint8Array).bytes)
  }
  let number = 0
  const render = (most: number) => {
    const sealed = credentials[number++ % credentials.length]!
    const document = sealedDocument(readJades(sealed)) as JsonObject
    const views = displayLanguages(document)
      .slice(0, most)
      .map((language) => ({ language, view: readElm(document, language) }))
    return renderCertificate({ views, sealed, at, address: `https://cairn.example/c/${String(number).padStart(32, 'k')}` })
  }
  const rows: Row[] = []
  for (const languages of [1, 2]) {
    const what = `PDF/A-3 with a credential of ${Math.round(credentials[0]!.length / 1000)} KB, ${languages} language${languages > 1 ? 's' : ''}`
    const plain = await rateOf(() => render(languages), 3)
    const withSeal = await rateOf(async () => sealPdf(await render(languages), { signer, at }), 3)
    // The aim is that of a sheet: one in two languages has the pages of two.
    rows.push({ what, figure: perCpu(plain), ...(languages === 1 ? { aim: '200/s', met: plain.perCpu >= 200 } : { aim: '' }) })
    rows.push({
      what: `${what}, PAdES`,
      figure: perCpu(withSeal),
      floor: `without ${perCpu(plain)}`,
      ratio: plain.perCpu / withSeal.perCpu,
      aim: '100/s',
      met: withSeal.perCpu >= 100,
    })
  }
  return rows
}
