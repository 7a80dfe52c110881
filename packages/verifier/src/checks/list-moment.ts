/** The moment that a status list says it is of, whatever its form: for telling an older state from a newer one of the same address (R-ST-2). */
import { isObject, type JsonObject, millis, ProblemError, parseJson } from '@cairn/core'
import { statusListLimits } from '@cairn/formats'
import { fromBase64Url } from '@cairn/seals'

const limits = { bytes: 2 * statusListLimits.compressed, string: 2 * statusListLimits.compressed }

/**
 * RFC 3339, out of `validFrom` of a Bitstring Status List or `iat` of a token status list; `undefined` for what says none. Nothing is believed by it:
 * whether a list is signed, and by whom, is for the checks.
 */
export function momentOfList(bytes: Uint8Array): string | undefined {
  try {
    const content = contentOf(bytes)
    const { validFrom = isObject(content.vc) ? content.vc.validFrom : undefined, iat } = content
    if (typeof validFrom === 'string') return new Date(millis(validFrom)).toISOString()
    return typeof iat === 'number' && Number.isFinite(iat) ? new Date(iat * 1000).toISOString() : undefined
  } catch (error) {
    if (error instanceof ProblemError || error instanceof RangeError) return undefined
    throw error
  }
}

/** True where a list is a document with a proof of its own, and no token. */
export const isDocument = (bytes: Uint8Array): boolean => bytes[0] === 0x7b || bytes[0] === 0x0a || bytes[0] === 0x20

function contentOf(bytes: Uint8Array): JsonObject {
  const payload =
    isDocument(bytes) || bytes.length > limits.bytes ? bytes : fromBase64Url(new TextDecoder('latin1').decode(bytes).split('.')[1] ?? '')
  const content = payload === undefined ? undefined : parseJson(payload, limits)
  return isObject(content) ? content : {}
}
