/** Small signed documents as compact JWS (RFC 7515, 3.1; VC-JOSE-COSE, 3.1): status lists. */
import { type JsonObject, type Problem, ProblemError, parseJson, problem } from '@cairn/core'
import { digest, verifySignature } from '#crypto'
import { isSealAlgorithm, type SealAlgorithm, sealAlgorithms } from '../algorithms.ts'
import { fromBase64Url, toBase64, toBase64Url } from '../base64.ts'
import type { Signer } from '../signer.ts'
import { type Certificate, parseCertificateText } from '../x509/certificate.ts'

/** A compact JWS, read. `payload` is strictly parsed JSON. */
export interface CompactRead {
  readonly type: string
  readonly algorithm: SealAlgorithm
  readonly certificates: readonly Certificate[]
  readonly payload: JsonObject
  readonly input: string
  readonly signature: Uint8Array
  readonly thumbprint: unknown
}

const utf8 = new TextEncoder()
const form = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const largest = 4 * 1024 * 1024

/** Signs a payload as compact JWS with the certificates in `x5c`; `type` becomes `typ`, exact (R-JOSE-5). */
export async function signCompact(payload: string, type: string, signer: Signer): Promise<string> {
  const header = {
    alg: signer.algorithm,
    typ: type,
    x5c: signer.certificates.map(toBase64),
    'x5t#S256': toBase64Url(await digest('SHA-256', signer.certificates[0]!)),
  }
  const input = `${toBase64Url(utf8.encode(JSON.stringify(header)))}.${toBase64Url(utf8.encode(payload))}`
  return `${input}.${toBase64Url(await signer.sign(utf8.encode(input)))}`
}

/** Reads a compact JWS of this type. Raises `seal.malformed`, `seal.algorithm-not-accepted` or a problem of the strict JSON parser. */
export function readCompact(bytes: Uint8Array, type: string): CompactRead {
  const bad = (detail: string): never => {
    throw new ProblemError('seal.malformed', detail)
  }
  if (bytes.length > largest) return bad('The signed document is larger than we read.')
  const text = new TextDecoder('latin1').decode(bytes).replace(/\r?\n$/, '')
  if (!form.test(text)) return bad('This is no compact serialisation.')
  const [headerText, payloadText, signatureText] = text.split('.') as [string, string, string]
  const header = parseJson(fromBase64Url(headerText) ?? bad('The header is no base64url.')) as JsonObject
  const payload = parseJson(fromBase64Url(payloadText) ?? bad('The payload is no base64url.'), { bytes: largest, string: largest })
  const signature = fromBase64Url(signatureText) ?? bad('The signature is no base64url.')
  if (typeof header !== 'object' || header === null || Array.isArray(header)) return bad('The header is no object.')
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return bad('The payload is no object.')
  if (header.typ !== type) return bad('The signed document is of another type.')
  if (!isSealAlgorithm(header.alg))
    throw new ProblemError('seal.algorithm-not-accepted', 'The document names an algorithm that is not accepted.')
  for (const name of ['jwk', 'jku', 'x5u', 'crit'])
    if (header[name] !== undefined) bad(`The header holds ${name}, which has no place here.`)
  const x5c = header.x5c
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > 6) return bad('The header holds one to six certificates.')
  const certificates = x5c.map((each) => (typeof each === 'string' ? parseCertificateText(each) : bad('A certificate is no base64.')))
  return {
    type,
    algorithm: header.alg,
    certificates,
    payload,
    input: `${headerText}.${payloadText}`,
    signature,
    thumbprint: header['x5t#S256'],
  }
}

/** Problems of a compact signature; empty when it holds under the first certificate it brings. */
export async function checkCompact(read: CompactRead): Promise<Problem[]> {
  const leaf = read.certificates[0]!
  if (read.thumbprint !== undefined && read.thumbprint !== toBase64Url(await digest('SHA-256', leaf.der)))
    return [problem('seal.certificate-mismatch', 'The signature names another certificate than the one it brings.')]
  if (await verifySignature(sealAlgorithms[read.algorithm], leaf.spki, utf8.encode(read.input), read.signature)) return []
  return [problem('seal.broken', 'The document was altered after it was signed.')]
}
