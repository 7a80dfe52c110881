/** The extensions of a certificate that rules look at (RFC 5280, 4.2). Reading judges nothing but form. */
import { ProblemError } from '@cairn/core'
import { toHex } from '../base64.ts'
import { context, contextPrimitive, type DerElement, elements, expectTag, readDer, reader, tags } from '../der/read-der.ts'
import { booleanOf, namedBits, numberOf, oidOf } from '../der/values.ts'
import { type GeneralName, readGeneralName, readGeneralNames } from './general-name.ts'
import { extensions, qcTypeStatement } from './oids.ts'

/** Names of the key usage bits, in their order (RFC 5280, 4.2.1.3). */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const
export type KeyUsage = (typeof keyUsageNames)[number]

/** Subtrees of names that an authority may, or may not, vouch for (RFC 5280, 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

/** What the extensions say; an absent one is `undefined` or empty. Addresses are as written and were not looked at. */
export interface CertificateExtensions {
  readonly basicConstraints: { ca: boolean; pathLength?: number | undefined } | undefined
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined
  readonly extendedKeyUsage: { usages: readonly string[]; critical: boolean } | undefined
  readonly policies: readonly string[]
  readonly qcStatements: readonly string[]
  /** What a qualified certificate is for, such as 0.4.0.1862.1.6.2 for seals (EN 319 412-5, 4.2.3). */
  readonly qcTypes: readonly string[]
  readonly subjectKeyIdentifier: string | undefined
  readonly authorityKeyIdentifier: string | undefined
  readonly alternativeNames: readonly GeneralName[]
  readonly nameConstraints: NameConstraints | undefined
  /** Where OCSP answers for this certificate are to be had (RFC 5280, 4.2.2.1). */
  readonly ocspAddresses: readonly string[]
  /** Where the certificate of the issuer is to be had. */
  readonly issuerAddresses: readonly string[]
  readonly crlAddresses: readonly string[]
  /** Nobody publishes a status of it: a responder (RFC 6960, 4.2.2.2.1), a short-lived one (EN 319 412-1, 5.2; RFC 9608). */
  readonly noStatusPublished: boolean
  /** Critical extensions that nothing here enforces. */
  readonly unknownCritical: readonly string[]
}
type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** Reads the list of extensions. Raises `certificate.malformed`. */
export function readExtensions(list: readonly DerElement[]): CertificateExtensions {
  const found: Writable<CertificateExtensions> = {
    basicConstraints: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    policies: [],
    qcStatements: [],
    qcTypes: [],
    subjectKeyIdentifier: undefined,
    authorityKeyIdentifier: undefined,
    alternativeNames: [],
    nameConstraints: undefined,
    ocspAddresses: [],
    issuerAddresses: [],
    crlAddresses: [],
    noStatusPublished: false,
    unknownCritical: [],
  }
  const seen = new Set<string>()
  for (const extension of list) {
    const { oid, critical, value } = readExtension(extension)
    if (seen.has(oid)) throw new ProblemError('certificate.malformed', 'An extension appears twice.')
    seen.add(oid)
    const read = readers[oid]
    if (read) read(found, value, critical)
    else if (critical) found.unknownCritical = [...found.unknownCritical, oid]
  }
  return found
}

/** One extension, as certificates, CRLs and OCSP answers have them: its name, whether it is critical, the element inside. */
export function readExtension(extension: DerElement): { oid: string; critical: boolean; value: DerElement } {
  const parts = reader(extension)
  const oid = oidOf(parts.take(tags.oid))
  const flag = parts.maybe(tags.boolean)
  return { oid, critical: flag ? booleanOf(flag) : false, value: readDer(parts.take(tags.octetString).content) }
}

type Read = (found: Writable<CertificateExtensions>, value: DerElement, critical: boolean) => void
const sequence = (value: DerElement) => expectTag(value, tags.sequence)
const noStatus: Read = (found) => {
  found.noStatusPublished = true
}

