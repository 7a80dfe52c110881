import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from './context.ts'
import { forgetPublished, publishedList, publishedTokenList } from './published-lists.ts'

let store: TestDatabase
beforeAll(async () => {
  store = await startTestDatabase()
})
afterAll(() => store?.stop())

test('a list is read once for all who ask within a second, anew where it was published, and what is not there yet is found once it is', async () => {
  const { database } = store
  const id = newId()
  expect(await publishedList(database, id)).toBeUndefined()
  await database.pool.query(
    `insert into cairn.status_list (tenant, id, purpose, sequence, signed, token, published_at, created_at) values ($1, $2, 'revocation', 1, 'one', 'token', now(), now())`,
    [newId(), id],
  )
  forgetPublished(database, id)
  const [first, second] = await Promise.all([publishedList(database, id), publishedList(database, id)])
  expect(first).toBe(second)
  expect([first!.sequence, (await publishedTokenList(database, id))!.token]).toEqual([1, 'token'])
  await database.pool.query(`update cairn.status_list set sequence = 2, token = 'newer' where id = $1`, [id])
  forgetPublished(database, id)
  expect([(await publishedList(database, id))!.sequence, (await publishedTokenList(database, id))!.token]).toEqual([2, 'newer'])
  await database.pool.query('update cairn.status_list set sequence = 3 where id = $1', [id])
  expect((await publishedList(database, id))!.sequence, 'nobody here said so').toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect((await publishedList(database, id))!.sequence).toBe(3)
})
