/** Graduation day: a table of graduates through the server, from the upload until every credential is sealed and durable, with everything on this machine. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@cairn/testkit'
import writeXlsx from 'write-excel-file/node'
import { learnerTable } from '../chaos/prepare.ts'
import { atRate } from './load.ts'
import type { Row } from './measure.ts'
import { cpuOf, memoryOf } from './processes.ts'

/** 10,000 rows of a workbook: the time, and the CPU of all processes beside one raw signature and one row of a binary COPY of the same bytes. */
export async function benchGraduation(): Promise<Row[]> {
  const taken = await run({ rows: 10_000, kind: 'xlsx', pictures: 'large' })
  const what = whatOf(taken, 'XLSX')
  return [{ what, ...timeOf(taken), aim: '10 s', met: taken.seconds <= 10 }, cpuRow(taken, what)]
}

/** 100,000 rows of CSV with small and with large pictures, and whether a row costs the same among more of them. */
export async function benchHundredThousand(): Promise<Row[]> {
  const rows: Row[] = []
  const perRow: number[] = []
  for (const count of [1000, 10_000, 100_000]) {
    const taken = await run({ rows: count, kind: 'csv', pictures: 'small' })
    perRow.push((taken.cpu / taken.rows) * 1000)
    const what = whatOf(taken, 'CSV')
    if (count < 100_000) rows.push({ what, ...timeOf(taken), aim: '' })
    else rows.push({ what, ...timeOf(taken), aim: '60 s', met: taken.seconds <= 60 }, memoryRow(taken, what), cpuRow(taken, what))
  }
  const [, of10, of100] = perRow
  const figure = perRow.map((each) => `${each.toFixed(2)} ms`).join(', ')
  rows.push({ what: 'CPU a row among 1,000, 10,000 and 100,000', figure, aim: 'flat', met: of100! <= 1.2 * of10! })
  const large = await run({ rows: 100_000, kind: 'csv', pictures: 'large' })
  const what = whatOf(large, 'CSV')
  rows.push({ what, ...timeOf(large), aim: '5 min', met: large.seconds <= 300 }, memoryRow(large, what), cpuRow(large, what))
  return rows
}

/** What strangers wait for while a batch is sealed: a shared page and a status list, asked for at a fixed rate whether the answers come or not. */
export async function benchVisited(): Promise<Row[]> {
  const rows: Row[] = []
  await run({ rows: 100_000, kind: 'csv', pictures: 'small' }, async ({ page, list }, server, begin) => {
    const asked = [
      ['status list', list, 1000],
      ['shared page', page, 300],
    ] as const
    const costs: string[] = []
    for (const [, address, wanted] of asked) {
      await atRate(address, wanted / 5, 2)
      const before = cpuOf(server)
      await atRate(address, wanted / 5, 5)
      const after = cpuOf(server)
      costs.push((((after.own + after.below - before.own - before.below) / wanted) * 1000).toFixed(2))
    }
    begin()
    for (const [at, [name, address, wanted]] of asked.entries()) {
      const { perSecond, p95, refused } = await atRate(address, wanted, 10)
      rows.push({
        what: `${name} while a batch is sealed, asked ${wanted} times a second`,
        figure: `${Math.round(perSecond)}/s, p95 ${Math.round(p95)} ms, ${refused} refused; alone ${costs[at]} ms of CPU each`,
        aim: `${wanted}/s, p95 250 ms`,
        met: perSecond >= 0.98 * wanted && p95 <= 250,
      })
    }
  })
  return rows
}

interface Wanted {
  rows: number
  kind: 'csv' | 'xlsx'
  /** As the demonstration has them, 57 KB in three languages, or one of 7 KB. */
  pictures: 'small' | 'large'
}
interface Taken {
  rows: number
  /** Of one credential. */
  bytes: number
  seconds: number
  /** Of all processes, for the batch and for the least. */
  cpu: number
  floorPerRow: number
  /** By this server and by its database. */
  own: number
  below: number
  /** The most that all processes held at once, before and while the batch was under way. */
  megabytes: number
}
interface Step {
  step: string
  seconds: number
  own: number
  below: number
}

