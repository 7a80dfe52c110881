/** What a search has still to look at. */

/** A part of the space that is still open. */
export interface OpenPart {
  bound: number
  serial: number
  low: Float64Array
  high: Float64Array
}

/** The open parts, best bound first, then the newest: a binary heap. */
export class OpenParts {
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
