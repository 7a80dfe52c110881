/** X.509 certificates made to measure, right ones and wrong ones (RFC 5280; ETSI EN 319 412-3 for seals). */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bits, element, integer, nothing, objectIdentifier, octets, printable, sequence, setOf, text, time, yes } from './der.ts'

/** Key types an authority can make; `RS256` is RSA of 2048 bits. */
export type KeyAlgorithm = 'ES256' | 'ES384' | 'ES512' | 'RS256' | 'PS256' | 'EdDSA'

/** Whom a certificate names. `organizationIdentifier` is 2.5.4.97, such as `VATXX-123`; `country` two letters. */
export interface Subject {
  commonName: string
  organisation?: string
  organizationIdentifier?: string
  country?: string
}

/** Bits of keyUsage (RFC 5280, 4.2.1.3). */
export type KeyUsage = 'digitalSignature' | 'nonRepudiation' | 'keyEncipherment' | 'keyCertSign' | 'cRLSign'

/** A certificate and the key it speaks of. */
export interface CertifiedKey {
  subject: Subject
  /** DER. */
  certificate: Uint8Array
  privateKey: KeyObject
}

/** What goes into one certificate; `issuer` left out makes it self-signed. */
export interface CertificateContent {
  subject: Subject
  algorithm: KeyAlgorithm
  from: Date
  to: Date
  issuer?: CertifiedKey | undefined
  /** Name written as issuer when it shall not be the signer's. */
  issuerName?: Subject | undefined
  ca: boolean
  pathLength?: number | undefined
  keyUsage: readonly KeyUsage[]
  extendedKeyUsage?: readonly string[] | undefined
  /** extendedKeyUsage marked critical, as time-stamp authorities have it (RFC 3161, 2.3). */
  extendedKeyUsageCritical?: boolean | undefined
  /** Where OCSP answers, the issuer's certificate and revocation lists are to be had. */
  addresses?: Addresses | undefined
  /** Further extensions with their value in DER. */
  extensions?: readonly { id: string; critical?: boolean; value: Uint8Array }[] | undefined
  /** Object identifiers of empty extensions of our own; `critical` makes them critical. */
  marks?: readonly { id: string; critical?: boolean }[] | undefined
  /** A key made before; a new one otherwise. */
  privateKey?: KeyObject | undefined
  /** The certificate speaks of this key, whose private half is elsewhere; `privateKey` of the answer is then of no use. */
  publicKey?: KeyObject | undefined
}

/** Addresses that a certificate names (RFC 5280, 4.2.1.13 and 4.2.2.1). */
export interface Addresses {
  ocsp?: string
  issuer?: string
  crl?: string
}

const usageBits: Record<KeyUsage, number> = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyCertSign: 5,
  cRLSign: 6,
}

/** A new private key of the kind. */
export function createPrivateKey(algorithm: KeyAlgorithm): KeyObject {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519').privateKey
  if (algorithm === 'RS256' || algorithm === 'PS256') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const namedCurve = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[algorithm]
  return generateKeyPairSync('ec', { namedCurve }).privateKey
}

/** Makes a certificate, and a key for it where none is given. */
export function createCertificate(content: CertificateContent): CertifiedKey {
  const privateKey = content.privateKey ?? createPrivateKey(content.algorithm)
  const signer = content.issuer?.privateKey ?? privateKey
  const publicKey = (content.publicKey ?? createPublicKey(privateKey)).export({ type: 'spki', format: 'der' })
  const signatureAlgorithm = algorithmOf(signer)
  const body = sequence(
    element(0xa0, integer(2)),
    integer(randomBytes(16).fill(0x5a, 0, 1)),
    signatureAlgorithm.identifier,
    name(content.issuerName ?? content.issuer?.subject ?? content.subject),
    sequence(time(content.from), time(content.to)),
    name(content.subject),
    publicKey,
    element(0xa3, sequence(...extensions(content, keyId(publicKey), keyId(spkiOf(signer))))),
  )
  const signature = sign(signatureAlgorithm.hash, body, signer)
  return { subject: content.subject, certificate: sequence(body, signatureAlgorithm.identifier, bits(signature)), privateKey }
}

