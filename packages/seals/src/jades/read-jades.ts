/**
 * Reading a JAdES seal (ETSI TS 119 182-1; RFC 7515, 7797) in any serialisation, strictly and once: what is not understood is refused here, and
 * code below trusts what this gives.
 */
import { isPlainDate, type Json, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { isSealAlgorithm, type SealAlgorithm } from '../algorithms.ts'
import { fromBase64Url } from '../base64.ts'
import { type Certificate, parseCertificateText } from '../x509/certificate.ts'

/** One signature of a seal. `headerText` and `signatureText` are base64url as they stand in the file: imprints are made of them. */
export interface SignatureRead {
  readonly headerText: string
  readonly header: JsonObject
  readonly algorithm: SealAlgorithm
  readonly signatureText: string
  readonly signature: Uint8Array
  /** False when the payload is signed as it is (`b64: false`). */
  readonly encoded: boolean
  /** Certificates of `x5c`, leaf first. */
  readonly certificates: readonly Certificate[]
  /** Claimed time of signing from `sigT` or `iat`, RFC 3339; a claim of the sealer, no proof. */
  readonly claimedAt: string | undefined
  /** Unsigned properties: each as its text in the file (base64url form) or as clear JSON. */
  readonly unsigned: readonly { text?: string; value: JsonObject }[]
}

/** A seal, read. `payload` is the sealed document's text; `payloadText` is the member as it stood in the file. */
export interface SealRead {
  readonly serialisation: 'general' | 'flattened' | 'compact'
  readonly payloadText: string
  readonly payload: Uint8Array
  readonly signatures: readonly SignatureRead[]
}

const largestEnvelope = 1024 * 1024
const mostSignatures = 8
const mostCertificates = 6
/** Members of `crit` that are understood (RFC 7797; TS 119 182-1, 5.1). */
const understood = new Set(['b64', 'sigT', 'adoTst', 'sigPId', 'srCms', 'srAts', 'sigPl', 'x5t#o', 'sigX5ts'])
const compactForm = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/
const types = new Set(['jose', 'jose+json', 'application/jose', 'application/jose+json'])
const utf8 = new TextEncoder()

const bad = (detail: string, pointer?: string): never => {
  throw new ProblemError('seal.malformed', detail, pointer)
}

/** Reads a seal. Raises `seal.malformed` or a problem of the strict JSON parser. */
export function readJades(bytes: Uint8Array): SealRead {
  if (bytes.length > largestEnvelope) throw new ProblemError('json.too-large', `The file has more than ${largestEnvelope} bytes.`)
  if (bytes[0] === 0x7b || bytes[0] === 0x20 || bytes[0] === 0x0a || bytes[0] === 0x0d || bytes[0] === 0x09)
    return readSerialised(parseJson(bytes, { long: ['payload'] }))
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/\r?\n$/, '')
  if (!compactForm.test(text)) return bad('This is neither a JSON nor a compact serialisation of a seal.')
  const [protectedText, payloadText, signatureText] = text.split('.') as [string, string, string]
  const signature = readSignature(protectedText, signatureText, undefined, '')
  return { serialisation: 'compact', payloadText, payload: payloadOf(payloadText, [signature]), signatures: [signature] }
}

