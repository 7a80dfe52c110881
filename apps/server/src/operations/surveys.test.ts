/** The survey on a real PostgreSQL: bodies are invited by link, answer page by page, are told only as they consent, and their answers become rules. */
import type { Client, SurveyAnswer } from '@cairn/api'
import type { JsonObject } from '@cairn/core'
import { listMessages } from '@cairn/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

let place: Demonstration
let survey: SurveyAnswer
beforeAll(async () => {
  place = await startDemonstration()
})
afterAll(() => place?.stop())

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error.problem,
  )
const today = () => new Date().toISOString().slice(0, 10)
const body = () => place.anybody()
const tokenOf = (name: string) =>
  survey.invitations
    .find((each) => each.name === name)!
    .url!.split('/')
    .at(-1)!
type Reply = Parameters<Client['reply.save']>[0]
const save = (token: string, section: Reply['section'], answers: JsonObject, respondent?: Reply['respondent']) =>
  body()['reply.save']({ token, section, answers, ...(respondent ? { respondent } : {}) } as Reply)

/** Answers as far as they matter here, and consent. */
async function answer(name: string, country: string, hours: number, consent: string) {
  const token = tokenOf(name)
  await save(token, 'body', { A1: { value: 'weather-service' } }, { name, country, region: country === 'KE' ? 'Africa' : 'Europe' })
  await save(token, 'hours', { B1: { value: hours }, B3: { value: { 'successful-completion': 1, participation: 0.5 } } })
  return save(token, 'consent', { D5: { value: consent } })
}

test('a coordinator opens it and invites; who was invited before stays as they are, and each gets a link of their own by mail', async () => {
  const owner = place.as('owner')
  const given = { title: { en: 'What do you recognise?' }, host: 'Expert Team on Training', languages: ['en', 'cs'] }
  expect(await problemOf(owner['survey.open']({ ...given, closesOn: '2020-01-01' }))).toMatchObject({ pointer: '/closesOn' })
  const opened = await owner['survey.open']({ ...given, closesOn: today() })
  expect(opened).toMatchObject({ open: true, invited: 0, answered: 0 })
  const bodies = [{ name: 'Sky Service', email: 'sky@bodies.example' }, { name: 'Rain Service' }, { name: 'Lake Service' }]
  const first = await owner['survey.invite']({ id: opened.id, bodies })
  expect([first.invited, first.known]).toEqual([3, 0])
  const again = await owner['survey.invite']({ id: opened.id, bodies: [{ name: 'sky service' }, { name: 'Fog Service' }] })
  expect([again.invited, again.known]).toEqual([1, 1])
  survey = again.survey
  expect(new Set(survey.invitations.map(({ url }) => url)).size).toBe(4)
  const { items } = await place.installation.database.tenant(place.tenant, (tx) =>
    listMessages(tx, { page: 1, size: 9, kinds: ['survey'] }),
  )
  expect(items.map(({ to }) => to)).toEqual(['sky@bodies.example'])
  expect(items[0]!.text).toContain(survey.invitations.find(({ name }) => name === 'Sky Service')!.url)
})

test('R-LINK-1: the database has no token, auditors see no link, and others are not let in', async () => {
  const { rows } = await place.installation.database.pool.query('select * from cairn.survey_invitation')
  expect(JSON.stringify(rows)).not.toContain(tokenOf('Sky Service'))
  expect((await place.as('auditor')['survey.read']({ id: survey.id })).invitations.map(({ url }) => url)).toEqual(Array(4).fill(undefined))
  expect(await problemOf(place.as('awarder')['survey.list']({}))).toMatchObject({ code: 'request.not-allowed' })
  expect(await problemOf(body()['reply.read']({ token: 'A'.repeat(43) }))).toMatchObject({ code: 'request.not-found' })
})

test('pages are saved one by one, resumed by the same link, and a wrong answer is told with its place', async () => {
  const token = tokenOf('Sky Service')
  expect(await body()['reply.read']({ token })).toMatchObject({ body: 'Sky Service', respondent: { name: 'Sky Service' }, answers: {} })
  const wrong = save(token, 'hours', { B1: { value: -3 } })
  expect(await problemOf(wrong)).toMatchObject({ code: 'input.invalid', pointer: '/answers/B1/value' })
  expect(await problemOf(save(token, 'hours', { B8: { value: 'test' } }))).toMatchObject({ pointer: '/answers/B8' })
  await save(token, 'hours', { B1: { value: 16 }, B2: { state: 'no-rule' } })
  await save(token, 'hours', { B1: { value: 20 } })
  expect((await body()['reply.read']({ token })).answers).toEqual({ B1: { value: 20 } })
  // Who it is has to be known before it is finished; until then nothing can be drafted.
  expect(await problemOf(save(token, 'consent', { D5: { value: 'named' } }))).toMatchObject({ pointer: '/respondent/country' })
  expect(await problemOf(body()['reply.policy']({ token }))).toMatchObject({ code: 'request.conflict' })
  expect(await answer('Sky Service', 'CZ', 16, 'named')).toMatchObject({ done: true, contradictions: [] })
})

