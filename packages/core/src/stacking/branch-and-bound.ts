/** Exact search for whole-number solutions: linear relaxation, reduced costs, and branching on counts or on the boundary of an order. */
import type { BoxedSimplex } from './boxed-simplex.ts'
import { BranchCosts } from './branch-costs.ts'
import { addCuts } from './gomory-cuts.ts'
import { fixByCost } from './hold-best.ts'
import { OpenParts } from './open-parts.ts'
import { ReachSums } from './reach-sums.ts'
import type { Search, SearchResult, WorkLimit } from './search.ts'
import { SlotPrices } from './slot-prices.ts'

const near = 1e-6
/** How many columns are tried before one is chosen to branch on, and how many steps each try may take. */
const mostTries = 8
const stepsPerTry = 25
/** How often the prices are made better at each node. */
const stepsPerNode = 10
/** After so many observations on each side a column is no longer tried: what it cost so far is believed. */
const believed = 4
/** A search in the neighbourhood of the best solution: how often, and how many nodes it may take. */
const nodesBetweenTries = 150
const nodesNearby = 120
const leastShareFixed = 0.3
/** Most searches end within so many nodes, before cuts are worth their work. */
const nodesWithoutCuts = 15
/** What a node costs beside its steps. */
const nodeAlone = 0.25

type Branch = { column: number; least: number; most: number }[]

/**
 * Maximises a row over whole numbers: the part with the best bound first, and from there down until nothing is left.
 * The bounds of the program are as before when it returns. Deterministic: same program, same answer.
 */
export function searchBest(program: BoxedSimplex, search: Search, limit: WorkLimit): SearchResult {
  const quick = { nodes: Math.min(nodesWithoutCuts, limit.nodes) }
  const given = quick.nodes
  const first = new TreeSearch(program.withRows(program.rows, []), search, quick, undefined, false).run()
  limit.nodes -= given - quick.nodes
  if (first.proven) return first
  const next: Search = first.columns ? { ...search, known: first.value, knownColumns: first.columns } : search
  const prices = new SlotPrices(program, search.parts, search.objective)
  const second = { ...new TreeSearch(addCuts(program, next, limit), next, limit, prices).run(), prices }
  return second.columns || !first.columns ? second : { ...second, columns: first.columns }
}

class TreeSearch {
  readonly #program: BoxedSimplex
  readonly #search: Search
  readonly #limit: WorkLimit
  readonly #open = new OpenParts()
  readonly #sums: ReachSums
  readonly #prices: SlotPrices | undefined
  readonly #costs: BranchCosts
  #value: number
  #columns: Float64Array | undefined
  #serial = 0

  readonly #nearby: boolean

  constructor(program: BoxedSimplex, search: Search, limit: WorkLimit, prices: SlotPrices | undefined, nearby = true) {
    this.#nearby = nearby
    this.#program = program
    this.#search = search
    this.#limit = limit
    this.#sums = new ReachSums(search.sums)
    this.#prices = prices
    this.#costs = new BranchCosts(program.columns)
    this.#value = search.known ?? Number.NEGATIVE_INFINITY
    program.aim(search.objective)
  }

