/** Judging documents of strangers apart from the server's own thread, with a deadline and a bounded memory (R-LIM-1). */
import { Worker } from 'node:worker_threads'
import { ProblemError, type Report } from '@cairn/core'
import type { Evidence } from '@cairn/verifier'
import type { Judging } from './judge-worker.ts'

/** Wall time of one document, in milliseconds, and memory beyond the thread's own, in megabytes. */
export const judgingLimits = { milliseconds: 5000, megabytes: 256, waiting: 200 } as const

interface Waiting extends Judging {
  resolve(report: Report): void
  reject(error: Error): void
}

/** One thread, made when first needed and made anew when a document was too much for it. */
export interface Judge {
  /** The report on a document. Raises `proof.too-complex` when it takes too long or too much, `server.unavailable` when too many wait. */
  judge(bytes: Uint8Array, evidence: Evidence, now: string): Promise<Report>
  close(): Promise<void>
}

/** Makes a judge. Documents are judged one after the other, so that one that hangs costs its own time and nobody else's report. */
export function createJudge(limits: { milliseconds: number; megabytes: number; waiting: number } = judgingLimits): Judge {
  let worker: Worker | undefined
  let running: Waiting | undefined
  let timer: NodeJS.Timeout | undefined
  let count = 0
  const queue: Waiting[] = []

  const start = (): Worker => {
    const made = new Worker(new URL('./judge-worker.ts', import.meta.url), {
      execArgv: ['--conditions=cairn-source'],
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    })
    made.unref()
    made.on('message', ({ id, report }: { id: number; report: Report }) => {
      if (running?.id === id) finish((each) => each.resolve(report))
    })
    made.on('error', () => lose(made))
    made.on('exit', () => lose(made))
    return made
  }
  /** The thread is gone: what it worked on was too much, the rest goes to a new one. */
  const lose = (gone: Worker) => {
    if (worker !== gone) return
    worker = undefined
    if (running) finish((each) => each.reject(tooMuch()))
  }
  const finish = (act: (each: Waiting) => void) => {
    clearTimeout(timer)
    const done = running
    running = undefined
    if (done) act(done)
    next()
  }
  const next = () => {
    if (running) return
    running = queue.shift()
    if (!running) return
    worker ??= start()
    const { id, bytes, evidence, now } = running
    worker.postMessage({ id, bytes, evidence, now } satisfies Judging)
    timer = setTimeout(() => {
      const slow = worker
      worker = undefined
      void slow?.terminate()
      finish((each) => each.reject(tooMuch()))
    }, limits.milliseconds)
    timer.unref()
  }
  return {
    judge: (bytes, evidence, now) =>
      new Promise((resolve, reject) => {
        if (queue.length >= limits.waiting) {
          reject(new ProblemError('server.unavailable', 'Too many documents are being checked. Please try again in a moment.'))
          return
        }
        queue.push({ id: ++count, bytes, evidence, now, resolve, reject })
        next()
      }),
    async close() {
      const last = worker
      worker = undefined
      await last?.terminate()
    },
  }
}

const tooMuch = () => new ProblemError('proof.too-complex', 'Checking it took longer, or more memory, than one document may take.')
