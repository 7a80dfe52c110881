/** A year later, on a real PostgreSQL: bodies are asked once for changes only, confirm, and changed answers draft their rules anew, for them to sign. */
import type { Client } from '@cairn/api'
import type { JsonObject } from '@cairn/core'
import { listMessages } from '@cairn/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'
import { askForChanges } from './ask-for-changes.ts'

let place: Demonstration
let id: string
const tokens = new Map<string, string>()
beforeAll(async () => {
  place = await startDemonstration()
  const owner = place.as('owner')
  const opened = await owner['survey.open']({ title: { en: 'Which?' }, host: 'Team', languages: ['en', 'fr'], closesOn: today() })
  id = opened.id
  const bodies = [
    { name: 'Sky Service', email: 'sky@bodies.example' },
    { name: 'Fog Service' },
    { name: 'Rain Service', email: 'rain@bodies.example' },
  ]
  const { survey } = await owner['survey.invite']({ id, bodies })
  for (const { name, url } of survey.invitations) tokens.set(name, url!.split('/').at(-1)!)
  for (const name of ['Sky Service', 'Fog Service']) {
    await save(
      name,
      'body',
      { A1: { value: 'weather-service' } },
      { name, country: name === 'Sky Service' ? 'CZ' : 'AT', region: 'Europe' },
    )
    await save(name, 'hours', { B1: { value: 16 } })
    await save(name, 'learning', { B12: { value: ['promotion'] } })
    await save(name, 'consent', { D5: { value: 'named' } })
  }
})
afterAll(() => place?.stop())

const today = () => new Date().toISOString().slice(0, 10)
type Reply = Parameters<Client['reply.save']>[0]
const save = (name: string, section: Reply['section'], answers: JsonObject, respondent?: Reply['respondent']) =>
  place
    .anybody()
    ['reply.save']({ token: tokens.get(name)!, language: 'fr', section, answers, ...(respondent ? { respondent } : {}) } as Reply)
const read = (name: string) => place.anybody()['reply.read']({ token: tokens.get(name)! })
const confirm = (name: string) => place.anybody()['reply.confirm']({ token: tokens.get(name)! })
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error.problem,
  )
const letters = async () =>
  (await place.installation.database.tenant(place.tenant, (tx) => listMessages(tx, { page: 1, size: 50, kinds: ['survey'] }))).items
    .filter(({ subject }) => !subject.includes('what you require'))
    .map(({ to, subject }) => [to, subject.replace(/[\u2066-\u2069]/g, '')])
/** As if everything had happened so many days before, and the survey were closed since. */
async function daysLater(days: number): Promise<void> {
  await place.installation.database.pool.query(
    `update cairn.survey_invitation set confirmed_at = confirmed_at - $1::interval, saved_at = saved_at - $1::interval, asked_at = asked_at - $1::interval`,
    [`${days} days`],
  )
  await place.installation.database.pool.query(`update cairn.survey set closes_on = '2020-01-01'`)
}
const ask = () => askForChanges(place.installation, new Date().toISOString())

test('nobody is asked within the year, nor where it was not wished; then each once, by mail where there is an address, in its language', async () => {
  await ask()
  await daysLater(364)
  await ask()
  expect(await read('Sky Service')).toMatchObject({ asked: false, open: false, version: 1, changed: [] })
  await place.installation.database.pool.query(`update cairn.survey set yearly = false`)
  await daysLater(2)
  await ask()
  expect(await letters()).toEqual([])
  await place.installation.database.pool.query(`update cairn.survey set yearly = true`)
  await Promise.all([1, 2, 3].map(ask))
  await ask()
  expect(await letters()).toEqual([
    ['sky@bodies.example', 'Team vous demande : vos réponses sur les attestations sont-elles toujours exactes ?'],
  ])
  const { invitations } = await place.as('owner')['survey.read']({ id })
  expect(invitations.map(({ name, askedAt }) => [name, askedAt !== undefined])).toEqual([
    ['Fog Service', true],
    ['Rain Service', false],
    ['Sky Service', true],
  ])
  // Who does not answer is shown with the day of the last confirmation, and asked again in another year, not before.
  const { confirmed, named } = await place.as('owner')['survey.analyse']({ id })
  expect([confirmed, named.every(({ confirmedAt }) => confirmedAt! < today())]).toEqual([{ withinYear: 0, earlier: 2 }, true])
  await daysLater(200)
  await ask()
  expect(await letters()).toHaveLength(1)
})

