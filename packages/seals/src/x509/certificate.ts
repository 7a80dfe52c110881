/** An X.509 certificate, read (RFC 5280, 4.1). Reading judges nothing but form; the rules of a path are in {@link ./build-path.ts}. */
import { keepLast, ProblemError } from '@cairn/core'
import type { Curve } from '../algorithms.ts'
import { fromBase64, sameBytes, toBase64, toHex } from '../base64.ts'
import { context, contextPrimitive, type DerElement, elements, expectTag, reader, readSequence, tags } from '../der/read-der.ts'
import { bitStringBytes, numberOf, oidOf, serialOf, timeOf } from '../der/values.ts'
import { type DistinguishedName, readName } from './distinguished-name.ts'
import { type CertificateExtensions, readExtensions } from './extensions.ts'
import { keyAlgorithms, namedCurves } from './oids.ts'

/** What a certificate says. Byte fields are views into `der`; times are RFC 3339 in UTC; `serial` is hexadecimal. */
export interface Certificate extends CertificateExtensions {
  readonly der: Uint8Array
  /** What the signature covers. */
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: DerElement
  readonly signature: Uint8Array
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly issuerDer: Uint8Array
  readonly subject: DistinguishedName
  readonly subjectDer: Uint8Array
  readonly notBefore: string
  readonly notAfter: string
  readonly spki: Uint8Array
  readonly keyKind: 'rsa' | 'ec' | 'ed25519' | 'other'
  readonly curve?: Curve | undefined
  /** The key itself, as the bits inside `spki`: what identifiers of keys are made of (RFC 5280, 4.2.1.2). */
  readonly keyBits: Uint8Array
}

const known = new Map<string, Certificate>()
const knownAtMost = 1000
/** An authority may certify its own name again, for a new key of its own (RFC 5280, 3.2). */
export const isSelfIssued = ({ issuerDer, subjectDer }: Certificate): boolean => sameBytes(issuerDer, subjectDer)

/** The largest certificate that is read (R-LIM-1). */
const largest = 8 * 1024

/** Reads a certificate. Raises `certificate.malformed`. What was read before is kept, by its bytes. */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > largest) throw new ProblemError('certificate.malformed', `A certificate is larger than ${largest} bytes.`)
  const name = toBase64(der)
  return known.get(name) ?? keepLast(known, name, read(der.slice()), knownAtMost)
}

/** Reads a certificate from its padded base64 text, as `x5c`, trust files and CMS armour hold it. Raises `certificate.malformed`. */
export function parseCertificateText(text: string): Certificate {
  const before = known.get(text)
  if (before) return before
  const der = text.length > 2 * largest ? undefined : fromBase64(text)
  if (!der) throw new ProblemError('certificate.malformed', 'A certificate is no base64, or larger than we read.')
  // Strict base64 has one text for the same bytes, so that the text names the certificate.
  if (der.length > largest) throw new ProblemError('certificate.malformed', `A certificate is larger than ${largest} bytes.`)
  return keepLast(known, text, read(der), knownAtMost)
}

function read(der: Uint8Array): Certificate {
  const outer = reader(readSequence(der))
  const tbs = outer.take(tags.sequence)
  const signatureAlgorithm = outer.take(tags.sequence)
  const signature = bitStringBytes(outer.take(tags.bitString))
  if (outer.rest().length > 0) throw new ProblemError('certificate.malformed', 'Something follows the signature of a certificate.')
  const fields = reader(tbs)
  const version = fields.maybe(context(0))
  const serial = serialOf(fields.take(tags.integer))
  const innerAlgorithm = fields.take(tags.sequence)
  if (toHex(innerAlgorithm.raw) !== toHex(signatureAlgorithm.raw))
    throw new ProblemError('certificate.malformed', 'The two signature algorithms of a certificate differ.')
  const issuer = fields.take(tags.sequence)
  const [notBefore, notAfter] = elements(fields.take(tags.sequence))
  const subject = fields.take(tags.sequence)
  const spki = fields.take(tags.sequence)
  fields.maybe(context(1))
  fields.maybe(contextPrimitive(1))
  fields.maybe(context(2))
  fields.maybe(contextPrimitive(2))
  const wrapped = fields.maybe(context(3))
  if (fields.rest().length > 0) throw new ProblemError('certificate.malformed', 'Something follows the fields of a certificate.')
  if (wrapped && (!version || numberOf(elements(version)[0]) !== 2))
    throw new ProblemError('certificate.malformed', 'Only certificates of version 3 have extensions.')
  return {
    der,
    tbs: tbs.raw,
    signatureAlgorithm,
    signature,
    serial,
    issuer: readName(issuer),
    issuerDer: issuer.raw,
    subject: readName(subject),
    subjectDer: subject.raw,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    spki: spki.raw,
    ...readKey(spki),
    keyBits: bitStringBytes(elements(spki)[1]),
    ...readExtensions(wrapped ? elements(expectTag(elements(wrapped)[0], tags.sequence)) : []),
  }
}

function readKey(spki: DerElement): Pick<Certificate, 'keyKind' | 'curve'> {
  const [algorithm, parameters] = elements(expectTag(elements(spki)[0], tags.sequence))
  const oid = oidOf(algorithm)
  if (oid === keyAlgorithms.rsa) return { keyKind: 'rsa' }
  if (oid === keyAlgorithms.ed25519) return { keyKind: 'ed25519' }
  if (oid === keyAlgorithms.ec && parameters?.tag === tags.oid) return { keyKind: 'ec', curve: namedCurves[oidOf(parameters)] }
  return { keyKind: 'other' }
}
