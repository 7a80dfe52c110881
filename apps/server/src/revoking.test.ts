/** R-ST-6: ten thousand are revoked at once within a quarter of an hour, with every learner's letter written. */
import { setTimeout as sleep } from 'node:timers/promises'
import { bitAt, expandBits, readStatusList } from '@cairn/formats'
import { readCompact } from '@cairn/seals'
import { readPublishedList } from '@cairn/store'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Demonstration, startDemonstration } from './vectors/start-demonstration.ts'

let place: Demonstration
beforeAll(async () => {
  place = await startDemonstration()
})
afterAll(() => place?.stop())

const one = async (text: string, values: unknown[] = []) => (await place.installation.database.pool.query(text, values)).rows[0]

/** Seals a batch of so many learners; their notices have gone out. */
async function award(name: string, learners: number): Promise<string> {
  const lines = Array.from({ length: learners }, (_, at) => `${name} ${at},1990-03-01,2026-05-12,${name}-${at}@learners.example`)
  const text = ['fullName,dateOfBirth,awardDate,email', ...lines].join('\n')
  const api = place.as('awarder')
  const { id } = await api['batch.create']({
    edition: place.edition,
    fileName: `${name}.csv`,
    base64: Buffer.from(text).toString('base64'),
  })
  await api['batch.confirm']({ id, ready: learners })
  for (let tries = 0; (await one('select state from cairn.batch where id = $1', [id])).state !== 'done'; tries++) {
    if (tries > 1000) throw new Error('It was not sealed in time.')
    await sleep(50)
  }
  await place.installation.database.pool.query('update cairn.outbox set sent_at = now() where batch = $1', [id])
  return id
}

/** Revokes a batch; how long it took in milliseconds, and how many statements. */
async function revoke(batch: string, count: number): Promise<{ took: number; statements: number }> {
  const asked = vi.spyOn(pg.Client.prototype, 'query')
  const from = performance.now()
  expect(await place.as('sealer')['revocation.make']({ batch, reason: 'withdrawn-by-awarding-body', count })).toEqual({ revoked: count })
  const took = performance.now() - from
  const statements = asked.mock.calls.length
  asked.mockRestore()
  return { took, statements }
}

test('R-ST-5, R-ST-6: a thousand are revoked in a tenth of the time that ten thousand may take, each learner is written to, and no more is asked of the database than for ten', async () => {
  const [few, many] = [await award('ana', 10), await award('bo', 1000)]
  const small = await revoke(few, 10)
  const large = await revoke(many, 1000)
  expect(large.took).toBeLessThan((15 * 60_000) / 10)
  // What else runs on this server asks now and then.
  expect(large.statements).toBeLessThan(small.statements + 20)

  expect(
    await one(
      `select count(*)::int as revoked, count(distinct m.recipient)::int as told, count(e.subject)::int as recorded from cairn.credential c
      left join cairn.outbox m on m.credential = c.id and m.kind = 'revocation' and m.sent_at is null
      left join cairn.event e on e.tenant = c.tenant and e.subject = c.id::text and e.name = 'credential.revoke'
      where c.batch = $1 and c.revoked_at is not null`,
      [many],
    ),
  ).toEqual({ revoked: 1000, told: 1000, recorded: 1000 })
  expect(await place.as('auditor')['event.list']({})).toMatchObject({ intact: true })

  // R-ST-5: for ever, and the database holds to it.
  for (const change of ['revoked_at = null', `revoked_at = now() + interval '1 day'`])
    await expect(
      place.installation.database.pool.query(`update cairn.credential set ${change} where batch = $1`, [few]),
    ).rejects.toThrowError('immutable')

  const { rows } = await place.installation.database.pool.query<{ list: string; place: number }>(
    'select status_list as list, status_index as place from cairn.credential where batch = any($1::uuid[])',
    [[few, many]],
  )
  const { signed } = (await readPublishedList(place.installation.database, rows[0]!.list))!
  const bits = await expandBits(readStatusList(readCompact(signed, 'vc+jwt').payload).encodedList)
  expect(rows.filter((row) => row.list === rows[0]!.list && bitAt(bits, row.place))).toHaveLength(1010)
})
