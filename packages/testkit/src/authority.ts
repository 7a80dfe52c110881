/** A working certificate authority: a root that is the anchor, and a seal authority under it that issues. */
import { demonstrationMark } from '@cairn/keys'
import {
  type Addresses,
  type CertificateContent,
  type CertifiedKey,
  createCertificate,
  type KeyAlgorithm,
  type KeyUsage,
  type Subject,
} from './certificate.ts'

/** An authority of two certificates. `anchor` is the root as base64 DER, ready for a trust registry. */
export interface Authority {
  name: string
  root: CertifiedKey
  issuing: CertifiedKey
  anchor: string
  demonstration: boolean
}

/** How an authority is made; the times are those of its certificates, by default from yesterday for ten years. */
export interface AuthorityOptions {
  algorithm?: KeyAlgorithm
  from?: Date
  to?: Date
  /** Marks every certificate as demonstration, so that a production server can refuse it. */
  demonstration?: boolean
  /** pathLenConstraint of the root; 1 fits the one authority below it, 0 does not. */
  rootPathLength?: number
  /** Where statements on the issuing authority are to be had; none by default. */
  addresses?: Addresses
  /** The issuing authority without the right to issue, for negative tests. */
  issuingIsCa?: boolean
}

/** A certificate for sealing, and what can be made wrong in it on purpose. */
export interface SealCertificateOptions {
  organisation: string
  /** `null` leaves it out. */
  organizationIdentifier: string | null
  country?: string
  commonName?: string
  algorithm?: KeyAlgorithm
  from?: Date
  to?: Date
  keyUsage?: readonly KeyUsage[]
  extendedKeyUsage?: readonly string[]
  /** The leaf claims to be an authority. */
  ca?: boolean
  pathLength?: number
  /** Another name than the issuing authority's. */
  issuerName?: Subject
  /** Signed by the leaf itself. */
  selfSigned?: boolean
  /** An extension nobody knows, marked critical. */
  unknownCritical?: boolean
  /** Where statements on revocation are to be had; none by default. */
  addresses?: Addresses
}

/** A sealing key with its certificates, leaf first, without the root. */
export interface SealIdentity extends CertifiedKey {
  certificates: Uint8Array[]
}

const day = 86_400_000
const years = (count: number) => count * 365.25 * day
/** Subject names end at 64 characters (RFC 5280, upper bounds). */
const within64 = (text: string) => [...text].slice(0, 64).join('')

/** Makes a root and a seal authority under it. `name` is what both are called. */
export function createAuthority(name: string, options: AuthorityOptions = {}): Authority {
  const { algorithm = 'ES256', from = new Date(Date.now() - day), demonstration = false, rootPathLength = 1 } = options
  const to = options.to ?? new Date(from.getTime() + years(10))
  const shared = { algorithm, from, to, marks: demonstration ? [{ id: demonstrationMark }] : [] }
  const authorityUsage: KeyUsage[] = ['keyCertSign', 'cRLSign']
  const root = createCertificate({
    ...shared,
    subject: { commonName: within64(`${name} Root`), organisation: within64(name) },
    ca: true,
    pathLength: rootPathLength,
    keyUsage: authorityUsage,
  })
  const issuing = createCertificate({
    ...shared,
    subject: { commonName: within64(`${name} Seal CA`), organisation: within64(name) },
    issuer: root,
    addresses: options.addresses,
    ca: options.issuingIsCa ?? true,
    ...(options.issuingIsCa === false ? {} : { pathLength: 0 }),
    keyUsage: authorityUsage,
  })
  return { name, root, issuing, anchor: Buffer.from(root.certificate).toString('base64'), demonstration }
}

/** Issues a sealing certificate: digitalSignature and nonRepudiation, no authority, organisation named as ETSI EN 319 412-3 wants. */
export function issueSealCertificate(authority: Authority, options: SealCertificateOptions): SealIdentity {
  const from = options.from ?? new Date(Date.now() - day)
  const content: CertificateContent = {
    subject: {
      commonName: within64(options.commonName ?? `${options.organisation} Seal`),
      organisation: within64(options.organisation),
      ...(options.organizationIdentifier === null ? {} : { organizationIdentifier: options.organizationIdentifier }),
      country: options.country ?? 'XX',
    },
    algorithm: options.algorithm ?? 'ES256',
    from,
    to: options.to ?? new Date(from.getTime() + years(2)),
    issuer: options.selfSigned ? undefined : authority.issuing,
    issuerName: options.issuerName,
    ca: options.ca ?? false,
    pathLength: options.pathLength,
    keyUsage: options.keyUsage ?? ['digitalSignature', 'nonRepudiation'],
    extendedKeyUsage: options.extendedKeyUsage,
    addresses: options.addresses,
    marks: [
      ...(authority.demonstration ? [{ id: demonstrationMark }] : []),
      ...(options.unknownCritical ? [{ id: '2.25.1', critical: true }] : []),
    ],
  }
  const leaf = createCertificate(content)
  return { ...leaf, certificates: options.selfSigned ? [leaf.certificate] : [leaf.certificate, authority.issuing.certificate] }
}
