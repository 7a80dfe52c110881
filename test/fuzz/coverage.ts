/** Which blocks of our code ran, as V8 counts them: what steers the fuzzing. */
import { Session } from 'node:inspector/promises'

/** What counts: sources of ours, and of the library that reads what anybody can send to a port for mail. */
const counted = /\/(?:packages\/[a-z]+|apps\/server)\/src\/|\/node_modules\/postal-mime\//

/** Knows what ran so far. */
export interface Coverage {
  /** Whether anything ran since the last time that is not known yet. It is known afterwards where `learn` is true. */
  moved(learn: boolean): Promise<boolean>
  /** Characters of source that ran, for the record. */
  size(): number
  stop(): void
}

type Range = { startOffset: number; endOffset: number; count: number }

/** Begins to count blocks of the libraries of this repository, and of nothing else. */
export async function startCoverage(): Promise<Coverage> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  // With counts: without them V8 tells of a function only once, and of its blocks not at all when it was compiled in between.
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const seen = new Set<string>()
  const ran = new Map<string, Uint8Array>()
  let size = 0

  /** Paints the ranges of one function, outer ones first as they come; answers whether a character is new. */
  function paint(name: string, ranges: readonly Range[], learn: boolean): boolean {
    const { startOffset: from, endOffset: to } = ranges[0]!
    const now = new Uint8Array(to - from)
    for (const { startOffset, endOffset, count } of ranges) now.fill(count > 0 ? 1 : 0, startOffset - from, endOffset - from)
    const before = ran.get(name) ?? new Uint8Array(to - from)
    let fresh = 0
    for (let at = 0; at < now.length; at++)
      if (now[at]! > before[at]!) {
        fresh++
        if (learn) before[at] = 1
      }
    if (learn) {
      ran.set(name, before)
      size += fresh
    }
    return fresh > 0
  }

  return {
    async moved(learn) {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      let moved = false
      for (const { scriptId, url, functions } of result) {
        if (!counted.test(url)) continue
        for (const { ranges } of functions) {
          if (ranges[0]!.count === 0) continue
          const name = `${scriptId}:${ranges[0]!.startOffset}`
          const said = `${name} ${ranges.map(({ startOffset, endOffset, count }) => `${startOffset}-${endOffset}-${count}`).join()}`
          if (seen.has(said)) continue
          if (paint(name, ranges, learn)) moved = true
          else seen.add(said)
        }
      }
      return moved
    },
    size: () => size,
    stop: () => session.disconnect(),
  }
}
