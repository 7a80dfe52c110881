/**
 * A file that only a passphrase opens: AES-256-GCM in chunks of 64 KiB, key by scrypt (RFC 7914). Each chunk is bound to the header, its place and
 * whether it is the last, so that chunks cannot be swapped, left out or cut off (the STREAM construction). The key is not in the file.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto'
import { Transform } from 'node:stream'
import { ProblemError } from '@cairn/core'

const magic = Buffer.from('CAIRNBAK')
const version = 1
const chunkSize = 65_536
const tagSize = 16
/** 2^17: a third of a second and 128 MiB for each guess. */
const cost = 17
/** magic 8, version 1, cost 1, salt 16, prefix of nonces 7, check of the key 8. */
const headerSize = 41

interface Keys {
  key: Buffer
  /** Tells a wrong passphrase from a damaged file; says nothing about the key. */
  check: Buffer
}

function deriveKeys(passphrase: string, salt: Buffer, log2: number): Keys {
  const N = 2 ** log2
  const both = scryptSync(passphrase.normalize('NFC'), salt, 64, { N, r: 8, p: 1, maxmem: 256 * N * 8 })
  return { key: both.subarray(0, 32), check: createHash('sha256').update(both.subarray(32)).digest().subarray(0, 8) }
}

function nonceOf(prefix: Buffer, counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  prefix.copy(nonce)
  nonce.writeUInt32BE(counter, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Encrypts what flows through. */
export function createSealing(passphrase: string): Transform {
  const [salt, prefix] = [randomBytes(16), randomBytes(7)]
  const { key, check } = deriveKeys(passphrase, salt, cost)
  const header = Buffer.concat([magic, Buffer.from([version, cost]), salt, prefix, check])
  let rest = Buffer.alloc(0)
  let counter = 0
  const seal = (chunk: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, counter++, last)).setAAD(header)
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  }
  const stream = new Transform({
    transform(data: Buffer, _encoding, done) {
      rest = Buffer.concat([rest, data])
      // The last chunk is known as such only at the end: one is always kept back.
      while (rest.length > chunkSize) {
        this.push(seal(rest.subarray(0, chunkSize), false))
        rest = rest.subarray(chunkSize)
      }
      done()
    },
    flush(done) {
      this.push(seal(rest, true))
      done()
    },
  })
  stream.push(header)
  return stream
}

/** Decrypts what flows through. Fails with `backup.unreadable`, `backup.passphrase-wrong` or `backup.damaged`; nothing of a damaged chunk passes. */
export function createOpening(passphrase: string): Transform {
  let rest = Buffer.alloc(0)
  let counter = 0
  let opened: { header: Buffer; prefix: Buffer; key: Buffer } | undefined
  const begin = () => {
    const header = Buffer.from(rest.subarray(0, headerSize))
    const log2 = header[9]!
    if (!header.subarray(0, 8).equals(magic) || header[8] !== version || log2 < 10 || log2 > 20)
      throw new ProblemError('backup.unreadable', 'This file is not a backup that this version reads.')
    const { key, check } = deriveKeys(passphrase, header.subarray(10, 26), log2)
    if (!check.equals(header.subarray(33, 41)))
      throw new ProblemError('backup.passphrase-wrong', 'The passphrase does not open this backup.')
    opened = { header, prefix: header.subarray(26, 33), key }
    rest = rest.subarray(headerSize)
  }
  const open = (sealed: Buffer, last: boolean): Buffer => {
    const { header, prefix, key } = opened!
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, counter++, last)).setAAD(header)
      decipher.setAuthTag(sealed.subarray(sealed.length - tagSize))
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagSize)), decipher.final()])
    } catch {
      throw new ProblemError('backup.damaged', 'The backup was changed, or its end is missing.')
    }
  }
  return new Transform({
    transform(data: Buffer, _encoding, done) {
      try {
        rest = Buffer.concat([rest, data])
        if (!opened && rest.length >= headerSize) begin()
        while (opened && rest.length > chunkSize + tagSize) {
          this.push(open(rest.subarray(0, chunkSize + tagSize), false))
          rest = rest.subarray(chunkSize + tagSize)
        }
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    flush(done) {
      try {
        if (!opened) throw new ProblemError('backup.unreadable', 'This file is not a backup.')
        this.push(open(rest, true))
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  })
}
