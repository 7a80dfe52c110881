/** Runs in a thread of its own: reads and checks one table, says what it asks, and gives its rows when it is answered, a text each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads'
import { ProblemError } from '@cairn/core'
import { standBack } from '../jobs/stand-back.ts'
import type { TableFound, TableHeard, TableRows } from './check-apart.ts'
import { readJob, type TableJob } from './table-job.ts'

const port = parentPort!
const say = (said: TableFound | TableRows) => port.postMessage(said)
standBack()
try {
  const { facts, asks, rows } = await readJob(workerData as TableJob)
  let texts: Iterator<string> | undefined
  port.on('message', ({ known }: TableHeard) => {
    if (known) texts = rows(known)[Symbol.iterator]()
    const { value, done } = texts!.next()
    say({ rows: done ? undefined : value })
  })
  say({ facts, asks })
} catch (error) {
  if (!(error instanceof ProblemError)) throw error
  say({ problems: error.problems })
}
