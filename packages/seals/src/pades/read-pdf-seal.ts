/** The CMS of a sealed PDF (ETSI EN 319 142-1, 5 and 6): read, and held against the document. */
import { type Problem, ProblemError, problem } from '@cairn/core'
import { digest } from '#crypto'
import { type Hash, type Scheme, type SealAlgorithm, sealAlgorithms } from '../algorithms.ts'
import { sameBytes } from '../base64.ts'
import { attributesOf, cmsOids, faultOfSignedData, readSignedData, type SignedData, type SignedDataFault } from '../cms/signed-data.ts'
import { readFirst } from '../der/read-der.ts'
import { checkTimeStamp, readTimeStamp, type TimeStamp } from '../rfc3161/time-stamp.ts'
import type { SignatureScheme } from '../x509/signature-scheme.ts'

/** A seal, read. */
export interface PdfSealRead {
  readonly signed: SignedData
  /** The name of its algorithm; `undefined` for one that is not accepted. */
  readonly algorithm: SealAlgorithm | undefined
  /** A time stamp of the signature (B-T). */
  readonly stamp: PdfStampRead | undefined
}

/** A time stamp with what is wrong with it. */
export interface PdfStampRead {
  readonly token: TimeStamp | undefined
  readonly problems: readonly Problem[]
}

/** Reads the content of a signature dictionary, which is filled up with zeros behind the CMS. Raises `pdf.seal-malformed`. */
export async function readPdfSeal(contents: Uint8Array): Promise<PdfSealRead> {
  try {
    const { element, end } = readFirst(contents)
    if (contents.subarray(end).some((byte) => byte !== 0)) throw new ProblemError('pdf.seal-malformed', 'Something follows the seal.')
    const signed = readSignedData(element.raw)
    if (signed.contentType !== cmsOids.data || signed.content)
      throw new ProblemError('pdf.seal-malformed', 'The seal is over something that it brings itself.')
    const token = signed.unsigned && attributesOf(signed.unsigned).get(cmsOids.signatureTimeStamp)?.raw
    return { signed, algorithm: algorithmOf(signed), stamp: token && (await readStamp(token, signed.signature)) }
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('pdf.seal-malformed', error.problem.detail)
    throw error
  }
}

const faults: Readonly<Record<SignedDataFault, Problem>> = {
  'signer-missing': problem('seal.certificate-missing', 'The seal of the document brings no certificate of its sealer.'),
  'weak-digest': problem('seal.algorithm-not-accepted', 'The seal of the document rests on a digest that is not accepted.'),
  'attribute-missing': problem('pdf.seal-malformed', 'The seal of the document lacks a signed attribute.'),
  'content-altered': problem('pdf.altered', 'What the document shows was altered after it was sealed.'),
  'other-certificate': problem('seal.certificate-mismatch', 'The seal of the document does not bind the certificate that it brings.'),
  'weak-algorithm': problem('seal.algorithm-not-accepted', 'The document is sealed by an algorithm that is not accepted.'),
  'signature-wrong': problem('seal.broken', 'The signature of the document does not hold.'),
}

/** What is wrong with the seal of a document of which it covers these bytes; `undefined` when it is intact. */
export async function checkPdfSeal({ signed }: PdfSealRead, covered: Uint8Array): Promise<Problem | undefined> {
  try {
    const fault = await faultOfSignedData(signed, (hash: Hash) => digest(hash, covered))
    return fault && faults[fault]
  } catch (error) {
    if (error instanceof ProblemError) return problem('pdf.seal-malformed', error.problem.detail)
    throw error
  }
}

function algorithmOf({ scheme, signer }: SignedData): SealAlgorithm | undefined {
  const fits = (known: Scheme, found: SignatureScheme) =>
    known.kind === found.kind &&
    (!('hash' in known) || ('hash' in found && known.hash === found.hash)) &&
    (known.kind !== 'ecdsa' || known.curve === signer?.curve)
  return scheme && (Object.keys(sealAlgorithms) as SealAlgorithm[]).find((name) => fits(sealAlgorithms[name], scheme))
}

/** Reads a time stamp of a whole document (EN 319 142-1, 5.4.3), which is filled up with zeros like a seal, and holds it against what it covers. */
export const readPdfStamp = (contents: Uint8Array, covered: Uint8Array): Promise<PdfStampRead> => readStamp(contents, covered)

async function readStamp(contents: Uint8Array, covered: Uint8Array): Promise<PdfStampRead> {
  try {
    const { element, end } = readFirst(contents)
    if (contents.subarray(end).some((byte) => byte !== 0))
      throw new ProblemError('timestamp.malformed', 'Something follows the time stamp.')
    const token = readTimeStamp(element.raw)
    const problems = await checkTimeStamp(token)
    if (!token.hash) problems.push(problem('timestamp.weak-algorithm', 'The time stamp rests on a digest that is not accepted.'))
    else if (!sameBytes(token.imprint, await digest(token.hash, covered)))
      problems.push(problem('timestamp.imprint-mismatch', 'It was not made over this document.'))
    return { token, problems }
  } catch (error) {
    if (error instanceof ProblemError) return { token: undefined, problems: error.problems }
    throw error
  }
}
