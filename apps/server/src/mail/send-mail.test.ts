/** The outbox and a mail server that is away, refuses or answers slowly (R-DUR-1, R-FLT-2). */
import { insertMessages, type OutboxRow } from '@cairn/store'
import { type MailServer, startMailServer, startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { createInstallation, type Installation, newId } from '../context.ts'
import { sendDueMail } from './send-mail.ts'

let place: TestDatabase
let mail: MailServer
let installation: Installation
const tenant = newId()

beforeAll(async () => {
  place = await startTestDatabase()
  mail = await startMailServer()
  const config = readConfig({ CAIRN_DEMO: '1', CAIRN_SECRET: 'x'.repeat(40), SMTP_URL: mail.url })
  installation = createInstallation({ config, database: place.database, log: pino({ level: 'silent' }), wake: () => undefined })
})
afterAll(async () => {
  await mail?.close()
  await place?.stop()
})
beforeEach(async () => {
  await place.database.pool.query('delete from cairn.outbox')
  mail.behave('accept')
  await mail.comeBack()
})

async function write(count: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, at) => ({
    id: newId(),
    kind: 'claim',
    to: `r${at}@learners.example`,
    subject: 'S',
    text: 'T',
  }))
  await place.database.tenant(tenant, (tx) => insertMessages(tx, messages, new Date().toISOString()))
}
const rows = async () =>
  (
    await place.database.pool.query<{ sent_at: Date | null; attempts: number; problem: OutboxRow['problem'] | null; due: boolean }>(
      `select sent_at, attempts, problem, next_at <= now() as due from cairn.outbox order by id`,
    )
  ).rows
const arrivals = async (work: () => Promise<void>) => {
  const before = mail.received.length
  await work()
  return mail.received.length - before
}

test('120 messages go over one connection, each once', async () => {
  await write(120)
  expect(await arrivals(() => sendDueMail(installation))).toBe(120)
  expect((await rows()).every(({ sent_at, attempts }) => sent_at !== null && attempts === 1)).toBe(true)
  expect(await arrivals(() => sendDueMail(installation))).toBe(0)
})

test('R-FLT-2: a mail server that is away costs one message a wait; the others keep their turn, and go when it is back', async () => {
  await write(30)
  await mail.leave()
  expect(await arrivals(() => sendDueMail(installation))).toBe(0)
  const waiting = (await rows()).filter(({ due }) => !due)
  expect(waiting).toHaveLength(1)
  expect(waiting[0]).toMatchObject({ attempts: 1, problem: 'The mail server did not answer.' })
  expect((await rows()).filter(({ attempts }) => attempts === 0)).toHaveLength(29)
  await mail.comeBack()
  expect(await arrivals(() => sendDueMail(installation))).toBe(29)
})

test('a mailbox that does not exist waits a day and holds up nobody', async () => {
  await write(3)
  mail.behave('refuse')
  await sendDueMail(installation)
  expect((await rows()).map(({ problem, due }) => [problem, due])).toEqual(Array(3).fill(['The mail server answered 550.', false]))
})

test('R-DUR-1: a database that is away when the mail server said yes is waited for, and the message goes once', async () => {
  await write(1)
  let broken = 2
  const database = {
    ...place.database,
    tenant: (async (id, work) => {
      if (broken-- > 0) throw new Error('away')
      return place.database.tenant(id, work)
    }) as Installation['database']['tenant'],
  }
  expect(await arrivals(() => sendDueMail({ ...installation, database }))).toBe(1)
  expect((await rows())[0]).toMatchObject({ attempts: 1, problem: null, sent_at: expect.any(Date) })
})

test('a sender that is told to stop gives back what it leased', async () => {
  await write(10)
  let asked = 0
  expect(await arrivals(() => sendDueMail(installation, () => ++asked > 4))).toBe(3)
  expect((await rows()).filter(({ due, sent_at }) => due && sent_at === null)).toHaveLength(7)
})

test('a message that was given up gets one more try when somebody asks for it', async () => {
  await write(1)
  await place.database.system((tx) => sql`update outbox set attempts = 12`.execute(tx))
  expect(await arrivals(() => sendDueMail(installation))).toBe(0)
  const { retryMessage } = await import('@cairn/store')
  const [{ id }] = (await place.database.pool.query('select id from cairn.outbox')).rows as [{ id: string }]
  await place.database.tenant(tenant, (tx) => retryMessage(tx, id, new Date().toISOString()))
  expect(await arrivals(() => sendDueMail(installation))).toBe(1)
})
