/** What is asked of the search for whole-number solutions, and what it answers. */
import type { SumRow } from './reach-sums.ts'
import type { SlotPart, SlotPrices } from './slot-prices.ts'

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
  /** Each slot by itself. */
  parts: readonly SlotPart[]
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
  /** The prices of this program for this objective, where they were needed. */
  prices?: SlotPrices
}