test('a survey is asked in an uploaded language; a list that is not whole changes nothing and is told row by row', async () => {
  const { id } = survey
  const owner = place.as('owner')
  const token = tokenOf('Sky Service')
  expect(await problemOf(body()['reply.words']({ token, language: 'pt' }))).toMatchObject({ code: 'request.not-found' })
  // What every object has is no language: neither asked for nor kept.
  for (const language of ['constructor', '__proto__'])
    expect(await problemOf(body()['reply.words']({ token, language })), language).toMatchObject({ code: 'input.invalid' })
  const given = { title: survey.title, host: survey.host, closesOn: survey.closesOn }
  expect(await problemOf(owner['survey.save']({ id, ...given, languages: ['en', 'pt'] }))).toMatchObject({ pointer: '/languages/1' })
  const listOf = async (form: 'csv' | 'json', language = 'pt') =>
    Buffer.from((await owner['survey.template']({ id, language, form })).base64, 'base64').toString()
  const upload = (text: string) => owner['survey.translate']({ id, language: 'pt', base64: Buffer.from(text).toString('base64') })
  const csv = await listOf('csv')
  // Nothing is filled in, and one row is lost.
  const without = csv.replace(/^B1,.*\r\n/m, '')
  expect(await problemOf(upload(without))).toMatchObject({ code: 'survey.word-missing', pointer: '/rows/0/text' })
  expect((await owner['survey.read']({ id })).translations).toEqual([])
  expect(await problemOf(upload(`key,text\r\n${'a,b\r\n'.repeat(2001)}`))).toMatchObject({ code: 'sheet.too-many-rows' })
  expect(await problemOf(upload('a,b\r\n1,2\r\n'))).toMatchObject({ code: 'input.invalid', pointer: '/header' })
  const rows = csv.trim().split('\r\n')
  const filled = [rows[0], ...rows.slice(1).map((row) => row.replace(/,$/, ',P {host} {body}'))].join('\r\n')
  expect(await problemOf(upload(filled))).toMatchObject({ code: 'survey.word-places', pointer: '/rows/0/text' })
  const data = JSON.parse(await listOf('json'))
  for (const row of data.rows) row.text = `P ${row.english}`
  expect(await problemOf(upload(JSON.stringify({ ...data, language: 'sw' })))).toMatchObject({ pointer: '/language' })
  const done = await upload(`\ufeff${JSON.stringify(data)}`)
  expect([done.languages, done.title.pt, done.translations.map(({ language }) => language)]).toEqual([
    ['en', 'cs', 'pt'],
    'P What do you recognise?',
    ['pt'],
  ])
  // The list brings back what was given, in both forms.
  expect(await upload(await listOf('csv'))).toMatchObject({ languages: ['en', 'cs', 'pt'] })
  const { words } = await body()['reply.words']({ token, language: 'pt' })
  expect([words.B1, words['page.begin']]).toEqual(['P How many hours must one certificate have at least?', 'P Begin'])
  expect(await body()['reply.read']({ token })).toMatchObject({ language: 'en', languages: ['en', 'cs', 'pt'] })
  await body()['reply.save']({ token, language: 'pt', section: 'issuing', answers: {} })
  expect(await body()['reply.read']({ token })).toMatchObject({ language: 'pt' })
  expect((await owner['survey.untranslate']({ id, language: 'pt' })).languages).toEqual(['en', 'cs'])
  expect(await problemOf(owner['survey.untranslate']({ id, language: 'pt' }))).toMatchObject({ code: 'request.not-found' })
  expect(await problemOf(place.as('auditor')['survey.template']({ id, language: 'pt' }))).toMatchObject({ code: 'request.not-allowed' })
})

test('only what bodies consent to is told: named, together with others, or counted and nothing else', async () => {
  const owner = place.as('owner')
  await answer('Rain Service', 'AT', 8, 'together')
  await answer('Lake Service', 'KE', 4, 'no')
  // The only one of those without a name could be had by taking away what is named.
  expect((await owner['survey.analyse']({ id: survey.id })).analysis.keptBack).toBe(2)
  await answer('Fog Service', 'DE', 10, 'together')
  const { analysis, guideline, invited, named } = await place.as('auditor')['survey.analyse']({ id: survey.id })
  expect([invited, analysis.responses, analysis.keptBack]).toEqual([4, 4, 1])
  expect(analysis.countries).toEqual([{ country: 'CZ', responses: 1 }])
  expect(named.map(({ name, answers }) => [name, answers.B1])).toEqual([['Sky Service', { value: 16 }]])
  expect(analysis.distributions.find(({ question }) => question === 'B1')!.numbers[0]).toMatchObject({ count: 3, least: 8, most: 16 })
  expect(guideline[0]!.text.en).toContain('Bodies that answered: 4. Of these, 3 may be told')
  const fileOf = async (form: 'csv' | 'json') =>
    Buffer.from((await owner['survey.export']({ id: survey.id, form })).base64, 'base64').toString()
  const { answers } = JSON.parse(await fileOf('json'))
  expect(answers.map(({ respondent }: { respondent: JsonObject }) => respondent.name)).toEqual(['Sky Service'])
  expect(await fileOf('csv')).toContain('numbers,B1,,median,10')
  // Consent is changed, and with it what is told.
  await save(tokenOf('Sky Service'), 'consent', { D5: { value: 'together' } })
  const later = await owner['survey.analyse']({ id: survey.id })
  expect([later.analysis.countries, later.named]).toEqual([[], []])
  expect((await owner['survey.read']({ id: survey.id })).invitations.find(({ name }) => name === 'Sky Service')).toMatchObject({
    state: 'done',
    consent: 'together',
  })
})

