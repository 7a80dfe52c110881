/** The modules of a QR code (ISO/IEC 18004). The library draws it under one mask; which of the eight is best is found here, in an eighth of its time. */
import { encode, QrCodeDataType } from 'uqr'

/** Whether a mask turns a module over (7.8.2), by the number of the mask. All repeat after twelve modules in both directions. */
const turns: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]
const period = 12
const masks = turns.map((turn) =>
  Uint8Array.from({ length: period * period }, (_, at) => Number(turn(at % period, Math.floor(at / period)))),
)

/** A square of `size` times `size` modules, row by row: 1 is dark. Without a quiet zone. */
export interface QrModules {
  readonly size: number
  readonly dark: Uint8Array
}

/** The code of a text with error correction M, under the mask of the lowest penalty (7.8.3). Raises a RangeError for text that fits in no code. */
export function qrModules(text: string): QrModules {
  const { data, types, size } = encode(text, { ecc: 'M', border: 0, maskPattern: 0 })
  const dark = new Uint8Array(size * size)
  const isData = new Uint8Array(size * size)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      dark[y * size + x] = Number(data[y]![x])
      isData[y * size + x] = Number(types[y]![x] === QrCodeDataType.Data)
    }
  let best: Uint8Array = dark
  let least = Number.POSITIVE_INFINITY
  for (let mask = 0; mask < masks.length; mask++) {
    const masked = underMask(dark, isData, size, mask)
    const penalty = penaltyOf(masked, size, least)
    if (penalty >= least) continue
    best = masked
    least = penalty
  }
  return { size, dark: best }
}

/** What is drawn under mask 0, under another one. */
function underMask(dark: Uint8Array, isData: Uint8Array, size: number, mask: number): Uint8Array {
  const masked = dark.slice()
  const [before, after] = [masks[0]!, masks[mask]!]
  for (let y = 0, at = 0; y < size; y++)
    for (let x = 0, row = (y % period) * period; x < size; x++, at++) {
      const cell = row + (x % period)
      masked[at]! ^= isData[at]! & (before[cell]! ^ after[cell]!)
    }
  drawFormat(masked, size, mask)
  return masked
}

/** The format information in its two places: error correction M and the mask, with their own error correction (7.9). */
function drawFormat(dark: Uint8Array, size: number, mask: number): void {
  let rest = mask
  for (let n = 0; n < 10; n++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  for (let n = 0; n < 15; n++) {
    const bit = (bits >>> n) & 1
    const beside = n < 6 ? n : n < 8 ? n + 1 : size - 15 + n
    const below = n < 8 ? size - 1 - n : n < 9 ? 7 : 14 - n
    dark[beside * size + 8] = bit
    dark[8 * size + below] = bit
  }
}

/**
 * How hard a code is to read: blocks of one colour, too much of one colour, long runs, and what looks like a finder (7.8.3.1). What is `enough` already is not
 * counted to its end.
 */
function penaltyOf(dark: Uint8Array, size: number, enough: number): number {
  let blocks = 0
  let sum = 0
  for (let y = 0, at = 0; y < size; y++)
    for (let x = 0; x < size; x++, at++) {
      sum += dark[at]!
      if (x + 1 < size && y + 1 < size) blocks += sameColour[dark[at]! + dark[at + 1]! + dark[at + size]! + dark[at + size + 1]!]!
    }
  const total = size * size
  let penalty = blocks * 3 + (Math.ceil(Math.abs(sum * 20 - total * 10) / total) - 1) * 10
  for (let n = 0; n < size && penalty < enough; n++) penalty += linePenalty(dark, n * size, 1, size) + linePenalty(dark, n, size, size)
  return penalty
}
/** By how many modules of four are dark. */
const sameColour = [1, 0, 0, 0, 1]

/** One row or column: runs of five and more, and runs that stand to one another as those of a finder do, beside light of four times their width. */
function linePenalty(dark: Uint8Array, from: number, step: number, size: number): number {
  let penalty = 0
  let [a, b, c, d, e, f] = [0, 0, 0, 0, 0, 0]
  let colour = 0
  let run = 0
  // The line begins and ends in the quiet zone, which is as wide as it needs to be.
  let quiet = size
  for (let n = 0, at = from; n < size; n++, at += step) {
    if (dark[at] === colour) {
      run++
      continue
    }
    if (run > 4) penalty += run - 2
    if (colour === 0) penalty += findersIn(run + quiet, a, b, c, d, e, f)
    f = e
    e = d
    d = c
    c = b
    b = a
    a = run + quiet
    quiet = 0
    colour ^= 1
    run = 1
  }
  if (run > 4) penalty += run - 2
  return penalty + (colour === 1 ? findersIn(size, run, a, b, c, d, e) : findersIn(run + size, a, b, c, d, e, f))
}

/** The penalty of the last seven runs, the newest first: light, then five that may be a finder, and light before them. */
function findersIn(after: number, a: number, b: number, c: number, d: number, e: number, before: number): number {
  if (c !== 3 * a || b !== a || d !== a || e !== a || a === 0) return 0
  return 40 * (Number(before >= 4 * a && after >= a) + Number(after >= 4 * a && before >= a))
}
