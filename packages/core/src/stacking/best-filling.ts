/** The best filling of one slot by itself: whole counts of some columns within a sum and a number, by dynamic programming over the sums that can be reached. */

/** What a filling has to keep: whole bounds of each column, of the sum of sizes, and of the number. */
export interface FillingBounds {
  low: Int32Array
  high: Int32Array
  leastSum: number
  mostSum: number
  leastCount: number
  mostCount: number
}

/** A slot with more sums and numbers than this is left to the relaxation. */
const mostStates = 20_000

/** The states before one column, of those that lead to a filling: which one follows, by count and state; -1 where none does. */
interface Layer {
  states: number
  next: Int32Array[]
}

/** The fillings of one slot. Call `bound`, then `best`, then what else is wanted of these bounds and weights. */
export class BestFilling {
  readonly #sizes: readonly number[]
  readonly #weights: Float64Array
  #bounds: FillingBounds | undefined
  #layers: Layer[] = []
  #possible = false
  /** The greatest weight from a state on, layer by layer. */
  #ahead: Float64Array[] = []
  /** How many states one `best` looks at. */
  states = 0

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes
    this.#weights = new Float64Array(sizes.length)
  }

  /** Takes other bounds; false when there are too many states. */
  bound(bounds: FillingBounds): boolean {
    if (this.#bounds && same(this.#bounds, bounds)) return true
    this.#bounds = undefined
    const { low, high, leastSum, mostSum, leastCount, mostCount } = bounds
    const sizes = this.#sizes
    const numbers = high.reduce((sum, value) => sum + value, 0)
    const sum = high.reduce((all, value, at) => all + value * sizes[at]!, 0)
    // A dimension that nothing bounds is left out.
    const sized = leastSum > 0 || mostSum < sum ? 1 : 0
    const counted = leastCount > 0 || mostCount < numbers ? 1 : 0
    const [lastSum, lastNumber] = [sized * Math.max(0, Math.min(mostSum, sum)), counted * Math.max(0, Math.min(mostCount, numbers))]
    const wide = lastNumber + 1
    if ((lastSum + 1) * wide > mostStates) return false
    const reached = [[0]]
    const seen = new Int32Array((lastSum + 1) * wide).fill(-1)
    for (let at = 0; at < sizes.length; at++) {
      const states: number[] = []
      for (const state of reached[at]!) {
        const [s, k] = [Math.floor(state / wide), state % wide]
        for (let value = low[at]!; value <= high[at]!; value++) {
          const [sumThen, numberThen] = [s + value * sizes[at]! * sized, k + value * counted]
          if (sumThen > lastSum || numberThen > lastNumber) break
          const then = sumThen * wide + numberThen
          if (seen[then] === at) continue
          seen[then] = at
          states.push(then)
        }
      }
      reached.push(states)
    }
    let kept = reached
      .at(-1)!
      .filter((state) => (!sized || Math.floor(state / wide) >= leastSum) && (!counted || state % wide >= leastCount))
    const index = seen.fill(-1)
    const layers: Layer[] = []
    const last = kept.length
    this.states = last
    for (let at = sizes.length - 1; at >= 0; at--) {
      for (const [place, state] of kept.entries()) index[state] = place
      const step = sizes[at]! * sized * wide + counted
      const follow = (state: number, value: number) =>
        Math.floor(state / wide) + value * sizes[at]! * sized > lastSum || (state % wide) + value * counted > lastNumber
          ? -1
          : index[state + value * step]!
      const values = Array.from({ length: high[at]! - low[at]! + 1 }, (_, more) => low[at]! + more)
      const before = reached[at]!.filter((state) => values.some((value) => follow(state, value) >= 0))
      layers[at] = { states: before.length, next: values.map((value) => Int32Array.from(before, (state) => follow(state, value))) }
      for (const state of kept) index[state] = -1
      kept = before
      this.states += before.length
    }
    this.#possible = kept.length > 0
    this.#layers = layers
    this.#ahead = [...layers.map((layer) => layer.states), last].map((states) => new Float64Array(states))
    this.#bounds = bounds
    return true
  }

  /** The greatest weight of a filling; minus infinity when there is none. */
  best(weights: (at: number) => number): number {
    if (!this.#possible) return Number.NEGATIVE_INFINITY
    const { low } = this.#bounds!
    for (let at = this.#layers.length - 1; at >= 0; at--) {
      const weight = weights(at)
      this.#weights[at] = weight
      const { states, next } = this.#layers[at]!
      const [here, then] = [this.#ahead[at]!, this.#ahead[at + 1]!]
      for (let state = 0; state < states; state++) {
        let greatest = Number.NEGATIVE_INFINITY
        for (let more = 0; more < next.length; more++) {
          const follow = next[more]![state]!
          if (follow < 0) continue
          const value = then[follow]! + (low[at]! + more) * weight
          if (value > greatest) greatest = value
        }
        here[state] = greatest
      }
    }
    return this.#ahead[0]![0]!
  }

  /** Tells the counts of a best filling, after `best`. */
  trace(found: (at: number, count: number) => void): void {
    const { low } = this.#bounds!
    let state = 0
    for (const [at, { next }] of this.#layers.entries()) {
      const then = this.#ahead[at + 1]!
      let [chosen, greatest] = [0, Number.NEGATIVE_INFINITY]
      for (let more = 0; more < next.length; more++) {
        const follow = next[more]![state]!
        const value = follow < 0 ? Number.NEGATIVE_INFINITY : then[follow]! + (low[at]! + more) * this.#weights[at]!
        if (value > greatest) [chosen, greatest] = [more, value]
      }
      found(at, low[at]! + chosen)
      state = next[chosen]![state]!
    }
  }

  /** The least and the most that each column has in a filling of at least this weight, after `best`. */
  narrow(least: number, found: (at: number, low: number, high: number) => void): void {
    const { low } = this.#bounds!
    let behind = new Float64Array(1)
    for (const [at, { states, next }] of this.#layers.entries()) {
      const then = this.#ahead[at + 1]!
      const further = new Float64Array(then.length).fill(Number.NEGATIVE_INFINITY)
      let [fewest, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let more = 0; more < next.length; more++) {
        const gain = (low[at]! + more) * this.#weights[at]!
        let greatest = Number.NEGATIVE_INFINITY
        for (let state = 0; state < states; state++) {
          const follow = next[more]![state]!
          if (follow < 0) continue
          const value = behind[state]! + gain
          if (value > further[follow]!) further[follow] = value
          if (value + then[follow]! > greatest) greatest = value + then[follow]!
        }
        if (greatest < least) continue
        fewest = Math.min(fewest, low[at]! + more)
        most = low[at]! + more
      }
      found(at, fewest, most)
      behind = further
    }
  }
}

function same(one: FillingBounds, other: FillingBounds): boolean {
  return (
    one.leastSum === other.leastSum &&
    one.mostSum === other.mostSum &&
    one.leastCount === other.leastCount &&
    one.mostCount === other.mostCount &&
    one.low.every((value, at) => value === other.low[at]) &&
    one.high.every((value, at) => value === other.high[at])
  )
}
