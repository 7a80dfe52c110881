/** Time-stamp tokens (RFC 3161, RFC 5816): CMS SignedData around a TSTInfo. Read strictly, checked step by step. */
import { type Problem, ProblemError, problem } from '@cairn/core'
import { digest } from '#crypto'
import type { Hash } from '../algorithms.ts'
import { sameBytes, toHex } from '../base64.ts'
import { context, type DerElement, elements, expectTag, reader, readSequence, tags } from '../der/read-der.ts'
import { integerBytes, oidOf, serialOf, timeOf } from '../der/values.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { digests, usages } from '../x509/oids.ts'
import { checkDerSignature, type SignatureScheme, schemeOf } from '../x509/signature-scheme.ts'

const oids = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
}

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
  readonly signed: Signed
}
interface Signed {
  content: Uint8Array
  attributes: DerElement
  digestAlgorithm: string
  signatureAlgorithm: DerElement
  signature: Uint8Array
}

/** Reads a TimeStampToken. Raises `timestamp.malformed`. */
export function readTimeStamp(token: Uint8Array): TimeStamp {
  try {
    return read(token)
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('timestamp.malformed', error.problem.detail)
    throw error
  }
}

function read(token: Uint8Array): TimeStamp {
  const outer = reader(readSequence(token))
  if (oidOf(outer.take(tags.oid)) !== oids.signedData) throw new ProblemError('timestamp.malformed', 'The token is no signed data.')
  const data = reader(expectTag(elements(outer.take(context(0)))[0], tags.sequence))
  data.take(tags.integer)
  data.take(tags.set)
  const encapsulated = reader(data.take(tags.sequence))
  if (oidOf(encapsulated.take(tags.oid)) !== oids.tstInfo)
    throw new ProblemError('timestamp.malformed', 'The token does not hold a time stamp.')
  const content = expectTag(elements(encapsulated.take(context(0)))[0], tags.octetString).content
  const certificates = elements(data.maybe(context(0)) ?? emptySet)
    .filter((part) => part.tag === tags.sequence)
    .map((part) => parseCertificate(part.raw))
  const crls = elements(data.maybe(context(1)) ?? emptySet)
    .filter((part) => part.tag === tags.sequence)
    .map((part) => part.raw)
  const signers = elements(data.take(tags.set))
  if (signers.length !== 1) throw new ProblemError('timestamp.malformed', 'A token has one signer.')
  const { signed, issuerDer, serial } = readSigner(signers[0]!, content)
  const signer = certificates.find((each) => each.serial === serial && sameBytes(each.issuerDer, issuerDer))
  return {
    ...readInfo(content),
    der: token,
    certificates,
    crls,
    signer,
    scheme: schemeOf(signed.signatureAlgorithm, { digest: signed.digestAlgorithm }),
    signed,
  }
}
const emptySet: DerElement = { tag: tags.set, content: new Uint8Array(), raw: new Uint8Array([0x31, 0]) }

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

function readSigner(signer: DerElement, content: Uint8Array): { signed: Signed; issuerDer: Uint8Array; serial: string } {
  const parts = reader(signer)
  parts.take(tags.integer)
  const identifier = elements(parts.take(tags.sequence))
  const digestAlgorithm = oidOf(elements(parts.take(tags.sequence))[0])
  const attributes = parts.take(context(0))
  const signatureAlgorithm = parts.take(tags.sequence)
  const signature = parts.take(tags.octetString).content
  return {
    signed: { content, attributes, digestAlgorithm, signatureAlgorithm, signature },
    issuerDer: expectTag(identifier[0], tags.sequence).raw,
    serial: toHex(integerBytes(identifier[1])),
  }
}

/**
 * Whether the token is what it says: signed attributes over its content, signature by the certificate it brings, bound to it (ESSCertID), and that
 * certificate meant for time stamps and nothing else (RFC 3161, 2.3). Empty when sound. Who vouches for the authority is another question.
 */
export async function checkTimeStamp(token: TimeStamp): Promise<Problem[]> {
  try {
    return await check(token)
  } catch (error) {
    if (error instanceof ProblemError) return [problem('timestamp.malformed', error.problem.detail)]
    throw error
  }
}

async function check({ signed, signer, scheme }: TimeStamp): Promise<Problem[]> {
  const bad = (detail: string) => [problem('timestamp.signature-wrong', detail)]
  if (!signer) return [problem('timestamp.signer-missing', 'The time stamp brings no certificate of its signer.')]
  const hash = digests[signed.digestAlgorithm]
  if (!hash) return [problem('timestamp.weak-algorithm', 'The time stamp rests on a digest that is not accepted.')]
  const attributes = new Map<string, DerElement>()
  for (const attribute of elements(signed.attributes)) {
    const [type, values] = elements(attribute)
    const oid = oidOf(type)
    const value = elements(expectTag(values, tags.set))
    if (attributes.has(oid) || value.length !== 1) return bad('A signed attribute of the time stamp is ambiguous.')
    attributes.set(oid, value[0]!)
  }
  const type = attributes.get(oids.contentType)
  const messageDigest = attributes.get(oids.messageDigest)
  if (!type || oidOf(type) !== oids.tstInfo || !messageDigest) return bad('The time stamp lacks a signed attribute.')
  if (!sameBytes(messageDigest.content, await digest(hash, signed.content))) return bad('The content of the time stamp was altered.')
  if (!(await namesSigner(attributes, signer))) return bad('The time stamp names another certificate than the one it brings.')
  if (!scheme) return [problem('timestamp.weak-algorithm', 'The time stamp is signed by an algorithm that is not accepted.')]
  // What is signed is the attributes as a SET (RFC 5652, 5.4), not under the implicit tag they travel with.
  const covered = signed.attributes.raw.slice()
  covered[0] = tags.set
  if (!(await checkDerSignature(scheme, signer, covered, signed.signature))) return bad('The signature of the time stamp does not hold.')
  const usage = signer.extendedKeyUsage
  if (!usage?.critical || usage.usages.length !== 1 || usage.usages[0] !== usages.timeStamping)
    return [problem('timestamp.wrong-usage', 'The certificate of the time stamp is not one for time stamps alone.')]
  return []
}

/** Compares the certificate with the reference among the signed attributes: the newer form by SHA-2, the older one by issuer and serial beside SHA-1. */
async function namesSigner(attributes: ReadonlyMap<string, DerElement>, signer: Certificate): Promise<boolean> {
  const newer = attributes.get(oids.signingCertificateV2)
  if (newer) {
    const first = reader(expectTag(elements(expectTag(elements(newer)[0], tags.sequence))[0], tags.sequence))
    const algorithm = first.maybe(tags.sequence)
    const hash = algorithm ? digests[oidOf(elements(algorithm)[0])] : 'SHA-256'
    return hash !== undefined && sameBytes(first.take(tags.octetString).content, await digest(hash, signer.der))
  }
  const older = attributes.get(oids.signingCertificate)
  if (!older) return false
  // The older form names the certificate by SHA-1, which is not accepted as proof; issuer and serial beside it must fit when they are there.
  const first = reader(expectTag(elements(expectTag(elements(older)[0], tags.sequence))[0], tags.sequence))
  first.take(tags.octetString)
  const issuerSerial = first.maybe(tags.sequence)
  return !issuerSerial || serialOf(elements(issuerSerial)[1]) === signer.serial
}
