/**
 * `npm run fuzz`: readers of what comes from outside, fuzzed by the code that inputs reach. Options after `--`: `--seconds 60` a target,
 * `--target json,der` (all where it is absent), `--seed 7`. What goes wrong is written to test/fuzz/finds, and the exit code is 1.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { FuzzNews, FuzzOrder } from './fuzz-worker.ts'
import * as made from './seeds.ts'
import { targets } from './targets.ts'

const usage = `npm run fuzz -- [--seconds 60] [--target ${Object.keys(targets).slice(0, 2).join()}] [--seed 7]
Each target for so many seconds; without --target all of them: ${Object.keys(targets).join(', ')}.`

/** What was asked for. What cannot be understood is told in a sentence, with what can be. */
function optionsGiven(): { seconds: number; wanted: string[]; seed: number } {
  const refuse = (why: string, code = 64): never => {
    process.stderr.write(`${why ? `${why}\n` : ''}${usage}\n`)
    process.exit(code)
  }
  let values: { seconds: string; target: string; seed: string; help?: boolean }
  try {
    values = parseArgs({
      options: {
        help: { type: 'boolean' },
        seconds: { type: 'string', default: '60' },
        target: { type: 'string', default: Object.keys(targets).join() },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      },
    }).values
  } catch (error) {
    return refuse((error as Error).message.split('. ')[0]!.concat('.').replace(/\.\.$/, '.'))
  }
  if (values.help) refuse('', 0)
  const [seconds, seed, wanted] = [Number(values.seconds), Number(values.seed), values.target.split(',')]
  if (!(seconds > 0)) refuse('--seconds takes a number above 0.')
  if (!Number.isInteger(seed)) refuse('--seed takes a whole number.')
  const unknown = wanted.filter((each) => !Object.hasOwn(targets, each))
  if (unknown.length > 0) refuse(`There is no target ${unknown.join(', ')}.`)
  return { seconds, wanted, seed }
}

const { seconds, wanted, seed } = optionsGiven()
const finds = path.join(import.meta.dirname, 'finds')
/** Milliseconds of processor time without an answer: on a busy machine the clock says little. */
const hangs = 5000
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
let found = 0

function keep(target: string, why: string, input: Uint8Array): void {
  found++
  mkdirSync(finds, { recursive: true })
  const file = path.join(finds, `${target}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`)
  writeFileSync(file, input)
  console.log(`  FOUND in ${target}: ${why.split('\n').slice(0, 4).join('\n    ')}\n    ${path.relative(process.cwd(), file)}`)
}

/** Runs a target until its time is over; a thread that hangs or runs out of memory is a find, and another goes on. */
async function fuzz(target: string, until: number, seed: number): Promise<void> {
  const shared = new SharedArrayBuffer(8 + 128 * 1024)
  const counters = new Int32Array(shared, 0, 2)
  const seeds = await targets[target]!.seeds(made)
  const order: FuzzOrder = { target, seeds, seed, until, corpus: path.join(import.meta.dirname, 'corpus', target), shared }
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const ended = await new Promise<string | undefined>((resolve) => {
    let [last, since] = [-1, cpu()]
    const watch = setInterval(() => {
      const at = Atomics.load(counters, 0)
      if (at !== last) [last, since] = [at, cpu()]
      else if (last > 0 && cpu() - since > hangs && Date.now() < until) resolve(`It takes more than ${hangs} ms.`)
    }, 500)
    worker.on('message', (news: FuzzNews) => {
      if (news.kind === 'find') return keep(target, news.why, news.input)
      console.log(
        `${target.padEnd(18)} ${String(news.inputs).padStart(9)} inputs  ${String(news.kept).padStart(5)} kept  ${news.reached} characters of source reached`,
      )
      resolve(undefined)
    })
    worker.on('error', (error) => resolve(`${error.name}: ${error.message}`))
    worker.on('exit', () => {
      clearInterval(watch)
      resolve(undefined)
    })
  })
  await worker.terminate()
  if (ended === undefined) return
  keep(target, ended, new Uint8Array(shared.slice(8, 8 + counters[1]!)))
  if (Date.now() < until) await fuzz(target, until, seed + 1)
}

for (const target of wanted) await fuzz(target, Date.now() + seconds * 1000, seed)
console.log(found === 0 ? 'Nothing found.' : `${found} found.`)
process.exitCode = found === 0 ? 0 : 1
