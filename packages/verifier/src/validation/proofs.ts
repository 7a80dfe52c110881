/** Proofs of existence (EN 319 102-1, 5.6.2.3): since when bytes are known to have been there. */
import { millis } from '@cairn/core'
import { sameBytes } from '@cairn/seals'

/** Earliest proven moments, RFC 3339. Everything that is at hand exists at the time of judgement. */
export interface Proofs {
  add(bytes: Uint8Array, at: string): void
  earliest(bytes: Uint8Array): string
}

/** No proofs but the present. */
export function createProofs(now: string): Proofs {
  const known = new Map<number, { bytes: Uint8Array; at: string }[]>()
  const find = (bytes: Uint8Array) => known.get(bytes.length)?.find((each) => each.bytes === bytes || sameBytes(each.bytes, bytes))
  return {
    add(bytes, at) {
      const before = find(bytes)
      if (before) {
        if (millis(at) < millis(before.at)) before.at = at
        return
      }
      const list = known.get(bytes.length) ?? []
      list.push({ bytes, at })
      known.set(bytes.length, list)
    },
    earliest(bytes) {
      const found = find(bytes)
      return found && millis(found.at) < millis(now) ? found.at : now
    },
  }
}
