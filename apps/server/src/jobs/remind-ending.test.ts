/** Reminders before the end, on a real PostgreSQL: at most one for each credential and event, whoever asks and however often. */
import { insertInstitution } from '@cairn/store'
import { sampleInstitution, startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { createInstallation, type Installation, newId } from '../context.ts'
import { remindEnding } from './remind-ending.ts'

let place: TestDatabase
let installation: Installation
const tenant = newId()

beforeAll(async () => {
  place = await startTestDatabase()
  const config = readConfig({ CAIRN_DEMO: '1', CAIRN_SECRET: 'x'.repeat(40) })
  installation = createInstallation({ config, database: place.database, log: pino({ level: 'silent' }), wake: () => undefined })
  await place.database.tenant(tenant, (tx) => insertInstitution(tx, sampleInstitution, false, '2026-01-01T00:00:00Z'))
})
afterAll(() => place?.stop())

async function credential(given: { until: string; email?: string; sealed?: string; revoked?: boolean }): Promise<string> {
  const id = newId()
  // Only what a reminder looks at matters here; the keys to other tables are left alone.
  const client = await place.database.pool.connect()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(
      `insert into cairn.credential (tenant, id, edition, state, title, learner, email, award_date, natural_key, stencil, fills, digest, key, actor, status_list,
        status_index, intended_at, sealed_at, valid_until, revoked_at)
       values ($1, $2::uuid, $2::uuid, 'sealed', 'Climate data', 'Ana', $3, '2025-01-01', $2::text, '\\x00', '{}', '\\x00', $2::uuid, 'x', $2::uuid, 1, now(), $4, $5, $6)`,
      [tenant, id, given.email ?? null, given.sealed ?? '2025-01-01T00:00:00Z', given.until, given.revoked ? '2026-01-01T00:00:00Z' : null],
    )
    await client.query(`set session_replication_role = origin`)
  } finally {
    client.release()
  }
  return id
}
const letters = async () =>
  (
    await place.database.pool.query<{ recipient: string; subject: string }>(
      'select recipient, subject from cairn.outbox order by recipient, created_at',
    )
  ).rows

test('a month and a week before the end, once each; never to nobody, of what is revoked, of what was sealed within the time, or twice at once', async () => {
  await credential({ until: '2026-06-20', email: 'ends@learners.example' })
  await credential({ until: '2026-06-20' })
  await credential({ until: '2026-06-21', email: 'revoked@learners.example', revoked: true })
  await credential({ until: '2026-06-10', email: 'short@learners.example', sealed: '2026-05-25T00:00:00Z' })
  await credential({ until: '2026-09-01', email: 'later@learners.example' })
  await remindEnding(installation, '2026-05-20T08:00:00Z')
  expect(await letters()).toEqual([])
  await Promise.all([1, 2, 3].map(() => remindEnding(installation, '2026-05-22T08:00:00Z')))
  await remindEnding(installation, '2026-05-25T08:00:00Z')
  expect(await letters()).toEqual([{ recipient: 'ends@learners.example', subject: expect.stringContaining('20 June 2026') }])
  await remindEnding(installation, '2026-06-05T08:00:00Z')
  await remindEnding(installation, '2026-06-14T08:00:00Z')
  await remindEnding(installation, '2026-06-15T08:00:00Z')
  expect((await letters()).map(({ recipient }) => recipient)).toEqual([
    'ends@learners.example',
    'ends@learners.example',
    'short@learners.example',
  ])
  const { rows } = await place.database.pool.query(`select count(*)::int as claims from cairn.claim`)
  expect(rows[0].claims).toBe(3)
})
