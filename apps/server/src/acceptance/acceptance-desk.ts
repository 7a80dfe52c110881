/** Acceptance matrices by the hash of what they are computed from: computed apart from the server's own thread, one after the other, and kept. */
import { Worker } from 'node:worker_threads'
import { type AcceptanceFindings, ProblemError } from '@cairn/core'
import type { AcceptanceGiven, AcceptanceSaid } from './acceptance-worker.ts'

/** A matrix on its way or done. `finished` raises `server.unavailable` when its thread ended before it was done. */
export interface Acceptance {
  progress: { done: number; of: number }
  findings?: AcceptanceFindings
  finished: Promise<AcceptanceFindings>
}

export interface AcceptanceDesk {
  /** The matrix of this hash: begun when nobody asked for it before, or when it failed. */
  ask(hash: string, given: AcceptanceGiven): Acceptance
  close(): Promise<void>
}

/** How many are kept: four forms, of yesterday's rules and today's. */
const kept = 8

/** Makes a desk. */
export function createAcceptanceDesk(limits: { megabytes: number } = { megabytes: 512 }): AcceptanceDesk {
  const known = new Map<string, Acceptance>()
  let last: Promise<unknown> = Promise.resolve()
  let worker: Worker | undefined

  const compute = (given: AcceptanceGiven, tell: (progress: { done: number; of: number }) => void) =>
    new Promise<AcceptanceFindings>((resolve, reject) => {
      const thread = new Worker(new URL('./acceptance-worker.ts', import.meta.url), {
        execArgv: ['--conditions=cairn-source'],
        resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
        workerData: { library: given.library, cases: given.cases } satisfies AcceptanceGiven,
      })
      worker = thread
      thread.unref()
      thread.on('message', (said: AcceptanceSaid) => ('findings' in said ? resolve(said.findings) : tell(said)))
      const lose = () =>
        reject(new ProblemError('server.unavailable', 'The matrix could not be computed to its end. Please ask for it again.'))
      thread.on('error', lose)
      thread.on('exit', lose)
    })

  return {
    ask(hash, given) {
      const found = known.get(hash)
      if (found) return found
      const made: Acceptance = {
        progress: { done: 0, of: given.cases.length },
        finished: last.then(() =>
          compute(given, (progress) => {
            made.progress = progress
          }),
        ),
      }
      known.set(hash, made)
      for (const old of [...known.keys()].slice(0, -kept)) known.delete(old)
      last = made.finished.then(
        (findings) => {
          made.findings = findings
        },
        () => known.delete(hash),
      )
      return made
    },
    async close() {
      await worker?.terminate()
    },
  }
}