test('who was asked can change and confirm after the last day; others cannot', async () => {
  expect(await problemOf(save('Rain Service', 'hours', { B1: { value: 8 } }))).toMatchObject({ code: 'survey.closed' })
  expect(await problemOf(confirm('Rain Service'))).toMatchObject({ code: 'survey.closed' })
  expect(await read('Fog Service')).toMatchObject({ asked: true, open: true, rules: 'none' })
  const done = await confirm('Fog Service')
  expect(done).toMatchObject({ asked: false, open: false, version: 1, changed: [] })
  expect(done.confirmedAt! > today()).toBe(true)
  expect(await problemOf(confirm('Fog Service'))).toMatchObject({ code: 'survey.closed' })
})

test('changed answers are a new version, and draft the rules anew that follow them: corrections stay, one mail, nothing is published', async () => {
  const owner = place.as('owner')
  const token = tokens.get('Sky Service')!
  const made = await owner['reply.adopt']({ token })
  const corrected = { ...made.draft, params: { ...(made.draft.params as JsonObject), generalCap: 30 } }
  const saved = await owner['policy.save']({ id: made.id, revision: made.revision, draft: corrected })
  await owner['policy.publish']({ id: made.id, revision: saved.revision })
  const unchanged = await save('Sky Service', 'hours', { B1: { value: 16 } })
  expect([unchanged.version, unchanged.rules]).toEqual([1, 'current'])
  const changed = await save('Sky Service', 'hours', { B1: { value: 24 } })
  expect(changed).toMatchObject({ version: 2, changed: ['B1'], asked: true, rules: 'behind' })
  expect(changed.confirmedAt! < today()).toBe(true)
  expect(await confirm('Sky Service')).toMatchObject({ changed: [], asked: false, rules: 'current', version: 2 })
  const policy = await owner['policy.read']({ id: made.id })
  expect(policy.versions).toHaveLength(1)
  expect(policy.draft).toMatchObject({ params: { minHours: 24, generalCap: 30 } })
  expect(policy.draft.modelledOn).toMatchObject({ survey: 'requirements', version: 1, answersVersion: 2 })
  const rules = 'Une nouvelle version de vos règles attend d’être lue : Sky Service'
  expect((await letters()).filter(([, subject]) => subject === rules)).toEqual([['sky@bodies.example', rules]])
  // Signed, the version says which answers it rests on.
  const published = await owner['policy.publish']({ id: made.id, revision: policy.revision })
  expect(published.versions.map(({ version }) => version)).toEqual([2, 1])
  const { policies } = await place
    .anybody()
    ['policy.published']({ id: ((await owner['institution.read']({})).organisation.id as string).slice(9) })
  const mine = policies.filter(({ policy: each }) => (each.modelledOn as JsonObject | undefined)?.answers !== undefined)
  expect(mine.map(({ version, policy: each }) => [version, (each.modelledOn as JsonObject).answersVersion])).toEqual([
    [2, 2],
    [1, 1],
  ])
})

test('rules that wait for a second person are left alone, and the body drafts the change itself later', async () => {
  const owner = place.as('owner')
  await daysLater(366)
  await ask()
  const [line] = (await owner['policy.list']({})).filter(({ title }) => title.en === 'What Sky Service recognises')
  const { rows } = await place.installation.database.pool.query(
    `update cairn.policy set proposed_by = 'x', proposed_name = 'X', proposed_at = now() where id = $1 returning revision`,
    [line!.id],
  )
  await save('Sky Service', 'hours', { B1: { value: 30 } })
  expect(await confirm('Sky Service')).toMatchObject({ asked: false, rules: 'behind' })
  expect(await owner['policy.read']({ id: line!.id })).toMatchObject({ revision: rows[0].revision, draft: { params: { minHours: 24 } } })
  const adopted = await owner['reply.adopt']({ token: tokens.get('Sky Service')! })
  expect([adopted.id, adopted.draft.params]).toEqual([line!.id, expect.objectContaining({ minHours: 30, generalCap: 30 })])
  expect(await read('Sky Service')).toMatchObject({ rules: 'current' })
})
