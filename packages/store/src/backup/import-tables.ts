/** Putting everything back into an empty database: all of it, or nothing. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { ProblemError } from '@cairn/core'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Database, whenAway } from '../database.ts'
import { inTransaction } from '../in-transaction.ts'
import { backupTables, quoted } from './backup-tables.ts'
import { type ExportedTable, type ExportStep, readMigrations } from './export-tables.ts'

/**
 * Imports what `exportTables` gave, in one transaction, into a database whose schema is there and which is empty; `finish` runs in it too.
 * Raises `backup.other-version` when the schema is another, `backup.not-empty` when there is anything, `backup.damaged` when rows are not those that
 * were exported.
 */
export async function importTables(
  database: Database,
  migrations: Record<string, string>,
  steps: AsyncIterable<ExportStep>,
  finish: (client: pg.ClientBase) => Promise<void>,
): Promise<ExportedTable[]> {
  const imported = await inTransaction(database.pool, async (client) => {
    const known = await backupTables(client)
    await refuseOther(client, migrations)
    for (const { name } of known)
      if ((await client.query(`select 1 from ${quoted(name)} limit 1`)).rowCount)
        throw new ProblemError(
          'backup.not-empty',
          `There are rows in ${name} already. A backup is restored into an empty data folder or database.`,
        )
    // Its owner is bound by row-level security too, and COPY cannot work under it: lifted for this transaction alone.
    const guarded = await guardedTables(client)
    for (const name of guarded) await client.query(`alter table ${quoted(name)} no force row level security`)
    const tables = await importSteps(client, new Map(known.map(({ name, columns }) => [name, columns])), steps)
    for (const name of guarded) await client.query(`alter table ${quoted(name)} force row level security`)
    await finish(client)
    return tables
  })
  await whenAway(() => database.pool.query('analyze'))
  return imported
}

async function refuseOther(client: pg.ClientBase, wanted: Record<string, string>): Promise<void> {
  const here = await readMigrations(client)
  const names = new Set([...Object.keys(here), ...Object.keys(wanted)])
  const other = [...names].find((name) => here[name] !== wanted[name])
  if (other)
    throw new ProblemError(
      'backup.other-version',
      `The backup is of another version of Cairn (${other}). Restore it with the version that made it, then start the newer one.`,
    )
}

async function guardedTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('cairn', 'auth') and c.relforcerowsecurity order by 1`,
  )
  return rows.map(({ name }) => name)
}

async function importSteps(
  client: pg.PoolClient,
  known: ReadonlyMap<string, readonly string[]>,
  steps: AsyncIterable<ExportStep>,
): Promise<ExportedTable[]> {
  const imported: ExportedTable[] = []
  let sink: ReturnType<typeof copyFrom> | undefined
  let hash = createHash('sha256')
  try {
    for await (const step of steps) {
      if ('begins' in step) {
        const { name, columns } = step.begins
        const here = known.get(name)
        if (!here || columns.some((column) => !here.includes(column)))
          throw new ProblemError('backup.other-version', `This version has no table ${name} with these columns.`)
        hash = createHash('sha256')
        sink = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`))
        // An error of COPY is waited for below; between two writes nobody listens.
        sink.on('error', () => undefined)
      } else if ('text' in step) {
        hash.update(step.text)
        if (!sink!.write(step.text)) await Promise.race([once(sink!, 'drain'), finished(sink!)])
      } else {
        sink!.end()
        await finished(sink!)
        if (hash.digest('hex') !== step.ends.sha256 || sink!.rowCount !== step.ends.rows)
          throw new ProblemError('backup.damaged', `The rows of ${step.ends.name} are not those that were saved.`)
        imported.push(step.ends)
      }
    }
  } catch (error) {
    // A COPY that was begun is broken off, or nothing after it would ever be answered.
    sink?.destroy(error as Error)
    throw error
  }
  return imported
}
