/** Time-stamp tokens (RFC 3161, RFC 5816): CMS SignedData around a TSTInfo. Read strictly, checked step by step. */
import { type Problem, ProblemError, problem } from '@cairn/core'
import { digest } from '#crypto'
import type { Hash } from '../algorithms.ts'
import { faultOfSignedData, readSignedData, type SignedData, type SignedDataFault } from '../cms/signed-data.ts'
import { elements, expectTag, reader, readSequence, tags } from '../der/read-der.ts'
import { oidOf, serialOf, timeOf } from '../der/values.ts'
import type { Certificate } from '../x509/certificate.ts'
import { digests, usages } from '../x509/oids.ts'
import type { SignatureScheme } from '../x509/signature-scheme.ts'

const tstInfo = '1.2.840.113549.1.9.16.1.4'

/** A token, read. `genTime` is RFC 3339 in UTC; `signer` is absent when the token brings no certificate for its signature. */
export interface TimeStamp {
  readonly imprint: Uint8Array
  /** `undefined` for a digest that is not accepted. */
  readonly hash: Hash | undefined
  readonly genTime: string
  readonly policy: string
  readonly serial: string
  /** The number of the request that it answers, in hexadecimal; `undefined` when it repeats none. */
  readonly nonce: string | undefined
  /** The token itself. */
  readonly der: Uint8Array
  readonly certificates: readonly Certificate[]
  /** Revocation lists that came with it, in DER, not looked into. */
  readonly crls: readonly Uint8Array[]
  readonly signer: Certificate | undefined
  /** How it is signed; `undefined` for an algorithm that is not accepted. */
  readonly scheme: SignatureScheme | undefined
  readonly signed: SignedData
}

/** Reads a TimeStampToken. Raises `timestamp.malformed`. */
export function readTimeStamp(token: Uint8Array): TimeStamp {
  try {
    const signed = readSignedData(token)
    if (signed.contentType !== tstInfo || !signed.content)
      throw new ProblemError('timestamp.malformed', 'The token does not hold a time stamp.')
    const { certificates, crls, signer, scheme } = signed
    return { ...readInfo(signed.content), der: token, certificates, crls, signer, scheme, signed }
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('timestamp.malformed', error.problem.detail)
    throw error
  }
}

function readInfo(content: Uint8Array): Pick<TimeStamp, 'imprint' | 'hash' | 'genTime' | 'policy' | 'serial' | 'nonce'> {
  const info = reader(readSequence(content))
  info.take(tags.integer)
  const policy = oidOf(info.take(tags.oid))
  const [algorithm, imprint] = elements(info.take(tags.sequence))
  const serial = serialOf(info.take(tags.integer))
  const genTime = timeOf(info.take(tags.generalizedTime))
  info.maybe(tags.sequence)
  info.maybe(tags.boolean)
  const nonce = info.maybe(tags.integer)
  return {
    policy,
    serial,
    genTime,
    nonce: nonce ? serialOf(nonce) : undefined,
    hash: digests[oidOf(elements(expectTag(algorithm, tags.sequence))[0])],
    imprint: expectTag(imprint, tags.octetString).content,
  }
}

const faults: Readonly<Record<SignedDataFault, Problem>> = {
  'signer-missing': problem('timestamp.signer-missing', 'The time stamp brings no certificate of its signer.'),
  'weak-digest': problem('timestamp.weak-algorithm', 'The time stamp rests on a digest that is not accepted.'),
  'attribute-missing': problem('timestamp.signature-wrong', 'The time stamp lacks a signed attribute.'),
  'content-altered': problem('timestamp.signature-wrong', 'The content of the time stamp was altered.'),
  'other-certificate': problem('timestamp.signature-wrong', 'The time stamp names another certificate than the one it brings.'),
  'weak-algorithm': problem('timestamp.weak-algorithm', 'The time stamp is signed by an algorithm that is not accepted.'),
  'signature-wrong': problem('timestamp.signature-wrong', 'The signature of the time stamp does not hold.'),
}

/**
 * Whether the token is what it says: signed attributes over its content, signature by the certificate it brings, bound to it (ESSCertID), and that
 * certificate meant for time stamps and nothing else (RFC 3161, 2.3). Empty when sound. Who vouches for the authority is another question.
 */
export async function checkTimeStamp({ signed, signer }: TimeStamp): Promise<Problem[]> {
  try {
    const fault = await faultOfSignedData(signed, (hash) => digest(hash, signed.content!))
    if (fault) return [faults[fault]]
    const usage = signer?.extendedKeyUsage
    if (!usage?.critical || usage.usages.length !== 1 || usage.usages[0] !== usages.timeStamping)
      return [problem('timestamp.wrong-usage', 'The certificate of the time stamp is not one for time stamps alone.')]
    return []
  } catch (error) {
    if (error instanceof ProblemError) return [problem('timestamp.malformed', error.problem.detail)]
    throw error
  }
}
