/** The time-stamp authority of the neighbourhood (RFC 3161): tokens over what it is asked for, at the time it is told. */
import { createHash, sign } from 'node:crypto'
import { parseCertificate } from '@cairn/seals'
import * as asn1js from 'asn1js'
import { algorithmOf, type CertifiedKey } from './certificate.ts'
import { element, generalizedTime, integer, objectIdentifier, octets, sequence, setOf, setOfAll } from './der.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const sha256Identifier = () => sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'))
/** The policy of our tokens, an arc that belongs to nobody. */
const policy = '2.25.2305843009213693951'

/** How a token is made wrong on purpose. */
export interface TokenOptions {
  /** Leaves the number of the request out. */
  withoutNonce?: boolean
  /** Another imprint than asked for. */
  imprint?: Uint8Array
}

/** Answers a TimeStampReq in DER with a TimeStampResp in DER. */
export function answerTimeStampRequest(
  request: Uint8Array,
  tsa: CertifiedKey,
  at: Date,
  serial: number,
  options: TokenOptions = {},
): Uint8Array {
  const parsed = asn1js.fromBER(new Uint8Array(request))
  if (parsed.offset < 0 || !(parsed.result instanceof asn1js.Sequence)) return sequence(sequence(integer(2)))
  const parts = parsed.result.valueBlock.value
  if (!parts[1]) return sequence(sequence(integer(2)))
  const imprint = raw(parts[1])
  const nonce = parts.find((part, index) => index > 1 && part instanceof asn1js.Integer)
  const asked = options.imprint ? sequence(sha256Identifier(), octets(options.imprint)) : imprint
  const info = sequence(
    integer(1),
    objectIdentifier(policy),
    asked,
    integer(Uint8Array.of(serial >>> 24, serial >>> 16, serial >>> 8, serial)),
    generalizedTime(at),
    ...(nonce && !options.withoutNonce ? [raw(nonce)] : []),
  )
  return sequence(sequence(integer(0)), createToken(info, tsa))
}

const raw = (block: asn1js.AsnType) => new Uint8Array(block.valueBeforeDecodeView)

/** A token (CMS SignedData) around a TSTInfo. */
function createToken(info: Uint8Array, { certificate, privateKey }: CertifiedKey): Uint8Array {
  const { issuerDer, serial } = parseCertificate(certificate)
  const attribute = (id: string, value: Uint8Array) => sequence(objectIdentifier(id), setOf(value))
  const attributes = setOfAll(
    attribute('1.2.840.113549.1.9.3', objectIdentifier('1.2.840.113549.1.9.16.1.4')),
    attribute('1.2.840.113549.1.9.4', octets(sha256(info))),
    attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(sha256(certificate)))))),
  )
  const { identifier, hash } = algorithmOf(privateKey)
  const implicit = attributes.slice()
  implicit[0] = 0xa0
  const signer = sequence(
    integer(1),
    sequence(issuerDer, element(0x02, Buffer.from(serial, 'hex'))),
    sha256Identifier(),
    implicit,
    identifier,
    octets(sign(hash, attributes, privateKey)),
  )
  const data = sequence(
    integer(3),
    setOf(sha256Identifier()),
    sequence(objectIdentifier('1.2.840.113549.1.9.16.1.4'), element(0xa0, octets(info))),
    element(0xa0, certificate),
    setOf(signer),
  )
  return sequence(objectIdentifier('1.2.840.113549.1.7.2'), element(0xa0, data))
}
