/** RC2 in CBC mode, decryption alone (RFC 2268): old PKCS#12 files hide their certificates with it, and today's OpenSSL no longer offers it. */

/** PITABLE of RFC 2268, 2: a permutation of the bytes made from the digits of pi. */
const table = Buffer.from(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb6266fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
  'hex',
)

/** Decrypts whole blocks and takes the padding off; `undefined` when the padding is none, as after a wrong passphrase. */
export function decryptRc2(key: Uint8Array, iv: Uint8Array, text: Uint8Array): Uint8Array | undefined {
  if (text.length === 0 || text.length % 8 !== 0 || iv.length !== 8) return undefined
  const words = expand(key)
  const out = new Uint8Array(text.length)
  let before = iv
  for (let at = 0; at < text.length; at += 8) {
    const block = text.subarray(at, at + 8)
    out.set(
      decryptBlock(words, block).map((byte, n) => byte ^ before[n]!),
      at,
    )
    before = block
  }
  const padding = out[out.length - 1]!
  if (padding < 1 || padding > 8 || out.subarray(-padding).some((byte) => byte !== padding)) return undefined
  return out.subarray(0, -padding)
}

/** The 64 round keys; the effective length is the key's own. */
function expand(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128)
  bytes.set(key)
  for (let n = key.length; n < 128; n++) bytes[n] = table[(bytes[n - 1]! + bytes[n - key.length]!) & 0xff]!
  const from = 128 - key.length
  bytes[from] = table[bytes[from]!]!
  for (let n = from - 1; n >= 0; n--) bytes[n] = table[bytes[n + 1]! ^ bytes[n + key.length]!]!
  return Uint16Array.from({ length: 64 }, (_, n) => bytes[2 * n]! | (bytes[2 * n + 1]! << 8))
}

const shifts = [1, 2, 3, 5]

function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, n) => block[2 * n]! | (block[2 * n + 1]! << 8))
  let next = 63
  const mix = (rounds: number) => {
    for (let round = 0; round < rounds; round++)
      for (let n = 3; n >= 0; n--) {
        const shift = shifts[n]!
        const value = ((r[n]! >>> shift) | (r[n]! << (16 - shift))) & 0xffff
        const [a, b, c] = [r[(n + 1) & 3]!, r[(n + 2) & 3]!, r[(n + 3) & 3]!]
        r[n] = value - words[next--]! - (c & b) - (~c & a)
      }
  }
  const mash = () => {
    for (let n = 3; n >= 0; n--) r[n] = r[n]! - words[r[(n + 3) & 3]! & 63]!
  }
  mix(5)
  mash()
  mix(6)
  mash()
  mix(5)
  return Uint8Array.from({ length: 8 }, (_, n) => (n % 2 ? r[n >> 1]! >>> 8 : r[n >> 1]! & 0xff))
}