/** A distinguished name in DER. */
export function name(subject: Subject): Uint8Array {
  const attribute = (id: string, value: Uint8Array) => setOf(sequence(objectIdentifier(id), value))
  const { country, organisation, organizationIdentifier, commonName } = subject
  return sequence(
    ...(country ? [attribute('2.5.4.6', printable(country))] : []),
    ...(organisation ? [attribute('2.5.4.10', text(organisation))] : []),
    ...(organizationIdentifier ? [attribute('2.5.4.97', text(organizationIdentifier))] : []),
    attribute('2.5.4.3', text(commonName)),
  )
}

function extensions(content: CertificateContent, subjectKey: Uint8Array, issuerKey: Uint8Array): Uint8Array[] {
  const extension = (id: string, critical: boolean, value: Uint8Array) =>
    sequence(objectIdentifier(id), ...(critical ? [yes()] : []), octets(value))
  const constraints = content.ca ? [yes(), ...(content.pathLength === undefined ? [] : [integer(content.pathLength)])] : []
  return [
    extension('2.5.29.19', true, sequence(...constraints)),
    extension('2.5.29.15', true, usage(content.keyUsage)),
    extension('2.5.29.14', false, octets(subjectKey)),
    ...(content.issuer ? [extension('2.5.29.35', false, sequence(element(0x80, issuerKey)))] : []),
    ...addressExtensions(content.addresses ?? {}).map(({ id, value }) => extension(id, false, value)),
    ...(content.extensions ?? []).map(({ id, critical = false, value }) => extension(id, critical, value)),
    ...(content.extendedKeyUsage
      ? [extension('2.5.29.37', content.extendedKeyUsageCritical ?? false, sequence(...content.extendedKeyUsage.map(objectIdentifier)))]
      : []),
    ...(content.marks ?? []).map((mark) => extension(mark.id, mark.critical ?? false, nothing())),
  ]
}

function addressExtensions({ ocsp, issuer, crl }: Addresses): { id: string; value: Uint8Array }[] {
  const uri = (address: string) => element(0x86, new TextEncoder().encode(address))
  const access = (id: string, address: string | undefined) => (address ? [sequence(objectIdentifier(id), uri(address))] : [])
  const information = [...access('1.3.6.1.5.5.7.48.1', ocsp), ...access('1.3.6.1.5.5.7.48.2', issuer)]
  return [
    ...(information.length > 0 ? [{ id: '1.3.6.1.5.5.7.1.1', value: sequence(...information) }] : []),
    ...(crl ? [{ id: '2.5.29.31', value: sequence(sequence(element(0xa0, element(0xa0, uri(crl))))) }] : []),
  ]
}

/** keyUsage as a named bit list: trailing zero bits are left out (X.690, 11.2.2). */
function usage(wanted: readonly KeyUsage[]): Uint8Array {
  const numbers = wanted.map((bit) => usageBits[bit])
  const byte = numbers.reduce((sum, bit) => sum | (0x80 >> bit), 0)
  return bits(Uint8Array.of(byte), numbers.length ? 7 - Math.max(...numbers) : 0)
}

const spkiOf = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' })
/** An identifier of a public key: the first 20 bytes of the SHA-256 of it (RFC 7093, 2). */
const keyId = (spki: Uint8Array) => new Uint8Array(createHash('sha256').update(spki).digest().subarray(0, 20))

/** AlgorithmIdentifier of the signatures a key makes here, and the digest that Node wants. */
export function algorithmOf(key: KeyObject): { identifier: Uint8Array; hash: string | null } {
  if (key.asymmetricKeyType === 'ed25519') return { identifier: sequence(objectIdentifier('1.3.101.112')), hash: null }
  if (key.asymmetricKeyType === 'rsa') return { identifier: sequence(objectIdentifier('1.2.840.113549.1.1.11'), nothing()), hash: 'sha256' }
  const bitsOfHash = { prime256v1: 256, secp384r1: 384, secp521r1: 512 }[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 256
  const last = { 256: 2, 384: 3, 512: 4 }[bitsOfHash]
  return { identifier: sequence(objectIdentifier(`1.2.840.10045.4.3.${last}`)), hash: `sha${bitsOfHash}` }
}
