/** What is inside a backup: frames of one letter, four bytes of length, and content. `J` is JSON, `D` text of rows. */
import { ProblemError } from '@cairn/core'
import type { ExportStep } from '@cairn/store'
import { z } from 'zod'

const most = 64 * 1024 * 1024

const Table = z.strictObject({ name: z.string(), columns: z.array(z.string()) })
const Exported = Table.extend({ rows: z.int(), sha256: z.string() })

/** The first frame: what the backup is of. */
export const BackupStart = z.strictObject({
  backup: z.literal('cairn'),
  /** The moment that it shows, RFC 3339. */
  at: z.string(),
  publicUrl: z.string(),
  migrations: z.record(z.string(), z.string()),
  /** Tells whether a server has the same secret, without saying anything about it: sealing keys open with it alone. */
  secretCheck: z.string(),
})
export type BackupStart = z.infer<typeof BackupStart>

/** The last frame: what was saved. Without it the backup is not whole. */
export const BackupEnd = z.strictObject({ tables: z.array(Exported) })
export type BackupEnd = z.infer<typeof BackupEnd>

const Step = z.union([z.strictObject({ begins: Table }), z.strictObject({ ends: Exported })])

/** One frame as bytes. */
export function frame(content: Buffer | object): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
  const head = Buffer.alloc(5)
  head.write(Buffer.isBuffer(content) ? 'D' : 'J', 'latin1')
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

async function* readFrames(bytes: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let parts: Buffer[] = []
  let held = 0
  let wanted = 5
  for await (const part of bytes) {
    parts.push(part)
    held += part.length
    while (held >= wanted) {
      const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
      const length = all.readUInt32BE(1)
      if (length > most) throw new ProblemError('backup.unreadable', 'A part of the backup is larger than we read.')
      parts = [all]
      wanted = 5 + length
      if (held < wanted) break
      const body = all.subarray(5, wanted)
      yield all[0] === 68 ? Buffer.from(body) : JSON.parse(body.toString('utf8'))
      parts = [all.subarray(wanted)]
      held -= wanted
      wanted = 5
    }
  }
  if (held > 0) throw new ProblemError('backup.damaged', 'The backup ends in the middle.')
}

/** Reads a backup: its start first, then the steps of the export; `ended` tells what it says was saved, once all was read. */
export async function readBackup(
  bytes: AsyncIterable<Buffer>,
): Promise<{ start: BackupStart; steps: AsyncGenerator<ExportStep>; ended: () => BackupEnd | undefined }> {
  const frames = readFrames(bytes)
  const first = await frames.next()
  const start = BackupStart.safeParse(first.value)
  if (first.done || !start.success) throw new ProblemError('backup.unreadable', 'The backup does not begin as one.')
  let end: BackupEnd | undefined
  async function* steps(): AsyncGenerator<ExportStep> {
    for (let next = await frames.next(); !next.done; next = await frames.next()) {
      if (Buffer.isBuffer(next.value)) {
        yield { text: next.value }
        continue
      }
      const closing = BackupEnd.safeParse(next.value)
      if (closing.success) {
        end = closing.data
        continue
      }
      const step = Step.safeParse(next.value)
      if (!step.success) throw new ProblemError('backup.unreadable', 'The backup has a part that this version does not know.')
      yield step.data
    }
    if (!end) throw new ProblemError('backup.damaged', 'The end of the backup is missing.')
  }
  return { start: start.data, steps: steps(), ended: () => end }
}
