/** The checks of one signature: that it holds, and that it names the certificate it is checked with. */
import { type Problem, problem } from '@cairn/core'
import { digest, verifySignature } from '#crypto'
import { sealAlgorithms } from '../algorithms.ts'
import { joinBytes, sameBytes, toBase64Url } from '../base64.ts'
import type { SealRead, SignatureRead } from './read-jades.ts'

const ascii = new TextEncoder()

/** The bytes a signature covers (RFC 7515, 5.1; RFC 7797, 3). */
export function signingInput(headerText: string, payload: Uint8Array, encoded: boolean): Uint8Array {
  return joinBytes(ascii.encode(`${headerText}.`), encoded ? ascii.encode(toBase64Url(payload)) : payload)
}

/**
 * Problems of one signature; empty when the bytes are intact under the named certificate. `x5t#S256` binds the header to the certificate
 * (TS 119 182-1, 5.1.7), and one key has one algorithm (R-JOSE-1).
 */
export async function checkSignature(seal: SealRead, signature: SignatureRead): Promise<Problem[]> {
  const leaf = signature.certificates[0]
  if (!leaf) return [problem('seal.certificate-missing', 'The seal brings no certificate of its sealer.')]
  const thumbprint = signature.header['x5t#S256']
  if (thumbprint !== undefined && thumbprint !== toBase64Url(await digest('SHA-256', leaf.der)))
    return [problem('seal.certificate-mismatch', 'The seal names another certificate than the one it brings.')]
  if (thumbprint === undefined && signature.header['x5t#o'] === undefined && signature.header.sigX5ts === undefined)
    return [problem('seal.certificate-mismatch', 'The seal does not bind its certificate (x5t#S256).')]
  const scheme = sealAlgorithms[signature.algorithm]
  const fits =
    scheme.kind === 'ecdsa' ? leaf.curve === scheme.curve : scheme.kind === 'ed25519' ? leaf.keyKind === 'ed25519' : leaf.keyKind === 'rsa'
  if (!fits) return [problem('seal.algorithm-not-accepted', 'The algorithm does not fit the key of the certificate.')]
  const covered = signingInput(signature.headerText, seal.payload, signature.encoded)
  if (await verifySignature(scheme, leaf.spki, covered, signature.signature)) return []
  return [problem('seal.broken', 'The document or its seal was altered after sealing.')]
}

/** True when both signatures were made with the same certificate. */
export function sameSealer(one: SignatureRead, other: SignatureRead): boolean {
  const [a, b] = [one.certificates[0], other.certificates[0]]
  return a !== undefined && b !== undefined && sameBytes(a.der, b.der)
}
