/** One target in a thread of its own: changes inputs, keeps those that reach code that nothing reached before, tells what goes wrong. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { ProblemError } from '@cairn/core'
import { startCoverage } from './coverage.ts'
import { mutate, randomOf, wordsOf } from './mutate.ts'
import { targets } from './targets.ts'

/** What the thread is told. `shared` holds a counter, a length and the input at work, for whoever finds the thread hanging. */
export interface FuzzOrder {
  readonly target: string
  readonly seeds: readonly Uint8Array[]
  readonly seed: number
  readonly until: number
  readonly corpus: string
  readonly shared: SharedArrayBuffer
}

/** What it tells. */
export type FuzzNews =
  | { readonly kind: 'find'; readonly why: string; readonly input: Uint8Array }
  | { readonly kind: 'done'; readonly inputs: number; readonly kept: number; readonly reached: number }

/** An input may take this long in milliseconds, and this much memory in bytes (R-LIM-1). */
export const inputLimits = { milliseconds: 500, bytes: 128 * 1024 * 1024 } as const

const order = workerData as FuzzOrder
const target = targets[order.target]!
const counters = new Int32Array(order.shared, 0, 2)
const window = new Uint8Array(order.shared, 8)
const tell = (news: FuzzNews) => parentPort!.postMessage(news)
const memory = () => {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}
const told = new Set<string>()

async function timeOf(input: Uint8Array): Promise<number> {
  const from = performance.now()
  try {
    await target.read(input)
  } catch {
    // Only the time is asked for.
  }
  return performance.now() - from
}

async function attempt(input: Uint8Array): Promise<void> {
  window.set(input.subarray(0, window.length))
  Atomics.store(counters, 1, Math.min(input.length, window.length))
  Atomics.add(counters, 0, 1)
  const before = memory()
  const from = performance.now()
  let why: string | undefined
  try {
    await target.read(input)
  } catch (error) {
    if (!(error instanceof ProblemError)) why = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error)
  }
  const used = memory() - before
  const took = performance.now() - from
  if (took > inputLimits.milliseconds) {
    // What else the machine does may have been in the way: slow is what is slow again.
    const again = await timeOf(input)
    if (again > inputLimits.milliseconds) why ??= `It takes ${Math.round(again)} ms.`
  }
  if (used > inputLimits.bytes) why ??= `It takes ${Math.round(used / 1024 / 1024)} MB.`
  if (why === undefined) return
  const kind = why.replace(/\d+ m?s?/i, '').slice(0, 300)
  if (told.has(kind)) return
  told.add(kind)
  tell({ kind: 'find', why, input: input.slice() })
}

const { seeds } = order
mkdirSync(order.corpus, { recursive: true })
const kept = readdirSync(order.corpus).map((name) => new Uint8Array(readFileSync(path.join(order.corpus, name))))
const random = randomOf(order.seed)
const words = wordsOf(seeds)
// Seeds run once before the counting, so that code that is loaded late counts for nobody.
for (const input of [...seeds, ...kept]) await timeOf(input)
const coverage = await startCoverage()
const pool: Uint8Array[] = []
for (const input of [...seeds, ...kept]) {
  await attempt(input)
  if (await coverage.moved(true)) pool.push(input)
}
if (pool.length === 0) pool.push(...seeds)

/** Looks in halves for the inputs that reach something new, and keeps them. */
async function keepFrom(batch: readonly Uint8Array[]): Promise<void> {
  const [only, second] = batch
  for (const input of batch) await attempt(input)
  if (!only || !(await coverage.moved(second === undefined))) return
  if (second === undefined) {
    pool.push(only)
    writeFileSync(path.join(order.corpus, createHash('sha256').update(only).digest('hex').slice(0, 16)), only)
    return
  }
  const half = batch.length >> 1
  await keepFrom(batch.slice(0, half))
  await keepFrom(batch.slice(half))
}

let inputs = 0
const atOnce = 64
while (Date.now() < order.until) {
  const batch = Array.from({ length: atOnce }, () => {
    // The youngest lead furthest: half of all changes begin with one of the last twenty.
    const from = random(2) ? pool[random(pool.length)]! : pool[Math.max(0, pool.length - 1 - random(20))]!
    return mutate(from, target.kind, pool, words, random)
  })
  inputs += batch.length
  await keepFrom(batch)
}
coverage.stop()
tell({ kind: 'done', inputs, kept: pool.length, reached: coverage.size() })