test('answers become a draft of the institution’s own rules, once, ready to publish; those that exclude one another do not', async () => {
  const token = tokenOf('Sky Service')
  await save(token, 'learning', { B8: { value: 'none' }, B9: { value: 'tested-in-person' }, B12: { value: ['promotion'] } })
  expect((await body()['reply.read']({ token })).contradictions).toMatchObject([{ at: 'B9', to: 'B8' }])
  expect(await problemOf(place.as('owner')['reply.adopt']({ token }))).toMatchObject({ code: 'survey.contradiction' })
  await save(token, 'learning', {
    B7: { state: 'other', words: 'As the order says' },
    B9: { state: 'do-not-know' },
    B12: { value: ['promotion'] },
  })
  expect(await problemOf(body()['reply.adopt']({ token }))).toMatchObject({ code: 'request.sign-in' })
  const designer = place.as('designer')
  const made = await designer['reply.adopt']({ token, language: 'cs' })
  expect((await designer['reply.adopt']({ token })).id).toBe(made.id)
  expect(made.problems).toEqual([])
  const {
    body: owner,
    title,
    requirements,
    modelledOn,
  } = made.draft as unknown as {
    body: string
    title: JsonObject
    requirements: { id: string; kind: string; params: JsonObject }[]
    modelledOn: JsonObject
  }
  expect(owner).toBe((await designer['institution.read']({})).organisation.id)
  expect(title.en).toBe('What Sky Service recognises')
  expect(requirements.map(({ id }) => id)).toEqual(['holder', 'B1', 'B3', 'B7', 'B9'])
  expect(requirements.filter(({ kind }) => kind === 'human-question').map(({ params }) => params.question)).toEqual([
    'As the order says',
    'Přijímá se učení online?',
  ])
  expect(modelledOn).toMatchObject({ survey: 'requirements', version: 1, answered: today() })
  const published = await place.as('owner')['policy.publish']({ id: made.id, revision: made.revision })
  expect(published.versions[0]!.hash).toMatch(/^[\w-]{43}$/)
  // Answers that were changed since change the same rules, for the body to sign as another version.
  await save(token, 'consent', { D5: { value: 'named' } })
  const again = await designer['reply.adopt']({ token })
  expect([again.id, again.versions.length, again.revision > published.revision]).toEqual([made.id, 1, true])
  const library = JSON.parse(Buffer.from((await body()['reply.policy']({ token })).base64, 'base64').toString())
  expect(Object.values(library.policies)[0]).toMatchObject({ params: { minHours: 16 }, purpose: ['career-progression'] })
})

test('reminded are those who have not finished; a withdrawn link leads nowhere; after the last day nothing changes any more', async () => {
  const owner = place.as('owner')
  await owner['survey.invite']({ id: survey.id, bodies: [{ name: 'Wind Service', email: 'wind@bodies.example' }] })
  expect(await owner['survey.remind']({ id: survey.id })).toEqual({ reminded: 1 })
  const fog = survey.invitations.find(({ name }) => name === 'Fog Service')!
  await owner['survey.withdraw']({ id: survey.id, invitation: fog.id })
  expect(await problemOf(body()['reply.read']({ token: tokenOf('Fog Service') }))).toMatchObject({ code: 'request.not-found' })
  const { id, title, host } = survey
  await owner['survey.save']({ id, title, host, languages: ['en'], closesOn: '2020-01-01' })
  const token = tokenOf('Sky Service')
  expect(await problemOf(save(token, 'consent', { D5: { value: 'no' } }))).toMatchObject({ code: 'survey.closed' })
  expect(await problemOf(owner['survey.remind']({ id }))).toMatchObject({ code: 'survey.closed' })
  expect(await body()['reply.read']({ token })).toMatchObject({ open: false, answers: { D5: { value: 'named' } } })
  expect((await owner['survey.list']({}))[0]).toMatchObject({ open: false, invited: 4, answered: 3 })
})
