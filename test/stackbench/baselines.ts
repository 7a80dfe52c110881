/** Greedy ways to fill slots, for comparison: as listed, largest first, newest first; each credential goes into the first slot with room. */
import { checkStack, readLibrary, type SlotCase, type StackingCredential, solveStack } from '@cairn/core'

const orders: Record<string, (a: StackingCredential, b: StackingCredential) => number> = {
  listed: () => 0,
  largest: (a, b) => (b.credits ?? 0) - (a.credits ?? 0),
  newest: (a, b) => (b.issueDate ?? '').localeCompare(a.issueDate ?? ''),
}
export const baselines = Object.keys(orders)

/** Whether a greedy filling meets every goal. A placement is kept when the checker finds no broken rule in it. */
export function greedyIsEligible(name: string, stacking: SlotCase): boolean {
  const assignment: Record<string, string> = {}
  const checked = (eligible: boolean) =>
    checkStack({ way: 'slots', case: stacking }, { eligible, assignment, countedCredits: 0, unused: [], gaps: [] })
  for (const one of [...stacking.credentials].sort(orders[name])) {
    for (const slot of stacking.pathway.slots) {
      assignment[one.id] = slot.id
      if (!checked(true).some((fault) => fault.includes('hard rule'))) break
      delete assignment[one.id]
    }
  }
  return !checked(true).some((fault) => fault.startsWith('The gaps'))
}

/** Answers one case and takes its processor time, which a busy machine does not lengthen; what the compiler and the collector use is in it. */
export function timed(stacking: SlotCase) {
  const from = process.cpuUsage()
  const result = solveStack({ way: 'slots', case: stacking }, emptyLibrary)
  const { user, system } = process.cpuUsage(from)
  return { result, milliseconds: (user + system) / 1000 }
}

const emptyLibrary = readLibrary({})
