/** The did:key of a public key, for registries that name keys and no certificates (did:key method; multicodec). */
import type { Certificate } from '@cairn/seals'

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

function base58(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let text = ''
  for (; value > 0n; value /= 58n) text = alphabet[Number(value % 58n)]! + text
  for (const byte of bytes) {
    if (byte !== 0) break
    text = `1${text}`
  }
  return text
}

/** `did:key:z…` of an Ed25519, P-256 or P-384 key; `undefined` for other kinds. */
export function didKeyOf({ spki, keyKind, curve }: Certificate): string | undefined {
  if (keyKind === 'ed25519') return `did:key:z${base58(new Uint8Array([0xed, 0x01, ...spki.subarray(-32)]))}`
  const size = curve === 'P-256' ? 32 : curve === 'P-384' ? 48 : undefined
  if (keyKind !== 'ec' || !size) return undefined
  const point = spki.subarray(-2 * size)
  const prefix = size === 32 ? [0x80, 0x24] : [0x81, 0x24]
  return `did:key:z${base58(new Uint8Array([...prefix, (point.at(-1)! & 1) + 2, ...point.subarray(0, size)]))}`
}
