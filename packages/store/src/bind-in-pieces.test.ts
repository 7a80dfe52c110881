import { randomBytes } from 'node:crypto'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let store: TestDatabase
beforeAll(async () => {
  store = await startTestDatabase()
})
afterAll(() => store?.stop())

test('large values arrive as they are, among small ones, text and nothing, in statements with and without a name', async () => {
  const { pool } = store.database
  const sizes = [0, 1, 8191, 8192, 8193, 70_000, 3_000_000]
  const values = sizes.map((size) => randomBytes(size))
  const wanted = values.map((value) => value.toString('hex'))
  const columns = values.map((_, at) => `encode($${at + 1}::bytea, 'hex') as v${at}`).join(', ')
  const text = `select ${columns}, $8::text as word, $9::int as number, $10::text as nothing, $11::timestamptz as moment`
  const given = [...values, 'Žofie', 42, null, new Date('2026-05-12T10:00:00Z')]
  for (const name of [undefined, 'pieces', 'pieces']) {
    const { rows } = await pool.query({ text, values: given, ...(name ? { name } : {}) })
    expect(values.map((_, at) => rows[0][`v${at}`] === wanted[at])).toEqual(sizes.map(() => true))
    expect(rows[0]).toMatchObject({ word: 'Žofie', number: 42, nothing: null, moment: new Date('2026-05-12T10:00:00Z') })
  }
})

test('a statement with large values that is refused leaves the connection in order', async () => {
  const client = await store.database.pool.connect()
  try {
    await expect(client.query('select $1::bytea, $2::int', [randomBytes(100_000), 'no number'])).rejects.toMatchObject({ code: '22P02' })
    expect((await client.query('select octet_length($1::bytea) as bytes', [randomBytes(100_000)])).rows).toEqual([{ bytes: 100_000 }])
  } finally {
    client.release()
  }
})
