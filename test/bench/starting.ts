/** How long the command line takes to begin, beside Node itself. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Row } from './measure.ts'

/** One row: the best of five starts of each, for what a start costs is its least. */
export function benchStarting(): Row {
  const bin = path.resolve(import.meta.dirname, '../../apps/cli/bin/cairn.js')
  const best = (args: readonly string[]) => Math.min(...[1, 2, 3, 4, 5].map(() => timed(args)))
  const node = best(['-e', '0'])
  const cairn = best([bin, 'verify', '--help'])
  return {
    what: 'cairn verify --help, from start to end',
    figure: `${Math.round(cairn)} ms`,
    floor: `Node alone ${Math.round(node)} ms`,
    aim: '300 ms over Node',
    met: cairn - node < 300,
  }
}

function timed(args: readonly string[]): number {
  const from = performance.now()
  const { status } = spawnSync(process.execPath, args)
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
  return performance.now() - from
}
