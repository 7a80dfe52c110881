/** R-DUR-2: the exact text of an intention, as SQL gives it back. */
import { randomUUID } from 'node:crypto'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepStencil } from './stencil.ts'

let store: TestDatabase
const [tenant, credential] = [randomUUID(), randomUUID()]
beforeAll(async () => {
  store = await startTestDatabase()
})
afterAll(() => store?.stop())

test.each([
  ['a fill between each two pieces, as all were kept at first', ['[', ',', ']'], ['"a"', '1'], '["a",1]'],
  [
    'the id, and fills that stand again',
    ['["\u00010\u0001#a",', ',', ',\u00011\u0001,"\u00010\u0001",\u00012\u0001]'],
    ['"a"', '{}'],
    '["ID#a","a",{},"a","ID",{}]',
  ],
  [
    'a tenth fill is none of the first',
    ['', '', '', '', '', '', '', '', '', '', '', '|\u00011\u0001\u000110\u0001\u000111\u0001'],
    [...'abcdefghijk'],
    'abcdefghijk|ajk',
  ],
  ['a fill that says what a stencil could', ['[', ']'], ['"\\\\u00010\\\\u0001 \\\\1 &"'], '["\\\\u00010\\\\u0001 \\\\1 &"]'],
])('%s', async (_, pieces, fills, exact) => {
  const digest = Buffer.from(randomUUID())
  const told = await store.database.tenant(tenant, async (tx) => {
    await keepStencil(tx, digest, pieces)
    const { rows } = await sql<{ exact: string }>`select exact_text(json_populate_record(null::credential,
      ${JSON.stringify({ tenant, id: credential, stencil: `\\x${digest.toString('hex')}`, fills })}::json)) as exact`.execute(tx)
    return rows[0]?.exact
  })
  expect(told).toBe(exact.replaceAll('ID', `urn:uuid:${credential}`))
})
