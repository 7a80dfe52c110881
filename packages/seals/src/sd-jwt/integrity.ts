/** Integrity metadata of a referenced document (W3C Subresource Integrity, as SD-JWT VC uses it). */
import { digest } from '#crypto'
import type { Hash } from '../algorithms.ts'
import { fromBase64, sameBytes, toBase64 } from '../base64.ts'

const hashes: Readonly<Record<string, Hash>> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }

/** `sha256-…` over the very bytes that are published. */
export async function integrityOf(bytes: Uint8Array): Promise<string> {
  return `sha256-${toBase64(await digest('SHA-256', bytes))}`
}

/** True when the bytes are those that the integrity metadata means: one of the hashes of the strongest kind that is known. Nothing known is false. */
export async function hasIntegrity(bytes: Uint8Array, integrity: string): Promise<boolean> {
  const known = integrity
    .trim()
    .split(/\s+/)
    .flatMap((each) => {
      const [, name, value] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(each) ?? []
      const hash = name && value ? fromBase64(value) : undefined
      return name && hash ? [{ name, hash }] : []
    })
  const strongest = known
    .map(({ name }) => name)
    .sort()
    .at(-1)
  if (strongest === undefined) return false
  const own = await digest(hashes[strongest]!, bytes)
  return known.some(({ name, hash }) => name === strongest && sameBytes(own, hash))
}