const readers: Record<string, Read> = {
  [extensions.basicConstraints](found, value) {
    const inside = reader(sequence(value))
    const ca = inside.maybe(tags.boolean)
    const length = inside.maybe(tags.integer)
    found.basicConstraints = { ca: ca ? booleanOf(ca) : false, ...(length ? { pathLength: numberOf(length) } : {}) }
  },
  [extensions.keyUsage](found, value) {
    found.keyUsage = new Set(namedBits(value).flatMap((bit) => keyUsageNames[bit] ?? []))
  },
  [extensions.extendedKeyUsage](found, value, critical) {
    found.extendedKeyUsage = { usages: elements(sequence(value)).map(oidOf), critical }
  },
  [extensions.certificatePolicies](found, value) {
    found.policies = elements(sequence(value)).map((policy) => oidOf(elements(policy)[0]))
  },
  [extensions.qcStatements](found, value) {
    const statements = elements(sequence(value)).map((statement) => elements(statement))
    found.qcStatements = statements.map(([name]) => oidOf(name))
    const [, types] = statements.find(([name]) => oidOf(name) === qcTypeStatement) ?? []
    if (types) found.qcTypes = elements(sequence(types)).map(oidOf)
  },
  [extensions.subjectKeyIdentifier](found, value) {
    found.subjectKeyIdentifier = toHex(expectTag(value, tags.octetString).content)
  },
  [extensions.authorityKeyIdentifier](found, value) {
    const identifier = reader(sequence(value)).maybe(contextPrimitive(0))
    if (identifier) found.authorityKeyIdentifier = toHex(identifier.content)
  },
  [extensions.subjectAlternativeName](found, value) {
    found.alternativeNames = readGeneralNames(sequence(value))
  },
  [extensions.nameConstraints](found, value) {
    const inside = reader(sequence(value))
    const permitted = inside.maybe(context(0))
    const excluded = inside.maybe(context(1))
    if (inside.rest().length > 0) throw new ProblemError('certificate.malformed', 'Name constraints hold something unknown.')
    found.nameConstraints = { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) }
  },
  [extensions.authorityInformation](found, value) {
    for (const access of elements(sequence(value))) {
      const [method, place] = elements(access)
      if (place?.tag !== contextPrimitive(6)) continue
      const address = readGeneralName(place).text!
      if (oidOf(method) === extensions.ocspAccess) found.ocspAddresses = [...found.ocspAddresses, address]
      if (oidOf(method) === extensions.issuerAccess) found.issuerAddresses = [...found.issuerAddresses, address]
    }
  },
  [extensions.crlDistributionPoints](found, value) {
    found.crlAddresses = elements(sequence(value)).flatMap((point) => {
      const inside = reader(point)
      const name = inside.maybe(context(0))
      // A point with a CRL issuer of its own is an indirect CRL, which is not followed; one for some reasons alone does not speak for all.
      return inside.rest().length > 0 ? [] : distributionAddresses(name)
    })
  },
  [extensions.ocspNoCheck]: noStatus,
  [extensions.shortTerm]: noStatus,
  [extensions.noRevocation]: noStatus,
}

/** Addresses of a DistributionPointName: `[0]` around the full names (RFC 5280, 4.2.1.13). */
export function distributionAddresses(name: DerElement | undefined): string[] {
  const full = name ? elements(name)[0] : undefined
  if (full?.tag !== context(0)) return []
  return readGeneralNames(full).flatMap(({ kind, text }) => (kind === 'address' && text !== undefined ? [text] : []))
}

function readSubtrees(list: DerElement | undefined): GeneralName[] {
  return elements(list ?? { tag: tags.sequence, content: new Uint8Array(), raw: new Uint8Array() }).map((subtree) => {
    const parts = elements(subtree)
    // minimum is 0 and maximum is absent (RFC 5280, 4.2.1.10); what says otherwise is not understood.
    if (parts.length !== 1) throw new ProblemError('certificate.malformed', 'A subtree of names has a depth.')
    return readGeneralName(parts[0]!)
  })
}
