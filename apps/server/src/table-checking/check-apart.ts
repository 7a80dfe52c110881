/** Reading and checking a large table in a thread of its own: visitors are answered meanwhile, and a table that is too much costs itself alone (R-LIM-1). */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Problem, ProblemError } from '@cairn/core'
import type { TableAsks, TableKnown } from './check-table.ts'
import { readJob, type TableFacts, type TableJob } from './table-job.ts'
import { createTurns } from './take-turn.ts'

/** A table that was read, wherever: as {@link TableRead}, and what it holds is let go when it is closed. */
export interface CheckedTable {
  facts: TableFacts
  asks: TableAsks
  rows(known: TableKnown): AsyncIterable<string>
  close(): Promise<void>
}

/** What the thread says first: what it found, or that this is no table. */
export type TableFound = { facts: TableFacts; asks: TableAsks } | { problems: readonly Problem[] }
/** What it says then: the next rows, until there are none. */
export interface TableRows {
  rows: string | undefined
}
/** What it hears: the answer to its question once, and that the next rows are wanted. */
export interface TableHeard {
  known?: TableKnown
}

/** How long the thread may take for one step, in milliseconds, and how much memory, in megabytes. */
export const checkingLimits: CheckingLimits = { milliseconds: 60_000, megabytes: 768 }
export interface CheckingLimits {
  milliseconds: number
  megabytes: number
}

/** From here on a table is worth a thread, which takes a third of a second to begin: some two thousand rows. */
const large = { bytes: 100_000, texts: 3 }

const isLarge = ({ from }: TableJob): boolean => {
  if (from.kind === 'rows') return false
  if (from.kind === 'file') return from.file.bytes.length >= large.bytes
  return from.texts.length >= large.texts
}

/** Reads a table and checks it up to its question, a large one apart. Raises what {@link readJob} raises, `sheet.unreadable` for one that takes too much, and what {@link createTurns} raises. */
export const checkTable = (job: TableJob, limits = checkingLimits): Promise<CheckedTable> =>
  isLarge(job) ? checkApart(job, limits) : checkHere(job)

async function checkHere(job: TableJob): Promise<CheckedTable> {
  const { facts, asks, rows } = await readJob(job)
  return {
    facts,
    asks,
    async *rows(known) {
      yield* rows(known)
    },
    close: async () => undefined,
  }
}

/** Each may need hundreds of megabytes. */
const takeTurn = createTurns({ atOnce: 2, milliseconds: 30_000 })

async function checkApart(job: TableJob, limits: CheckingLimits): Promise<CheckedTable> {
  const endTurn = await takeTurn()
  try {
    const { close, ...table } = await beginThread(job, limits)
    return { ...table, close: () => close().finally(endTurn) }
  } catch (error) {
    endTurn()
    throw error
  }
}

async function beginThread(job: TableJob, { milliseconds, megabytes }: CheckingLimits): Promise<CheckedTable> {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), {
    execArgv: ['--conditions=cairn-source'],
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  const ended = new Promise<never>((_, reject) => {
    worker.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error))
    worker.on('exit', () => reject(new Error('The thread that checks a table ended.')))
  })
  // It also ends where nobody waits for it any more.
  ended.catch(() => undefined)
  /** The next thing that the thread says. */
  const hear = async <Said>(): Promise<Said> => {
    const late = AbortSignal.timeout(milliseconds)
    const heard = once(worker, 'message', { signal: late }) as Promise<[Said]>
    const [said] = await Promise.race([heard, ended]).catch((error) => {
      throw late.aborted ? tooMuch() : error
    })
    return said
  }
  async function* rows(known: TableKnown): AsyncIterable<string> {
    for (let wanted: TableHeard = { known }; ; wanted = {}) {
      const answer = hear<TableRows>()
      worker.postMessage(wanted)
      const { rows: text } = await answer
      if (text === undefined) return
      yield text
    }
  }
  const close = async () => void (await worker.terminate())
  try {
    const said = await hear<TableFound>()
    if ('problems' in said) throw ProblemError.from(said.problems)
    return { ...said, rows, close }
  } catch (error) {
    await close()
    throw error
  }
}

const tooMuch = () =>
  new ProblemError('sheet.unreadable', 'The table took more time or memory than one table may take. Divide it into several.')
