/** Reading everything as it was at one moment, while others go on writing. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Database, whenAway } from '../database.ts'
import { type BackupTable, backupTables, quoted } from './backup-tables.ts'

/** What a table came to. */
export interface ExportedTable extends BackupTable {
  rows: number
  /** SHA-256 of the text of its rows, hexadecimal. */
  sha256: string
}

/** One step of an export: a table begins, some text of its rows, a table ends. */
export type ExportStep = { begins: BackupTable } | { text: Buffer } | { ends: ExportedTable }

/** The schema of a database: file name -> SHA-256 of each migration that was applied. */
export async function readMigrations(client: Pick<pg.ClientBase, 'query'>): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from cairn.migration order by name')
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}

/**
 * Exports every table in PostgreSQL's text format of COPY, all as of one moment (REPEATABLE READ): what is committed later is not in it, and what is
 * in it is whole. `begin` is told the schema's migrations and the moment; `each` is given the steps in order and is waited for.
 */
export function exportTables(
  database: Database,
  begin: (given: { migrations: Record<string, string>; at: string }) => Promise<void>,
  each: (step: ExportStep) => Promise<void>,
): Promise<void> {
  return whenAway(async () => {
    const client = await database.pool.connect()
    try {
      await client.query('begin isolation level repeatable read read only')
      const { rows } = await client.query<{ at: Date }>('select now() as at')
      await begin({ migrations: await readMigrations(client), at: rows[0]!.at.toISOString() })
      for (const table of await backupTables(client)) {
        await each({ begins: table })
        const hash = createHash('sha256')
        const columns = table.columns.map(quoted).join(', ')
        const source = client.query(copyTo(`copy (select ${columns} from ${quoted(table.name)}) to stdout`))
        let count = 0
        for await (const text of source as AsyncIterable<Buffer>) {
          hash.update(text)
          // A row ends with a line feed, and line feeds inside values are escaped.
          for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) count++
          await each({ text })
        }
        await each({ ends: { ...table, rows: count, sha256: hash.digest('hex') } })
      }
      await client.query('commit')
    } finally {
      await client.query('rollback').catch(() => undefined)
      client.release()
    }
  })
}
