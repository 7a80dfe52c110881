/** CMS SignedData with one signer (RFC 5652, 5): what time stamps and the seals of documents are. Read strictly, checked step by step. */
import { ProblemError } from '@cairn/core'
import { digest } from '#crypto'
import type { Hash } from '../algorithms.ts'
import { sameBytes, toHex } from '../base64.ts'
import { context, type DerElement, elements, expectTag, reader, readSequence, tags } from '../der/read-der.ts'
import { integerBytes, oidOf, serialOf } from '../der/values.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { digests } from '../x509/oids.ts'
import { checkDerSignature, type SignatureScheme, schemeOf } from '../x509/signature-scheme.ts'

/** Content types and attributes (RFC 5652, 11; RFC 5035, 3; RFC 3161, appendix A). */
export const cmsOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
} as const

/** Signed data, read. `content` is absent where what is signed lies elsewhere. */
export interface SignedData {
  readonly contentType: string
  readonly content: Uint8Array | undefined
  readonly certificates: readonly Certificate[]
  /** Revocation lists that came with it, in DER, not looked into. */
  readonly crls: readonly Uint8Array[]
  /** The certificate that the signer names; absent when it does not travel along. */
  readonly signer: Certificate | undefined
  /** How it is signed; `undefined` for an algorithm that is not accepted. */
  readonly scheme: SignatureScheme | undefined
  readonly digestAlgorithm: string
  readonly attributes: DerElement
  readonly unsigned: DerElement | undefined
  readonly signature: Uint8Array
}

const emptySet: DerElement = { tag: tags.set, content: new Uint8Array(), raw: new Uint8Array([0x31, 0]) }

/** Reads signed data. Raises `certificate.malformed`, as whatever DER is not read does. */
export function readSignedData(der: Uint8Array): SignedData {
  const outer = reader(readSequence(der))
  if (oidOf(outer.take(tags.oid)) !== cmsOids.signedData) throw new ProblemError('certificate.malformed', 'This is no signed data.')
  const data = reader(expectTag(elements(outer.take(context(0)))[0], tags.sequence))
  data.take(tags.integer)
  data.take(tags.set)
  const encapsulated = reader(data.take(tags.sequence))
  const contentType = oidOf(encapsulated.take(tags.oid))
  const inside = encapsulated.maybe(context(0))
  const sequences = (set: DerElement | undefined) => elements(set ?? emptySet).filter(({ tag }) => tag === tags.sequence)
  const certificates = sequences(data.maybe(context(0))).map(({ raw }) => parseCertificate(raw))
  const crls = sequences(data.maybe(context(1))).map(({ raw }) => raw)
  const signers = elements(data.take(tags.set))
  if (signers.length !== 1) throw new ProblemError('certificate.malformed', 'Signed data has one signer.')
  const info = reader(signers[0]!)
  info.take(tags.integer)
  const identifier = elements(info.take(tags.sequence))
  const issuer = expectTag(identifier[0], tags.sequence).raw
  const serial = toHex(integerBytes(identifier[1]))
  const digestAlgorithm = oidOf(elements(info.take(tags.sequence))[0])
  const attributes = info.take(context(0))
  const signatureAlgorithm = info.take(tags.sequence)
  return {
    contentType,
    content: inside && expectTag(elements(inside)[0], tags.octetString).content,
    certificates,
    crls,
    signer: certificates.find((each) => each.serial === serial && sameBytes(each.issuerDer, issuer)),
    scheme: schemeOf(signatureAlgorithm, { digest: digestAlgorithm }),
    digestAlgorithm,
    attributes,
    signature: info.take(tags.octetString).content,
    unsigned: info.maybe(context(1)),
  }
}

/** Attributes by their type. Raises `certificate.malformed` when one stands twice or has not one value: readers would differ on which counts. */
export function attributesOf(set: DerElement): ReadonlyMap<string, DerElement> {
  const found = new Map<string, DerElement>()
  for (const attribute of elements(set)) {
    const [type, values] = elements(attribute)
    const oid = oidOf(type)
    const value = elements(expectTag(values, tags.set))
    if (found.has(oid) || value.length !== 1) throw new ProblemError('certificate.malformed', 'An attribute is ambiguous.')
    found.set(oid, value[0]!)
  }
  return found
}

/** What can be wrong with signed data, in the order in which it is looked at. */
export type SignedDataFault =
  | 'signer-missing'
  | 'weak-digest'
  | 'attribute-missing'
  | 'content-altered'
  | 'other-certificate'
  | 'weak-algorithm'
  | 'signature-wrong'

/**
 * Whether the signature holds over content with this digest, and is bound to the certificate that came with it (ESSCertID); `undefined` when it does.
 * Who vouches for the certificate is another question. Raises what {@link attributesOf} raises.
 */
export async function faultOfSignedData(
  data: SignedData,
  digestOfContent: (hash: Hash) => Uint8Array | Promise<Uint8Array>,
): Promise<SignedDataFault | undefined> {
  const { signer, scheme } = data
  if (!signer) return 'signer-missing'
  const hash = digests[data.digestAlgorithm]
  if (!hash) return 'weak-digest'
  const attributes = attributesOf(data.attributes)
  const type = attributes.get(cmsOids.contentType)
  const messageDigest = attributes.get(cmsOids.messageDigest)
  if (!type || oidOf(type) !== data.contentType || !messageDigest) return 'attribute-missing'
  if (!sameBytes(messageDigest.content, await digestOfContent(hash))) return 'content-altered'
  if (!(await namesSigner(attributes, signer))) return 'other-certificate'
  if (!scheme) return 'weak-algorithm'
  // What is signed is the attributes as a SET (RFC 5652, 5.4), not under the implicit tag they travel with.
  const covered = data.attributes.raw.slice()
  covered[0] = tags.set
  return (await checkDerSignature(scheme, signer, covered, data.signature)) ? undefined : 'signature-wrong'
}

/** Compares the certificate with the reference among the signed attributes: the newer form by SHA-2, the older one by issuer and serial beside SHA-1. */
async function namesSigner(attributes: ReadonlyMap<string, DerElement>, signer: Certificate): Promise<boolean> {
  const newer = attributes.get(cmsOids.signingCertificateV2)
  if (newer) {
    const first = reader(expectTag(elements(expectTag(elements(newer)[0], tags.sequence))[0], tags.sequence))
    const algorithm = first.maybe(tags.sequence)
    const hash = algorithm ? digests[oidOf(elements(algorithm)[0])] : 'SHA-256'
    return hash !== undefined && sameBytes(first.take(tags.octetString).content, await digest(hash, signer.der))
  }
  const older = attributes.get(cmsOids.signingCertificate)
  if (!older) return false
  // The older form names the certificate by SHA-1, which is not accepted as proof; issuer and serial beside it must fit when they are there.
  const first = reader(expectTag(elements(expectTag(elements(older)[0], tags.sequence))[0], tags.sequence))
  first.take(tags.octetString)
  const issuerSerial = first.maybe(tags.sequence)
  return !issuerSerial || serialOf(elements(issuerSerial)[1]) === signer.serial
}
