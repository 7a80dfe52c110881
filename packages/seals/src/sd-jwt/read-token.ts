/** A compact JWS in its parts, read strictly: the one reader for SD-JWT, KB-JWT, VC-JWT and status list tokens (R-JOSE-1, 2, 4, 5). */
import { isObject, type JsonObject, keepLast, ProblemError, parseJson } from '@cairn/core'
import { verifySignature } from '#crypto'
import { readText } from '#token-text'
import { curveBytes, sealAlgorithms } from '../algorithms.ts'
import { fromBase64Url } from '../base64.ts'
import { type PublicKey, tokenAlgorithm } from '../vc-jose/jwk.ts'
import { parseCertificateText } from '../x509/certificate.ts'
import { sdJwtLimits, type TokenRead } from './sd-jwt.ts'

const utf8 = new TextEncoder()

const bad = (detail: string): never => {
  throw new ProblemError('seal.malformed', detail)
}

/**
 * Reads a compact JWS whose `typ` is one of `types`, letter by letter. `largest` is what its payload may have in bytes.
 * Raises `seal.malformed`, `seal.algorithm-not-accepted`, `certificate.malformed`, or what the strict JSON parser finds.
 */
export function readToken(text: string, types: readonly string[], largest: number = sdJwtLimits.bytes): TokenRead {
  // What is no base64url in its one form is refused part by part below.
  const parts = text.split('.')
  if (parts.length !== 3 || parts.includes('')) return bad('This is no compact serialisation.')
  const [headerText, payloadText, signatureText] = parts as [string, string, string]
  const header = readHeader(headerText)
  if (!types.includes(header.type)) return bad('The token is of another type than is read here.')
  const signature = fromBase64Url(signatureText) ?? bad('The signature is no base64url.')
  const scheme = sealAlgorithms[header.algorithm]
  if (signature.length !== (scheme.kind === 'ecdsa' ? 2 * curveBytes[scheme.curve] : 64)) bad('The signature is not of its full length.')
  return {
    ...header,
    payload: objectOf(payloadText, 'payload', largest),
    input: text.slice(0, headerText.length + 1 + payloadText.length),
    signature,
  }
}

type HeaderRead = Pick<TokenRead, 'type' | 'algorithm' | 'header' | 'kid' | 'certificates'>

/** Headers read before: everything that an issuer signs begins with the same one. */
const headers = new Map<string, HeaderRead>()
const keptAtMost = 200
const longestKept = 16 * 1024

function readHeader(text: string): HeaderRead {
  const known = headers.get(text)
  if (known) return known
  const header = objectOf(text, 'header', 64 * 1024)
  const { typ, alg, kid, x5c } = header
  if (typeof typ !== 'string') return bad('The token does not say its type.')
  const algorithm = tokenAlgorithm(alg)
  if (!algorithm) throw new ProblemError('seal.algorithm-not-accepted', 'The token names an algorithm that is not accepted.')
  for (const name of ['jwk', 'jku', 'x5u', 'crit', 'b64'])
    if (header[name] !== undefined) bad(`The header holds ${name}, which has no place here.`)
  if (kid !== undefined && typeof kid !== 'string') bad('The name of the key is no text.')
  const read = {
    type: typ,
    algorithm,
    header,
    ...(typeof kid === 'string' ? { kid } : {}),
    certificates: x5c === undefined ? [] : certificatesOf(x5c),
  }
  if (text.length > longestKept) return read
  // A copy: a part of a long text would keep the whole of it.
  return keepLast(headers, JSON.parse(JSON.stringify(text)), read, keptAtMost)
}

function objectOf(text: string, what: string, largest: number): JsonObject {
  const value = parseJson(readText(text) ?? bad(`The ${what} is no base64url.`), { bytes: largest, string: largest })
  return isObject(value) ? value : bad(`The ${what} is no object.`)
}

function certificatesOf(x5c: JsonObject[string]) {
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > 6) return bad('The header holds one to six certificates, or none.')
  return x5c.map((each) => (typeof each === 'string' ? parseCertificateText(each) : bad('A certificate is no base64.')))
}

/** True when the token was signed by this key, under the algorithm that it names and the key is for. */
export async function isSignedBy(token: TokenRead, key: Pick<PublicKey, 'algorithm' | 'spki'>): Promise<boolean> {
  return key.algorithm === token.algorithm && isSignedWith(token, key.spki)
}

/** The same for a key given as SubjectPublicKeyInfo, such as a certificate's: a key of another kind than the algorithm gives false. */
export async function isSignedWith(token: TokenRead, spki: Uint8Array): Promise<boolean> {
  return verifySignature(sealAlgorithms[token.algorithm], spki, utf8.encode(token.input), token.signature)
}
