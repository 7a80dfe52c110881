/** Every credential judged again: all are as they should be, and whatever is made wrong by hand is found (R-BAK-4, R-ST-1). */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { raiseSeals } from '../jobs/raise-seals.ts'
import { clientFor } from '../operations.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { checkIssued } from './check-issued.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-check-'))
const bin = path.resolve(import.meta.dirname, '../../../cli/bin/cairn.js')
const environment = { CAIRN_DATA: folder, PORT: '0', CAIRN_PUBLIC_URL: 'http://localhost:9', CAIRN_DEMO: '1', CAIRN_LOG: 'silent' }
let server: RunningServer
let ids: string[] = []

const query = (text: string, values: unknown[] = []) => server.installation.database.pool.query(text, values)
const check = (at = new Date()) => checkIssued(server.installation.database, server.installation.config, at.toISOString())
const until = async (done: () => Promise<boolean>) => {
  for (let tries = 0; tries < 300 && !(await done()); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
}
/** Runs with a change made by hand past all that guards it, and takes it back. */
async function changed(change: string, values: unknown[], back: string, work: () => Promise<void>): Promise<void> {
  await query(change, values)
  try {
    await work()
  } finally {
    await query(back, values)
  }
}

beforeAll(async () => {
  server = await startServer(readConfig(environment), pino({ level: 'silent' }), { pages: false })
  await until(async () => (await query("select from cairn.batch where state = 'done'")).rowCount === 1)
  ids = (await query('select id from cairn.credential where sealed is not null order by id')).rows.map(({ id }) => id)
  await raiseSeals(server.installation)
  await until(async () => (await query("select from cairn.credential_seal where level <> 'B-LTA'")).rowCount === 0)
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('all are as they should be: valid, and one that was revoked is revoked; a server that rested a month changes nothing', async () => {
  expect(ids.length).toBeGreaterThan(1)
  expect(await check()).toEqual({
    checked: ids.length,
    valid: ids.length,
    revoked: 0,
    ended: 0,
    waiting: 0,
    wrong: 0,
    levels: { 'B-LTA': ids.length },
    notAsItShould: [],
  })
  const { rows } = await query("select tenant, person from cairn.member where 'sealer' = any(roles)")
  const caller = { tenant: rows[0].tenant, person: rows[0].person, name: 'sealer', roles: ['sealer' as const] }
  await clientFor(server.installation, { caller, confirmedAt: new Date() })['credential.revoke']({ id: ids[0]!, reason: 'error' })
  expect(await check(new Date(Date.now() + 30 * 86_400_000))).toMatchObject({ valid: ids.length - 1, revoked: 1, wrong: 0 })
})

test('what was changed past the server is found and named', async () => {
  const other = ids[1]!
  const wrong = async () => (await check()).notAsItShould.map(({ id, codes }) => [id, codes])
  await query('create table public.kept as select id, sealed, fills, revoked_at from cairn.credential')
  await query('create table public.kept_seal as select * from cairn.credential_seal')
  // Whoever owns the database can pass by what guards it.
  const unguarded = "with unguarded as (select set_config('session_replication_role', 'replica', true))"
  const sealed = `${unguarded} update cairn.credential c set sealed = k.sealed, fills = k.fills, revoked_at = k.revoked_at
    from public.kept k, unguarded where k.id = c.id and c.id = $1`
  // One letter of the first bytes: not those of the level that it was raised to.
  await changed(
    "update cairn.credential set sealed = convert_to(replace(convert_from(sealed, 'UTF8'), 'micro', 'macro'), 'UTF8') where id = $1",
    [other],
    sealed,
    async () => expect(await wrong()).toEqual([[other, ['record.differs', 'record.level-differs']]]),
  )
  await changed("update cairn.credential set fills[1] = fills[1] || ' ' where id = $1", [other], sealed, async () =>
    expect(await wrong()).toEqual([[other, ['record.differs']]]),
  )
  // Revoked in the record and not on the list, and the other way round.
  await changed('update cairn.credential set revoked_at = now() where id = $1', [other], sealed, async () =>
    expect(await wrong()).toEqual([[other, ['status.not-published']]]),
  )
  await changed(`${unguarded} update cairn.credential set revoked_at = null from unguarded where id = $1`, [ids[0]!], sealed, async () =>
    expect(await wrong()).toEqual([[ids[0], ['status.revoked']]]),
  )
  await changed(
    "update cairn.credential_seal set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'micro', 'macro'), 'UTF8') where credential = $1",
    [other],
    'update cairn.credential_seal s set bytes = k.bytes from public.kept_seal k where k.credential = s.credential and s.credential = $1',
    async () => expect(await wrong()).toEqual([[other, expect.arrayContaining(['record.level-differs', 'seal.broken'])]]),
  )
  // A registry that forgot the institution makes strangers of all.
  await query('alter table cairn.trust_entry rename to trust_entry_kept')
  await query('create table cairn.trust_entry as select * from cairn.trust_entry_kept where false')
  await query('grant select on cairn.trust_entry to cairn_platform')
  expect((await check()).wrong).toBe(ids.length)
  await query('drop table cairn.trust_entry')
  await query('alter table cairn.trust_entry_kept rename to trust_entry')
  expect(await wrong()).toEqual([])
})

test('cairn check-issued runs beside the server, prints the counts and exits 0, or 1 when one is wrong', async () => {
  const cairn = () =>
    new Promise<[number, string]>((resolve) =>
      execFile(process.execPath, [bin, 'check-issued', '--json'], { env: { PATH: process.env.PATH!, ...environment } }, (error, stdout) =>
        resolve([error ? Number(error.code) : 0, stdout]),
      ),
    )
  const [status, stdout] = await cairn()
  expect([status, JSON.parse(stdout)]).toMatchObject([0, { checked: ids.length, revoked: 1, wrong: 0 }])
  await query("update cairn.credential set fills[1] = fills[1] || ' ' where id = $1", [ids[1]])
  expect((await cairn())[0]).toBe(1)
})
