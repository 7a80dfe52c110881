/** Where to branch: what it brought before. */

const near = 1e-6

/** What branching on a column has cost so far for each unit, on either side. */
export class BranchCosts {
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
