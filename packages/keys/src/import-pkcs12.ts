/** Taking in a key as PKCS#12 (RFC 7292), as trust service providers and browsers hand it out: today's AES files and the old 3DES and RC2 ones. */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { dotted, type Element, part, readBer, unreadable } from './ber.ts'
import { decryptWith, fitsMac } from './pkcs12-cipher.ts'

/** What a PKCS#12 file held. */
export interface ImportedKey {
  privateKey: KeyObject
  /** DER, the key's own certificate first, then those above it, without the root. */
  certificates: Uint8Array[]
}

const data = '1.2.840.113549.1.7.1'
const encryptedData = '1.2.840.113549.1.7.6'
const bag = (last: number) => `1.2.840.113549.1.12.10.1.${last}`
const largest = 200_000

/**
 * Reads a PKCS#12 file. Raises `key.passphrase-wrong`; `key.unreadable` when it is no such file, holds no private key, or no certificate
 * for its key.
 */
export function importPkcs12(bytes: Uint8Array, passphrase: string): ImportedKey {
  if (bytes.length > largest) throw unreadable('A key file is smaller than this.')
  const file = readBer(bytes)
  const safe = part(file, 1)
  if (dotted(part(safe, 0)) !== data) throw unreadable('The file is sealed with a certificate; we open those sealed with a passphrase.')
  const content = part(part(safe, 1), 0).content
  const macData = file.parts[2]
  if (macData && !fitsMac(macData, content, passphrase)) throw wrong()
  const found: Found = { keys: [], certificates: [] }
  try {
    for (const each of readBer(content).parts) collect(readBer(openContent(each, passphrase)), passphrase, found)
  } catch (error) {
    // Without a MAC a wrong passphrase can, once in some hundred times, decrypt to something with a right padding and no sense.
    if (!macData && error instanceof ProblemError && error.problem.code === 'key.unreadable') throw wrong()
    throw error
  }
  return matched(found)
}

interface Found {
  keys: KeyObject[]
  certificates: X509Certificate[]
}

const wrong = () => new ProblemError('key.passphrase-wrong', 'The PKCS#12 file does not open with it.')

function openContent(info: Element, passphrase: string): Uint8Array {
  const kind = dotted(part(info, 0))
  const inner = part(part(info, 1), 0)
  if (kind === data) return inner.content
  if (kind !== encryptedData) throw unreadable('A part of the file is encrypted for somebody else.')
  const encrypted = part(inner, 1)
  return decryptWith(part(encrypted, 1), part(encrypted, 2).content, passphrase) ?? fail()
}

function fail(): never {
  throw wrong()
}

function collect(contents: Element, passphrase: string, found: Found): void {
  for (const each of contents.parts) {
    const kind = dotted(part(each, 0))
    const value = part(part(each, 1), 0)
    if (kind === bag(1)) found.keys.push(readKey(value.raw))
    else if (kind === bag(2)) found.keys.push(readKey(decryptWith(part(value, 0), part(value, 1).content, passphrase) ?? fail()))
    else if (kind === bag(3)) found.certificates.push(readCertificate(part(part(value, 1), 0).content))
    else if (kind === bag(6)) collect(value, passphrase, found)
  }
}

function readKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch {
    throw unreadable('The private key in the file is of a kind that we cannot use.')
  }
}

function readCertificate(der: Uint8Array): X509Certificate {
  try {
    const read = new X509Certificate(der)
    // Its key is decoded when it is asked for, and a broken one is told now.
    void read.publicKey
    return read
  } catch {
    throw unreadable('A certificate in the file is not well-formed.')
  }
}

/** Finds the certificate of a key and those above it. */
function matched({ keys, certificates }: Found): ImportedKey {
  if (keys.length === 0) throw unreadable('There is no private key in the file.')
  for (const privateKey of keys) {
    const own = createPublicKey(privateKey)
    const leaf = certificates.find((certificate) => certificate.publicKey.equals(own))
    if (!leaf) continue
    const chain = [leaf]
    for (;;) {
      const last = chain.at(-1)!
      const above = certificates.find((each) => !chain.includes(each) && last.checkIssued(each) && last.verify(each.publicKey))
      if (!above || above.subject === above.issuer) break
      chain.push(above)
    }
    return { privateKey, certificates: chain.map((certificate) => new Uint8Array(certificate.raw)) }
  }
  throw unreadable('There is no certificate for the private key in the file.')
}
