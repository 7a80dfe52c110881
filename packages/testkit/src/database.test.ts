import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startTestDatabase } from './database.ts'

test('callers share one server and no rows; it is gone after the last one', async () => {
  const [one, two] = await Promise.all([startTestDatabase(), startTestDatabase()])
  expect(one.connection.host).toBe(two.connection.host)
  const insert = `insert into institution (tenant, organisation, created_at) values (gen_random_uuid(), '{}', now())`
  await one.database.pool.query(insert)
  const count = async (from: typeof one) => (await from.database.pool.query('select count(*)::int as n from institution')).rows[0].n
  expect([await count(one), await count(two)]).toEqual([1, 0])
  await one.stop()
  await one.stop()
  expect(await count(two)).toBe(0)
  await two.stop()
  expect(existsSync(String(two.connection.host))).toBe(false)
  const again = await startTestDatabase()
  expect(await count(again)).toBe(0)
  await again.stop()
})
