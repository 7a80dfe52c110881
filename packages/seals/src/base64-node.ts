/** Base64 by the platform. What it reads leniently is written again and compared: base64 has one writing for each byte string (R-JOSE-4). */

function decode(text: string, alphabet: 'base64' | 'base64url'): Uint8Array | undefined {
  const bytes = Buffer.from(text, alphabet)
  return bytes.toString(alphabet) === text ? ownBytes(bytes) : undefined
}

/** Short ones lie in a run that many share, which would go along wherever one of them is sent. */
const ownBytes = (bytes: Buffer) => (bytes.buffer.byteLength === bytes.length ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes))

const viewOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)

/** Base64url without padding to bytes; `undefined` when the text is not exactly that. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  return decode(text, 'base64url')
}

/** Bytes to base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return viewOf(bytes).toString('base64url')
}

/** Padded base64 to bytes; `undefined` when the text is not exactly that. */
export function fromBase64(text: string): Uint8Array | undefined {
  return decode(text, 'base64')
}

/** Bytes to padded base64. */
export function toBase64(bytes: Uint8Array): string {
  return viewOf(bytes).toString('base64')
}
