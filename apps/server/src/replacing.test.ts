/** Correct and renew, on a real PostgreSQL: the new takes the place of the old, whose links stay alive, say so, and lead on. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@cairn/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from './vectors/start-demonstration.ts'

let place: Demonstration
let edition = ''

beforeAll(async () => {
  place = await startDemonstration()
  edition = place.edition
})
afterAll(async () => {
  await place?.stop()
})

const as: Demonstration['as'] = (role) => place.as(role)
const anybody = () => place.anybody()
const tokenIn = (url: string) => url.split('/').at(-1)!

async function seal(batch: string): Promise<string> {
  await as('awarder')['batch.confirm']({ id: batch, ready: 1 })
  for (let tries = 0; tries < 200; tries++) {
    const { state } = await as('auditor')['batch.progress']({ id: batch })
    if (state === 'done') return (await as('auditor')['credential.list']({ batch })).items[0]!.id
    if (state === 'failed') throw new Error('failed')
    await sleep(50)
  }
  throw new Error('It was not sealed in time.')
}
const given = {
  learner: { givenName: 'Žofie', familyName: 'Ďáblikova', dateOfBirth: '1990-03-01', email: 'zofie@learners.example', language: 'cs' },
  awardDate: '2026-05-12',
  grade: 'A',
}
const award = async (more: Partial<Parameters<Client['award.make']>[0]> = {}) =>
  (await as('awarder')['award.make']({ edition, given, ...more } as Parameters<Client['award.make']>[0])).id

test('a corrected credential takes the place of the old one: the link, the status list, the verifier and the learner’s page say so', async () => {
  const old = await seal(await award())
  const { url } = await as('awarder')['credential.share']({ id: old, days: 30 })
  const withdrawn = await as('awarder')['credential.share']({ id: old })
  const claimed = async () =>
    (await as('awarder')['outbox.list']({ size: 200 })).items.find((item) => item.to === given.learner.email && item.link)!.link!
  const claim = await claimed()
  const before = await anybody()['claim.read']({ token: tokenIn(claim) })
  expect(before.credentials).toHaveLength(1)
  const gone = before.credentials[0]!.shares.find(({ expiresAt }) => !expiresAt)!.id
  await anybody()['claim.withdraw']({ token: tokenIn(claim), share: gone })
  const { items } = await as('auditor')['credential.list']({ q: 'Ďáblikova' })

  const right = { ...(await as('awarder')['credential.given']({ id: old })), referenceNumber: items[0]!.referenceNumber! }
  right.learner = { ...right.learner, familyName: 'Ďáblíková' }
  const batch = await award({ given: right, replaces: old })
  expect(await as('awarder')['batch.read']({ id: batch })).toMatchObject({ replacing: true, counts: { ready: 1, duplicate: 0, wrong: 0 } })
  await expect(as('awarder')['batch.confirm']({ id: batch, ready: 1, noticeMinutes: 10 })).rejects.toMatchObject({
    problem: { code: 'input.invalid', pointer: '/noticeMinutes' },
  })
  expect((await anybody()['shared.read']({ token: tokenIn(url) })).report).toMatchObject({ verdict: 'valid' })
  const kept = await Promise.all((['elm', 'sd-jwt-vc'] as const).map((form) => as('owner')['credential.download']({ id: old, form })))
  const replacement = await seal(batch)

  const shared = await anybody()['shared.read']({ token: tokenIn(url) })
  expect(shared).toMatchObject({
    revoked: { reason: 'superseded' },
    report: { verdict: 'invalid', results: { seal: 'passed', issuer: 'passed', status: 'failed' } },
    newer: expect.stringMatching(/\/c\/[\w-]{32}$/),
  })
  expect((shared.report.findings as { problem?: { code: string } }[]).flatMap(({ problem }) => problem?.code ?? [])).toContain(
    'status.superseded',
  )
  const newer = await anybody()['shared.read']({ token: tokenIn(shared.newer!) })
  expect(newer.report).toMatchObject({ verdict: 'valid', view: { learner: 'Žofie Ďáblíková' } })
  expect(newer.expiresAt).toBe(shared.expiresAt)
  expect((await as('auditor')['credential.read']({ id: old })).record).toMatchObject({ state: 'superseded', supersededBy: replacement })
  expect((await as('auditor')['credential.read']({ id: replacement })).record).toMatchObject({
    supersedes: old,
    referenceNumber: items[0]!.referenceNumber,
  })
  // Files that somebody kept say it as well, by either form of the status list.
  for (const { name, base64 } of kept)
    expect(JSON.stringify((await anybody()['verify.file']({ base64 })).findings), name).toContain('status.superseded')

  // The old claim link shows both; taking back the old share link takes back the one that followed from it.
  const both = await anybody()['claim.read']({ token: tokenIn(claim) })
  expect(both.credentials.map(({ id, state }) => [id, state])).toEqual([
    [replacement, 'sealed'],
    [old, 'superseded'],
  ])
  await anybody()['claim.download']({ token: tokenIn(claim), id: replacement })
  const letter = (await as('awarder')['outbox.list']({ size: 200 })).items.find((item) => item.to === given.learner.email)!
  expect(letter.subject).toMatch(/^Nová verze vašeho osvědčení: /)
  const share = both.credentials[1]!.shares.find(({ withdrawn: taken }) => !taken)!.id
  await anybody()['claim.withdraw']({ token: tokenIn(claim), share })
  for (const token of [tokenIn(url), tokenIn(shared.newer!), tokenIn(withdrawn.url)])
    await expect(anybody()['shared.read']({ token })).rejects.toMatchObject({ problem: { code: 'request.not-found' } })
  expect(await as('auditor')['event.list']({})).toMatchObject({ intact: true })
}, 60_000)

test('renewed twice, the first link leads to the newest; what was replaced or revoked is not replaced again', async () => {
  const learner = { ...given.learner, familyName: 'Obnovená' }
  const first = await seal(await award({ given: { ...given, learner, validUntil: '2027-01-31' } }))
  const { url } = await as('awarder')['credential.share']({ id: first })
  const again = (validUntil: string, replaces: string) => award({ given: { ...given, learner, validUntil }, replaces })
  const waiting = await again('2027-06-30', first)
  const second = await seal(await again('2028-01-31', first))
  await expect(as('awarder')['batch.confirm']({ id: waiting, ready: 1 })).rejects.toMatchObject({ problem: { code: 'request.conflict' } })
  await expect(again('2029-01-31', first)).rejects.toMatchObject({ problem: { code: 'request.conflict' } })
  const third = await seal(await again('2029-01-31', second))
  const { newer } = await anybody()['shared.read']({ token: tokenIn(url) })
  const newest = await anybody()['shared.read']({ token: tokenIn(newer!) })
  expect(newest.report).toMatchObject({
    verdict: 'valid',
    view: { id: `urn:uuid:${third}`, validUntil: expect.stringContaining('2029-01-31') },
  })
  expect(newest.newer).toBeUndefined()
  const late = await again('2030-01-31', third)
  await as('awarder')['batch.confirm']({ id: late, ready: 1, sealAt: new Date(Date.now() + 3_600_000).toISOString() })
  await as('sealer')['credential.revoke']({ id: third, reason: 'error' })
  await place.installation.database.pool.query(`update cairn.batch set seal_at = now() - interval '1 second' where id = $1`, [late])
  place.installation.wake('seal')
  const stateOf = async () => (await as('auditor')['batch.progress']({ id: late })).state
  for (let tries = 0; tries < 200 && (await stateOf()) !== 'failed'; tries++) await sleep(50)
  expect(await as('auditor')['batch.progress']({ id: late })).toMatchObject({ state: 'failed', sealed: 0, mayCancel: true })
  expect((await as('auditor')['credential.read']({ id: third })).record).toMatchObject({ state: 'revoked', reason: 'error' })
  await as('awarder')['batch.cancel']({ id: late })
  expect(await as('auditor')['batch.progress']({ id: late })).toMatchObject({ state: 'cancelled', prepared: 0 })
  await expect(again('2030-01-31', third)).rejects.toMatchObject({ problem: { code: 'request.conflict' } })
}, 60_000)

test('a reference number is given out once, by a file or by the scheme', async () => {
  const { rows } = await place.installation.database.pool.query('select last from cairn.reference_counter')
  const { items } = await as('auditor')['credential.list']({})
  const [, head, digits] = /^(.*?)(\d+)$/.exec(items[0]!.referenceNumber!)!
  const next = `${head}${String(rows[0].last + 1).padStart(digits!.length, '0')}`
  const text = [
    'fullName,dateOfBirth,awardDate,referenceNumber',
    `A B,1990-01-01,2026-05-12,${items[0]!.referenceNumber}`,
    `C D,1990-01-01,2026-05-12,${next}`,
    `E F,1990-01-01,2026-05-12,${next}`,
  ].join('\n')
  const batch = await as('awarder')['batch.create']({ edition, fileName: 'numbers.csv', base64: Buffer.from(text).toString('base64') })
  const wrong = await as('awarder')['batch.rows']({ id: batch.id, only: 'wrong' })
  expect(wrong.rows.map(({ n, problems }) => [n, problems[0]!.pointer])).toEqual([
    [1, '/rows/1/referenceNumber'],
    [3, '/rows/3/referenceNumber'],
  ])
  for (const n of [1, 3])
    await as('awarder')['batch.fix']({ id: batch.id, n, cells: wrong.rows.find((row) => row.n === n)!.cells, leaveOut: true })
  await seal(batch.id)
  const plain = await seal(await award({ given: { ...given, learner: { ...given.learner, familyName: 'Další' } } }))
  expect((await as('auditor')['credential.read']({ id: plain })).record.referenceNumber).not.toBe(next)
}, 60_000)

test('superseded comes of replacing alone: nobody gives it as a reason', async () => {
  const owner = as('owner')
  const reason = 'superseded' as 'error'
  const id = await seal(await award({ given: { ...given, learner: { ...given.learner, familyName: 'Ponechaná' } } }))
  const key = (await owner['apikey.create']({ label: 'the register', scopes: ['award'] })).key.id
  const { batch } = await owner['credential.read']({ id })
  for (const attempt of [
    owner['credential.revoke']({ id, reason }),
    owner['revocation.make']({ ids: [id], count: 1, reason }),
    owner['apikey.undo']({ id: key, since: '2026-01-01T00:00:00Z', reason }),
    owner['batch.cancel']({ id: batch!, reason }),
  ])
    await expect(attempt).rejects.toMatchObject({ problem: { code: 'input.invalid', pointer: '/reason' } })
  expect((await owner['credential.read']({ id })).record.state).not.toBe('superseded')
})