  run(): SearchResult {
    this.#keep(Number.MAX_VALUE, [])
    let nextTry = this.#limit.nodes
    for (;;) {
      const part = this.#open.take()
      if (part === undefined || part.bound < this.#needed()) return this.#result(Number.NEGATIVE_INFINITY)
      this.#program.low.set(part.low)
      this.#program.high.set(part.high)
      if (this.#nearby && this.#limit.nodes <= nextTry) {
        this.#lookNearby()
        if (this.#search.any && this.#columns) return this.#result(Number.NEGATIVE_INFINITY)
        nextTry = this.#limit.nodes - nodesBetweenTries
        this.#program.low.set(part.low)
        this.#program.high.set(part.high)
      }
      let bound: number | undefined = part.bound
      while (bound !== undefined) {
        if (this.#limit.nodes <= 0) return this.#result(Math.max(bound, this.#open.best))
        bound = this.#descend(bound)
        if (this.#search.any && this.#columns) return this.#result(Number.NEGATIVE_INFINITY)
      }
    }
  }

  #result(open: number): SearchResult {
    const proven = open === Number.NEGATIVE_INFINITY || open < this.#needed()
    const bound = proven ? this.#value : Math.max(open, this.#value)
    return this.#columns ? { columns: this.#columns, value: this.#value, bound, proven } : { value: this.#value, bound, proven }
  }

  /**
   * Fixes what the relaxation and the best solution agree on and searches the rest for a while; without a solution, what the relaxation has whole.
   * This finds what the tree finds late; it proves nothing.
   */
  #lookNearby(): void {
    const program = this.#program
    const { whole } = this.#search
    for (let times = 0; times < 4 && this.#limit.nodes > 0; times++) {
      if (!this.#sums.narrow(program) || program.solve(this.#needed()) !== 'optimal') return
      const best = this.#columns ?? this.#search.knownColumns
      const inner = program.withRows(program.rows, [])
      let fixed = 0
      for (const column of whole) {
        const value = program.value(column)
        const round = Math.round(value)
        if (Math.abs(value - round) < near && (!best || best[column] === round)) {
          inner.low[column] = round
          inner.high[column] = round
          fixed++
        } else if (!best) {
          inner.low[column] = Math.max(inner.low[column]!, Math.floor(value + near))
          inner.high[column] = Math.min(inner.high[column]!, Math.ceil(value - near))
        }
      }
      if (fixed < leastShareFixed * whole.length) return
      const limit = { nodes: Math.min(nodesNearby, this.#limit.nodes) }
      const given = limit.nodes
      const search = this.#value === Number.NEGATIVE_INFINITY ? this.#search : { ...this.#search, known: this.#value }
      const found = new TreeSearch(inner, search, limit, this.#prices, false).run()
      this.#limit.nodes -= given - limit.nodes
      if (!found.columns) return
      this.#columns = found.columns
      this.#value = found.value
    }
  }

  #needed(): number {
    const { grain } = this.#search
    return this.#value === Number.NEGATIVE_INFINITY ? this.#value : this.#value + grain - near * Math.max(1, grain)
  }

  /** Works on the part that the bounds of the program describe: closes it, or splits it and stays in one half. Answers the bound of that half. */
  #descend(above: number): number | undefined {
    const before = this.#work
    const bound = this.#split(above)
    this.#limit.nodes -= nodeAlone + this.#work - before
    return bound
  }

  get #work(): number {
    return this.#program.work + (this.#prices?.work ?? 0)
  }

  #split(above: number): number | undefined {
    const program = this.#program
    if (!this.#sums.narrow(program)) return undefined
    const state = program.solve(this.#needed())
    if (state === 'infeasible' || state === 'cut') return undefined
    let bound = Math.min(above, program.best)
    if (bound < this.#needed()) return undefined
    if (state === 'stalled') return this.#follow(this.#halve(), bound, bound)
    if (this.#value > Number.NEGATIVE_INFINITY) fixByCost(program, this.#search.whole, program.best - this.#needed())
    if (this.#prices) {
      const priced = this.#prices.tighten(program, this.#needed(), stepsPerNode)
      if (!priced) return undefined
      bound = Math.min(bound, priced.bound)
      if (priced.narrowed && this.#outside()) return this.#split(bound)
    }
    const order = this.#splitOrder()
    if (order) return this.#follow(order, bound, bound)
    return this.#splitFraction(bound)
  }

  /** Whether the present solution is outside of the bounds. */
  #outside(): boolean {
    const { low, high } = this.#program
    return this.#search.whole.some((column) => {
      const value = this.#program.value(column)
      return value < low[column]! - near || value > high[column]! + near
    })
  }

  /** Keeps the second branch for later and enters the first. */
  #follow(branches: readonly [Branch, Branch] | undefined, first: number, second: number): number | undefined {
    if (!branches) return undefined
    if (second >= this.#needed()) this.#keep(second, branches[1])
    return this.#enter(branches[0]) ? first : undefined
  }

  #keep(bound: number, branch: Branch): void {
    const low = this.#program.low.slice()
    const high = this.#program.high.slice()
    for (const { column, least, most } of branch) {
      low[column] = Math.max(low[column]!, least)
      high[column] = Math.min(high[column]!, most)
      if (low[column]! > high[column]!) return
    }
    this.#open.add({ bound, serial: this.#serial++, low, high })
  }

  #enter(branch: Branch): boolean {
    const { low, high } = this.#program
    for (const { column, least, most } of branch) {
      low[column] = Math.max(low[column]!, least)
      high[column] = Math.min(high[column]!, most)
      if (low[column]! > high[column]!) return false
    }
    return true
  }

  #accept(): void {
    const program = this.#program
    const found = new Float64Array(program.columns)
    for (let column = 0; column < found.length; column++) found[column] = program.value(column)
    for (const column of this.#search.whole) found[column] = Math.round(found[column]!)
    this.#columns = found
    this.#value = Math.max(this.#value, this.#search.grain >= 1 ? Math.round(program.best) : program.best)
  }

  /** Splits where the relaxation puts something newer before something older: nothing from that time on before, or nothing up to it after. */
  #splitOrder(): readonly [Branch, Branch] | undefined {
    const program = this.#program
    let worst = near
    let chosen: readonly [Branch, Branch] | undefined
    for (const { before, after } of this.#search.orders) {
      const early = before.filter(({ column }) => program.value(column) > near)
      const late = after.filter(({ column }) => program.value(column) > near)
      for (const { time } of late.length === 0 ? [] : early) {
        const mass = early.reduce((sum, entry) => sum + (entry.time >= time ? program.value(entry.column) : 0), 0)
        const other = late.reduce((sum, entry) => sum + (entry.time <= time ? program.value(entry.column) : 0), 0)
        if (Math.min(mass, other) <= worst) continue
        worst = Math.min(mass, other)
        const first = before.filter((entry) => entry.time >= time).map(forbid)
        const second = after.filter((entry) => entry.time <= time).map(forbid)
        chosen = mass <= other ? [first, second] : [second, first]
      }
    }
    return chosen
  }

  /** Tries the most promising fractional columns on both sides and splits where both lose most. A side that is empty is cut off at once. */
  #splitFraction(bound: number): number | undefined {
    const program = this.#program
    const fractional = (columns: readonly number[]) =>
      columns.map((column) => ({ column, at: program.value(column) })).filter(({ at }) => Math.abs(at - Math.round(at)) > near)
    const early = fractional(this.#search.first ?? [])
    const open = early.length > 0 ? early : fractional(this.#search.whole)
    if (open.length === 0) {
      this.#accept()
      return undefined
    }
    const ranked = open
      .map(({ column, at }) => ({ column, at, score: this.#costs.score(column, at - Math.floor(at)) }))
      .sort((a, b) => b.score - a.score || a.column - b.column)
    let best: { column: number; floor: number; down: number; up: number; score: number } | undefined
    let tries = 0
    for (const { column, at, score } of ranked) {
      const floor = Math.floor(at)
      if (this.#costs.seen(column) >= believed) {
        if (!best || score > best.score) best = { column, floor, down: bound, up: bound, score }
        continue
      }
      if (tries++ >= mostTries) break
      const down = this.#try(column, at, floor, true, bound)
      const up = this.#try(column, at, floor, false, bound)
      if (down === undefined && up === undefined) return undefined
      if (down === undefined || up === undefined) {
        if (down === undefined) program.low[column] = floor + 1
        else program.high[column] = floor
        return Math.min(bound, (down ?? up)!)
      }
      const gained = Math.max(bound - down, near) * Math.max(bound - up, near)
      if (!best || gained > best.score) best = { column, floor, down, up, score: gained }
    }
    const { column, floor, down, up } = best!
    const lower: Branch = [{ column, least: Number.NEGATIVE_INFINITY, most: floor }]
    const upper: Branch = [{ column, least: floor + 1, most: Number.POSITIVE_INFINITY }]
    const at = open.find((each) => each.column === column)!.at
    const upFirst = up > down + near || (Math.abs(up - down) <= near && at - floor > 0.4)
    return upFirst ? this.#follow([upper, lower], up, down) : this.#follow([lower, upper], down, up)
  }

  /** The bound of one side of a column, `undefined` when there is nothing better in it. */
  #try(column: number, at: number, floor: number, down: boolean, bound: number): number | undefined {
    const program = this.#program
    const [low, high] = [program.low[column]!, program.high[column]!]
    if (down) program.high[column] = floor
    else program.low[column] = floor + 1
    const state = program.low[column]! > program.high[column]! ? 'infeasible' : program.solve(this.#needed(), stepsPerTry)
    const reached = Math.min(bound, program.best)
    program.low[column] = low
    program.high[column] = high
    const lost = state === 'infeasible' || state === 'cut' || reached < this.#needed()
    this.#costs.note(column, down, lost ? 1 : (bound - reached) / (down ? at - floor : floor + 1 - at))
    return lost ? undefined : reached
  }

  #halve(): readonly [Branch, Branch] | undefined {
    const { low, high } = this.#program
    const column = this.#search.whole.find((each) => low[each] !== high[each])
    if (column === undefined) return undefined
    const middle = Math.floor((low[column]! + high[column]!) / 2)
    return [[{ column, least: Number.NEGATIVE_INFINITY, most: middle }], [{ column, least: middle + 1, most: Number.POSITIVE_INFINITY }]]
  }
}

const forbid = ({ column }: { column: number }) => ({ column, least: 0, most: 0 })
