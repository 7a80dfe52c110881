/** Answers in words on a real PostgreSQL: coded by two people who do not see one another's codes, settled by a third, counted in the analysis. */
import type { SurveyAnswer } from '@cairn/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

let place: Demonstration
let survey: SurveyAnswer
const said = ['By the order', 'An order of 2019', 'Practice', 'The civil service law']

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error) => error.problem,
  )
const today = () => new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  place = await startDemonstration()
  const owner = place.as('owner')
  const opened = await owner['survey.open']({ title: { en: 'Which?' }, host: 'Team', languages: ['en'], closesOn: today() })
  const bodies = said.map((_, at) => ({ name: `Body ${at}` }))
  survey = (await owner['survey.invite']({ id: opened.id, bodies })).survey
  for (const [at, each] of survey.invitations.entries()) {
    const token = each.url!.split('/').at(-1)!
    const save = (given: object) => place.anybody()['reply.save']({ token, ...given } as never)
    const respondent = { name: each.name, country: ['CZ', 'AT', 'NO', 'KE'][at]!, region: at === 3 ? 'Africa' : 'Europe' }
    await save({ section: 'body', respondent, answers: {} })
    await save({ section: 'basis', answers: { D1: { value: said[at]! }, D3: { state: 'other', words: 'Time' } } })
    await save({ section: 'consent', answers: { D5: { value: at === 3 ? 'no' : 'together' } } })
  }
})
afterAll(() => place?.stop())

const question = 'D1' as const
const order = ['order', 'order', 'practice', 'law']
/** Codes for the texts by what they say. */
async function codesOf(as: 'designer' | 'approver' | 'owner', codes: readonly string[]) {
  const { items } = await place.as(as)['coding.read']({ id: survey.id, question })
  return Object.fromEntries(
    items.flatMap(({ invitation, text }) => (codes[said.indexOf(text)] ? [[invitation, codes[said.indexOf(text)]!]] : [])),
  )
}
const personOf = async (role: 'designer' | 'approver') => {
  const { rows } = await place.installation.database.pool.query('select person from cairn.member where $1 = any(roles)', [role])
  return rows[0].person as string
}

test('questions that were answered in words are listed with who may code; nobody codes before there are headings and two people', async () => {
  const { id } = survey
  const { questions } = await place.as('owner')['coding.list']({ id })
  expect(questions.map((each) => [each.question, each.texts, each.coded])).toEqual([
    ['D1', 4, 0],
    ['D3', 4, 0],
  ])
  expect(await problemOf(place.as('designer')['coding.give']({ id, question, codes: {} }))).toMatchObject({ code: 'request.not-found' })
  expect(await problemOf(place.as('auditor')['coding.list']({ id }))).toMatchObject({ code: 'request.not-allowed' })
  const first = await personOf('designer')
  const plan = { id, question, headings: ['order', 'law', 'practice'], first }
  expect(await problemOf(place.as('owner')['coding.plan']({ ...plan, second: first }))).toMatchObject({ pointer: '/second' })
  expect(await problemOf(place.as('owner')['coding.plan']({ ...plan, second: 'nobody' }))).toMatchObject({ pointer: '/second' })
  const planned = await place.as('owner')['coding.plan']({ ...plan, second: await personOf('approver') })
  expect([planned.as, planned.coders.map(({ done }) => done), planned.items.length]).toEqual(['third', [0, 0], 4])
})

test('two code blind to each other; what both have coded is theirs no more; a third settles only where they differ', async () => {
  const { id } = survey
  const [designer, approver, owner] = [place.as('designer'), place.as('approver'), place.as('owner')]
  await designer['coding.give']({ id, question, codes: await codesOf('designer', order) })
  const wrong = { id, question, codes: await codesOf('approver', ['fish']) }
  expect(await problemOf(approver['coding.give'](wrong))).toMatchObject({
    code: 'input.invalid',
    pointer: expect.stringContaining('/codes/'),
  })
  expect(await problemOf(owner['coding.give']({ id, question, codes: {} }))).toMatchObject({ code: 'request.not-allowed' })
  const half = await approver['coding.give']({ id, question, codes: await codesOf('approver', ['order', 'law']) })
  // The second sees what it gave, and nothing of the first.
  expect(half.as).toBe('second')
  expect(half.items.flatMap(({ first, second }) => [first, second].filter(Boolean))).toEqual([])
  expect(half.items.filter(({ mine }) => mine)).toHaveLength(2)
  // The first cannot follow the second any more.
  const follow = { id, question, codes: await codesOf('designer', ['order', 'law']) }
  expect(await problemOf(designer['coding.give'](follow))).toMatchObject({ code: 'survey.coded-by-both' })
  // A third sees where they differ, and settles that alone.
  expect(await problemOf(owner['coding.settle']({ id, question, codes: await codesOf('owner', ['law']) }))).toMatchObject({
    code: 'input.invalid',
  })
  expect(await problemOf(designer['coding.settle']({ id, question, codes: {} }))).toMatchObject({ code: 'request.not-allowed' })
  await approver['coding.give']({ id, question, codes: await codesOf('approver', ['order', 'law', 'practice', 'law']) })
  // Chance: order 2/4 * 1/4, practice 1/4 * 1/4, law 1/4 * 2/4, together 5/16; (3/4 - 5/16) / (11/16).
  expect(await owner['coding.read']({ id, question })).toMatchObject({ coded: 4, agreed: 3, kappa: 0.6364, open: 1, settled: 0 })
  const settled = await owner['coding.settle']({ id, question, codes: await codesOf('owner', ['', 'order']) })
  expect([settled.open, settled.settled, settled.codes.map(({ option, count }) => [option, count])]).toEqual([
    0,
    1,
    [
      ['order', 2],
      ['law', 1],
      ['practice', 1],
    ],
  ])
  expect((await designer['coding.read']({ id, question })).items.every(({ first, second }) => first && second)).toBe(true)
})

test('the analysis counts codes of what may be told; a heading in use stays; a text that changed is coded anew', async () => {
  const { id } = survey
  const owner = place.as('owner')
  const { analysis } = await owner['survey.analyse']({ id })
  expect(analysis.coded).toMatchObject([
    {
      question: 'D1',
      texts: 3,
      coded: 3,
      codes: [
        { option: 'order', count: 2 },
        { option: 'practice', count: 1 },
      ],
    },
  ])
  const { base64 } = await owner['survey.export']({ id, form: 'csv' })
  expect(Buffer.from(base64, 'base64').toString()).toContain('codes,D1,,order,2,0.6667')
  const plan = { id, question, headings: ['order', 'law'], first: await personOf('designer'), second: await personOf('approver') }
  expect(await problemOf(owner['coding.plan'](plan))).toMatchObject({ code: 'survey.heading-used', pointer: '/headings' })
  const token = survey.invitations
    .find(({ name }) => name === 'Body 2')!
    .url!.split('/')
    .at(-1)!
  await place.anybody()['reply.save']({ token, section: 'basis', answers: { D1: { value: 'Since May an order' } } })
  expect(await owner['coding.read']({ id, question })).toMatchObject({ texts: 4, coded: 3 })
  await owner['survey.withdraw']({ id, invitation: survey.invitations.find(({ name }) => name === 'Body 3')!.id })
  expect(await owner['coding.read']({ id, question })).toMatchObject({ texts: 3, coded: 2 })
  const { rows } = await place.installation.database.pool.query('select count(*)::int as codes from cairn.survey_code')
  expect(rows[0].codes).toBe(7)
})
