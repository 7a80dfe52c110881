/** The checks of one signature: that it holds, and that it names the certificate it is checked with. */
import { type JsonObject, joinBytes, type Problem, problem } from '@cairn/core'
import { digest, verifySignature } from '#crypto'
import { type Hash, sealAlgorithms } from '../algorithms.ts'
import { sameBytes, toBase64Url } from '../base64.ts'
import type { Certificate } from '../x509/certificate.ts'
import { detachedProblem, payloadInput } from './detached.ts'
import type { SealRead } from './read-jades.ts'
import type { SignatureRead } from './read-signature.ts'

const ascii = new TextEncoder()

/** The bytes a signature covers (RFC 7515, 5.1; RFC 7797, 3): `payload` is what stands for the payload, encoded where it has to be. */
export function signingInput(headerText: string, payload: Uint8Array): Uint8Array {
  return joinBytes(ascii.encode(`${headerText}.`), payload)
}

/**
 * Problems of one signature; empty when the bytes are intact under the named certificate. `x5t#S256` binds the header to the certificate
 * (TS 119 182-1, 5.1.7), and one key has one algorithm (R-JOSE-1).
 */
export async function checkSignature(seal: SealRead, signature: SignatureRead): Promise<Problem[]> {
  const leaf = signature.certificates[0]
  if (!leaf) return [problem('seal.certificate-missing', 'The seal brings no certificate of its sealer.')]
  const unbound = await bindingProblem(signature, leaf)
  if (unbound) return [unbound]
  const scheme = sealAlgorithms[signature.algorithm]
  const fits =
    scheme.kind === 'ecdsa' ? leaf.curve === scheme.curve : scheme.kind === 'ed25519' ? leaf.keyKind === 'ed25519' : leaf.keyKind === 'rsa'
  if (!fits) return [problem('seal.algorithm-not-accepted', 'The algorithm does not fit the key of the certificate.')]
  const input = coveredBy(seal, signature)
  if (input && !(await verifySignature(scheme, leaf.spki, input, signature.signature)))
    return [problem('seal.broken', `The signature (${signature.algorithm}) was made over other bytes, or with another key.`)]
  const beside = await detachedProblem(seal, signature)
  return beside ? [beside] : []
}

/** What a signature covers; `undefined` when that is not at hand. */
function coveredBy(seal: SealRead, signature: SignatureRead): Uint8Array | undefined {
  if (seal.covered && signature === seal.signatures[0]) return seal.covered
  const payload = payloadInput(seal, signature, 'signature')
  return payload && signingInput(signature.headerText, payload)
}

/** Digests by their names in `x5t#o` and `sigX5ts` (TS 119 182-1, 5.1.7). */
const digestNames: Record<string, Hash> = { S256: 'SHA-256', S384: 'SHA-384', S512: 'SHA-512' }

/** Every reference to the certificate in the header must fit the certificate that comes with it, and there must be one. */
async function bindingProblem({ header }: SignatureRead, leaf: Certificate): Promise<Problem | undefined> {
  const other = problem('seal.certificate-mismatch', 'The seal names another certificate than the one it brings.')
  const thumbprint = header['x5t#S256']
  if (thumbprint !== undefined && thumbprint !== toBase64Url(await digest('SHA-256', leaf.der))) return other
  const [first] = Array.isArray(header.sigX5ts) ? header.sigX5ts : [header.sigX5ts]
  const references = [header['x5t#o'], first].filter((each) => each !== undefined)
  for (const reference of references) {
    const { digAlg, digVal } = (typeof reference === 'object' && reference !== null ? reference : {}) as JsonObject
    const hash = typeof digAlg === 'string' && Object.hasOwn(digestNames, digAlg) ? digestNames[digAlg] : undefined
    if (!hash || digVal !== toBase64Url(await digest(hash, leaf.der))) return other
  }
  if (thumbprint === undefined && references.length === 0)
    return problem('seal.certificate-mismatch', 'The seal does not bind its certificate (x5t#S256).')
  return undefined
}

/** True when both signatures were made with the same certificate. */
export function sameSealer(one: SignatureRead, other: SignatureRead): boolean {
  const [a, b] = [one.certificates[0], other.certificates[0]]
  return a !== undefined && b !== undefined && sameBytes(a.der, b.der)
}