const whatOf = ({ rows, bytes }: Taken, kind: string) =>
  `${rows.toLocaleString('en')} rows of ${kind} to sealed, ${Math.round(bytes / 1000)} KB each`
const timeOf = ({ seconds, own, below }: Taken) => ({
  figure: `${seconds.toFixed(1)} s; CPU of the server ${own.toFixed(1)} s, of PostgreSQL ${below.toFixed(1)} s`,
})
const memoryRow = ({ megabytes }: Taken, what: string): Row => ({
  what: `${what}: memory of all processes`,
  figure: `${megabytes} MB`,
  aim: 'under 1 GB',
  met: megabytes < 1000,
})
const cpuRow = ({ cpu, rows, floorPerRow }: Taken, what: string): Row => ({
  what: `${what}: CPU of all processes`,
  figure: `${((cpu / rows) * 1000).toFixed(2)} ms a row`,
  floor: `sign and COPY ${(floorPerRow * 1000).toFixed(2)} ms`,
  ratio: cpu / rows / floorPerRow,
  aim: '2x the floor',
  met: cpu / rows <= 2 * floorPerRow,
})

/** Asks for public addresses of the server's process, and says when the batch is to begin. */
type Visit = (addresses: { page: string; list: string }, server: number, begin: () => void) => Promise<void>

/** Runs the server's process in a folder of its own; with `visit` it serves pages too. */
async function run({ rows, kind, pictures }: Wanted, visit?: Visit): Promise<Taken> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-bench-'))
  try {
    const file = path.join(folder, `graduates.${kind}`)
    const table = learnerTable(rows)
    if (kind === 'csv') writeFileSync(file, table.map((cells) => cells.join(',')).join('\n'))
    else await writeXlsx(table.map((cells) => cells.map((value) => ({ value })))).toFile(file)
    const data = path.join(folder, 'data')
    mkdirSync(data)
    // As `npm start` has it, from its second start on.
    const compiled = { NODE_COMPILE_CACHE: path.resolve(import.meta.dirname, '../../node_modules/.cache/compiled') }
    const env = { ...process.env, ...compiled, PORT: String(await freePort()), CAIRN_DATA: data, CAIRN_DEMO: '1', CAIRN_SEAL_LEVEL: 'B' }
    const program = path.join(import.meta.dirname, 'graduation-process.ts')
    const child = spawn(process.execPath, ['--conditions=cairn-source', program, file, pictures], {
      env,
      stdio: ['ignore', 'pipe', 'inherit', ...(visit ? ['ipc' as const] : [])],
    })
    let printed = ''
    child.stdout!.on('data', (chunk) => {
      printed += chunk
    })
    let most = 0
    // Asking what every process holds takes a while itself.
    const watch = setInterval(() => {
      most = Math.max(most, memoryOf(child.pid!))
    }, 2000)
    const begin = () => void child.send('begin')
    const visiting =
      visit &&
      new Promise<void>((resolve, reject) => child.on('message', (said) => visit(said as never, child.pid!, begin).then(resolve, reject)))
    const ended = new Promise<void>((resolve, reject) =>
      child.on('close', (code) => (code === 0 ? resolve() : reject(new Error('The server ended before it told what it took.')))),
    )
    try {
      await Promise.all([ended, visiting])
    } finally {
      clearInterval(watch)
      child.kill()
    }
    const { steps, floorRows, ...made }: { rows: number; bytes: number; floorRows: number; steps: Step[] } = JSON.parse(
      printed.trim().split('\n').at(-1)!,
    )
    if (made.rows !== rows) throw new Error(`${made.rows} of ${rows} were sealed.`)
    const least = steps.find(({ step }) => step === 'floor')!
    const batch = steps.filter((each) => each !== least)
    const sum = (part: 'seconds' | 'own' | 'below') => batch.reduce((all, each) => all + each[part], 0)
    return {
      ...made,
      seconds: steps.filter(({ step }) => step !== 'floor' && step !== 'written').reduce((all, each) => all + each.seconds, 0),
      own: sum('own'),
      below: sum('below'),
      cpu: sum('own') + sum('below'),
      floorPerRow: (least.own + least.below) / floorRows,
      megabytes: Math.round(most / 1024),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
