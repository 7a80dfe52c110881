/** Salts for selective disclosure. */
import { randomFillSync } from 'node:crypto'

const bytesPerSalt = 16

/** A source of salts of 128 bits as base64url, fresh at every call (RFC 9901, 4.2.1 and 9.3); drawn many at a time, because drawing is what takes long. */
export function createSalts(): () => string {
  const pool = Buffer.alloc(bytesPerSalt * 256)
  let at = pool.length
  return () => {
    if (at === pool.length) {
      randomFillSync(pool)
      at = 0
    }
    at += bytesPerSalt
    return pool.toString('base64url', at - bytesPerSalt, at)
  }
}
