/**
 * The journal of what a restore must never undo: one line of JSON for each revocation and each publication of a status list, written and on the disk
 * before the database commits it (R-BAK-4). Best on another disk than the data: `CAIRN_JOURNAL`.
 */
import { closeSync, existsSync, fdatasync, fstatSync, mkdirSync, openSync, readFileSync, readSync, statSync, write } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { JournalEntry, PublishedNumber } from '@cairn/store'
import { z } from 'zod'

const writeTo = promisify(write)
const toDisk = promisify(fdatasync)

/** An open journal. */
export interface Journal {
  /** Appends lines; resolves when they are on the disk. */
  append(entries: readonly JournalEntry[]): Promise<void>
  close(): void
}

/** For tests of other things: what is appended is kept nowhere. */
export const noJournal: Journal = { append: async () => undefined, close: () => undefined }

const Begun = z.strictObject({ kind: z.literal('begun'), at: z.string() })
const id = z.uuid()
const Entry = z.union([
  z.strictObject({
    kind: z.literal('revoked'),
    at: z.string(),
    tenant: id,
    credential: id,
    list: id,
    index: z.int().min(0),
    reason: z.string(),
  }),
  z.strictObject({ kind: z.literal('list'), at: z.string(), tenant: id, list: id, sequence: z.int().min(0) }),
])

/** Opens a journal to append to. A new one begins with everything that is so far, so that it is enough by itself. */
export async function openJournal(file: string, now: string, readStart: () => Promise<JournalEntry[]>): Promise<Journal> {
  mkdirSync(path.dirname(file), { recursive: true })
  const fresh = !existsSync(file) || statSync(file).size === 0
  const start = fresh ? [{ kind: 'begun', at: now }, ...(await readStart())] : []
  const descriptor = openSync(file, 'a', 0o600)
  let before: Promise<unknown> = Promise.resolve()
  const append = (lines: readonly object[]): Promise<void> => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const next = before.then(async () => {
      await writeTo(descriptor, text)
      await toDisk(descriptor)
    })
    before = next.catch(() => undefined)
    return next
  }
  // A line that a power cut broke off is ended, so that the next one stands by itself.
  if (!fresh && readFrom(file, statSync(file).size - 1)[0] !== 10) await writeTo(descriptor, '\n')
  if (fresh) await append(start)
  return { append, close: () => closeSync(descriptor) }
}

/** Reads journals, of several nodes perhaps: since when they know everything, and what they know. Lines that were broken off are left out. */
export function readJournals(files: readonly string[]): { begun: string | undefined; entries: JournalEntry[] } {
  const begun: string[] = []
  const entries: JournalEntry[] = []
  for (const file of files)
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const value = parsed(line)
      const start = Begun.safeParse(value)
      if (start.success) begun.push(start.data.at)
      const entry = Entry.safeParse(value)
      if (entry.success) entries.push(entry.data)
    }
  return { begun: begun.sort()[0], entries }
}

/** Follows a journal as it grows: each call answers the highest number under which each list was published, and reads new lines alone. */
export function followPublished(file: string): () => PublishedNumber[] {
  const highest = new Map<string, PublishedNumber>()
  let from = 0
  return () => {
    const fresh = readFrom(file, from)
    // A line that is being written is read the next time.
    const end = fresh.lastIndexOf(10) + 1
    from += end
    for (const line of fresh.toString('utf8', 0, end).split('\n')) {
      if (!line.includes('"list"')) continue
      const { data } = Entry.safeParse(parsed(line))
      if (data?.kind === 'list' && data.sequence > (highest.get(data.list)?.sequence ?? -1)) highest.set(data.list, data)
    }
    return [...highest.values()]
  }
}

function readFrom(file: string, from: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - from))
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from))
  } finally {
    closeSync(descriptor)
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
