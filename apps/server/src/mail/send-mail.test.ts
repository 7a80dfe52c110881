/** The outbox and a mail server that is away, refuses or answers slowly (R-DUR-1, R-FLT-2). */
import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { insertMessages, listMessages, type OutboxRow } from '@cairn/store'
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

test('R-MAIL-1: an address with a line break never becomes a line of the protocol, and holds up nobody', async () => {
  await write(2)
  await place.database.pool.query(`update cairn.outbox set recipient = E'a@b.example\r\nRCPT TO:<c@d.example>' where recipient like 'r0@%'`)
  expect(await arrivals(() => sendDueMail(installation))).toBe(1)
  expect((await rows()).filter(({ sent_at }) => sent_at === null)).toMatchObject([{ problem: 'This is no mail address.', due: false }])
})

test('a mail has the same words twice, plain and in HTML, says that nobody wrote it, and keeps its Message-ID from try to try', async () => {
  await write(1)
  await place.database.pool.query(`update cairn.outbox set body = E'Dear <b>Ana</b>,\n\nhttps://cairn.example/claim/x\n'`)
  mail.behave('refuse')
  await sendDueMail(installation)
  mail.behave('accept')
  await place.database.pool.query("update cairn.outbox set next_at = now() - interval '1 minute'")
  expect(await arrivals(() => sendDueMail(installation))).toBe(1)
  const { raw } = mail.received.at(-1)!
  const [{ id }] = (await place.database.pool.query('select id from cairn.outbox')).rows as [{ id: string }]
  expect(raw).toMatch(new RegExp(`^Message-ID: <${id}@`, 'm'))
  expect(raw).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(raw).toContain('Content-Type: multipart/alternative')
  expect(raw).toContain('Dear <b>Ana</b>,')
  expect(raw.replace(/=\r?\n/g, '')).toContain('Dear &#60;b&#62;Ana&#60;/b&#62;,')
})

test('at most one message for a credential and what happened to it, however often it is written', async () => {
  const message = { kind: 'claim', credential: newId(), event: 'sealed', to: 'a@learners.example', subject: 'S', text: 'T' }
  for (let n = 0; n < 3; n++)
    await place.database.tenant(tenant, (tx) => insertMessages(tx, [{ ...message, id: newId() }], new Date().toISOString()))
  await place.database.tenant(tenant, (tx) => insertMessages(tx, [{ ...message, id: newId(), event: 'revoked' }], new Date().toISOString()))
  expect(await arrivals(() => sendDueMail(installation))).toBe(2)
})

test('what the server of a recipient refused is told apart from what waits', async () => {
  await write(2)
  mail.behave('refuse')
  await sendDueMail(installation)
  await place.database.pool.query(`update cairn.outbox set attempts = 12 where recipient like 'r1@%'`)
  const { items } = await place.database.tenant(tenant, (tx) => listMessages(tx, { page: 1, size: 10, kinds: ['claim'] }))
  expect(items.map(({ to, state, attempts }) => [to.slice(0, 2), state, attempts]).sort()).toEqual([
    ['r0', 'refused', 1],
    ['r1', 'given-up', 12],
  ])
})

test('DKIM (RFC 6376): a mail is signed for the domain that it comes from, and the signature is over its body and its headers', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const dkim = {
    domainName: 'lakeside.example',
    keySelector: 'cairn',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
  await write(1)
  await sendDueMail({ ...installation, config: { ...installation.config, mailFrom: 'office@lakeside.example', dkim } })
  const { raw } = mail.received.at(-1)!
  const at = raw.indexOf('\r\n\r\n')
  const headers = raw.slice(0, at).split(/\r\n(?![ \t])/)
  const signature = headers.find((line) => /^DKIM-Signature:/i.test(line))!
  const tag = (name: string) => new RegExp(`[;:\\s]${name}=([^;]*)`).exec(signature)![1]!.replace(/\s/g, '')
  expect([tag('d'), tag('s'), tag('a'), tag('c')]).toEqual(['lakeside.example', 'cairn', 'rsa-sha256', 'relaxed/relaxed'])
  const body = `${raw
    .slice(at + 4)
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '')}\r\n`
  expect(tag('bh')).toBe(createHash('sha256').update(body).digest('base64'))
  const relaxed = (line: string) => {
    const colon = line.indexOf(':')
    return `${line.slice(0, colon).toLowerCase().trim()}:${line
      .slice(colon + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`
  }
  const named = tag('h').split(':')
  const signed = named.flatMap((name) => headers.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)).map(relaxed))
  const input = [...signed, relaxed(signature.replace(/([;\s]b=)[^;]*/, '$1'))].join('\r\n')
  expect(verify('sha256', Buffer.from(input), publicKey, Buffer.from(tag('b'), 'base64'))).toBe(true)
})
