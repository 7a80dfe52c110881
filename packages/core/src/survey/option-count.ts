/** Counts and their shares. */

/** How often one answer was given; `share` is of those who answered. */
export interface OptionCount {
  option: string
  count: number
  share: number
}

/** A share to four places; nothing of nothing is nothing. */
export const shareOf = (count: number, of: number): number => (of === 0 ? 0 : Math.round((count / of) * 1e4) / 1e4)
