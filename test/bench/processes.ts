/** What a process and everything that it started take: read from /proc, so on Linux alone. */
import { readdirSync, readFileSync } from 'node:fs'

/** Everything below a process, itself included, as numbers of processes. */
function family(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name)) {
      const fields = statOf(Number(name))
      if (fields) parents.set(Number(name), Number(fields[1]))
    }
  const below = (pid: number): boolean => pid === root || (pid > 1 && parents.has(pid) && below(parents.get(pid)!))
  return [...parents.keys()].filter(below)
}

/** KiB that they hold, shared pages counted once; 0 where that cannot be told. */
export function memoryOf(root: number): number {
  try {
    return family(root).reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0)
  } catch {
    return 0
  }
}

/** Seconds of CPU that they took so far, those that ended included: of the process itself, with its threads, and of all below it. */
export function cpuOf(root: number): { own: number; below: number } {
  const seconds = (fields: string[] | undefined, from: number) => (Number(fields?.[from] ?? 0) + Number(fields?.[from + 1] ?? 0)) / 100
  const total = { own: seconds(statOf(root), 11), below: 0 }
  for (const pid of family(root)) {
    const fields = statOf(pid)
    total.below += seconds(fields, 13) + (pid === root ? 0 : seconds(fields, 11))
  }
  return total
}

/** Waits until a process and all below it have hardly anything to do for half a second: what a start leaves to do is not part of what is measured after it. */
export async function untilQuiet(root: number): Promise<void> {
  for (let [before, still] = [Number.NEGATIVE_INFINITY, 0]; still < 5; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const { own, below } = cpuOf(root)
    still = own + below - before <= 0.02 ? still + 1 : 0
    before = own + below
  }
}

/** The fields of /proc/…/stat behind the name. */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`)
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ') : undefined
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // The process ended meanwhile.
    return ''
  }
}
