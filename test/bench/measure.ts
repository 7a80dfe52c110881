/** Measuring: rates per CPU-second, so that what else the machine does counts little, in rounds whose median is told. */

/** How often something happened in a CPU-second, and in a second of the clock. */
export interface Rate {
  perCpu: number
  perSecond: number
}

/** Runs the work again and again for `seconds` a round, three rounds after a warm-up, and answers the median round. */
export async function rateOf(work: () => unknown, seconds = 1.5): Promise<Rate> {
  await round(work, 0.5)
  const rounds = [await round(work, seconds), await round(work, seconds), await round(work, seconds)]
  return rounds.toSorted((a, b) => a.perCpu - b.perCpu)[1]!
}

async function round(work: () => unknown, seconds: number): Promise<Rate> {
  globalThis.gc?.()
  const cpu = process.cpuUsage()
  const from = performance.now()
  let count = 0
  while (performance.now() - from < seconds * 1000) {
    for (let n = 0; n < 20; n++) {
      const answer = work()
      if (answer instanceof Promise) await answer
    }
    count += 20
  }
  const elapsed = (performance.now() - from) / 1000
  const used = process.cpuUsage(cpu)
  return { perCpu: count / ((used.user + used.system) / 1e6), perSecond: count / elapsed }
}

/** One line of the table. `floor` is the least that has to be done in any case, measured in the same run. */
export interface Row {
  what: string
  figure: string
  floor?: string
  /** How many times the floor it takes. */
  ratio?: number
  aim: string
  /** Left out when nothing was measured. */
  met?: boolean
}

/** The table as text. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.figure,
    row.floor ?? '',
    row.ratio === undefined ? '' : `${row.ratio.toFixed(2)}x`,
    row.aim,
    row.met === undefined ? '' : row.met ? 'met' : 'not met',
  ])
  const all = [['what', 'measured', 'floor', 'of the floor', 'aim', ''], ...cells]
  const widths = all[0]!.map((_, column) => Math.max(...all.map((line) => line[column]!.length)))
  const lines = all.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n')
}

/** A rate for people. */
export const perCpu = (rate: Rate) => `${Math.round(rate.perCpu).toLocaleString('en')}/CPU-s`
