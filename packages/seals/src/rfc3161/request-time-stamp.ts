/** Asking an authority for a time stamp, and reading its answer (RFC 3161, 2.4; R-TSA-1). */
import { millis, ProblemError } from '@cairn/core'
import type { Hash } from '../algorithms.ts'
import { sameBytes, toHex } from '../base64.ts'
import { elements, expectTag, readDer, reader, readSequence, tags } from '../der/read-der.ts'
import { integerBytes, numberOf } from '../der/values.ts'
import { derElement, derNull, derOid, derUnsigned } from '../der/write-der.ts'
import { digests } from '../x509/oids.ts'
import { checkTimeStamp, readTimeStamp, type TimeStamp } from './time-stamp.ts'

/** What is asked: a time stamp over bytes with this digest. `nonce` has 8 to 20 random bytes; `policy` is the OID of the authority's rules. */
export interface TimeStampRequest {
  hash: Hash
  imprint: Uint8Array
  nonce: Uint8Array
  policy?: string
}

/** A TimeStampReq in DER, to be sent as `application/timestamp-query`; it asks for the authority's certificate. */
export function createTimeStampRequest({ hash, imprint, nonce, policy }: TimeStampRequest): Uint8Array {
  const algorithm = Object.keys(digests).find((oid) => digests[oid] === hash)!
  return derElement(
    tags.sequence,
    derElement(tags.integer, new Uint8Array([1])),
    derElement(tags.sequence, derElement(tags.sequence, derOid(algorithm), derNull()), derElement(tags.octetString, imprint)),
    ...(policy === undefined ? [] : [derOid(policy)]),
    derUnsigned(nonce),
    derElement(tags.boolean, new Uint8Array([0xff])),
  )
}

/**
 * Reads a TimeStampResp and takes the token only if it answers this request: granted, sound, same imprint, nonce and policy, and a time at most
 * `skewSeconds` from `now` (RFC 3339). Who vouches for the authority is another question. Raises `timestamp.*`.
 */
export async function readTimeStampAnswer(bytes: Uint8Array, request: TimeStampRequest, now: string, skewSeconds = 60): Promise<TimeStamp> {
  const token = readTimeStamp(tokenOf(bytes))
  const [problem] = await checkTimeStamp(token)
  if (problem) throw new ProblemError(problem.code, problem.detail)
  if (token.hash !== request.hash || !sameBytes(token.imprint, request.imprint))
    throw new ProblemError('timestamp.imprint-mismatch', 'It was not made over what was sent.')
  if (token.nonce === undefined || token.nonce !== toHex(integerBytes(readDer(derUnsigned(request.nonce)))))
    throw new ProblemError('timestamp.nonce-mismatch', 'The time stamp does not repeat the number of the request.')
  if (request.policy !== undefined && token.policy !== request.policy)
    throw new ProblemError('timestamp.policy-mismatch', `The time stamp was made under policy ${token.policy}.`)
  if (!(Math.abs(millis(token.genTime) - millis(now)) <= skewSeconds * 1000))
    throw new ProblemError('timestamp.time-off', `The time stamp is of ${token.genTime}, more than ${skewSeconds} seconds from our clock.`)
  return token
}

function tokenOf(bytes: Uint8Array): Uint8Array {
  try {
    const answer = reader(readSequence(bytes))
    const [status] = elements(answer.take(tags.sequence))
    const granted = numberOf(status)
    if (granted > 1) throw new ProblemError('timestamp.refused', `The authority answered with status ${granted}.`)
    return expectTag(answer.take(), tags.sequence).raw
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code !== 'timestamp.refused')
      throw new ProblemError('timestamp.malformed', 'The answer of the authority is not well-formed.')
    throw error
  }
}
