/** Looking for people as a registrar does: without marks and case, by a part of a name, in any script that names are written in. */
import { randomUUID } from 'node:crypto'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertMessages, listMessages } from './outbox.ts'

let store: TestDatabase
const tenant = randomUUID()
beforeAll(async () => {
  store = await startTestDatabase()
  const words = (name: string, at: number) => ({ id: randomUUID(), kind: 'claim', to: `l${at}@learners.example`, subject: name, text: '' })
  await store.database.tenant(tenant, (tx) => insertMessages(tx, names.map(words), new Date().toISOString()))
})
afterAll(() => store?.stop())

const names = [
  'Jürgen Müller',
  'Zofia Łódzka',
  'Søren Ørsted',
  'Ilse Strauß',
  'İpek Işık',
  'Ελένη ΠΑΠΑΔΟΠΟΎΛΟΥ',
  'Νίκος Αλεξίου',
  'مُحَمَّد الأنصاري',
  'فاطمة الزهراء',
  'Олена КИЇВСЬКА',
  'Արամ Խաչատրյան',
  'Seán O’Brien',
  '100%_sure',
]
async function found(q: string): Promise<string[]> {
  const { total, items } = await store.database.tenant(tenant, (tx) => listMessages(tx, { q, kinds: ['claim'], page: 1, size: 50 }))
  expect(total).toBe(items.length)
  return items.map(({ subject }) => subject)
}

test.each([
  ['muller', 'Jürgen Müller'],
  ['MÜLLER', 'Jürgen Müller'],
  ['mu\u0308ller', 'Jürgen Müller'],
  ['müll jür', 'Jürgen Müller'],
  ['lodz', 'Zofia Łódzka'],
  ['ŁÓDZ', 'Zofia Łódzka'],
  ['orsted', 'Søren Ørsted'],
  ['strauss', 'Ilse Strauß'],
  ['STRAUSS', 'Ilse Strauß'],
  ['ipek isik', 'İpek Işık'],
  ['παπαδοπουλου', 'Ελένη ΠΑΠΑΔΟΠΟΎΛΟΥ'],
  ['ΝΊΚΟΣ', 'Νίκος Αλεξίου'],
  ['νικος', 'Νίκος Αλεξίου'],
  ['محمد', 'مُحَمَّد الأنصاري'],
  ['الانصارى', 'مُحَمَّد الأنصاري'],
  ['فاطمه', 'فاطمة الزهراء'],
  ['київська', 'Олена КИЇВСЬКА'],
  ['խաչատ', 'Արամ Խաչատրյան'],
  ["o'brien", 'Seán O’Brien'],
  ['sean', 'Seán O’Brien'],
  ['l12@learners', '100%_sure'],
  ['L１２@learners', '100%_sure'],
  ['%_', '100%_sure'],
])('%s finds %s', async (q, name) => {
  expect(await found(q)).toEqual([name])
})

test('words are all wanted, in any order; white space alone asks for nothing; what is not there is not found', async () => {
  expect(await found('muller zofia')).toEqual([])
  expect(await found('müler')).toEqual([])
  expect(await found('  ')).toHaveLength(names.length)
})

test('what is searched is read from an index alone, also under row-level security', async () => {
  const plan = await store.database.tenant(tenant, async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select id from credential where tenant = ${tenant}
      and find like all (array['%a%']) order by intended_at desc, id desc limit 50`.execute(tx)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toContain('Index Only Scan using credential_newest')
  expect(plan).not.toContain('Sort')
})
