/** OCSP answers, read (RFC 6960, 4.2). Reading judges nothing but form; what an answer proves is in {@link ./check-ocsp.ts}. */
import { ProblemError } from '@cairn/core'
import { context, contextPrimitive, type DerElement, elements, expectTag, readDer, reader, readSequence, tags } from '../der/read-der.ts'
import { bitStringBytes, booleanOf, enumeratedOf, oidOf, serialOf, timeOf } from '../der/values.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { extensions } from './oids.ts'

/** What is said of one certificate, named by digests of its issuer's name and key and by its serial number. Times are RFC 3339 in UTC. */
export interface OcspSingle {
  readonly hashAlgorithm: string
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serial: string
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt: string | undefined
  readonly reason: number | undefined
  readonly thisUpdate: string
  readonly nextUpdate: string | undefined
  /** The responder knows certificates that ended after this moment (RFC 6960, 4.4.4). */
  readonly archiveCutoff: string | undefined
  readonly unknownCritical: boolean
}

/** A successful answer. The responder is named by its name or by a digest of its key. */
export interface Ocsp {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: DerElement
  readonly signature: Uint8Array
  readonly responder: { name: Uint8Array } | { key: Uint8Array }
  readonly producedAt: string
  readonly answers: readonly OcspSingle[]
  readonly nonce: Uint8Array | undefined
  readonly unknownCritical: boolean
  readonly certificates: readonly Certificate[]
}

const largest = 64 * 1024
const known = new WeakMap<Uint8Array, Ocsp>()
/** RFC 6960, 4.2.1. */
const refusals = ['', 'malformedRequest', 'internalError', 'tryLater', '', 'sigRequired', 'unauthorized']

/** Reads an OCSPResponse in DER. Raises `revocation.malformed`, and `revocation.refused` when the responder gave no answer. */
export function readOcsp(der: Uint8Array): Ocsp {
  const before = known.get(der)
  if (before) return before
  if (der.length > largest) throw new ProblemError('revocation.malformed', 'The OCSP answer is larger than we read.')
  try {
    const answer = read(der)
    known.set(der, answer)
    return answer
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code !== 'revocation.refused')
      throw new ProblemError('revocation.malformed', error.problem.detail)
    throw error
  }
}

function read(der: Uint8Array): Ocsp {
  const outer = reader(readSequence(der))
  const status = enumeratedOf(outer.take(tags.enumerated))
  if (status !== 0)
    throw new ProblemError('revocation.refused', `The responder gave no answer (${refusals[status] || `status ${status}`}).`)
  const body = reader(expectTag(elements(outer.take(context(0)))[0], tags.sequence))
  if (oidOf(body.take(tags.oid)) !== extensions.ocspBasic)
    throw new ProblemError('revocation.malformed', 'The answer is of an unknown kind.')
  const basic = reader(readSequence(body.take(tags.octetString).content))
  const tbs = basic.take(tags.sequence)
  const signatureAlgorithm = basic.take(tags.sequence)
  const signature = bitStringBytes(basic.take(tags.bitString))
  const wrapped = basic.maybe(context(0))
  const certificates = (wrapped ? elements(expectTag(elements(wrapped)[0], tags.sequence)) : [])
    .slice(0, 8)
    .map((each) => parseCertificate(each.raw))
  const data = reader(tbs)
  data.maybe(context(0))
  const byName = data.maybe(context(1))
  const byKey = byName ? undefined : data.take(context(2))
  const producedAt = timeOf(data.take(tags.generalizedTime))
  const answers = elements(data.take(tags.sequence)).slice(0, 64).map(readSingle)
  const { nonce, unknownCritical } = readOcspExtensions(data.maybe(context(1)))
  return {
    der,
    tbs: tbs.raw,
    signatureAlgorithm,
    signature,
    responder: byName
      ? { name: expectTag(elements(byName)[0], tags.sequence).raw }
      : { key: expectTag(elements(byKey!)[0], tags.octetString).content },
    producedAt,
    answers,
    nonce,
    unknownCritical,
    certificates,
  }
}

function readSingle(single: DerElement): OcspSingle {
  const parts = reader(single)
  const [algorithm, nameHash, keyHash, serial] = elements(parts.take(tags.sequence))
  const state = parts.take()
  const thisUpdate = timeOf(parts.take(tags.generalizedTime))
  const next = parts.maybe(context(0))
  const wrapped = parts.maybe(context(1))
  if (parts.rest().length > 0) throw new ProblemError('revocation.malformed', 'Something follows an answer.')
  let archiveCutoff: string | undefined
  let unknownCritical = false
  for (const extension of wrapped ? elements(expectTag(elements(wrapped)[0], tags.sequence)) : []) {
    const { oid, critical, content } = readLoosely(extension)
    if (oid === extensions.ocspArchiveCutoff) archiveCutoff = timeOf(expectTag(readDer(content), tags.generalizedTime))
    else if (critical) unknownCritical = true
  }
  return {
    hashAlgorithm: oidOf(elements(expectTag(algorithm, tags.sequence))[0]),
    issuerNameHash: expectTag(nameHash, tags.octetString).content,
    issuerKeyHash: expectTag(keyHash, tags.octetString).content,
    serial: serialOf(serial),
    ...readState(state),
    thisUpdate,
    nextUpdate: next ? timeOf(elements(next)[0]) : undefined,
    archiveCutoff,
    unknownCritical,
  }
}

function readState(state: DerElement): Pick<OcspSingle, 'status' | 'revokedAt' | 'reason'> {
  if (state.tag === contextPrimitive(0)) return { status: 'good', revokedAt: undefined, reason: undefined }
  if (state.tag === contextPrimitive(2)) return { status: 'unknown', revokedAt: undefined, reason: undefined }
  const inside = reader(expectTag(state, context(1)))
  const revokedAt = timeOf(inside.take(tags.generalizedTime))
  const reason = inside.maybe(context(0))
  return { status: 'revoked', revokedAt, reason: reason ? enumeratedOf(elements(reason)[0]) : undefined }
}

function readOcspExtensions(wrapped: DerElement | undefined): Pick<Ocsp, 'nonce' | 'unknownCritical'> {
  let nonce: Uint8Array | undefined
  let unknownCritical = false
  for (const extension of wrapped ? elements(expectTag(elements(wrapped)[0], tags.sequence)) : []) {
    const { oid, critical, content } = readLoosely(extension)
    if (oid === extensions.ocspNonce) nonce = content
    else if (critical) unknownCritical = true
  }
  return { nonce, unknownCritical }
}

/** An extension without a look at its value: responders put a nonce in without a wrapping of its own (before RFC 8954), and in either place. */
function readLoosely(extension: DerElement): { oid: string; critical: boolean; content: Uint8Array } {
  const parts = reader(extension)
  const oid = oidOf(parts.take(tags.oid))
  const flag = parts.maybe(tags.boolean)
  return { oid, critical: flag ? booleanOf(flag) : false, content: parts.take(tags.octetString).content }
}
