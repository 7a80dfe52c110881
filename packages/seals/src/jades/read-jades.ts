/**
 * Reading a JAdES seal (ETSI TS 119 182-1; RFC 7515, 7797) in any serialisation, strictly and once: what is not understood is refused here, and
 * code below trusts what this gives.
 */
import { type Json, ProblemError, parseJson } from '@cairn/core'
import { fromBase64Url } from '../base64.ts'
import { type DetachedFile, detachedDocument } from './detached.ts'
import { bad, objectOf, only, textOf } from './members.ts'
import { readSignature, type SignatureRead } from './read-signature.ts'

/** A seal, read. `payload` is the sealed document; `payloadText` is the member as it stood in the file. */
export interface SealRead {
  readonly serialisation: 'general' | 'flattened' | 'compact'
  readonly payloadText: string
  readonly payload: Uint8Array
  /** What the first signature covers, where it is put together when the payload is. */
  readonly covered?: Uint8Array
  /** True when what is sealed lies beside the seal: `payload` is then the file that was handed in, or empty when none fits. */
  readonly isDetached: boolean
  readonly detached: readonly DetachedFile[]
  readonly signatures: readonly SignatureRead[]
}

const largestEnvelope = 1024 * 1024
const mostSignatures = 8
const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/
const utf8 = new TextEncoder()

/**
 * Reads a seal. `detached` are the files that a detached seal may cover. Raises `seal.malformed`, `seal.algorithm-not-accepted`,
 * `seal.critical-unknown`, `seal.detached-unsupported` or a problem of the strict JSON parser.
 */
export function readJades(bytes: Uint8Array, detached: readonly DetachedFile[] = []): SealRead {
  if (bytes.length > largestEnvelope) throw new ProblemError('json.too-large', `The file has more than ${largestEnvelope} bytes.`)
  if (bytes[0] === 0x7b || bytes[0] === 0x20 || bytes[0] === 0x0a || bytes[0] === 0x0d || bytes[0] === 0x09)
    return readSerialised(parseJson(bytes, { long: ['payload'] }), detached, bytes.length)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/\r?\n$/, '')
  if (!compactForm.test(text)) return bad('This is neither a JSON nor a compact serialisation of a seal.')
  const [protectedText, payloadText, signatureText] = text.split('.') as [string, string, string]
  return assemble('compact', payloadText, [readSignature(protectedText, signatureText, undefined, '')], detached)
}

/**
 * Reads a seal in JSON that was parsed before, such as a counter-signature inside another seal; `size` is that of the file it stood in, in bytes.
 * Raises as {@link readJades} does.
 */
export function readSerialised(document: Json, detached: readonly DetachedFile[] = [], size = 0): SealRead {
  const envelope = objectOf(document, '')
  const payloadText = envelope.payload === undefined ? '' : textOf(envelope.payload, '/payload')
  if (envelope.signatures === undefined) {
    only(envelope, ['payload', 'protected', 'header', 'signature'], '')
    const signature = readSignature(textOf(envelope.protected, '/protected'), textOf(envelope.signature, '/signature'), envelope.header, '')
    return assemble('flattened', payloadText, [signature], detached, size)
  }
  only(envelope, ['payload', 'signatures'], '')
  const list = envelope.signatures
  if (!Array.isArray(list) || list.length === 0 || list.length > mostSignatures)
    return bad(`A seal has one to ${mostSignatures} signatures.`, '/signatures')
  const signatures = list.map((each, index) => {
    const pointer = `/signatures/${index}`
    const member = objectOf(each, pointer)
    only(member, ['protected', 'header', 'signature'], pointer)
    return readSignature(
      textOf(member.protected, `${pointer}/protected`),
      textOf(member.signature, `${pointer}/signature`),
      member.header,
      pointer,
    )
  })
  return assemble('general', payloadText, signatures, detached, size)
}

function assemble(
  serialisation: SealRead['serialisation'],
  payloadText: string,
  signatures: readonly SignatureRead[],
  detached: readonly DetachedFile[],
  size = 0,
): SealRead {
  const [first] = signatures
  if (signatures.some((each) => each.encoded !== first!.encoded))
    return bad('The signatures disagree on how the payload is encoded (RFC 7797, 3).', '/payload')
  if (signatures.some((each) => (each.references === undefined) !== (first!.references === undefined)))
    return bad('The signatures disagree on where the payload is (TS 119 182-1, 5.2.8).', '/payload')
  const isDetached = payloadText === ''
  if (first!.references && !isDetached)
    return bad('A seal that names detached content holds none itself (TS 119 182-1, 5.2.8).', '/payload')
  const shared = { serialisation, payloadText, isDetached, detached, signatures }
  if (isDetached) return { ...shared, payload: detachedDocument(first!, detached) }
  if (first!.encoded) return { ...shared, payload: fromBase64Url(payloadText) ?? bad('The payload is no base64url.', '/payload') }
  if (size === 0) return { ...shared, payload: utf8.encode(payloadText) }
  let written: { payload: Uint8Array; covered: Uint8Array } | undefined
  // The file holds header and payload, both at least as long as here: one run for what is signed, of which the payload is the end.
  const write = () => {
    const whole = new Uint8Array(size)
    const head = utf8.encodeInto(`${first!.headerText}.`, whole).written
    const length = utf8.encodeInto(payloadText, whole.subarray(head)).written
    return { payload: whole.subarray(head, head + length), covered: whole.subarray(0, head + length) }
  }
  return {
    ...shared,
    // Whoever only reads the document asks for neither.
    get payload() {
      written ??= write()
      return written.payload
    },
    get covered() {
      written ??= write()
      return written.covered
    },
  }
}

/** The sealed document, parsed from where it stands. Raises a problem of the strict JSON parser. */
export function sealedDocument(seal: SealRead): Json {
  // A payload that is sealed as it stands is at hand as text; in base64url, or beside the seal, it is bytes.
  return parseJson(seal.signatures[0]!.encoded || seal.isDetached ? seal.payload : seal.payloadText)
}
