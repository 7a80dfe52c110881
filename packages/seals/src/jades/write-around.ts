/** Writing before and behind bytes without copying them: a batch seals thousands of documents that are far larger than their seals. */

const used = new WeakSet<Uint8Array>()

/**
 * `before` + `bytes` + `behind` as one run. Written in place where the buffer of `bytes` has free room for it and nobody wrote there before; copied
 * otherwise. Both texts are ASCII.
 */
export function writeAround(
  bytes: Uint8Array,
  room: { before: number; behind: number } | undefined,
  before: string,
  behind: string,
): Uint8Array {
  const fits = room !== undefined && before.length <= room.before && behind.length <= room.behind && !used.has(bytes)
  const whole = fits
    ? new Uint8Array(bytes.buffer, bytes.byteOffset - before.length, before.length + bytes.length + behind.length)
    : new Uint8Array(before.length + bytes.length + behind.length)
  if (fits) used.add(bytes)
  else whole.set(bytes, before.length)
  ascii.encodeInto(before, whole)
  ascii.encodeInto(behind, whole.subarray(before.length + bytes.length))
  return whole
}

const ascii = new TextEncoder()
