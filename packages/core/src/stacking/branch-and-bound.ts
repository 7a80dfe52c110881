/** Exact search for whole-number solutions: linear relaxation, reduced costs, and branching on counts or on the boundary of an order. */
import type { BoxedSimplex } from './boxed-simplex.ts'
import { addCuts } from './gomory-cuts.ts'
import { ReachSums, type SumRow } from './reach-sums.ts'

/** Columns of a pair of slots in which everything in `before` must be older than everything in `after`: whatever stands at `time` or later clashes. */
export interface OrderPair {
  before: readonly { column: number; time: number }[]
  after: readonly { column: number; time: number }[]
}

/** How much work may still be done, in nodes of usual size; shared by all searches of one answer. */
export interface WorkLimit {
  nodes: number
}

/** What is searched: which row to maximise, the columns that must be whole, and how fine the objective is. */
export interface Search {
  objective: number
  whole: readonly number[]
  /** Whole columns that are branched on before all others. */
  first?: readonly number[]
  orders: readonly OrderPair[]
  /** Rows whose sums are looked at one by one. */
  sums: readonly SumRow[]
  /** Two different values of the objective differ at least by this much. */
  grain: number
  /** A value that is known to be reached already; only more is looked for. */
  known?: number
  /** A solution of that value, near which better ones are looked for. */
  knownColumns?: Float64Array
  /** The first solution is enough. */
  any?: boolean
}

/** What a search found. `columns` is absent when nothing (better) was found; `bound` is what cannot be exceeded, and proven when it equals the value. */
export interface SearchResult {
  columns?: Float64Array
  value: number
  bound: number
  proven: boolean
}

const near = 1e-6
/** How many columns are tried before one is chosen to branch on, and how many steps each try may take. */
const mostTries = 8
const stepsPerTry = 25
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

/** A part of the space that is still open. */
interface OpenPart {
  bound: number
  serial: number
  low: Float64Array
  high: Float64Array
}

type Branch = { column: number; least: number; most: number }[]

/**
 * Maximises a row over whole numbers: the part with the best bound first, and from there down until nothing is left.
 * The bounds of the program are as before when it returns. Deterministic: same program, same answer.
 */
export function searchBest(program: BoxedSimplex, search: Search, limit: WorkLimit): SearchResult {
  const quick = { nodes: Math.min(nodesWithoutCuts, limit.nodes) }
  const given = quick.nodes
  const first = new TreeSearch(program.withRows(program.rows, []), search, quick, false).run()
  limit.nodes -= given - quick.nodes
  if (first.proven) return first
  const next: Search = first.columns ? { ...search, known: first.value, knownColumns: first.columns } : search
  const second = new TreeSearch(addCuts(program, next, limit), next, limit).run()
  return second.columns || !first.columns ? second : { ...second, columns: first.columns }
}

class TreeSearch {
  readonly #program: BoxedSimplex
  readonly #search: Search
  readonly #limit: WorkLimit
  readonly #open = new OpenParts()
  readonly #sums: ReachSums
  readonly #costs: BranchCosts
  #value: number
  #columns: Float64Array | undefined
  #serial = 0

  readonly #nearby: boolean

  constructor(program: BoxedSimplex, search: Search, limit: WorkLimit, nearby = true) {
    this.#nearby = nearby
    this.#program = program
    this.#search = search
    this.#limit = limit
    this.#sums = new ReachSums(search.sums)
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
      const found = new TreeSearch(inner, search, limit, false).run()
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
    const before = this.#program.work
    const bound = this.#split(above)
    this.#limit.nodes -= nodeAlone + this.#program.work - before
    return bound
  }

  #split(above: number): number | undefined {
    const program = this.#program
    if (!this.#sums.narrow(program)) return undefined
    const state = program.solve(this.#needed())
    if (state === 'infeasible' || state === 'cut') return undefined
    const bound = Math.min(above, program.best)
    if (bound < this.#needed()) return undefined
    if (state === 'stalled') return this.#follow(this.#halve(), bound, bound)
    this.#fixByCost(bound)
    const order = this.#splitOrder()
    if (order) return this.#follow(order, bound, bound)
    return this.#splitFraction(bound)
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

  /** A column whose move would cost more than there is room stays where it is. */
  #fixByCost(bound: number): void {
    if (this.#value === Number.NEGATIVE_INFINITY) return
    const { low, high } = this.#program
    const room = bound - this.#needed()
    for (const column of this.#search.whole) {
      const width = high[column]! - low[column]!
      if (width <= 0) continue
      const { atHigh, loss } = this.#program.cost(column)
      if (loss < near) continue
      const moves = Math.floor(room / loss + near)
      if (moves >= width) continue
      if (atHigh) low[column] = high[column]! - moves
      else high[column] = low[column]! + moves
    }
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

/** What branching on a column has cost so far for each unit, on either side. */
class BranchCosts {
  readonly #sums: [Float64Array, Float64Array]
  readonly #counts: [Int32Array, Int32Array]

  constructor(columns: number) {
    this.#sums = [new Float64Array(columns), new Float64Array(columns)]
    this.#counts = [new Int32Array(columns), new Int32Array(columns)]
  }

  note(column: number, down: boolean, cost: number): void {
    const side = down ? 0 : 1
    this.#sums[side][column]! += cost
    this.#counts[side][column]!++
  }

  seen(column: number): number {
    return Math.min(this.#counts[0][column]!, this.#counts[1][column]!)
  }

  score(column: number, fraction: number): number {
    const mean = (side: 0 | 1) => (this.#counts[side][column] ? this.#sums[side][column]! / this.#counts[side][column]! : 1)
    return Math.max(mean(0) * fraction, near) * Math.max(mean(1) * (1 - fraction), near)
  }
}

/** The open parts, best bound first, then the newest: a binary heap. */
class OpenParts {
  readonly #heap: OpenPart[] = []

  get best(): number {
    return this.#heap[0]?.bound ?? Number.NEGATIVE_INFINITY
  }

  add(part: OpenPart): void {
    const heap = this.#heap
    heap.push(part)
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!ahead(heap[at]!, heap[parent]!)) break
      const kept = heap[at]!
      heap[at] = heap[parent]!
      heap[parent] = kept
      at = parent
    }
  }

  take(): OpenPart | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (heap.length === 0 || !last) return first
    heap[0] = last
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const child = left + 1 < heap.length && ahead(heap[left + 1]!, heap[left]!) ? left + 1 : left
      if (!ahead(heap[child]!, heap[at]!)) break
      const kept = heap[at]!
      heap[at] = heap[child]!
      heap[child] = kept
      at = child
    }
    return first
  }
}

const ahead = (a: OpenPart, b: OpenPart) => a.bound > b.bound || (a.bound === b.bound && a.serial > b.serial)
