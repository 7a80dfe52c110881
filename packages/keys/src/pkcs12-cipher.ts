/** Passphrase-based encryption and integrity of PKCS#12 (RFC 7292, appendices B and C; RFC 8018; RFC 9579). */
import { createDecipheriv, createHash, createHmac, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto'
import { dotted, type Element, part, unreadable, whole } from './ber.ts'
import { decryptRc2 } from './rc2.ts'

/** More rounds than this would only keep the processor busy. */
const mostRounds = 2_000_000

const digests: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const ciphers: Readonly<Record<string, { name: string; key: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24 },
}
const legacy: Readonly<Record<string, { name: 'des-ede3-cbc' | 'des-ede-cbc' | 'rc2'; key: number }>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', key: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', key: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', key: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', key: 5 },
}

/** Decrypts by the algorithm identifier given; `undefined` when the passphrase does not fit. Raises `key.unreadable` for algorithms we do not know. */
export function decryptWith(algorithm: Element, text: Uint8Array, passphrase: string): Uint8Array | undefined {
  const id = dotted(part(algorithm, 0))
  const parameters = part(algorithm, 1)
  const old = legacy[id]
  if (old) {
    const derive = (purpose: number, length: number) =>
      deriveOld('sha1', passphrase, part(parameters, 0).content, rounds(part(parameters, 1)), purpose, length)
    const key = derive(1, old.key)
    const iv = derive(2, 8)
    return old.name === 'rc2' ? decryptRc2(key, iv, text) : decrypt(old.name, key, iv, text)
  }
  if (id !== '1.2.840.113549.1.5.13') throw unreadable(`The encryption ${id} is not one we can open.`)
  const scheme = part(parameters, 1)
  const cipher = ciphers[dotted(part(scheme, 0))]
  if (!cipher) throw unreadable(`The cipher ${dotted(part(scheme, 0))} is not one we can open.`)
  return decrypt(cipher.name, deriveNew(part(parameters, 0), passphrase, cipher.key), part(scheme, 1).content, text)
}

/** True when the MacData fits the content. Raises `key.unreadable` for algorithms we do not know. */
export function fitsMac(macData: Element, content: Uint8Array, passphrase: string): boolean {
  const algorithm = part(part(macData, 0), 0)
  const expected = part(part(macData, 0), 1).content
  const id = dotted(part(algorithm, 0))
  const same = (mac: Buffer) => mac.length === expected.length && timingSafeEqual(mac, expected)
  if (id === '1.2.840.113549.1.5.14') {
    const [kdf, mac] = [part(part(algorithm, 1), 0), part(part(algorithm, 1), 1)]
    const hash = digestOf(dotted(part(mac, 0)))
    const length = part(part(kdf, 1), 2)
    return same(
      createHmac(hash, deriveNew(kdf, passphrase, Math.min(128, whole(length))))
        .update(content)
        .digest(),
    )
  }
  const hash = digestOf(id)
  const count = macData.parts[2] ? rounds(macData.parts[2]) : 1
  const length = createHash(hash).digest().length
  return same(
    createHmac(hash, deriveOld(hash, passphrase, part(macData, 1).content, count, 3, length))
      .update(content)
      .digest(),
  )
}

function decrypt(name: string, key: Uint8Array, iv: Uint8Array, text: Uint8Array): Uint8Array | undefined {
  try {
    const opening = createDecipheriv(name, key, iv)
    return Buffer.concat([opening.update(text), opening.final()])
  } catch {
    return undefined
  }
}

function digestOf(id: string): string {
  const name = digests[id]
  if (!name) throw unreadable(`The digest ${id} is not one we know.`)
  return name
}

function rounds(count: Element): number {
  const number = whole(count)
  if (number < 1 || number > mostRounds) throw unreadable('The file asks for more work to open it than we do.')
  return number
}

function deriveNew(kdf: Element, passphrase: string, length: number): Buffer {
  const id = dotted(part(kdf, 0))
  const parameters = part(kdf, 1)
  const salt = part(parameters, 0).content
  if (id === '1.2.840.113549.1.5.12') {
    const prf = parameters.parts.slice(2).find((each) => each.tag === 0x10)
    return pbkdf2Sync(passphrase, salt, rounds(part(parameters, 1)), length, prf ? digestOf(dotted(part(prf, 0))) : 'sha1')
  }
  if (id !== '1.3.6.1.4.1.11591.4.11') throw unreadable(`The key derivation ${id} is not one we know.`)
  const [N, r, p] = [whole(part(parameters, 1)), whole(part(parameters, 2)), whole(part(parameters, 3))]
  if (N * r > 1 << 21 || p > 4) throw unreadable('The file asks for more work to open it than we do.')
  return scryptSync(passphrase, salt, length, { N, r, p, maxmem: 256 * N * r })
}

/** The derivation of RFC 7292, B.2; `purpose` 1 gives a key, 2 an initial value, 3 a key for the integrity check. */
function deriveOld(hash: string, passphrase: string, salt: Uint8Array, count: number, purpose: number, length: number): Buffer {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64
  const secret = Buffer.from(`${passphrase}\0`, 'utf16le').swap16()
  const fill = (bytes: Uint8Array) =>
    bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(block * Math.ceil(bytes.length / block), Buffer.from(bytes))
  const input = Buffer.concat([fill(salt), fill(secret)])
  const out: Buffer[] = []
  for (let made = 0; made < length; ) {
    let digest = createHash(hash).update(Buffer.alloc(block, purpose)).update(input).digest()
    for (let n = 1; n < count; n++) digest = createHash(hash).update(digest).digest()
    out.push(digest)
    made += digest.length
    addToBlocks(input, Buffer.alloc(block, digest), block)
  }
  return Buffer.concat(out).subarray(0, length)
}

/** Adds `addend + 1` to every block of `input` as big numbers that wrap round. */
function addToBlocks(input: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < input.length; start += block)
    for (let n = block - 1, carry = 1; n >= 0; n--) {
      const sum = input[start + n]! + addend[n]! + carry
      input[start + n] = sum & 0xff
      carry = sum >> 8
    }
}
