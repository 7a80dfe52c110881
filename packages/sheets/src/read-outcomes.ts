/** A cell of outcomes met: their numbers in the specification, or their keys: `1;3`, `LO1, LO3`, `homogenise`. */
import type { AchievementSpecification } from '@cairn/core'

/** Keys of the outcomes met, none where they are all; or what is wrong with the cell. */
export type OutcomesRead = { keys: string[] } | { all: true } | { wrong: string }

/** Reads a cell. A number may stand with a word before it, such as `LO 2` or `outcome 2`. */
export function readOutcomes(
  cell: string,
  { outcomes, awardedInPart }: Pick<AchievementSpecification, 'outcomes' | 'awardedInPart'>,
): OutcomesRead {
  const met = new Set<string>()
  for (const word of cell.split(/[;,|/]|\s\+\s|\s&\s/)) {
    const name = word.trim()
    if (name === '') continue
    const known = outcomes.find(({ key }) => key === name.toLowerCase()) ?? outcomes[numberIn(name) - 1]
    if (!known) return { wrong: `There is no outcome "${name}". They are numbered from 1 to ${outcomes.length}.` }
    met.add(known.key)
  }
  const keys = outcomes.flatMap(({ key }) => (met.has(key) ? [key] : []))
  if (keys.length === outcomes.length) return { all: true }
  if (keys.length === 0) return { wrong: 'No outcome is named. Leave the cell empty where all were met.' }
  if (!awardedInPart)
    return {
      wrong:
        'The specification is awarded as a whole or not at all. Say in the designer that it may be awarded in part, or leave the row out.',
    }
  return { keys }
}

/** The number of `3`, `LO3`, `outcome 3`; 0 where there is none. */
const numberIn = (name: string): number => Number(/^\p{L}{0,10}[ .-]?(\d{1,2})\.?$/u.exec(name)?.[1] ?? 0)
