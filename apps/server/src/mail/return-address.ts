/**
 * Where a mail that cannot be delivered is sent back to: an address of its own for each message (RFC 5321, 4.4), so that what comes back is known whatever
 * its words are. Only this installation can make one: nobody else says that a mail came back.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'
import { derivedSecret } from '../context.ts'

/** A message of the outbox. */
export interface MessagePlace {
  tenant: string
  id: string
}

type Returning = Pick<Config, 'secret'> & { returns: { domain: string } }

const markBytes = 5
const uuidBytes = 16
/** RFC 4648 in small letters: some servers write the part before the @ in small letters. */
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** The address of a message at the domain of returns. Its part before the @ has 60 characters of the 64 that may stand there. */
export function returnAddress(config: Returning, { tenant, id }: MessagePlace): string {
  const place = Buffer.from((tenant + id).replaceAll('-', ''), 'hex')
  return `${toBase32(Buffer.concat([place, markOf(config, place)]))}@${config.returns.domain}`
}

/** The message that an address was made for; `undefined` for every other address. */
export function readReturnAddress(config: Returning, address: string): MessagePlace | undefined {
  const [local = '', domain, ...more] = address.toLowerCase().split('@')
  const bytes = more.length === 0 && domain === config.returns.domain ? fromBase32(local) : undefined
  if (bytes?.length !== 2 * uuidBytes + markBytes || toBase32(bytes) !== local) return undefined
  const place = bytes.subarray(0, 2 * uuidBytes)
  if (!timingSafeEqual(bytes.subarray(2 * uuidBytes), markOf(config, place))) return undefined
  return { tenant: uuidOf(place.subarray(0, uuidBytes)), id: uuidOf(place.subarray(uuidBytes)) }
}

const markOf = (config: Returning, place: Uint8Array): Buffer =>
  createHmac('sha256', derivedSecret(config, 'mail-returns')).update(place).digest().subarray(0, markBytes)

const uuidOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{1,5}/g, (five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)]!)
}

function fromBase32(text: string): Buffer | undefined {
  if (!/^[a-z2-7]+$/.test(text)) return undefined
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
}
