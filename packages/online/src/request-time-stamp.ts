/** A time stamp from an authority (RFC 3161, 3.4; R-TSA-1). */
import { randomBytes } from 'node:crypto'
import { ProblemError, type TrustRegistry } from '@cairn/core'
import { createTimeStampRequest, digest, type Hash, readTimeStampAnswer, type TimeStamp } from '@cairn/seals'
import { chainOf } from '@cairn/verifier'
import type { Door } from './door.ts'

/**
 * Where a time stamp is asked for, and how. `skewSeconds` is how far its time may be from ours. With a `registry` the authority has to be one that its
 * anchors vouch for: what is put into a seal stays there, and the way to an authority is plain http.
 */
export interface TimeStampSource {
  address: string
  policy?: string
  hash?: Hash
  skewSeconds?: number
  registry?: TrustRegistry
}

/**
 * Asks for a time stamp over `covered` and takes only one that answers the question. `now` is RFC 3339. Raises `fetch.*` when the authority is away,
 * `timestamp.*` when its answer is not to be used.
 */
export async function requestTimeStamp(covered: Uint8Array, source: TimeStampSource, door: Door, now: string): Promise<TimeStamp> {
  const { address, policy, hash = 'SHA-256', skewSeconds = 60, registry } = source
  const request = {
    hash,
    imprint: await digest(hash, covered),
    nonce: new Uint8Array(randomBytes(16)),
    ...(policy === undefined ? {} : { policy }),
  }
  const post = { body: createTimeStampRequest(request), mediaType: 'application/timestamp-query' }
  const { bytes } = await door(address, { post, accept: 'application/timestamp-reply', signedContent: true })
  const token = await readTimeStampAnswer(new Uint8Array(bytes), request, now, skewSeconds)
  if (
    registry &&
    !(token.signer && (await chainOf('time-stamp', token.signer, token.certificates, { registry, statusLists: {}, retrievedAt: now })))
  )
    throw new ProblemError('timestamp.authority-unknown', 'No anchor of the registry vouches for who answered.')
  return token
}
