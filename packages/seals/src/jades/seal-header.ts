/** The protected header of our seals: JAdES baseline B-B as European Digital Credentials carry it (TS 119 182-1, 6.3). */
import { digest } from '#crypto'
import type { SealAlgorithm } from '../algorithms.ts'
import { toBase64, toBase64Url } from '../base64.ts'
import { context, tags } from '../der/read-der.ts'
import { derElement } from '../der/write-der.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'

/** What a header depends on. `at` is RFC 3339; the seal tells it in whole seconds. */
export interface SealHeaderContent {
  certificates: readonly Uint8Array[]
  algorithm: SealAlgorithm
  at: string
}

/** `kid`: issuer and serial number of the certificate as DER IssuerSerial, base64 (TS 119 182-1, 5.1.4). */
function issuerSerial(leaf: Certificate): string {
  const names = derElement(tags.sequence, derElement(context(4), leaf.issuerDer))
  const serial = new Uint8Array(leaf.serial.match(/../g)!.map((pair) => Number.parseInt(pair, 16)))
  return toBase64(derElement(tags.sequence, names, derElement(tags.integer, serial)))
}

interface Shared {
  kid: string
  thumbprint: string
  x5c: string[]
}
const shared = new WeakMap<readonly Uint8Array[], Shared>()

async function sharedBy(certificates: readonly Uint8Array[]): Promise<Shared> {
  const before = shared.get(certificates)
  if (before) return before
  const leaf = parseCertificate(certificates[0]!)
  const thumbprint = toBase64Url(await digest('SHA-256', leaf.der))
  const made = { kid: issuerSerial(leaf), thumbprint, x5c: certificates.map(toBase64) }
  shared.set(certificates, made)
  return made
}

/** From this moment on seals tell their time in `iat`; before it in `sigT`, which TS 119 182-1 v1.2.1, 5.1.11 and 5.2.1 retire. Never in both. */
const toldInIatFrom = Date.UTC(2025, 6, 15)

let last: { certificates: readonly Uint8Array[]; algorithm: SealAlgorithm; seconds: number; text: string } | undefined

/**
 * The header as base64url. The time of sealing is the member that the standard asks for at that time. The last header is kept: a batch sealed
 * within one second has the same.
 */
export async function sealHeader({ certificates, algorithm, at }: SealHeaderContent): Promise<string> {
  const seconds = Math.floor(Date.parse(at) / 1000)
  if (last?.certificates === certificates && last.algorithm === algorithm && last.seconds === seconds) return last.text
  const { kid, thumbprint, x5c } = await sharedBy(certificates)
  const header = {
    alg: algorithm,
    cty: 'octet-stream',
    kid,
    'x5t#S256': thumbprint,
    x5c,
    typ: 'jose+json',
    b64: false,
    ...(seconds * 1000 >= toldInIatFrom
      ? { iat: seconds, crit: ['b64'] }
      : { sigT: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`, crit: ['b64', 'sigT'] }),
  }
  const text = toBase64Url(new TextEncoder().encode(JSON.stringify(header)))
  last = { certificates, algorithm, seconds, text }
  return text
}
