/** What runs out first of what counts, and what that would break (domain rules 3.4). */
import { millis } from '../time.ts'
import { currentUntil } from './current-until.ts'
import type { Pathway } from './pathway.ts'
import type { StackAnswer, StackGap } from './stack-answer.ts'
import { stackSlots } from './stack-slots.ts'
import { pathwayCase, type StackingFacts } from './stacking-facts.ts'

/** One credential's last day in its slot, and the gaps on the day after that were not there before, or were smaller. */
export interface FirstToExpire {
  id: string
  lastDay: string
  gaps: readonly StackGap[]
}

/** Somebody waits for it, and anybody may ask: a good half of a second at the most. */
const nodesOnline = 1000

/** The engine's answer for a pathway and what somebody holds; `optimal` is false where that is not proven. */
export const answerPathway = (...given: Parameters<typeof pathwayCase>): StackAnswer =>
  stackSlots(pathwayCase(...given).case, nodesOnline).answer

/** The first of the credentials in the answer to run out, by its own end or by the currency of its slot; nothing when none ever does. */
export function firstToExpire(pathway: Pathway, facts: readonly StackingFacts[], answer: StackAnswer): FirstToExpire | undefined {
  const ends = facts.flatMap((each) => {
    const slot = pathway.slots.find(({ id }) => id === answer.assignment?.[each.id])
    if (!slot) return []
    const current = slot.currencyYears != null && each.issueDate ? currentUntil(each.issueDate, slot.currencyYears) : undefined
    const [lastDay] = [each.validUntil, current].filter((day) => day !== undefined).sort()
    return lastDay === undefined ? [] : [{ id: each.id, lastDay }]
  })
  const [first] = ends.sort((a, b) => (a.lastDay === b.lastDay ? (a.id < b.id ? -1 : 1) : a.lastDay < b.lastDay ? -1 : 1))
  if (!first) return undefined
  const before = new Map(answer.gaps.map((gap) => [gap.goal, gap]))
  const after = answerPathway(pathway, facts, dayAfter(first.lastDay)).gaps
  return { ...first, gaps: after.filter((gap) => missing(gap) > missing(before.get(gap.goal))) }
}

const missing = (gap: StackGap | undefined): number => (gap && 'have' in gap ? gap.need - gap.have : 0)
const dayAfter = (day: string) => new Date(millis(day) + 86_400_000).toISOString().slice(0, 10)
