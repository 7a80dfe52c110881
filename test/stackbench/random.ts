/** A small seeded generator of numbers, so that every run of the bench has the same cases. */
export interface Random {
  /** A whole number from `from` up to and with `to`. */
  whole(from: number, to: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
}

/** The generator of a seed (32 bits of state). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    whole,
    chance: (share) => next() < share,
    pick: (list) => list[whole(0, list.length - 1)]!,
    shuffled(list) {
      const out = [...list]
      for (let at = out.length - 1; at > 0; at--) {
        const other = whole(0, at)
        const kept = out[at]!
        out[at] = out[other]!
        out[other] = kept
      }
      return out
    },
  }
}
