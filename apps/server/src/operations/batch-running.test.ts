/** A batch on its way, on a real PostgreSQL with a real mail server: told once, planned, and taken back before anybody knows. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BatchProgress } from '@cairn/api'
import { type MailServer, startMailServer } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAddress } from '../auth/sign-in.ts'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

let place: Demonstration
let mail: MailServer
let edition = ''

beforeAll(async () => {
  mail = await startMailServer()
  place = await startDemonstration({ SMTP_URL: mail.url })
  edition = place.edition
  // The batch of the demonstration itself is out of the way.
  for (const { id } of await as('awarder')['batch.list']({})) await until(id, ({ state }) => state === 'done')
})
afterAll(async () => {
  await place?.stop()
  await mail?.close()
})

const as: Demonstration['as'] = (role) => place.as(role)
const count = async (text: string, values: unknown[] = []) =>
  Number((await place.installation.database.pool.query(`select count(*)::int as n from ${text}`, values)).rows[0].n)
const letters = (name: string) => mail.received.filter(({ to }) => to[0]!.startsWith(`${name}-`))

async function begin(name: string, learners: number) {
  const lines = Array.from(
    { length: learners },
    (_, at) => `${name} ${at},${1960 + (at % 40)}-03-01,2026-05-12,${name}-${at}@learners.example`,
  )
  const text = ['fullName,dateOfBirth,awardDate,email', ...lines].join('\n')
  const batch = await as('awarder')['batch.create']({ edition, fileName: `${name}.csv`, base64: Buffer.from(text).toString('base64') })
  expect(batch.counts.ready).toBe(learners)
  return batch.id
}
async function until(id: string, isSo: (progress: BatchProgress) => boolean): Promise<BatchProgress> {
  for (let tries = 0; tries < 600; tries++) {
    const progress = await as('auditor')['batch.progress']({ id })
    if (isSo(progress)) return progress
    await sleep(50)
  }
  throw new Error('It did not come to that in time.')
}

test('a batch is followed to the last message, whoever confirmed it is told once, and the report says what became of each row', async () => {
  const id = await begin('ana', 120)
  await as('awarder')['batch.confirm']({ id, ready: 120, language: 'cs' })
  const end = await until(id, ({ settled }) => settled)
  expect(end).toMatchObject({
    state: 'done',
    ready: 120,
    sealed: 120,
    notices: { total: 120, sent: 120, failed: 0, returned: 0, sending: true },
    mayCancel: false,
  })
  for (let tries = 0; tries < 100 && mail.received.every(({ to }) => to[0] !== demoAddress('awarder')); tries++) await sleep(50)
  const own = mail.received.filter(({ to }) => to[0] === demoAddress('awarder'))
  expect(own).toHaveLength(1)
  expect(own[0]!.raw).toContain(`/batches/${id}`)
  expect(new Set(letters('ana').map(({ to }) => to[0])).size).toBe(120)
  await expect(as('awarder')['batch.cancel']({ id })).rejects.toMatchObject({ problem: { code: 'batch.notices-out' } })

  const csv = Buffer.from((await as('auditor')['batch.report']({ id })).base64, 'base64').toString()
  const [head, first, ...others] = csv.trim().split('\r\n')
  expect(head).toBe('row,outcome,learner,referenceNumber,credential,noticeSentAt,noticeProblem,noticeReturned,problems,warnings')
  expect(first).toMatch(/^1,sealed,ana 0,/)
  expect(others).toHaveLength(119)
  const json = JSON.parse(Buffer.from((await as('auditor')['batch.report']({ id, form: 'json' })).base64, 'base64').toString())
  expect(json).toMatchObject({
    batch: id,
    counts: { sealed: 120 },
    rows: expect.arrayContaining([expect.objectContaining({ n: 120, outcome: 'sealed' })]),
  })
})

test('the report says what was worth a look in a row and sealed all the same', async () => {
  const text = 'fullName,dateOfBirth,awardDate\nAna María de la Cruz,1990-03-01,2026-05-12'
  const { id } = await as('awarder')['batch.create']({ edition, fileName: 'one.csv', base64: Buffer.from(text).toString('base64') })
  await as('awarder')['batch.confirm']({ id, ready: 1 })
  await until(id, ({ state }) => state === 'done')
  const report = async (form: 'csv' | 'json') =>
    Buffer.from((await as('auditor')['batch.report']({ id, form })).base64, 'base64').toString()
  expect(await report('csv')).toMatch(/^1,sealed,Ana María de la Cruz,.*,"?fullName: .*\(sheet\.name-split\)"?\r?$/m)
  expect(JSON.parse(await report('json')).rows).toMatchObject([
    { outcome: 'sealed', problems: [], warnings: [{ code: 'sheet.name-split' }] },
  ])
})

test('before its notices go out a batch can be cancelled: all is revoked, nobody is mailed, and the learners can be awarded anew', async () => {
  const id = await begin('bo', 40)
  await as('awarder')['batch.confirm']({ id, ready: 40, noticeMinutes: 10 })
  const sealed = await until(id, ({ state }) => state === 'done')
  expect(sealed).toMatchObject({ sealed: 40, notices: { total: 40, sent: 0 }, mayCancel: true, settled: false })
  const minutes = (Date.parse(sealed.noticeAt!) - Date.parse(sealed.sealedAt!)) / 60_000
  expect(minutes).toBe(10)
  const { items } = await as('auditor')['credential.list']({ batch: id, size: 1 })
  await expect(as('awarder')['credential.send']({ id: items[0]!.id })).rejects.toMatchObject({ problem: { code: 'request.conflict' } })
  await as('awarder')['batch.cancel']({ id, reason: 'error' })
  expect(await as('auditor')['batch.progress']({ id })).toMatchObject({
    state: 'cancelled',
    revoked: 40,
    notices: { total: 0 },
    mayCancel: false,
  })
  expect(await count(`cairn.outbox where recipient like 'bo-%'`)).toBe(0)
  expect(
    await count(`cairn.event where name = 'credential.revoke' and subject in (select id::text from cairn.credential where batch = $1)`, [
      id,
    ]),
  ).toBe(40)
  expect(await as('auditor')['event.list']({})).toMatchObject({ intact: true })
  place.installation.wake('mail')
  await sleep(300)
  expect(letters('bo')).toEqual([])
  await begin('bo', 40)
})

test('a batch that is planned for later waits, and cancelled leaves nothing behind', async () => {
  const id = await begin('cy', 5)
  const sealAt = new Date(Date.now() + 3_600_000).toISOString()
  await as('awarder')['batch.confirm']({ id, ready: 5, sealAt })
  place.installation.wake('seal')
  await sleep(500)
  expect(await as('auditor')['batch.progress']({ id })).toMatchObject({ state: 'confirmed', sealed: 0, sealAt, mayCancel: true })
  await place.installation.database.pool.query(`update cairn.batch set seal_at = now() - interval '1 second' where id = $1`, [id])
  place.installation.wake('seal')
  await until(id, ({ state }) => state === 'done')
  await expect(
    as('awarder')['batch.confirm']({ id: await begin('di', 1), ready: 1, sealAt: new Date(Date.now() + 400 * 86_400_000).toISOString() }),
  ).rejects.toMatchObject({ problem: { code: 'input.invalid', pointer: '/sealAt' } })
})

test('cancelled in the middle of sealing: what was sealed is revoked, what was only recorded is gone, and nothing is sealed after', async () => {
  const id = await begin('el', 900)
  // Asked for at the first seals, however slow the machine is; larger batches are sealed in a thread of their own, which says nothing of them here.
  const { installation } = place
  const { passes } = installation
  const cancelled = new Promise((resolve, reject) => {
    installation.passes = (point) => {
      if (point !== 'seals-kept') return
      installation.passes = passes
      as('awarder')['batch.cancel']({ id }).then(resolve, reject)
    }
  })
  await as('awarder')['batch.confirm']({ id, ready: 900, noticeMinutes: 10 })
  await cancelled
  const { sealed, revoked, prepared } = await as('auditor')['batch.progress']({ id })
  expect(sealed).toBeGreaterThan(0)
  expect(sealed).toBeLessThan(900)
  expect([revoked, prepared]).toEqual([sealed, sealed])
  await sleep(1000)
  expect(await as('auditor')['batch.progress']({ id })).toMatchObject({ state: 'cancelled', sealed, prepared: sealed })
  expect(await count(`cairn.outbox where batch = $1`, [id])).toBe(0)
})

test('a message that was handed over once makes cancelling too late', async () => {
  const id = await begin('fa', 2)
  await as('awarder')['batch.confirm']({ id, ready: 2, noticeMinutes: 10 })
  await until(id, ({ state }) => state === 'done')
  await place.installation.database.pool.query('update cairn.outbox set attempts = 1 where batch = $1 and recipient like $2', [id, 'fa-0%'])
  await expect(as('awarder')['batch.cancel']({ id })).rejects.toMatchObject({ problem: { code: 'batch.notices-out' } })
  expect(await as('auditor')['batch.progress']({ id })).toMatchObject({ state: 'done', revoked: 0 })
})

test('a stranger who asks for the events of a batch is shown the door', async () => {
  const id = await begin('gu', 1)
  const answer = await fetch(`http://127.0.0.1:${place.port}/api/v1/batches/${id}/progress/events`)
  expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([401, 'application/problem+json'])
})

test('many are revoked with one reason after a summary; who was never told is not told now, and a summary that is old revokes nobody', async () => {
  const told = await begin('ha', 30)
  await as('awarder')['batch.confirm']({ id: told, ready: 30 })
  await until(told, ({ settled }) => settled)
  const sealer = as('sealer')
  const { items } = await sealer['credential.list']({ batch: told, size: 3 })
  const ids = items.map(({ id }) => id)
  expect(await sealer['revocation.preview']({ ids })).toMatchObject({ revocable: 3, revoked: 0, addressed: 3, titles: [{ count: 3 }] })
  await sealer['credential.revoke']({ id: ids[0]!, reason: 'error' })
  await expect(sealer['revocation.make']({ ids, reason: 'fraud', count: 3 })).rejects.toMatchObject({
    problem: { code: 'request.conflict' },
  })
  expect(await count(`cairn.credential where batch = $1 and revoked_at is not null`, [told])).toBe(1)
  // Nor does a restore revoke them: the journal knows of what happened alone.
  expect(readFileSync(place.installation.config.journal, 'utf8')).not.toContain('fraud')
  const before = await count('cairn.status_list where sequence > 0')
  expect(await sealer['revocation.make']({ batch: told, reason: 'withdrawn-by-awarding-body', count: 29 })).toEqual({ revoked: 29 })
  expect(await count('cairn.status_list where sequence > 0')).toBe(before)
  expect(await count(`cairn.outbox where kind = 'revocation' and recipient like 'ha-%'`)).toBe(30)
  expect(await sealer['revocation.preview']({ batch: told })).toMatchObject({ revocable: 0, revoked: 30 })
  expect(await as('auditor')['event.list']({})).toMatchObject({ intact: true })

  const untold = await begin('iv', 3)
  await as('awarder')['batch.confirm']({ id: untold, ready: 3, noticeMinutes: 60 })
  await until(untold, ({ state }) => state === 'done')
  await sealer['revocation.make']({ batch: untold, reason: 'error', count: 3 })
  expect(await count(`cairn.outbox where recipient like 'iv-%'`)).toBe(0)
  await expect(sealer['revocation.make']({ reason: 'error', count: 1 })).rejects.toMatchObject({ problem: { code: 'input.invalid' } })
})
