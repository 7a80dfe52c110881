/** One tenant at a time, in the shape of every table and in the text of every query: what lets a distributed PostgreSQL take over without a rewrite (R-AZ-2, docs/SCALE.md). */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let store: TestDatabase
beforeAll(async () => {
  store = await startTestDatabase()
})
afterAll(() => store?.stop())

/** Tables of the installation as a whole, small, each with the reason why its rows are no tenant's. */
const ofTheInstallation: Readonly<Record<string, string>> = {
  migration: 'what was applied to this database',
  restoration: 'that this database came out of a backup',
  sign_in_failure: 'before anybody is known who could have a tenant',
  trust_entry: 'public: whom everybody believes',
  trust_change: 'public, proposed for the registry',
  trust_decision: 'what operators decided about it',
  trusted_list: 'public: lists of the European Union as they were retrieved',
  trusted_list_check: 'when those were last asked for',
  seen_list: 'public: status lists of others as they were last found good',
  accreditation_snapshot: 'public: what registries of accreditations said',
}
/** Unique for all tenants together, and why: each is a look-up table on a distributed PostgreSQL. */
const uniqueForAll: Readonly<Record<string, string>> = {
  classroom_code_key: 'a short code that is typed before any tenant is known',
  stack_request_token_hash_key: 'a hash of random bits, unique by itself: a plain index would do',
}
/** Queries that name no tenant: each is a job of the installation over the rows of all, in one statement. */
const ofTheJobs = [
  'delete from api_key_use where at <',
  'delete from idempotency where created_at <=',
  'delete from webhook_delivery where sent_at <',
  'update credential_seal set next_at =',
  'update status_list set filed = 0',
  'select (select count(*) from batch where state in',
]

interface Query {
  where: string
  text: string
}

/** The SQL of a source: what stands between the backticks after `sql`. */
function queriesOf(file: string): Query[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/\bsql(?:<[^`]*?>)?`/g)].map(({ index }) => {
    const from = source.indexOf('`', index) + 1
    let end = from
    for (let depth = 0; end < source.length && (depth > 0 || source[end] !== '`'); end++) {
      if (source.startsWith('${', end)) depth++
      else if (depth > 0 && source[end] === '}') depth--
    }
    return {
      where: `${path.basename(file)}:${source.slice(0, from).split('\n').length}`,
      text: source.slice(from, end).replace(/\s+/g, ' ').trim(),
    }
  })
}

test('every key, foreign key and unique index starts with the tenant, and every such table is guarded', async () => {
  const { pool } = store.database
  const { rows: tables } = await pool.query<{ name: string; key: string[] | null; forced: boolean }>(
    `select c.relname as name, c.relforcerowsecurity as forced, (select array_agg(a.attname::text order by k.n) from pg_index i,
       unnest(i.indkey) with ordinality k(att, n) join pg_attribute a on a.attnum = k.att and a.attrelid = c.oid where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c where c.relnamespace = 'cairn'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  )
  const owned = tables.filter(({ name }) => !(name in ofTheInstallation))
  expect(owned.length).toBeGreaterThan(25)
  for (const { name, key, forced } of owned) expect([name, key?.[0], forced]).toEqual([name, 'tenant', true])
  for (const name of Object.keys(ofTheInstallation)) expect(tables.map((table) => table.name)).toContain(name)

  const { rows: links } = await pool.query<{ name: string; text: string }>(
    `select conrelid::regclass::text as name, pg_get_constraintdef(oid) as text from pg_constraint where connamespace = 'cairn'::regnamespace and contype = 'f'`,
  )
  for (const { name, text } of links.filter((link) => !(link.name.replace('cairn.', '') in ofTheInstallation)))
    expect(text, name).toMatch(/^FOREIGN KEY \(tenant, [^)]*\) REFERENCES [\w.]+\(tenant, /)

  const { rows: unique } = await pool.query<{ name: string; table: string; text: string }>(
    `select indexname as name, tablename as table, indexdef as text from pg_indexes where schemaname = 'cairn' and indexdef like 'CREATE UNIQUE%'`,
  )
  const apart = unique.filter(({ table, text }) => !(table in ofTheInstallation) && !text.includes('(tenant'))
  expect(apart.map(({ name }) => name).sort()).toEqual(Object.keys(uniqueForAll).sort())
})

test('no query touches a tenant’s table without saying of which tenant, save those of a few jobs', async () => {
  const { rows } = await store.database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'cairn'::regnamespace and relkind in ('r', 'p')`,
  )
  const owned = new Set(rows.map(({ name }) => name).filter((name) => !(name in ofTheInstallation)))
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const queries = files.flatMap((name) => queriesOf(path.join(import.meta.dirname, name)))
  expect(queries.length).toBeGreaterThan(200)
  let read = 0
  const seen = new Set<string>()
  for (const { where, text } of queries) {
    const touched = [...text.matchAll(/\b(?:from|join|update|into|using) ([a-z_]+)/g)].filter(([, name]) => owned.has(name!))
    if (touched.length === 0) continue
    read++
    const job = ofTheJobs.find((beginning) => text.startsWith(beginning))
    if (job) seen.add(job)
    // One for each table: two tables of which one is bound would join what belongs to others.
    else expect(text.match(/\btenant\b/g)?.length ?? 0, `${where}: ${text.slice(0, 200)}`).toBeGreaterThanOrEqual(touched.length)
  }
  expect(read).toBeGreaterThan(120)
  expect([...seen].sort(), 'each exception is there').toEqual([...ofTheJobs].sort())
})

test('SQL is in this room alone, so that reading it here is reading all of it', () => {
  const server = path.resolve(import.meta.dirname, '../../../apps/server/src')
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const speaking = files.filter((name) => /\b(?:from|join|update|into) cairn\.[a-z_]+/.test(readFileSync(path.join(server, name), 'utf8')))
  // At its start a server asks what it must not run on; a restore brings whole tables; what makes vectors is no part of it.
  expect(speaking.filter((name) => !/^(backup|vectors)\//.test(name))).toEqual(['assemble.ts'])
})
