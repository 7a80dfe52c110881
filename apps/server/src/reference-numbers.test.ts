/** Reference numbers on a real PostgreSQL, with two workers and schemes that overlap: each is given out once, and no batch stops for it. */
import type { StaffRole } from '@cairn/core'
import { startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Accounts, openAccounts } from './auth/accounts.ts'
import { readConfig } from './config.ts'
import { createInstallation, type Installation } from './context.ts'
import { seedDemonstration } from './demo/seed.ts'
import { sealBatch } from './jobs/seal-batch.ts'
import { clientFor } from './operations.ts'

let store: TestDatabase
let installation: Installation
let accounts: Accounts
let tenant: string

beforeAll(async () => {
  store = await startTestDatabase()
  const settings = { CAIRN_DEMO: '1', CAIRN_SECRET: 'x'.repeat(40), CAIRN_LOG: 'silent', DATABASE_URL: 'given', CAIRN_SEAL_LEVEL: 'B' }
  const config = readConfig(settings)
  installation = createInstallation({ config, database: store.database, log: pino({ level: 'silent' }), wake: () => undefined })
  accounts = await openAccounts(store.connection, config, { sendLink: async () => undefined, recordOwn: async () => undefined })
  await seedDemonstration(installation, accounts)
  tenant = (await store.database.pool.query('select tenant from cairn.institution')).rows[0].tenant
})
afterAll(async () => {
  await accounts?.close()
  await store?.stop()
})

const as = (role: StaffRole) =>
  clientFor(installation, { caller: { tenant, person: `a person: ${role}`, name: role, roles: [role] }, confirmedAt: new Date() })
const year = new Date().getFullYear()

/** A copy of the demonstration's specification with another scheme; the edition, and what the designer says of the scheme. */
async function publish(pattern: string) {
  const [line] = await as('designer')['specification.list']({})
  const { id, draft, revision } = await as('designer')['specification.copy']({ id: line!.id })
  const saved = await as('designer')['specification.save']({ id, revision, draft: { ...draft, referenceNumbers: { pattern } } })
  const said = saved.findings.flatMap(({ severity, problem }) =>
    problem.pointer === '/referenceNumbers/pattern' ? [`${severity} ${problem.code}`] : [],
  )
  return { said, edition: (await as('owner')['specification.publish']({ id, revision: saved.revision })).edition.id }
}
/** A batch of rows, read and checked; each row is a name and, where it brings one, a number. */
async function table(edition: string, rows: readonly (readonly [name: string, number?: string])[]): Promise<string> {
  const lines = rows.map(([name, number = '']) => `${name},1990-01-01,2026-05-12,${number}`)
  const base64 = Buffer.from(['fullName,dateOfBirth,awardDate,referenceNumber', ...lines].join('\n')).toString('base64')
  return (await as('awarder')['batch.create']({ edition, fileName: 'n.csv', base64 })).id
}
const names = (name: string, count: number) => Array.from({ length: count }, (_, at): [string] => [`${name} ${at}`])
const confirm = (id: string, ready: number) => as('awarder')['batch.confirm']({ id, ready })
async function numbersOf(...batches: string[]): Promise<string[]> {
  const { rows } = await store.database.pool.query('select reference_number as n from cairn.credential where batch = any($1) order by 1', [
    batches,
  ])
  return rows.map(({ n }) => n)
}
const stateOf = async (id: string) => (await as('awarder')['batch.read']({ id })).state

test('two specifications with one scheme, two batches at once, two workers: no number twice, and nothing stops', async () => {
  const one = await publish('SAME-{year}-{number}')
  const other = await publish('SAME-{year}-{number}')
  const batches = [await table(one.edition, names('One', 600)), await table(other.edition, names('Other', 600))]
  for (const id of batches) await confirm(id, 600)
  await Promise.all(batches.flatMap((id) => [sealBatch(installation, tenant, id), sealBatch(installation, tenant, id)]))
  expect(await Promise.all(batches.map(stateOf))).toEqual(['done', 'done'])
  const numbers = await numbersOf(...batches)
  expect([numbers.length, new Set(numbers).size]).toEqual([1200, 1200])
  expect(numbers[0]).toBe(`SAME-${year}-0001`)
}, 120_000)

test('a number that a later row brings, of the same batch or of another that is confirmed, is passed over by the scheme', async () => {
  const { edition } = await publish('LATE-{year}-{number}')
  const number = (n: number) => `LATE-${year}-${String(n).padStart(4, '0')}`
  const first = await table(edition, [...names('A', 299), ['Brings two', number(2)], ['Brings three hundred', number(300)]])
  const second = await table(edition, [['Brings five', number(5)], ...names('B', 3)])
  await confirm(first, 301)
  await confirm(second, 4)
  await Promise.all([sealBatch(installation, tenant, second), sealBatch(installation, tenant, first)])
  expect([await stateOf(first), await stateOf(second)]).toEqual(['done', 'done'])
  const numbers = await numbersOf(first, second)
  expect(new Set(numbers).size).toBe(305)
  expect(numbers).toEqual(expect.arrayContaining([number(2), number(5), number(300)]))
}, 120_000)

test('a number that was given out since the file was read is said before anything is sealed', async () => {
  const { edition } = await publish('TWICE-{number}')
  const one = await table(edition, [['One Person', 'X-1']])
  const other = await table(edition, [['Other Person', 'X-1']])
  await confirm(one, 1)
  await expect(confirm(other, 1)).rejects.toMatchObject({ problem: { code: 'batch.rows-wrong' } })
  await sealBatch(installation, tenant, one)
  const batch = await as('awarder')['batch.read']({ id: other })
  const checked = await as('awarder')['batch.map']({ id: other, mapping: batch.mapping })
  expect(checked.counts).toMatchObject({ ready: 0, wrong: 1 })
})

test('the designer says when the numbers of another specification can be the same', async () => {
  const first = await publish('CAN-{year}-{number}')
  expect(first.said).toEqual([])
  expect((await publish('CAN-{year}-{number}')).said).toEqual(['W specification.reference-shared'])
  expect((await publish('CAN-2026-{number}')).said).toEqual(['W specification.reference-shared'])
  expect((await publish('CAN-{number}')).said).toEqual([])
  expect((await publish('CANNOT-{year}-{number}')).said).toEqual([])
})
