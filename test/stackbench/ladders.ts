/** The family of ladders: elements that add up to modules. Its judge counts by brute force. */
import { type LadderCase, readLibrary, solveStack } from '@cairn/core'
import { randomOf } from './random.ts'

const library = readLibrary({})

function ladderCase(count: number, modules: number, seed: number): LadderCase {
  const random = randomOf(seed * 31 + count)
  const elements = Array.from({ length: modules * 3 }, (_, at) => `E${at}`)
  const missing = seed % 2 === 1 ? random.pick(elements) : ''
  const shown = elements.filter((element) => element !== missing)
  return {
    id: `ladder-${count}x${modules}-${seed}`,
    type: 'stacking',
    asOf: '2026-01-10',
    pathway: {
      award: 'A generated certificate',
      ladder: {
        modules: Object.fromEntries(Array.from({ length: modules }, (_, at) => [`M${at}`, elements.slice(at * 3, at * 3 + 3)])),
      },
      rules: { expiry: 'none' },
    },
    credentials: random.shuffled(
      Array.from({ length: count }, (_, at) => ({
        id: `c${at}`,
        elements: shown.filter((_, index) => index % count === at).concat(random.pick(shown)),
        issueDate: `${2000 + (at % 25)}-05-01`,
        awardType: random.chance(0.05) ? ('attendance' as const) : ('successful-completion' as const),
      })),
    ),
  }
}

/** Answers ladders and lays them beside a count of what is shown. */
export function benchLadders(count: number, modules: number, seeds: number) {
  const cell = { cases: 0, judged: 0, agreed: 0, proven: 0, equal: 0, eligible: 0, times: [] as number[] }
  for (let seed = 1; seed <= seeds; seed++) {
    const stacking = ladderCase(count, modules, seed)
    const from = performance.now()
    const { answer, optimal } = solveStack({ way: 'ladder', case: stacking }, library)
    cell.times.push(performance.now() - from)
    cell.cases++
    cell.judged++
    if (optimal) cell.proven++
    const { modules: wanted } = stacking.pathway.ladder
    const shown = (element: string) => stacking.credentials.some((one) => one.awardType !== 'attendance' && one.elements?.includes(element))
    const complete = Object.keys(wanted).filter((module) => wanted[module]!.every(shown))
    if (answer.eligible === (complete.length === modules)) cell.agreed++
    if ([...(answer.gradeB ?? [])].sort().join() === complete.sort().join()) cell.equal++
  }
  return cell
}
