/** The European Digital Credential of an award: the European Learning Model under a JAdES seal, alone and inside a sheet to print. */
import { type JsonObject, parseJson, type Unsealed } from '@cairn/core'
import { renderCertificate, sealPdf } from '@cairn/documents'
import { composeElm, displayLanguages, lintElm, readElm } from '@cairn/formats'
import type { AwardToSign } from '@cairn/issuing'
import { finishSeal, prepareSeal } from '@cairn/seals'
import type { FormatWriter } from './format-writer.ts'
import type { Issuing } from './prepare-issuing.ts'

/** An award that is written alone and inside a sheet is sealed once: both hold the same bytes. */
const sealedOnce = new WeakMap<AwardToSign, Promise<Uint8Array>>()

const compose = ({ prepared }: Issuing, { award, issued }: AwardToSign): Unsealed => composeElm(prepared, award, { issued })

async function seal(issuing: Issuing, award: AwardToSign): Promise<Uint8Array> {
  const { certificates, algorithm, sign } = issuing.signer
  const toSeal = await prepareSeal(compose(issuing, award), { certificates, algorithm, at: award.issued })
  return finishSeal(toSeal, await sign(toSeal.toBeSigned)).bytes
}

function sealOnce(issuing: Issuing, award: AwardToSign): Promise<Uint8Array> {
  const sealed = sealedOnce.get(award) ?? seal(issuing, award)
  sealedOnce.set(award, sealed)
  return sealed
}

const lint = (issuing: Issuing) => (award: AwardToSign) =>
  lintElm(parseJson(compose(issuing, award).payload) as JsonObject, { profile: 'elm', at: award.issued })

/** The sealed file alone. */
export function writeElm(issuing: Issuing): FormatWriter {
  return {
    write: async (award) => ({ fileName: `${award.name}.jsonld`, bytes: await sealOnce(issuing, award) }),
    lint: lint(issuing),
  }
}

/** A sheet to print, in every language of the credential, with the sealed file inside and sealed itself by the same key. */
export function writePdf(issuing: Issuing): FormatWriter {
  return {
    async write(award) {
      const sealed = await sealOnce(issuing, award)
      const document = parseJson(compose(issuing, award).payload) as JsonObject
      const views = displayLanguages(document).map((language) => ({ language, view: readElm(document, language) }))
      const sheet = await renderCertificate({ views, sealed, at: award.issued })
      const { signer, stamp } = issuing
      return { fileName: `${award.name}.pdf`, bytes: await sealPdf(sheet, { signer, at: award.issued, ...(stamp ? { stamp } : {}) }) }
    },
    lint: lint(issuing),
  }
}
