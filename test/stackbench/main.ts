/**
 * `npm run stackbench`: the stacking engine beside an independent oracle (HiGHS) and three greedy ways, over eleven families and five sizes.
 * `--fine` makes the credits of every family as uneven as those of the exact sums.
 * `--seeds N` cases in each cell (2 without), `--sizes 8,12,20` to choose, `--families overlap,order`, `--oracle-at-80` to judge the largest size as well.
 */
import { parseArgs } from 'node:util'
import type { SlotCase } from '@cairn/core'
import { baselines, greedyIsEligible, timed } from './baselines.ts'
import { type Family, families, generateCase, sizes } from './generate.ts'
import { benchLadders } from './ladders.ts'
import { judge, judgePlan } from './oracle.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    sizes: { type: 'string' },
    families: { type: 'string' },
    'oracle-at-80': { type: 'boolean', default: false },
    fine: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const seeds = Number(values.seeds)
const chosen = families.filter((family) => values.families === undefined || values.families.split(',').includes(family))

interface Cell {
  cases: number
  judged: number
  agreed: number
  proven: number
  equal: number
  eligible: number
  times: number[]
  greedy: Record<string, number>
}
const emptyCell = (): Cell => ({
  cases: 0,
  judged: 0,
  agreed: 0,
  proven: 0,
  equal: 0,
  eligible: 0,
  times: [],
  greedy: Object.fromEntries(baselines.map((name) => [name, 0])),
})

/** What the engine's answer amounts to, in the order of the choices, to lay beside the oracle's. */
function worth(stacking: SlotCase, answer: ReturnType<typeof timed>['result']['answer']) {
  const used = stacking.credentials.filter((one) => Object.hasOwn(answer.assignment ?? {}, one.id))
  const gaps = answer.gaps.flatMap((gap) => ('have' in gap ? [gap.need - gap.have] : []))
  return {
    counted: answer.eligible ? 0 : (answer.countedCredits ?? 0),
    unmet: gaps.length,
    shortfall: gaps.reduce((sum, gap) => sum + gap, 0),
    credentials: used.length,
    grade: used.reduce((sum, one) => sum + Math.round((one.grade ?? 0) * 100), 0),
    days: used.reduce((sum, one) => sum + Math.round((Date.parse(one.issueDate!) - Date.parse('2014-01-01')) / 86_400_000), 0),
  }
}

function runCase(cell: Cell, stacking: SlotCase, family: Family, judged: boolean): void {
  const { result, milliseconds } = timed(stacking)
  const { answer } = result
  cell.cases++
  cell.times.push(milliseconds)
  if (result.optimal) cell.proven++
  if (answer.eligible) {
    cell.eligible++
    for (const name of baselines) if (greedyIsEligible(name, stacking)) cell.greedy[name]!++
  }
  if (values.verbose)
    console.log(stacking.id, `${milliseconds.toFixed(1)} ms`, `${result.nodes} nodes`, JSON.stringify(result.bound ?? 'proven'))
  if (!judged) return
  cell.judged++
  const right = judge(stacking)
  if (right.eligible === answer.eligible) cell.agreed++
  const mine = worth(stacking, answer)
  const names = (['counted', 'unmet', 'shortfall', 'credentials', 'grade', 'days'] as const).filter(
    (name) => Math.abs(mine[name] - right[name]) > 1e-4,
  )
  const planned = family === 'gap-plans' && !answer.eligible
  const hours = planned ? judgePlan(stacking) : null
  const planDiffers = planned && (answer.plans?.[0]?.hours ?? null) !== (hours === null ? null : Math.round(hours))
  if (names.length === 0 && !planDiffers) cell.equal++
  else
    console.log(
      `  differs: ${stacking.id}`,
      names.map((name) => `${name} ${mine[name]} / ${right[name]}`).join(', '),
      planDiffers ? `plan ${answer.plans?.[0]?.hours} / ${hours}` : '',
    )
}

const at = (times: readonly number[], share: number) =>
  [...times].sort((a, b) => a - b)[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0
const percent = (part: number, of: number) => (of === 0 ? '-' : `${Math.round((1000 * part) / of) / 10} %`)

function lineOf(name: string, cell: Cell): string {
  const greedy = baselines.map((each) => percent(cell.greedy[each]!, cell.eligible).padStart(8)).join('')
  return `${name.padEnd(24)}${String(cell.cases).padStart(5)}${percent(cell.agreed, cell.judged).padStart(9)}${percent(cell.proven, cell.cases).padStart(9)}${percent(cell.equal, cell.judged).padStart(9)}${at(cell.times, 0.5).toFixed(1).padStart(9)}${at(cell.times, 0.95).toFixed(1).padStart(9)}${at(cell.times, 1).toFixed(1).padStart(9)}${greedy}`
}
const heading = `${'family and size'.padEnd(24)}${'cases'.padStart(5)}${'agreed'.padStart(9)}${'proven'.padStart(9)}${'equal'.padStart(9)}${'p50 ms'.padStart(9)}${'p95 ms'.padStart(9)}${'most'.padStart(9)}${baselines.map((name) => name.padStart(8)).join('')}`

console.log(heading)
// The first answers are slower because nothing is compiled yet; they are not counted.
for (let seed = 100; seed < 130; seed++) timed(generateCase('residency-caps', 12, 4, seed))
for (const [count, slots] of sizes) {
  if (values.sizes !== undefined && !values.sizes.split(',').includes(String(count))) continue
  const whole = emptyCell()
  for (const family of chosen) {
    const cell = emptyCell()
    for (let seed = 1; seed <= seeds; seed++)
      runCase(cell, generateCase(family, count, slots, seed, values.fine ? 'fine' : 'usual'), family, count < 80 || values['oracle-at-80'])
    console.log(lineOf(`${family} ${count}x${slots}`, cell))
    for (const name of ['cases', 'judged', 'agreed', 'proven', 'equal', 'eligible'] as const) whole[name] += cell[name]
    for (const name of baselines) whole.greedy[name]! += cell.greedy[name]!
    whole.times.push(...cell.times)
  }
  if (values.families === undefined) {
    const ladder = benchLadders(count, slots, seeds)
    console.log(lineOf(`ladders ${count}x${slots}`, { ...emptyCell(), ...ladder }))
  }
  console.log(lineOf(`ALL ${count}x${slots}`, whole))
  console.log('')
}
