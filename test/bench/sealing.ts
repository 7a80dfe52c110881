/** Composing, sealing and verifying one credential, each beside the raw operation on the same bytes. */
import { createPublicKey, verify as rawVerify, X509Certificate } from 'node:crypto'
import { type AwardGiven, makeRoom, type Unsealed } from '@cairn/core'
import { renderDisplayImages } from '@cairn/documents'
import { composeElm, type DisplayImage, prepareElm } from '@cairn/formats'
import { issuerOf, openKeyFile } from '@cairn/keys'
import { derFromRaw, finishSeal, prepareSeal } from '@cairn/seals'
import { createDemoKey, sampleEdition } from '@cairn/testkit'
import { standardPolicy, verify } from '@cairn/verifier'
import { perCpu, type Row, rateOf } from './measure.ts'

const now = '2026-05-13T10:00:00Z'
const passphrase = 'bench passphrase'
const given: AwardGiven = {
  learner: { givenName: 'Žofie Anna', familyName: 'Dvořáková', dateOfBirth: '1999-05-12', identifier: 'S-1' },
  awardDate: '2026-05-12',
  grade: 'A',
  referenceNumber: 'LH-2026-1',
}

/** Rows: sealing and verifying, without a picture to speak of, with the stone, and with large pictures. */
export async function benchSealing(): Promise<Row[]> {
  const demo = createDemoKey({ organisation: sampleEdition.institution, passphrase, now: new Date('2026-05-01T00:00:00Z') })
  const signer = await openKeyFile(demo.keyFile, passphrase)
  const issuer = issuerOf(signer.certificates[0]!, sampleEdition.institution)
  const stone = (await renderDisplayImages(sampleEdition)).slice(0, 1)
  const large: DisplayImage[] = [{ language: 'en', mediaType: 'image/png', base64: Buffer.alloc(52_000, 7).toString('base64') }]
  const publicKey = new X509Certificate(signer.certificates[0]!).publicKey
  // The size that the aims were set for: all the words of a credential, and a picture that weighs next to nothing.
  const dot: DisplayImage[] = [{ language: 'en', mediaType: 'image/png', base64: Buffer.alloc(120, 7).toString('base64') }]
  const rows: Row[] = []
  for (const [images, sealAim] of [
    [dot, 6000],
    [stone, 6000],
    [large, 3000],
  ] as const) {
    const prepared = prepareElm(sampleEdition, issuer, images)
    let number = 0
    // As a batch is sealed: into room that is used again.
    const room = makeRoom()
    const compose = (): Unsealed => {
      room.clear()
      const id = `urn:uuid:00000000-0000-4000-8000-${(number++).toString(16).padStart(12, '0')}`
      return composeElm(prepared, { ...given, id }, { issued: now }, room.take)
    }
    const seal = async () => {
      const toSeal = await prepareSeal(compose(), { certificates: signer.certificates, algorithm: signer.algorithm, at: now })
      return finishSeal(toSeal, signer.sign(toSeal.toBeSigned) as Uint8Array)
    }
    const bytes = (await seal()).bytes.slice()
    const toSign = await prepareSeal(compose(), { certificates: signer.certificates, algorithm: signer.algorithm, at: now })
    const raw = toSign.toBeSigned.slice()
    const rawSignature = derFromRaw(signer.sign(raw) as Uint8Array)
    const size = `${(bytes.length / 1000).toFixed(1)} KB`

    const sealing = await rateOf(seal)
    const signing = await rateOf(() => signer.sign(raw))
    rows.push({
      what: `compose and seal, ${size}, ES256`,
      figure: perCpu(sealing),
      floor: `sign alone ${perCpu(signing)}`,
      ratio: signing.perCpu / sealing.perCpu,
      aim: `${sealAim.toLocaleString('en')}/s`,
      met: sealing.perCpu >= sealAim,
    })

    const evidence = { registry: demo.trust, statusLists: {}, retrievedAt: now }
    const report = await verify(bytes, evidence, standardPolicy, now)
    if (report.verdict !== 'valid')
      throw new Error(`what is measured does not verify: ${JSON.stringify(report.findings.filter((each) => each.outcome !== 'passed'))}`)
    const verifying = await rateOf(() => verify(bytes, evidence, standardPolicy, now))
    const key = createPublicKey({ key: publicKey.export({ type: 'spki', format: 'der' }), format: 'der', type: 'spki' })
    const checking = await rateOf(() => rawVerify('sha256', raw, key, rawSignature))
    rows.push({
      what: `verify, ${size}, strict parse included`,
      figure: perCpu(verifying),
      floor: `check alone ${perCpu(checking)}`,
      ratio: checking.perCpu / verifying.perCpu,
      aim: '1,500/s',
      met: verifying.perCpu >= 1500,
    })
  }
  return rows
}
