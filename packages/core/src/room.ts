/** Room for documents that is used again and again: bytes that come and go by the thousand cost more to give back than to write. */

/** A run of bytes that grows to what was taken at most between two clearings. */
export interface Room {
  /** So many bytes that nobody else has until the room is cleared. What stands in them is whatever stood there. */
  take(bytes: number): Uint8Array
  /** Takes everything back: whoever has something of it is done with it. */
  clear(): void
}

/** Makes room. */
export function makeRoom(): Room {
  let whole = new Uint8Array(0)
  let used = 0
  return {
    take(bytes) {
      if (used + bytes > whole.length) {
        // What was handed out of the old one stays with whoever has it.
        whole = new Uint8Array(2 * (used + bytes))
        used = 0
      }
      used += bytes
      return whole.subarray(used - bytes, used)
    },
    clear() {
      used = 0
    },
  }
}
