/** Revocation lists, read (RFC 5280, 5). Reading judges nothing but form; what a list says of a certificate is in {@link ./check-crl.ts}. */
import { ProblemError } from '@cairn/core'
import { toHex } from '../base64.ts'
import {
  context,
  contextPrimitive,
  type DerElement,
  eachElement,
  elements,
  expectTag,
  reader,
  readSequence,
  tags,
} from '../der/read-der.ts'
import { bitStringBytes, enumeratedOf, serialOf, timeOf } from '../der/values.ts'
import { distributionAddresses, readExtension } from './extensions.ts'
import { extensions } from './oids.ts'

/** An entry of a list: since when, and why (RFC 5280, 5.3.1). `unknownCritical` is an entry that demands something we do not know. */
export interface Revoked {
  readonly at: string
  readonly reason: number | undefined
  readonly unknownCritical: boolean
}

/** A list. Times are RFC 3339 in UTC; `revoked` goes by serial number in hexadecimal. */
export interface Crl {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: DerElement
  readonly signature: Uint8Array
  readonly issuerDer: Uint8Array
  readonly thisUpdate: string
  readonly nextUpdate: string | undefined
  readonly revoked: ReadonlyMap<string, Revoked>
  /** What it speaks of (RFC 5280, 5.2.5); `addresses` are those of its distribution point. */
  readonly scope: { addresses: readonly string[]; named: boolean; users: boolean; authorities: boolean; complete: boolean }
  /** Expired certificates stay on the list when they ended after this moment (X.509, 8.5.2.12). */
  readonly keepsExpiredSince: string | undefined
  readonly unknownCritical: readonly string[]
}

/** The largest list that is read. */
const largest = 10 * 1024 * 1024
const known = new WeakMap<Uint8Array, Crl>()

/** Reads a CertificateList in DER. Raises `revocation.malformed`. A list that was read before is kept as long as its bytes are. */
export function readCrl(der: Uint8Array): Crl {
  const before = known.get(der)
  if (before) return before
  if (der.length > largest) throw new ProblemError('revocation.malformed', 'The revocation list is larger than we read.')
  try {
    const crl = read(der)
    known.set(der, crl)
    return crl
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('revocation.malformed', error.problem.detail)
    throw error
  }
}

function read(der: Uint8Array): Crl {
  const outer = reader(readSequence(der))
  const tbs = outer.take(tags.sequence)
  const signatureAlgorithm = outer.take(tags.sequence)
  const signature = bitStringBytes(outer.take(tags.bitString))
  if (outer.rest().length > 0) throw new ProblemError('revocation.malformed', 'Something follows the signature of a revocation list.')
  const fields = reader(tbs)
  fields.maybe(tags.integer)
  const inner = fields.take(tags.sequence)
  if (toHex(inner.raw) !== toHex(signatureAlgorithm.raw))
    throw new ProblemError('revocation.malformed', 'The two signature algorithms of a revocation list differ.')
  const issuer = fields.take(tags.sequence)
  const thisUpdate = timeOf(fields.take())
  const next = fields.maybe(tags.utcTime) ?? fields.maybe(tags.generalizedTime)
  const list = fields.maybe(tags.sequence)
  const wrapped = fields.maybe(context(0))
  if (fields.rest().length > 0) throw new ProblemError('revocation.malformed', 'Something follows the fields of a revocation list.')
  return {
    der,
    tbs: tbs.raw,
    signatureAlgorithm,
    signature,
    issuerDer: issuer.raw,
    thisUpdate,
    nextUpdate: next ? timeOf(next) : undefined,
    revoked: list ? readEntries(list) : new Map(),
    ...readCrlExtensions(wrapped ? elements(expectTag(elements(wrapped)[0], tags.sequence)) : []),
  }
}

function readEntries(list: DerElement): Map<string, Revoked> {
  const found = new Map<string, Revoked>()
  for (const entry of eachElement(list)) {
    const parts = reader(entry)
    const serial = serialOf(parts.take(tags.integer))
    const at = timeOf(parts.take())
    let reason: number | undefined
    let unknownCritical = false
    for (const extension of elements(parts.maybe(tags.sequence) ?? none)) {
      const { oid, critical, value } = readExtension(extension)
      if (oid === extensions.crlReason) reason = enumeratedOf(value)
      else if (critical) unknownCritical = true
    }
    found.set(serial, { at, reason, unknownCritical })
  }
  return found
}
const none: DerElement = { tag: tags.sequence, content: new Uint8Array(), raw: new Uint8Array([0x30, 0]) }

function readCrlExtensions(list: readonly DerElement[]): Pick<Crl, 'scope' | 'keepsExpiredSince' | 'unknownCritical'> {
  let scope: Crl['scope'] = { addresses: [], named: false, users: true, authorities: true, complete: true }
  let keepsExpiredSince: string | undefined
  const unknownCritical: string[] = []
  for (const extension of list) {
    const { oid, critical, value } = readExtension(extension)
    if (oid === extensions.issuingDistributionPoint) scope = readScope(value)
    else if (oid === extensions.expiredCertificatesOnCrl) keepsExpiredSince = timeOf(value)
    else if (critical) unknownCritical.push(oid)
  }
  return { scope, keepsExpiredSince, unknownCritical }
}

function readScope(value: DerElement): Crl['scope'] {
  const inside = reader(expectTag(value, tags.sequence))
  const point = inside.maybe(context(0))
  const flag = (n: number) => inside.maybe(contextPrimitive(n))?.content[0] === 0xff
  const [users, authorities] = [flag(1), flag(2)]
  const someReasons = inside.maybe(contextPrimitive(3)) !== undefined
  const [indirect, attributes] = [flag(4), flag(5)]
  return {
    addresses: distributionAddresses(point),
    named: point !== undefined,
    users: !authorities && !attributes,
    authorities: !users && !attributes,
    complete: !someReasons && !indirect && inside.rest().length === 0,
  }
}
