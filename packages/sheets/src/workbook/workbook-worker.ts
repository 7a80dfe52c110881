/** Runs in a thread of its own: one workbook to rows of text. What goes wrong is a message, and the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import readWorkbook from 'read-excel-file/node'

/** What the thread is given. */
export interface WorkbookGiven {
  bytes: Uint8Array
  /** Name of the sheet; absent: the first that has rows. */
  sheet?: string
}

/** What it answers: the sheets there are, and the cells of one; or that the workbook cannot be read. */
export type WorkbookAnswer = { sheets: string[]; sheet: string; rows: string[][] } | { unreadable: true }

/** A number as the file has it, without the noise of binary fractions: `0.1` and not `0.1000000000000000055`. */
const plainNumber = (text: string) => (/^-?\d{1,15}$/.test(text) ? text : String(Number(text)))

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  // A day without a time is a day; spreadsheets have no zone, so none is added.
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '')
  return String(value)
}

async function read({ bytes, sheet }: WorkbookGiven): Promise<WorkbookAnswer> {
  const all = await readWorkbook(Buffer.from(bytes), { parseNumber: plainNumber, trim: false })
  const found = sheet === undefined ? (all.find(({ data }) => data.length > 0) ?? all[0]) : all.find((each) => each.sheet === sheet)
  if (!found) return { unreadable: true }
  return { sheets: all.map((each) => each.sheet), sheet: found.sheet, rows: found.data.map((row) => row.map(cellText)) }
}

parentPort?.postMessage(await read(workerData as WorkbookGiven).catch((): WorkbookAnswer => ({ unreadable: true })))
