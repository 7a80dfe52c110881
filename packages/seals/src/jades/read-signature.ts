/** One signature of a seal, read from its protected header on (RFC 7515, 4; TS 119 182-1, 5.1 and 5.2). */
import { isPlainDate, type Json, type JsonObject, ProblemError, parseJson } from '@cairn/core'
import { isSealAlgorithm, type SealAlgorithm } from '../algorithms.ts'
import { fromBase64Url } from '../base64.ts'
import { type Certificate, parseCertificateText } from '../x509/certificate.ts'
import { type DetachedReferences, readReferences } from './detached.ts'
import { bad, objectOf } from './members.ts'
import { readUnsigned, type Unsigned } from './unsigned.ts'

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
  /** Unsigned properties, in their order. */
  readonly unsigned: readonly Unsigned[]
  /** What lies beside the seal and is covered by it (`sigD`); `undefined` when there is no such member. */
  readonly references: DetachedReferences | undefined
}

const mostCertificates = 6
/** Members of `crit` that are understood (RFC 7797; TS 119 182-1, 5.1 and 5.2). */
const understood = new Set(['b64', 'sigT', 'iat', 'adoTst', 'sigPId', 'srCms', 'srAts', 'sigPl', 'sigD', 'x5t#o', 'sigX5ts'])
/** Members that change what is signed: a reader that does not know them would check something else (RFC 7797, 6; TS 119 182-1, 5.2.8). */
const mustBeCritical = ['b64', 'sigD']
const types = new Set(['jose', 'jose+json', 'application/jose', 'application/jose+json'])

/** Reads one signature from the texts of the file. Raises what {@link ./read-jades.ts} says. */
export function readSignature(headerText: string, signatureText: string, header: Json | undefined, pointer: string): SignatureRead {
  const headerBytes = fromBase64Url(headerText) ?? bad('The protected header is no base64url.', `${pointer}/protected`)
  const signature = fromBase64Url(signatureText) ?? bad('The signature is no base64url.', `${pointer}/signature`)
  const protectedHeader = objectOf(parseJson(headerBytes), `${pointer}/protected`)
  const where = `${pointer}/protected`
  const algorithm = protectedHeader.alg
  if (!isSealAlgorithm(algorithm))
    throw new ProblemError('seal.algorithm-not-accepted', 'The seal names an algorithm that is not accepted.', `${where}/alg`)
  for (const name of ['jwk', 'jku', 'x5u'])
    if (protectedHeader[name] !== undefined) bad(`A seal does not bring its key in ${name} (R-JOSE-2).`, `${where}/${name}`)
  const { typ } = protectedHeader
  if (typ !== undefined && !(typeof typ === 'string' && types.has(typ.toLowerCase())))
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
    references: readReferences(protectedHeader.sigD, `${where}/sigD`),
  }
}

function checkCritical(header: JsonObject, where: string): void {
  const crit = header.crit
  if (header.b64 !== undefined && typeof header.b64 !== 'boolean') bad('b64 is true or false.', `${where}/b64`)
  if (crit === undefined) {
    for (const name of mustBeCritical) if (header[name] !== undefined) bad(`${name} must be named in crit.`, `${where}/${name}`)
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
  for (const name of mustBeCritical)
    if (header[name] !== undefined && !seen.has(name)) bad(`${name} must be named in crit.`, `${where}/${name}`)
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
