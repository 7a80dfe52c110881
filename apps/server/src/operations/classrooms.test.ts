/** A classroom on a real PostgreSQL: learners claim by a short code, the teacher says who was there, and only they get a credential. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientFor } from '../operations.ts'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

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
const learner = () => place.anybody()
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error.problem,
  )

test('three claim, two were there: they become a batch, follow it on their own page, and take what is theirs; the third is told', async () => {
  const teacher = as('awarder')
  const room = await teacher['classroom.open']({ edition })
  expect(room.code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
  expect(room.url).toBe(`http://localhost:${place.port}/join/${room.code}`)
  expect(await learner()['join.read']({ code: room.code })).toMatchObject({ needsBirth: true })
  const claim = async (givenName: string, more = {}) =>
    (await learner()['join.claim']({ code: room.code, learner: { givenName, dateOfBirth: '2001-05-05', ...more } })).token
  expect(await problemOf(learner()['join.claim']({ code: room.code, learner: { givenName: 'Nobody' } }))).toMatchObject({
    code: 'input.invalid',
    pointer: '/learner/dateOfBirth',
  })
  const [ana, bo, absent] = [
    await claim('Ana', { email: 'ana@classroom.example', language: 'cs' }),
    await claim('Bo'),
    await claim('Cyril'),
  ]
  const { claims } = await teacher['classroom.read']({ id: room.id })
  expect(claims.map((each) => each.learner)).toEqual(['Ana', 'Bo', 'Cyril'])
  expect(await learner()['join.follow']({ token: ana })).toMatchObject({ state: 'waiting', learner: 'Ana' })
  expect(await problemOf(teacher['classroom.confirm']({ id: room.id, present: [edition], awardDate: '2026-05-12' }))).toMatchObject({
    code: 'input.invalid',
  })
  const batch = await teacher['classroom.confirm']({ id: room.id, present: [claims[0]!.id, claims[1]!.id], awardDate: '2026-05-12' })
  expect(batch.counts).toMatchObject({ rows: 2, ready: 2, wrong: 0 })
  // Closed and never opened look the same.
  const closed = await problemOf(learner()['join.read']({ code: room.code }))
  expect(closed).toEqual(await problemOf(learner()['join.read']({ code: 'ZZZZZZZZ' })))
  expect(await learner()['join.follow']({ token: absent })).toMatchObject({ state: 'absent' })
  expect(await learner()['join.follow']({ token: bo })).toMatchObject({ state: 'confirmed' })
  expect(await problemOf(learner()['join.take']({ token: bo }))).toMatchObject({ code: 'request.conflict' })
  await teacher['batch.confirm']({ id: batch.id, ready: 2 })
  for (let tries = 0; tries < 200 && (await learner()['join.follow']({ token: bo })).state !== 'sealed'; tries++) await sleep(50)
  const { url } = await learner()['join.take']({ token: bo })
  const mine = await learner()['claim.accept']({ token: url.split('/').at(-1)! })
  expect(mine).toMatchObject({ learner: 'Bo', credentials: [{ state: 'delivered' }] })
  expect(await problemOf(learner()['join.take']({ token: absent }))).toMatchObject({ code: 'request.conflict' })
  const { items } = await teacher['outbox.list']({})
  expect(items.filter(({ to }) => to.endsWith('@classroom.example'))).toHaveLength(1)
  expect(await problemOf(teacher['classroom.confirm']({ id: room.id, present: [claims[2]!.id], awardDate: '2026-05-12' }))).toMatchObject({
    code: 'request.conflict',
  })
})

test('a classroom that is closed takes nobody any more, and one of another institution is not found', async () => {
  const teacher = as('awarder')
  const room = await teacher['classroom.open']({ edition, hours: 1 })
  expect(await teacher['classroom.close']({ id: room.id })).toMatchObject({ open: false })
  expect(
    await problemOf(learner()['join.claim']({ code: room.code, learner: { givenName: 'Late', dateOfBirth: '2001-05-05' } })),
  ).toMatchObject({
    code: 'request.not-found',
  })
  expect((await teacher['classroom.list']({})).map(({ id, open }) => [id, open])).toContainEqual([room.id, false])
  const foreign = clientFor(place.installation, {
    caller: { tenant: '01900000-0000-7000-8000-00000000ffff', person: 'x', roles: ['owner'] },
  })
  expect(await problemOf(foreign['classroom.read']({ id: room.id }))).toMatchObject({ code: 'request.not-found' })
})
