/** The port in a browser: WebCrypto, and where a page is in no secure context and has none, code in JavaScript that is loaded only then. */
import { curveBytes, type Hash, type Scheme } from '../algorithms.ts'
import { rsaBits } from './rsa.ts'

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

export async function digest(hash: Hash, bytes: Uint8Array): Promise<Uint8Array> {
  if (globalThis.crypto?.subtle) return new Uint8Array(await crypto.subtle.digest(hash, own(bytes)))
  return (await import('./plain.ts')).digest(hash, bytes)
}

export async function verifySignature(scheme: Scheme, spki: Uint8Array, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const plain = async () => (await import('./plain.ts')).verifySignature(scheme, spki, bytes, signature)
  try {
    if (!globalThis.crypto?.subtle) return await plain()
    const { key, how } = forWebCrypto(scheme)
    if (scheme.kind === 'ecdsa' && signature.length !== 2 * curveBytes[scheme.curve]) return false
    if (scheme.kind.startsWith('rsa') && !(rsaBits(spki) >= 2048 && rsaBits(spki) <= 4096)) return false
    const imported = await crypto.subtle.importKey('spki', own(spki), key, false, ['verify'])
    return await crypto.subtle.verify(how, imported, own(signature), own(bytes))
  } catch (error) {
    // A browser that does not know Ed25519 says NotSupportedError; every other error means that key or signature is not well-formed.
    return error instanceof Error && error.name === 'NotSupportedError' ? plain() : false
  }
}

function forWebCrypto(scheme: Scheme): {
  key: RsaHashedImportParams | EcKeyImportParams | Algorithm
  how: RsaPssParams | EcdsaParams | Algorithm
} {
  switch (scheme.kind) {
    case 'ed25519':
      return { key: { name: 'Ed25519' }, how: { name: 'Ed25519' } }
    case 'ecdsa':
      return { key: { name: 'ECDSA', namedCurve: scheme.curve }, how: { name: 'ECDSA', hash: scheme.hash } }
    case 'rsa-pkcs1':
      return { key: { name: 'RSASSA-PKCS1-v1_5', hash: scheme.hash }, how: { name: 'RSASSA-PKCS1-v1_5' } }
    case 'rsa-pss':
      return { key: { name: 'RSA-PSS', hash: scheme.hash }, how: { name: 'RSA-PSS', saltLength: Number(scheme.hash.slice(4)) / 8 } }
  }
}
