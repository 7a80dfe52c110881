/** Revocation lists and OCSP answers of the neighbourhood, right ones and wrong ones (RFC 5280, 5; RFC 6960, 4.2). */
import { createHash, sign } from 'node:crypto'
import { parseCertificate } from '@cairn/seals'
import * as asn1js from 'asn1js'
import { algorithmOf, type CertifiedKey } from './certificate.ts'
import { bits, element, enumerated, generalizedTime, integer, nothing, objectIdentifier, octets, sequence, time } from './der.ts'

/** A revocation: the serial number in hexadecimal, since when, and why (RFC 5280, 5.3.1). */
export interface Revocation {
  serial: string
  at: Date
  reason?: number
}

/** What a list holds; `nextUpdate` is left out when it is `null`. */
export interface CrlContent {
  issuer: CertifiedKey
  thisUpdate: Date
  nextUpdate: Date | null
  revoked: readonly Revocation[]
  /** Extensions of the list, value in DER. */
  extensions?: readonly { id: string; critical?: boolean; value: Uint8Array }[]
}

const extension = (id: string, critical: boolean, value: Uint8Array) =>
  sequence(objectIdentifier(id), ...(critical ? [element(0x01, Uint8Array.of(0xff))] : []), octets(value))
const serialOf = (hex: string) => element(0x02, Buffer.from(hex, 'hex'))

/** Makes a CertificateList in DER. */
export function createCrl({ issuer, thisUpdate, nextUpdate, revoked, extensions = [] }: CrlContent): Uint8Array {
  const { identifier, hash } = algorithmOf(issuer.privateKey)
  const entries = revoked.map(({ serial, at, reason }) =>
    sequence(serialOf(serial), time(at), ...(reason === undefined ? [] : [sequence(extension('2.5.29.21', false, enumerated(reason)))])),
  )
  const body = sequence(
    integer(1),
    identifier,
    parseCertificate(issuer.certificate).subjectDer,
    time(thisUpdate),
    ...(nextUpdate ? [time(nextUpdate)] : []),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    ...(extensions.length > 0
      ? [element(0xa0, sequence(...extensions.map(({ id, critical = false, value }) => extension(id, critical, value))))]
      : []),
  )
  return sequence(body, identifier, bits(sign(hash, body, issuer.privateKey)))
}

/** What an answer says of one certificate. */
export interface OcspContent {
  /** CertID in DER, as the request had it. */
  certId: Uint8Array
  status: 'good' | 'unknown' | { at: Date; reason?: number }
  signer: CertifiedKey
  /** Whether the signer's certificate comes along, as that of a delegated responder must. */
  withCertificate: boolean
  producedAt: Date
  thisUpdate?: Date
  nextUpdate?: Date | null
  archiveCutoff?: Date
  nonce?: Uint8Array | undefined
}

/** Makes an OCSPResponse in DER. */
export function createOcspAnswer(content: OcspContent): Uint8Array {
  const { certId, status, signer, producedAt, thisUpdate = producedAt, nextUpdate = null, archiveCutoff, nonce } = content
  const state =
    status === 'good'
      ? element(0x80)
      : status === 'unknown'
        ? element(0x82)
        : element(0xa1, generalizedTime(status.at), ...(status.reason === undefined ? [] : [element(0xa0, enumerated(status.reason))]))
  const single = sequence(
    certId,
    state,
    generalizedTime(thisUpdate),
    ...(nextUpdate ? [element(0xa0, generalizedTime(nextUpdate))] : []),
    ...(archiveCutoff ? [element(0xa1, sequence(extension('1.3.6.1.5.5.7.48.1.6', false, generalizedTime(archiveCutoff))))] : []),
  )
  const data = sequence(
    element(0xa1, parseCertificate(signer.certificate).subjectDer),
    generalizedTime(producedAt),
    sequence(single),
    ...(nonce ? [element(0xa1, sequence(extension('1.3.6.1.5.5.7.48.1.2', false, nonce)))] : []),
  )
  const { identifier, hash } = algorithmOf(signer.privateKey)
  const basic = sequence(
    data,
    identifier,
    bits(sign(hash, data, signer.privateKey)),
    ...(content.withCertificate ? [element(0xa0, sequence(signer.certificate))] : []),
  )
  return sequence(enumerated(0), element(0xa0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octets(basic))))
}

/** An OCSPResponse that refuses (RFC 6960, 4.2.1). */
export const refuseOcsp = (status: number): Uint8Array => sequence(enumerated(status))

/** A CertID in DER that names a certificate of an issuer by SHA-1, as most requests do. */
export function certIdOf(certificate: Uint8Array, issuer: Uint8Array): Uint8Array {
  const [one, other] = [parseCertificate(certificate), parseCertificate(issuer)]
  const name = (bytes: Uint8Array) => octets(createHash('sha1').update(bytes).digest())
  return sequence(sequence(objectIdentifier('1.3.14.3.2.26'), nothing()), name(other.subjectDer), name(other.keyBits), serialOf(one.serial))
}

/** CertID, serial number and nonce of an OCSPRequest in DER; `undefined` when it is none. */
export function readOcspQuestion(request: Uint8Array): { certId: Uint8Array; serial: string; nonce?: Uint8Array } | undefined {
  const parsed = asn1js.fromBER(new Uint8Array(request))
  if (parsed.offset < 0) return undefined
  const inside = (block: unknown, index: number): unknown =>
    block instanceof asn1js.Sequence || block instanceof asn1js.Constructed ? block.valueBlock.value[index] : undefined
  const body = inside(parsed.result, 0)
  const certId = inside(inside(inside(body, 0), 0), 0)
  const serial = inside(certId, 3)
  if (!(certId instanceof asn1js.Sequence) || !(serial instanceof asn1js.Integer)) return undefined
  const nonce = inside(inside(inside(inside(body, 1), 0), 0), 1)
  return {
    certId: new Uint8Array(certId.valueBeforeDecodeView),
    serial: Buffer.from(serial.valueBlock.valueHexView).toString('hex'),
    ...(nonce instanceof asn1js.OctetString ? { nonce: new Uint8Array(nonce.valueBlock.valueHexView) } : {}),
  }
}
