/** A workbook to rows of text, read in a thread that has a deadline and a bounded memory (R-UP-1). */
import { Worker } from 'node:worker_threads'
import { ProblemError } from '@cairn/core'
import { sheetLimits } from '../sheet-limits.ts'
import { inspectWorkbook } from './inspect-workbook.ts'
import type { WorkbookAnswer, WorkbookGiven } from './workbook-worker.ts'

const { seconds, megabytes } = sheetLimits.workbook

/**
 * The cells of one sheet, as text: numbers as the file has them, days as `2026-05-12`, formulas as the value they last had. Raises what
 * {@link inspectWorkbook} raises, and `sheet.unreadable` when the thread cannot read it within 30 s and 512 MB.
 */
export async function readWorkbook(bytes: Uint8Array, sheet?: string): Promise<Exclude<WorkbookAnswer, { unreadable: true }>> {
  inspectWorkbook(bytes)
  const given: WorkbookGiven = { bytes, ...(sheet === undefined ? {} : { sheet }) }
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  try {
    const answer = await answerOf(worker)
    if ('unreadable' in answer)
      throw new ProblemError(
        'sheet.unreadable',
        sheet === undefined ? 'The workbook cannot be read. Save the sheet as CSV.' : 'The workbook has no such sheet.',
      )
    return answer
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker): Promise<WorkbookAnswer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () =>
        reject(new ProblemError('sheet.unreadable', `The workbook could not be read within ${seconds} seconds. Save the sheet as CSV.`)),
      seconds * 1000,
    )
    const end = (act: () => void) => {
      clearTimeout(late)
      act()
    }
    worker.once('message', (answer: WorkbookAnswer) => end(() => resolve(answer)))
    worker.once('error', () => end(() => resolve({ unreadable: true })))
    worker.once('exit', () => end(() => resolve({ unreadable: true })))
  })
}
