/** Choices that follow from a seed, so that every run of the bench has the same cases. */
import { randomFrom } from '@cairn/testkit'

export interface Random {
  /** A whole number from `from` up to and with `to`. */
  whole(from: number, to: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffled<T>(list: readonly T[]): T[]
}

/** The generator of a seed (32 bits of state). */
export function randomOf(seed: number): Random {
  const next = randomFrom(seed)
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
