/** Signatures of certificates and revocation lists, each checked once under a key: they are kept objects, so their identity is their name. */
import type { Certificate } from './certificate.ts'
import { checkDerSignature, type SignatureScheme } from './signature-scheme.ts'

const checked = new WeakMap<object, WeakMap<Certificate, boolean>>()

/** Whether what was signed, a certificate or a list, was signed by this authority. */
export async function checkOnce(
  scheme: SignatureScheme,
  authority: Certificate,
  signed: { readonly tbs: Uint8Array; readonly signature: Uint8Array },
): Promise<boolean> {
  const before = checked.get(signed) ?? new WeakMap<Certificate, boolean>()
  checked.set(signed, before)
  const good = before.get(authority) ?? (await checkDerSignature(scheme, authority, signed.tbs, signed.signature))
  before.set(authority, good)
  return good
}
