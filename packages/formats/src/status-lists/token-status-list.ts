/** Token Status List (draft-ietf-oauth-status-list, in JWT form): the status of many tokens in 1, 2, 4 or 8 bits each, from the lowest bit up. */
import { type JsonObject, millis, ProblemError } from '@cairn/core'
import { deflate, inflate } from './inflate.ts'
import { supersededTerm } from './status-list.ts'

/** How many bits a status takes. */
export type StatusBits = 1 | 2 | 4 | 8

/** Values of section 7.1: everything above is reserved or of an application. */
export const tokenStatuses = { valid: 0, invalid: 1, suspended: 2 } as const

/** A list to publish. `address` is where it is fetched, times are instants, `ttl` is seconds. */
export interface TokenStatusListGiven {
  address: string
  issuer?: string
  issuedAt: string
  expiresAt: string
  ttl: number
  bits: StatusBits
  statuses: Uint8Array
  /** Which of the invalid ones were replaced by a newer credential, one bit each; told beside the list, for readers that know the claim. */
  superseded?: Uint8Array
}

/** A list as read; times are seconds since 1970, `packed` is still packed. */
export interface TokenStatusList {
  address: string
  issuer?: string
  issuedAt: number
  expiresAt?: number
  ttl?: number
  bits: StatusBits
  packed: string
  /** The places of what a newer credential replaced, packed as the list itself, one bit each. */
  superseded?: string
}

const perByte = { 1: 8, 2: 4, 4: 2, 8: 1 } as const

/** Where the token status list stands that goes with a Bitstring status list: same entries, same indices, another form. */
export function tokenListAddress(list: string): string {
  return `${list}/token`
}

/**
 * The claims of a status list token as JSON text, to be signed with `typ` `statuslist+jwt` (5.1).
 * @throws ProblemError `status.too-small` under 131,072 entries: as small a list tells who is in it
 */
export async function composeTokenStatusList(given: TokenStatusListGiven): Promise<string> {
  const { address, issuer, issuedAt, expiresAt, ttl, bits, statuses, superseded } = given
  if (statuses.length * perByte[bits] < 131_072) throw new ProblemError('status.too-small', 'A status list has at least 131,072 entries.')
  return JSON.stringify({
    sub: address,
    ...(issuer === undefined ? {} : { iss: issuer }),
    iat: Math.floor(millis(issuedAt) / 1000),
    exp: Math.floor(millis(expiresAt) / 1000),
    ttl,
    status_list: { bits, lst: await deflate(statuses, 'deflate') },
    ...(superseded && { [supersededTerm]: await deflate(superseded, 'deflate') }),
  })
}

/** Statuses of `entries` tokens, packed as section 4.1 says, with these set. Throws `status.index-outside`, and `input.invalid` for a value of more bits. */
export function packStatuses(bits: StatusBits, entries: number, set: Iterable<readonly [index: number, status: number]>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(entries / perByte[bits]))
  for (const [index, status] of set) {
    statusAt(bytes, bits, index)
    if (!Number.isInteger(status) || status < 0 || status >= 2 ** bits)
      throw new ProblemError('input.invalid', `A status does not fit into ${bits} bits.`)
    const place = Math.floor(index / perByte[bits])
    const shift = (index % perByte[bits]) * bits
    bytes[place] = (bytes[place]! & ~((2 ** bits - 1) << shift)) | (status << shift)
  }
  return bytes
}

/** The bits of a Bitstring status list as a list of one bit each: the same indices, counted from the other end of each byte. */
export function tokenBitsOf(bitstring: Uint8Array): Uint8Array {
  return bitstring.map((byte) => {
    let turned = 0
    for (let bit = 0; bit < 8; bit++) turned |= ((byte >> bit) & 1) << (7 - bit)
    return turned
  })
}

/** The status at an index. Throws `status.index-outside` when the list is shorter: no statement is made then (8.3). */
export function statusAt(statuses: Uint8Array, bits: StatusBits, index: number): number {
  const byte = Number.isSafeInteger(index) && index >= 0 ? statuses[Math.floor(index / perByte[bits])] : undefined
  if (byte === undefined) throw new ProblemError('status.index-outside', 'The status list has no entry of this index.')
  return (byte >> ((index % perByte[bits]) * bits)) & (2 ** bits - 1)
}

/** Unpacks a list, bounded (R-LIM-3). Throws `status.unreadable`, `status.too-large`. */
export function expandStatuses({ packed }: TokenStatusList): Promise<Uint8Array> {
  return inflate(packed, 'deflate')
}

/**
 * What a status that is invalid says: replaced only where the list tells so readably, else revoked. No registered value says replaced (7.1), and a
 * value of an application would leave readers that do not know it without an answer.
 */
export async function meaningOfInvalid({ superseded }: TokenStatusList, index: number): Promise<'status.superseded' | 'status.revoked'> {
  if (superseded === undefined) return 'status.revoked'
  try {
    return statusAt(await inflate(superseded, 'deflate'), 1, index) === 1 ? 'status.superseded' : 'status.revoked'
  } catch (error) {
    if (error instanceof ProblemError) return 'status.revoked'
    throw error
  }
}

/**
 * Reads the claims of a status list token; whether its signature and its signer are right is for others to say.
 * @throws ProblemError `status.unreadable`
 */
export function readTokenStatusList({
  sub,
  iss,
  iat,
  exp,
  ttl,
  status_list: list,
  [supersededTerm]: superseded,
}: JsonObject): TokenStatusList {
  const bad = (detail: string, pointer: string): never => {
    throw new ProblemError('status.unreadable', detail, pointer)
  }
  if (typeof sub !== 'string') return bad('The list does not say its address.', '/sub')
  if (iss !== undefined && typeof iss !== 'string') return bad('The issuer of the list is no text.', '/iss')
  if (typeof iat !== 'number') return bad('The list does not say when it was issued.', '/iat')
  if (exp !== undefined && typeof exp !== 'number') return bad('The end of the list cannot be read.', '/exp')
  if (ttl !== undefined && !(typeof ttl === 'number' && ttl > 0)) return bad('The time to live is no positive number.', '/ttl')
  if (typeof list !== 'object' || list === null || Array.isArray(list)) return bad('There is no list.', '/status_list')
  const { bits, lst } = list
  if (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8) return bad('A status has 1, 2, 4 or 8 bits.', '/status_list/bits')
  if (typeof lst !== 'string') return bad('The list is no text.', '/status_list/lst')
  return {
    address: sub,
    ...(iss === undefined ? {} : { issuer: iss }),
    issuedAt: iat,
    ...(exp === undefined ? {} : { expiresAt: exp }),
    ...(ttl === undefined ? {} : { ttl: ttl as number }),
    bits,
    packed: lst,
    ...(typeof superseded === 'string' ? { superseded } : {}),
  }
}
