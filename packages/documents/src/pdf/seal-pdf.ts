/** The seal of a sheet itself (PAdES, ETSI EN 319 142-1): what is printed is then what the body of the key let be printed. */
import { fillSealPlace, openSealPlace } from '@cairn/formats'
import { digest, hashOfSeal, preparePdfSeal, type Signer } from '@cairn/seals'

/** Who seals and when (RFC 3339). With `stamp` the seal is of level B-T: it gives a time-stamp token over the bytes it is handed, or none where none is to be had. */
export interface PdfSealing {
  signer: Signer
  at: string
  stamp?: (signature: Uint8Array) => Promise<Uint8Array | undefined>
}

/** What the CMS needs beside the certificates: identifiers, attributes and the largest signature. */
const ownRoom = 1400
/** Tokens with the certificates of their authority; real ones have three to seven thousand bytes. */
const stampRoom = 12_000

/**
 * Seals a document of ours, PAdES B-B or B-T; nothing may be added to it afterwards. Raises `certificate.wrong-usage`, `pdf.seal-malformed` when the
 * token is larger than any we know, and what the key and the authority of time stamps raise.
 */
export async function sealPdf(pdf: Uint8Array, { signer, at, stamp }: PdfSealing): Promise<Uint8Array> {
  const { certificates, algorithm } = signer
  const room = ownRoom + certificates.reduce((sum, { length }) => sum + length, 0) + (stamp ? stampRoom : 0)
  const place = await openSealPlace(pdf, { at, room, label: 'Seal of this document' })
  const seal = await preparePdfSeal(await digest(hashOfSeal(algorithm), place.covered), { certificates, algorithm })
  const signature = await signer.sign(seal.toBeSigned)
  return fillSealPlace(place, seal.finish(signature, await stamp?.(seal.value(signature))))
}
