/** Base64url and digests of the texts that tokens are made of, on Node: OpenSSL and the platform's own coding, at once. */
import { hash } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import type { Hash } from '../algorithms.ts'

const names: Record<Hash, string> = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' }

/** A text in UTF-8, as base64url without padding. */
export function encodeText(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url')
}

/** The text that base64url stands for; `undefined` when it is no base64url. Raises `json.not-utf8` for bytes that are no text. */
export function readText(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return undefined
  const read = bytes.toString('utf8')
  // What is no UTF-8 was read as a sign of replacement, and is written differently; a text without one needs no second look.
  if (read.includes('\ufffd') && !bytes.equals(Buffer.from(read, 'utf8')))
    throw new ProblemError('json.not-utf8', 'Some bytes are not UTF-8.', '')
  return read
}

/** The digest of a text, as base64url. */
export function digestText(algorithm: Hash, text: string): string {
  return hash(names[algorithm], text, 'base64url')
}
