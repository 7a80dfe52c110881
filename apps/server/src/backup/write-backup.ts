/** `cairn backup`: everything in the database as of one moment, in one encrypted file, while the server goes on. */
import { createWriteStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type ExportedTable, exportTables, openDatabase } from '@cairn/store'
import type { Config } from '../config.ts'
import { derivedSecret } from '../context.ts'
import { reachDatabase } from '../reach-database.ts'
import { frame } from './frames.ts'
import { createSealing } from './sealed-stream.ts'

/** What was saved. */
export interface BackupDone {
  file: string
  at: string
  bytes: number
  tables: number
  rows: number
}

/** Tells whether two servers have the same secret. */
export const secretCheck = (config: Pick<Config, 'secret'>): string => derivedSecret(config, 'backup-check').slice(0, 16)

/** Writes a backup to `file`, which appears only when it is whole and on the disk. Raises what the database or the disk raises. */
export async function writeBackup(config: Config, passphrase: string, file: string): Promise<BackupDone> {
  const place = await reachDatabase(config)
  const database = openDatabase(place.connection)
  const part = `${file}.part`
  try {
    const source = new PassThrough({ highWaterMark: 1 << 20 })
    const written = pipeline(source, createGzip({ level: 6 }), createSealing(passphrase), createWriteStream(part, { mode: 0o600 }))
    // Told to the writer below; nobody else listens while the tables are read.
    written.catch(() => undefined)
    const put = async (content: Buffer | object) => {
      if (!source.write(frame(content))) await Promise.race([new Promise((resolve) => source.once('drain', resolve)), written])
    }
    const tables: ExportedTable[] = []
    let moment = ''
    await exportTables(
      database,
      async ({ migrations, at }) => {
        moment = at
        await put({ backup: 'cairn', at, publicUrl: config.publicUrl, migrations, secretCheck: secretCheck(config) })
      },
      async (step) => {
        if ('ends' in step) tables.push(step.ends)
        await put('text' in step ? step.text : step)
      },
    )
    await put({ tables })
    source.end()
    await written
    await toDisk(part)
    await rename(part, file)
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    return { file, at: moment, bytes: (await stat(file)).size, tables: tables.length, rows }
  } finally {
    await rm(part, { force: true })
    await database.close()
    await place.stop()
  }
}

async function toDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
