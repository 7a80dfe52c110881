/**
 * SHA-1 (FIPS 180-4, 6.1) for the names that OCSP gives to keys and issuers, and nothing else. It is not in the port of cryptography, so that no
 * signature and no digest of content can come to rest on it.
 */

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by))

/** The 20 bytes by which OCSP names a key or an issuer. */
export function sha1Name(bytes: Uint8Array): Uint8Array {
  const length = (((bytes.length + 8) >> 6) + 1) << 6
  const padded = new Uint8Array(length)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(length - 4, bytes.length << 3)
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const w = new Int32Array(80)
  for (let block = 0; block < length; block += 64) {
    for (let t = 0; t < 80; t++) w[t] = t < 16 ? view.getInt32(block + 4 * t) : rotate(w[t - 3]! ^ w[t - 8]! ^ w[t - 14]! ^ w[t - 16]!, 1)
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4]
    for (let t = 0; t < 80; t++) {
      const [f, k] =
        t < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : t < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : t < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6]
      const next = (rotate(a, 5) + f + e + k + w[t]!) | 0
      e = d
      d = c
      c = rotate(b, 30)
      b = a
      a = next
    }
    h0 = (h0 + a) | 0
    h1 = (h1 + b) | 0
    h2 = (h2 + c) | 0
    h3 = (h3 + d) | 0
    h4 = (h4 + e) | 0
  }
  const name = new Uint8Array(20)
  const out = new DataView(name.buffer)
  for (const [index, word] of [h0, h1, h2, h3, h4].entries()) out.setInt32(4 * index, word)
  return name
}
