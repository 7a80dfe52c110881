/** `cairn restore`: a backup into an empty data folder or database, and what was revoked since then on top (R-BAK-4). */
import { createReadStream, existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ProblemError } from '@cairn/core'
import { importTables, migrate, openDatabase, settleRestore, startPostgres } from '@cairn/store'
import { openAccounts } from '../auth/accounts.ts'
import type { Config } from '../config.ts'
import { type BackupStart, readBackup } from './frames.ts'
import { openJournal, readJournals } from './journal.ts'
import { createOpening } from './sealed-stream.ts'
import { secretCheck } from './write-backup.ts'

/** What was restored. */
export interface RestoreDone {
  at: string
  rows: number
  tables: number
  /** True when a journal covers the time since the backup: the server publishes its status lists by itself, higher than before, and goes on. */
  complete: boolean
  /** Credentials revoked again, and places of credentials that came after the backup. */
  revoked: number
  places: number
}

/**
 * Restores `file`. Raises `backup.unreadable`, `backup.passphrase-wrong`, `backup.damaged`, `backup.other-version`, `backup.not-empty`, or
 * `server.misconfigured` when the secret is another; then nothing was restored.
 * @param journals files of the lost installation's journals, one a node
 */
export async function restoreBackup(
  config: Config,
  given: { passphrase: string; file: string; journals: readonly string[]; now: string },
): Promise<RestoreDone> {
  const { start, steps, ended, stop } = await openBackup(given.file, given.passphrase)
  try {
    requireSecret(config, start)
    const { begun, entries } = readJournals(given.journals)
    const complete = begun !== undefined && begun <= start.at
    const embedded = config.databaseUrl ? undefined : await startPostgres(config.data)
    const connection = embedded?.connection ?? { connectionString: config.databaseUrl! }
    const database = openDatabase(connection)
    try {
      await migrate(database)
      const accounts = await openAccounts(connection, config, { sendLink: async () => undefined, recordOwn: async () => undefined })
      await accounts.close()
      let settled = { revoked: 0, places: 0, lists: 0 }
      const tables = await importTables(database, start.migrations, steps, async (client) => {
        if (!ended()) throw new ProblemError('backup.damaged', 'The end of the backup is missing.')
        settled = await settleRestore(client, { backupAt: start.at, restoredAt: given.now, complete, entries })
      })
      if (complete) await keepJournal(config, given.now, entries)
      keepSecret(config)
      const rows = tables.reduce((sum, table) => sum + table.rows, 0)
      return { at: start.at, rows, tables: tables.length, complete, revoked: settled.revoked, places: settled.places }
    } finally {
      await database.close()
      await embedded?.stop()
    }
  } finally {
    stop()
  }
}

async function openBackup(file: string, passphrase: string) {
  if (!existsSync(file)) throw new ProblemError('backup.unreadable', `There is no file ${file}.`)
  const source = createReadStream(file)
  // What goes wrong on the way breaks the last stream off, and is raised to whoever reads it.
  const plain = pipeline(source, createOpening(passphrase), createGunzip(), () => undefined)
  const stop = () => {
    source.destroy()
    plain.destroy()
  }
  try {
    return { ...(await readBackup(unzipped(plain))), stop }
  } catch (error) {
    stop()
    throw error
  }
}

/** What cannot be unpacked is damaged, in our words. */
async function* unzipped(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* plain
  } catch (error) {
    if (String((error as { code?: string }).code).startsWith('Z_'))
      throw new ProblemError('backup.damaged', 'The backup cannot be unpacked.')
    throw error
  }
}

function requireSecret(config: Config, { secretCheck: wanted }: BackupStart): void {
  if (secretCheck(config) === wanted) return
  throw new ProblemError(
    'server.misconfigured',
    'This is another CAIRN_SECRET than that of the backup: its sealing keys could not be opened. Set the secret of the lost installation (for a demonstration: the file "secret" of its data folder).',
  )
}

/** A demonstration keeps its secret in its folder; one that was given for the restore belongs there from now on. */
function keepSecret(config: Config): void {
  const file = path.join(config.data, 'secret')
  if (config.demo && !existsSync(file)) writeFileSync(file, `${config.secret}\n`, { mode: 0o600 })
}

/** The new journal knows what the old ones knew. */
async function keepJournal(config: Config, now: string, entries: Parameters<Awaited<ReturnType<typeof openJournal>>['append']>[0]) {
  if (existsSync(config.journal)) return
  const journal = await openJournal(config.journal, now, async () => [...entries])
  journal.close()
}
