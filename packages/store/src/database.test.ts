/** The three ways into the database, on a real server: what each can see, and what happens when the server goes away. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase, type TenantTransaction } from './database.ts'
import { type EmbeddedPostgres, startPostgres } from './embedded/start-postgres.ts'
import { migrate } from './migrate.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-database-'))
const [here, there] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'] as const
let server: EmbeddedPostgres
let database: Database

beforeAll(async () => {
  // Durable, for one test kills it.
  server = await startPostgres(folder)
  database = openDatabase(server.connection)
  await migrate(database)
})
afterAll(async () => {
  await database.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const insert = (tenant: string) => (tx: TenantTransaction) =>
  sql`insert into institution (tenant, organisation, created_at) values (${tenant}, '{}', now())`.execute(tx)
const tenants = async (tx: TenantTransaction) => (await sql<{ tenant: string }>`select tenant from institution`.execute(tx)).rows

test('R-AZ-2: a tenant reads and writes its own rows and no others, though the login is the superuser of the cluster', async () => {
  await database.tenant(here, insert(here))
  await database.tenant(there, insert(there))
  expect(await database.tenant(here, tenants)).toEqual([{ tenant: here }])
  expect(await database.tenant('', tenants)).toEqual([])
  await expect(database.tenant(here, insert('018f0000-0000-7000-8000-000000000003'))).rejects.toMatchObject({ code: '42501' })
  const touched = await database.tenant(here, (tx) => sql`update institution set four_eyes = true where tenant = ${there}`.execute(tx))
  expect(Number(touched.numAffectedRows)).toBe(0)
})

test('R-AZ-2: role and tenant end with their transaction, also when it fails', async () => {
  await expect(database.tenant(here, (tx) => sql`select 1 / 0`.execute(tx))).rejects.toMatchObject({ code: '22012' })
  const { rows } = await database.system((tx) =>
    sql<{
      role: string
      tenant: string
    }>`select current_user::text as role, coalesce(current_setting('app.tenant', true), '') as tenant`.execute(tx),
  )
  expect(rows).toEqual([{ role: 'cairn', tenant: '' }])
})

test('R-AZ-2: every table that has a tenant is guarded, for its owner too; the roles cannot log in or pass the guard', async () => {
  const { rows } = await database.system((tx) =>
    sql<{ name: string }>`
      select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
      where c.relnamespace = 'cairn'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`.execute(
      tx,
    ),
  )
  // Public facts: who may seal what.
  expect(rows).toEqual([{ name: 'trust_entry' }])
  const { rows: roles } = await database.system((tx) =>
    sql`select rolname::text as name, rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb as powerful
      from pg_roles where rolname in ('cairn_app', 'cairn_platform') order by 1`.execute(tx),
  )
  expect(roles).toEqual([
    { name: 'cairn_app', powerful: false },
    { name: 'cairn_platform', powerful: false },
  ])
})

test('R-AZ-2: before a tenant is known, no table of a tenant can be read', async () => {
  const { rows } = await database.system((tx) =>
    sql<{ name: string }>`
      select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
      where c.relnamespace = 'cairn'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege('cairn_platform', c.oid, 'select')`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ name: 'trust_entry' }])
  await expect(database.platform((tx) => sql`select * from institution`.execute(tx))).rejects.toMatchObject({ code: '42501' })
})

test('R-FLT-2: a server that dies in the middle of a transaction costs that transaction; the next finds the server that came back', async () => {
  const pid = Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const interrupted = database.tenant(here, async (tx) => {
    await insert(here)(tx).catch(() => undefined)
    await sleep(600)
    return tenants(tx)
  })
  const idle = database.system(async (tx) => {
    await sleep(600)
    return sql`select 1`.execute(tx)
  })
  await sleep(100)
  process.kill(pid, 'SIGKILL')
  const away = { problem: { code: 'server.unavailable' } }
  await Promise.all([expect(interrupted).rejects.toBeDefined(), expect(idle).rejects.toMatchObject(away)])
  const deadline = Date.now() + 10_000
  for (;;) {
    const seen = await database.tenant(here, tenants).catch((error: unknown) => error)
    if (Array.isArray(seen)) {
      expect(seen).toEqual([{ tenant: here }])
      break
    }
    expect(seen).toMatchObject(away)
    expect(Date.now()).toBeLessThan(deadline)
    await sleep(50)
  }
})

test('a database that was never there is a problem that can be tried again', async () => {
  for (const nowhere of [{ host: '127.0.0.1', port: 1 }, { host: path.join(folder, 'none') }]) {
    const gone = openDatabase(nowhere)
    await expect(gone.platform(async () => 1)).rejects.toMatchObject({ problem: { code: 'server.unavailable' } })
    await expect(migrate(gone)).rejects.toMatchObject({ problem: { code: 'server.unavailable' } })
    await gone.close()
  }
})

test('closing leaves no session behind, also when only the pool was used', async () => {
  const other = openDatabase(server.connection)
  await other.pool.query('select 1')
  await other.close()
  await other.close()
  expect(other.pool.ended && other.pool.totalCount).toBe(0)
})
