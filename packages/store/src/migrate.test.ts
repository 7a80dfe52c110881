/** Migrations on a real server: once whoever starts first, restartable, and with the rights of an ordinary owner. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from './database.ts'
import { type EmbeddedPostgres, startPostgres } from './embedded/start-postgres.ts'
import { migrate } from './migrate.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-migrate-'))
let server: EmbeddedPostgres

beforeAll(async () => {
  server = await startPostgres(path.join(folder, 'data'), { durable: false })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function run(...statements: string[]): Promise<void> {
  const client = new pg.Client(server.connection)
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

/** A fresh database of its own login; without `owner` it belongs to the cluster's superuser. */
async function open(name: string, owner?: string) {
  await run(`create database ${name}${owner ? ` owner ${owner}` : ''}`)
  const database = openDatabase({ ...server.connection, database: name, ...(owner ? { user: owner } : {}) })
  onTestFinished(() => database.close())
  return database
}

function files(name: string, content: Record<string, string>): string {
  const place = mkdtempSync(path.join(folder, `${name}-`))
  for (const [file, text] of Object.entries(content)) writeFileSync(path.join(place, file), text)
  return place
}

test('R-DUR-5: a login without CREATEROLE is told what it lacks, and goes on once the roles are granted to it', async () => {
  await run('create role poor login', 'create role other login createrole')
  const database = await open('prepared', 'poor')
  await expect(migrate(database)).rejects.toMatchObject({
    problem: { code: 'server.misconfigured', detail: expect.stringContaining('CREATEROLE') },
  })
  await run('create role cairn_app nologin', 'create role cairn_platform nologin', 'grant cairn_app, cairn_platform to poor')
  expect((await migrate(database)).applied).toContain('001-roles.sql')
  expect(await database.tenant('018f0000-0000-7000-8000-000000000001', async () => 'in')).toBe('in')
  await run('drop database prepared with (force)', 'drop role cairn_app, cairn_platform')
})

test('R-DUR-5: an ordinary owner with CREATEROLE is enough, and row-level security binds it', async () => {
  await run('create role owner login createrole')
  const database = await open('owned', 'owner')
  expect((await migrate(database)).applied[0]).toBe('001-roles.sql')
  expect(await database.tenant('018f0000-0000-7000-8000-000000000001', async () => 'in')).toBe('in')
  expect(await database.platform(async () => 'in')).toBe('in')
})

test('R-DUR-5: nodes that start at once, on one database or several, apply each file once', async () => {
  const [one, two] = [await open('one'), await open('two')]
  const done = await Promise.all([migrate(one), migrate(one), migrate(two), migrate(one)])
  const applied = done.filter((each) => each.applied.length > 0)
  expect(applied).toHaveLength(2)
  expect(applied[0]).toEqual(applied[1])
  expect((await migrate(one)).applied).toEqual([])
})

test('R-DUR-5: a file that fails leaves nothing behind and is tried again; a newer file than ours is left alone', async () => {
  const database = await open('failing')
  const first = 'create table cairn.kept (n int)'
  const broken = files('broken', { '001-a.sql': first, '002-b.sql': 'create table cairn.half (n int); select 1 / 0' })
  await expect(migrate(database, broken)).rejects.toMatchObject({ code: '22012' })
  const found = await database.pool.query(
    `select to_regclass('cairn.kept') is not null as kept, to_regclass('cairn.half') is not null as half`,
  )
  expect(found.rows).toEqual([{ kept: true, half: false }])
  const mended = files('mended', { '001-a.sql': first, '002-b.sql': 'create table cairn.half (n int)' })
  expect((await migrate(database, mended)).applied).toEqual(['002-b.sql'])
  expect((await migrate(database, files('older', { '001-a.sql': first }))).applied).toEqual([])
})

test('R-DUR-5: a file that was changed after it was applied is refused by name', async () => {
  const database = await open('changed')
  await migrate(database, files('before', { '001-a.sql': 'select 1' }))
  await expect(migrate(database, files('after', { '001-a.sql': 'select 2' }))).rejects.toMatchObject({
    problem: { code: 'server.misconfigured', detail: expect.stringContaining('001-a.sql') },
  })
})