function readSerialised(document: Json): SealRead {
  const envelope = objectOf(document, '')
  const payloadText = textOf(envelope.payload, '/payload')
  if (envelope.signatures === undefined) {
    only(envelope, ['payload', 'protected', 'header', 'signature'], '')
    const signature = readSignature(textOf(envelope.protected, '/protected'), textOf(envelope.signature, '/signature'), envelope.header, '')
    return { serialisation: 'flattened', payloadText, payload: payloadOf(payloadText, [signature]), signatures: [signature] }
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
  return { serialisation: 'general', payloadText, payload: payloadOf(payloadText, signatures), signatures }
}

function payloadOf(text: string, signatures: readonly SignatureRead[]): Uint8Array {
  const encoded = signatures[0]!.encoded
  if (signatures.some((each) => each.encoded !== encoded))
    return bad('The signatures disagree on how the payload is encoded (RFC 7797, 3).', '/payload')
  return encoded ? (fromBase64Url(text) ?? bad('The payload is no base64url.', '/payload')) : utf8.encode(text)
}

function readSignature(headerText: string, signatureText: string, header: Json | undefined, pointer: string): SignatureRead {
  const headerBytes = fromBase64Url(headerText) ?? bad('The protected header is no base64url.', `${pointer}/protected`)
  const signature = fromBase64Url(signatureText) ?? bad('The signature is no base64url.', `${pointer}/signature`)
  const protectedHeader = objectOf(parseJson(headerBytes), `${pointer}/protected`)
  const where = `${pointer}/protected`
  const algorithm = protectedHeader.alg
  if (!isSealAlgorithm(algorithm))
    throw new ProblemError('seal.algorithm-not-accepted', 'The seal names an algorithm that is not accepted.', `${where}/alg`)
  for (const name of ['jwk', 'jku', 'x5u'])
    if (protectedHeader[name] !== undefined) bad(`A seal does not bring its key in ${name} (R-JOSE-2).`, `${where}/${name}`)
  if (protectedHeader.typ !== undefined && !types.has(String(protectedHeader.typ).toLowerCase()))
    bad('The type of the seal is not that of a seal.', `${where}/typ`)
  checkCritical(protectedHeader, where)
  const unprotected = header === undefined ? undefined : objectOf(header, `${pointer}/header`)
  for (const name of Object.keys(unprotected ?? {}))
    if (name !== 'etsiU') bad('An unprotected header holds etsiU alone.', `${pointer}/header/${name}`)
  return {
    headerText,
    header: protectedHeader,
    algorithm,
    signatureText,
    signature,
    encoded: protectedHeader.b64 !== false,
    certificates: readCertificates(protectedHeader.x5c, `${where}/x5c`),
    claimedAt: claimedTime(protectedHeader, where),
    unsigned: readUnsigned(unprotected?.etsiU, `${pointer}/header/etsiU`),
  }
}

function checkCritical(header: JsonObject, where: string): void {
  const crit = header.crit
  if (header.b64 !== undefined && typeof header.b64 !== 'boolean') bad('b64 is true or false.', `${where}/b64`)
  if (crit === undefined) {
    if (header.b64 !== undefined) bad('b64 must be named in crit (RFC 7797, 6).', `${where}/b64`)
    return
  }
  if (!Array.isArray(crit) || crit.length === 0)
    throw new ProblemError('seal.malformed', 'crit is a list that is not empty (RFC 7515, 4.1.11).', `${where}/crit`)
  const seen = new Set<string>()
  for (const [index, name] of crit.entries()) {
    if (typeof name !== 'string' || !understood.has(name))
      throw new ProblemError('seal.critical-unknown', 'The seal demands something that we do not understand.', `${where}/crit/${index}`)
    if (seen.has(name) || header[name] === undefined)
      bad('crit names each member once, and only members that are there.', `${where}/crit/${index}`)
    seen.add(name)
  }
  if (header.b64 !== undefined && !seen.has('b64')) bad('b64 must be named in crit (RFC 7797, 6).', `${where}/b64`)
}

function readCertificates(x5c: Json | undefined, where: string): Certificate[] {
  if (x5c === undefined) return []
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > mostCertificates)
    return bad(`x5c holds one to ${mostCertificates} certificates.`, where)
  return x5c.map((each, index) => {
    return typeof each === 'string' ? parseCertificateText(each) : bad('A certificate is no base64.', `${where}/${index}`)
  })
}

function claimedTime(header: JsonObject, where: string): string | undefined {
  const { sigT, iat } = header
  if (sigT !== undefined && iat !== undefined) return bad('A seal tells its time once: sigT or iat (TS 119 182-1, 5.1.11).', `${where}/iat`)
  if (iat !== undefined)
    return typeof iat === 'number' && Number.isInteger(iat) && iat >= 0 && iat < 253_402_300_800
      ? new Date(iat * 1000).toISOString().replace('.000Z', 'Z')
      : bad('iat is a whole number of seconds.', `${where}/iat`)
  if (sigT === undefined) return undefined
  return typeof sigT === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(sigT) &&
    isPlainDate(sigT.slice(0, 10)) &&
    !Number.isNaN(Date.parse(sigT))
    ? sigT
    : bad('sigT is a moment in UTC.', `${where}/sigT`)
}

function readUnsigned(etsiU: Json | undefined, where: string): SignatureRead['unsigned'] {
  if (etsiU === undefined) return []
  if (!Array.isArray(etsiU) || etsiU.length === 0 || etsiU.length > 64) return bad('etsiU is a list that is not empty.', where)
  return etsiU.map((each, index) => {
    if (typeof each !== 'string') return { value: objectOf(each, `${where}/${index}`) }
    const bytes = fromBase64Url(each) ?? bad('An unsigned property is no base64url.', `${where}/${index}`)
    return { text: each, value: objectOf(parseJson(bytes), `${where}/${index}`) }
  })
}

function objectOf(value: Json | undefined, pointer: string): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return bad('An object was expected.', pointer)
  return value
}
function textOf(value: Json | undefined, pointer: string): string {
  return typeof value === 'string' ? value : bad('A text was expected.', pointer)
}
function only(members: JsonObject, names: readonly string[], pointer: string): void {
  for (const name of Object.keys(members)) if (!names.includes(name)) bad('A member does not belong here.', `${pointer}/${name}`)
}
