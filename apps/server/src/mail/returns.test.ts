/** Mails that come back: known by the address that only this installation can make, read as RFC 3464 has them, and recorded once. */
import { insertMessages, listEvents, listMessages, readWork } from '@cairn/store'
import { bringBack, deliveryReport, type MailServer, startMailServer, startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { createInstallation, type Installation, newId } from '../context.ts'
import { readReturn } from './read-return.ts'
import { readReturnAddress, returnAddress } from './return-address.ts'
import { sendDueMail } from './send-mail.ts'
import { takeReturns } from './take-returns.ts'

const returns = { domain: 'returns.lakeside.example' }
const config = { secret: 'x'.repeat(40), returns }
const place = { tenant: newId(), id: newId() }

test('a return address is one message’s, fits where addresses stand, survives small and capital letters, and nobody else can make one', () => {
  const address = returnAddress(config, place)
  expect(address).toMatch(/^[a-z2-7]{60}@returns\.lakeside\.example$/)
  expect(readReturnAddress(config, address)).toEqual(place)
  expect(readReturnAddress(config, address.toUpperCase())).toEqual(place)
  expect(readReturnAddress({ ...config, secret: 'y'.repeat(40) }, address)).toBeUndefined()
  for (let at = 0; at < 60; at++) {
    const changed = `${address.slice(0, at)}${address[at] === 'a' ? 'b' : 'a'}${address.slice(at + 1)}`
    expect(readReturnAddress(config, changed), String(at)).toBeUndefined()
  }
  for (const other of [
    '',
    '@',
    'postmaster@returns.lakeside.example',
    address.replace('returns.', ''),
    `${address}@x`,
    `a${address}`,
    `${address.slice(1)}`,
  ])
    expect(readReturnAddress(config, other), other).toBeUndefined()
})

const failed = (status: string) => deliveryReport(`Final-Recipient: rfc822; ana@learners.example\r\nAction: failed\r\nStatus: ${status}`)

test.each([
  ['no such mailbox', failed('5.1.1'), '5.1.1'],
  [
    'fields in another order and spelling',
    deliveryReport('STATUS: 5.2.2 (full)\r\naction:   Failed\r\nfinal-recipient: rfc822; a@b.example'),
    '5.2.2',
  ],
  [
    'a folded diagnosis',
    deliveryReport('Action: failed\r\nDiagnostic-Code: smtp; 550 5.7.1\r\n  refused by policy\r\nStatus: 5.7.1'),
    '5.7.1',
  ],
  ['lines that end as on UNIX', failed('5.4.4').replaceAll('\r\n', '\n'), '5.4.4'],
  [
    'a name of parts in other alphabets',
    deliveryReport('Action: failed\r\nStatus: 5.6.7', { kind: 'message/global-delivery-status' }),
    '5.6.7',
  ],
  ['given up after days, with the status of the delay', failed('4.4.7'), '5.0.0'],
  ['no status', deliveryReport('Action: failed'), '5.0.0'],
  ['of two, the one that failed', deliveryReport('Action: delivered\r\nStatus: 2.0.0\r\n\r\nAction: failed\r\nStatus: 5.1.10'), '5.1.10'],
  [
    'a report in words, with the header that names whom',
    'X-Failed-Recipients: ana@learners.example\r\nSubject: failed\r\n\r\nSorry.',
    '5.0.0',
  ],
  ['a delay', deliveryReport('Action: delayed\r\nStatus: 4.4.1'), undefined],
  ['a confirmation', deliveryReport('Action: relayed\r\nStatus: 2.0.0'), undefined],
  ['an absence', 'Auto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nI am away. Action: failed', undefined],
  [
    'a mail that holds a report of another one',
    deliveryReport('Action: delayed\r\nStatus: 4.4.1', {
      original: `Content-Type: message/rfc822\r\n\r\n${failed('5.1.1').replaceAll('cut', 'inner')}`,
    }),
    undefined,
  ],
  ['no mail at all', '\0\xff\r\n'.repeat(100), undefined],
  ['more levels than anybody writes', 'Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n'.repeat(5000), undefined],
])('read as a return: %s', async (_, raw, status) => {
  expect(await readReturn(Buffer.from(raw, 'latin1'))).toBe(status)
})

let database: TestDatabase
let relay: MailServer
let installation: Installation
let listening: Awaited<ReturnType<typeof takeReturns>>

beforeAll(async () => {
  database = await startTestDatabase()
  relay = await startMailServer()
  const settings = { CAIRN_DEMO: '1', CAIRN_SECRET: config.secret, SMTP_URL: relay.url, CAIRN_RETURNS: returns.domain }
  const made = { config: readConfig(settings), database: database.database, log: pino({ level: 'silent' }), wake: () => undefined }
  installation = createInstallation(made)
  listening = await takeReturns(installation, returns, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await listening?.close()
  await relay?.close()
  await database?.stop()
})

const bring = (to: string | string[], raw: string, from?: string) => bringBack(listening.port, to, raw, from)
const rows = async () =>
  (await database.database.tenant(place.tenant, (tx) => listMessages(tx, { page: 1, size: 10, kinds: ['claim'], only: 'failed' }))).items

test('a mail goes out with a return address of its own, comes back, and stands among those that did not arrive, once', async () => {
  const message = { id: place.id, kind: 'claim', credential: newId(), to: 'ana@learners.example', subject: 'S', text: 'T' }
  await database.database.tenant(place.tenant, (tx) => insertMessages(tx, [message], new Date().toISOString()))
  await sendDueMail(installation)
  const { from, to, raw } = relay.received.at(-1)!
  expect([to, readReturnAddress(config, from)]).toEqual([['ana@learners.example'], place])
  expect(raw).not.toContain(from)
  expect(await rows()).toEqual([])

  expect(await bring(from, deliveryReport('Action: delayed\r\nStatus: 4.4.1'))).toBe(250)
  expect(await rows()).toEqual([])
  expect(await bring(from, failed('5.1.1'))).toBe(250)
  const [returned] = await rows()
  expect(returned).toMatchObject({ state: 'returned', returned: { status: '5.1.1' }, credential: message.credential, attempts: 1 })
  // Brought twice, and late, by another server with another reason.
  expect(await bring(from, failed('5.2.2'), 'postmaster@other.example')).toBe(250)
  expect(await rows()).toEqual([returned])
  const { items } = await database.database.tenant(place.tenant, (tx) => listEvents(tx, { page: 1, size: 10, subject: message.credential }))
  expect(items.map(({ name }) => name)).toEqual(['mail.return'])
  expect((await readWork(database.database, new Date().toISOString())).messagesReturned).toBe(1)
})

test('whoever brings anything else is refused: no mailbox but those of messages, no relay, nothing large, not many at once', async () => {
  const address = returnAddress(config, place)
  for (const other of ['postmaster@returns.lakeside.example', 'ana@learners.example', `b${address.slice(1)}`])
    expect(await bring(other, failed('5.1.1')), other).toBe(550)
  expect(await bring(address, `X: ${'x'.repeat(70)}\r\n`.repeat(10_000))).toBe(552)
  const many = Array.from({ length: 6 }, () => returnAddress(config, { ...place, id: newId() }))
  expect(await bring(many, failed('5.1.1'))).toBe(452)
  expect(await rows()).toHaveLength(1)
})

test('R-FLT-2: while the database is away the server that brings it is asked to come again', async () => {
  const away = { ...installation, database: { ...installation.database, tenant: async () => Promise.reject(new Error('away')) } }
  const second = await takeReturns(away as Installation, returns, { host: '127.0.0.1', port: 0 })
  expect(await bringBack(second.port, returnAddress(config, place), failed('5.1.1'))).toBe(451)
  await second.close()
})

test('R-CFG-1: a port without a domain, and what is no domain, are refused at the start', () => {
  expect(() => readConfig({ CAIRN_DEMO: '1', CAIRN_RETURNS_PORT: '2525' })).toThrow('CAIRN_RETURNS')
  expect(() => readConfig({ CAIRN_DEMO: '1', CAIRN_RETURNS: 'returns example' })).toThrow('CAIRN_RETURNS')
  expect(
    readConfig({ CAIRN_DEMO: '1', CAIRN_RETURNS: 'r.example', CAIRN_RETURNS_PORT: '2525', CAIRN_RETURNS_HOST: '0.0.0.0' }).returns,
  ).toEqual({
    domain: 'r.example',
    listen: { host: '0.0.0.0', port: 2525 },
  })
})
