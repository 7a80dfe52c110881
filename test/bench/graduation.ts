/** Graduation day: a table of graduates through the server, from the upload until every credential is sealed and durable, with everything on this machine. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@cairn/testkit'
import type { Row } from './measure.ts'

const rowsOfFile = 10_000

/** Two rows: the time, and the CPU of all processes beside one raw signature and one row of a binary COPY of the same bytes. */
export async function benchGraduation(): Promise<Row[]> {
  const { seconds, cpu, bytes, megabytes } = await run([String(rowsOfFile)])
  const least = await run([String(rowsOfFile), 'floor', String(bytes)])
  const what = `server, ${rowsOfFile.toLocaleString('en')} rows of CSV, ${(bytes / 1000).toFixed(0)} KB each`
  return [
    {
      what: `${what}: to the last seal`,
      figure: `${seconds.toFixed(1)} s, ${megabytes} MB`,
      aim: '10 s, under 1 GB',
      met: seconds <= 10 && megabytes < 1000,
    },
    {
      what: `${what}: CPU of all processes`,
      figure: `${((cpu / rowsOfFile) * 1000).toFixed(2)} ms a row`,
      floor: `sign and COPY ${((least.cpu / rowsOfFile) * 1000).toFixed(2)} ms`,
      ratio: cpu / least.cpu,
      aim: '2x the floor',
      met: cpu <= 2 * least.cpu,
    },
  ]
}

interface Taken {
  seconds: number
  cpu: number
  bytes: number
  /** The most that all processes held at once. */
  megabytes: number
}

/** Runs the server's process in a folder of its own. */
async function run(args: readonly string[]): Promise<Taken> {
  const data = mkdtempSync(path.join(tmpdir(), 'cairn-bench-'))
  try {
    const env = { ...process.env, PORT: String(await freePort()), CAIRN_DATA: data, CAIRN_DEMO: '1', CAIRN_SEAL_LEVEL: 'B' }
    const child = spawn(process.execPath, ['--conditions=cairn-source', path.join(import.meta.dirname, 'graduation-process.ts'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (chunk) => {
      printed += chunk
    })
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, memoryOf(child.pid!))
    }, 500)
    await new Promise((resolve) => child.on('close', resolve))
    clearInterval(watch)
    return { ...JSON.parse(printed), megabytes: Math.round(most / 1024) }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/** KiB that a process and everything that it started hold, shared pages counted once (Linux); 0 where that cannot be told. */
function memoryOf(root: number): number {
  try {
    const parents = new Map<number, number>()
    for (const name of readdirSync('/proc'))
      if (/^\d+$/.test(name)) {
        const stat = read(`/proc/${name}/stat`)
        if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
      }
    const below = (pid: number): boolean => pid === root || (parents.has(pid) && pid > 1 && below(parents.get(pid)!))
    return [...parents.keys()]
      .filter(below)
      .reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0)
  } catch {
    return 0
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // The process ended meanwhile.
    return ''
  }
}
