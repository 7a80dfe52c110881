/** Migrations: plain SQL files in their order, each in one transaction, once, whoever starts first. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from './database.ts'

const folder = path.join(import.meta.dirname, 'migrations')

/** Any number, the same for every node: the name of the lock. */
const lock = 724_110_312

/**
 * Brings the schema up to date. The login needs the right to create schemas in its database, and CREATEROLE unless the roles `cairn_app` and
 * `cairn_platform` were prepared and granted to it. A file that was applied and then changed is refused.
 */
export async function migrate(database: Database): Promise<{ applied: string[] }> {
  const client = await database.pool.connect()
  const applied: string[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query('create schema if not exists cairn')
    await client.query(
      'create table if not exists cairn.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from cairn.migration')
    const known = new Map(rows.map(({ name, hash }) => [name, hash]))
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .sort()) {
      const text = readFileSync(path.join(folder, name), 'utf8')
      const hash = createHash('sha256').update(text).digest('hex')
      if (known.has(name)) {
        if (known.get(name) !== hash) throw new Error(`Migration ${name} was changed after it was applied.`)
        continue
      }
      await client.query('begin')
      try {
        await client.query(text)
        await client.query('insert into cairn.migration (name, hash) values ($1, $2)', [name, hash])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
      applied.push(name)
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined)
    client.release()
  }
  return { applied }
}
