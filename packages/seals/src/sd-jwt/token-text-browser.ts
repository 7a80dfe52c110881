/** Base64url and digests of the texts that tokens are made of, in a browser: audited JavaScript, because WebCrypto answers later only. */
import { ProblemError } from '@cairn/core'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { Hash } from '../algorithms.ts'
import { fromBase64Url, toBase64Url } from '../base64.ts'

const hashes: Record<Hash, (bytes: Uint8Array) => Uint8Array> = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 }
const utf8 = new TextEncoder()

/** A text in UTF-8, as base64url without padding. */
export function encodeText(text: string): string {
  return toBase64Url(utf8.encode(text))
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text that base64url stands for; `undefined` when it is no base64url. Raises `json.not-utf8` for bytes that are no text. */
export function readText(text: string): string | undefined {
  const bytes = fromBase64Url(text)
  try {
    return bytes && strict.decode(bytes)
  } catch {
    throw new ProblemError('json.not-utf8', 'Some bytes are not UTF-8.', '')
  }
}

/** The digest of a text, as base64url. */
export function digestText(algorithm: Hash, text: string): string {
  return toBase64Url(hashes[algorithm](utf8.encode(text)))
}
