/** Base64 where the platform has none that is strict: a browser. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const standard = `${letters}+/`
const urlSafe = `${letters}-_`
const table = (alphabet: string) => {
  const values = new Int8Array(128).fill(-1)
  for (let index = 0; index < 64; index++) values[alphabet.charCodeAt(index)] = index
  return values
}
const fromStandard = table(standard)
const fromUrlSafe = table(urlSafe)

function decode(text: string, values: Int8Array): Uint8Array | undefined {
  const rest = text.length % 4
  if (rest === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  let bits = 0
  let held = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const value = code < 128 ? values[code]! : -1
    if (value < 0) return undefined
    held = (held << 6) | value
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
      held &= (1 << bits) - 1
    }
  }
  return held === 0 ? bytes : undefined
}

const latin = new TextDecoder('latin1')
const codes = (alphabet: string) => Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0))
const toStandard = codes(standard)
const toUrlSafe = codes(urlSafe)

/** Written as bytes and decoded once: a text put together letter by letter is slow to look up afterwards. */
function encode(bytes: Uint8Array, alphabet: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  let at = 0
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index
    const group = (bytes[index]! << 16) | ((left > 1 ? bytes[index + 1]! : 0) << 8) | (left > 2 ? bytes[index + 2]! : 0)
    text[at++] = alphabet[group >> 18]!
    text[at++] = alphabet[(group >> 12) & 63]!
    if (left > 1) text[at++] = alphabet[(group >> 6) & 63]!
    if (left > 2) text[at++] = alphabet[group & 63]!
  }
  return latin.decode(text)
}

/** Base64url without padding to bytes; `undefined` when the text is not exactly that. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  return decode(text, fromUrlSafe)
}

/** Bytes to base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, toUrlSafe)
}

/** Padded base64 to bytes; `undefined` when the text is not exactly that. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  return decode(text.endsWith('==') ? text.slice(0, -2) : text.endsWith('=') ? text.slice(0, -1) : text, fromStandard)
}

/** Bytes to padded base64. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, toStandard)
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}
