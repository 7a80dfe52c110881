/** Migrations: plain SQL files in their order, each in one transaction, once, whoever starts first. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import type pg from 'pg'
import { type Database, whenAway } from './database.ts'

/** Any number, the same for every node: the name of the lock. */
const lock = 724_110_312

/**
 * Brings the schema up to date and says which files it applied. The login needs no superuser: the right to create a schema in its database, and
 * CREATEROLE; or, without CREATEROLE, the roles prepared beforehand by whoever runs the cluster:
 * `create role cairn_app nologin; create role cairn_platform nologin; grant cairn_app, cairn_platform to <login>`.
 * Raises `server.misconfigured` when a right is missing, or an applied file was changed; `server.unavailable` when the database is away.
 * A file that fails leaves nothing behind and is tried again at the next start (R-DUR-5). Files of a newer version that this one does not
 * know are left alone, so that an old node can run beside a new one.
 */
export function migrate(database: Database, folder = path.join(import.meta.dirname, 'migrations')): Promise<{ applied: string[] }> {
  return whenAway(async () => {
    const client = await database.pool.connect()
    try {
      await client.query('select pg_advisory_lock($1)', [lock])
      return { applied: await applyMissing(client, folder) }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined)
      client.release()
    }
  })
}

async function applyMissing(client: pg.PoolClient, folder: string): Promise<string[]> {
  const known = await readApplied(client)
  const applied: string[] = []
  const names = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  for (const name of names.sort()) {
    const text = readFileSync(path.join(folder, name), 'utf8')
    const hash = createHash('sha256').update(text).digest('hex')
    if (!known.has(name)) {
      await apply(client, name, text, hash)
      applied.push(name)
    } else if (known.get(name) !== hash)
      throw new ProblemError('server.misconfigured', `Migration ${name} was changed after it was applied to this database.`)
  }
  return applied
}

/** File name -> SHA-256 of what was applied. Makes schema and table where they are missing; asking for what exists would need rights again. */
async function readApplied(client: pg.PoolClient): Promise<Map<string, string>> {
  const { rows: there } = await client.query(`select to_regnamespace('cairn') as schema, to_regclass('cairn.migration') as recorded`)
  try {
    if (!there[0].schema) await client.query('create schema cairn')
    if (!there[0].recorded)
      await client.query(
        'create table cairn.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
      )
  } catch (error) {
    throw rightsProblem(error)
  }
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from cairn.migration')
  return new Map(rows.map(({ name, hash }) => [name, hash]))
}

async function apply(client: pg.PoolClient, name: string, text: string, hash: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into cairn.migration (name, hash) values ($1, $2)', [name, hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw rightsProblem(error)
  }
}

/** PostgreSQL's "insufficient privilege" in words that say what to grant; other errors as they are. */
function rightsProblem(error: unknown): unknown {
  if ((error as { code?: string }).code !== '42501') return error
  return new ProblemError(
    'server.misconfigured',
    `The login of DATABASE_URL lacks a right (${String((error as Error).message)}). It must own its database, and have CREATEROLE or be a member of the roles cairn_app and cairn_platform.`,
  )
}
