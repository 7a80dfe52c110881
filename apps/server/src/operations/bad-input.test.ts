/** Issue 5, bad input through the server: each is a clear problem with code, words and place, and never a silent default. */
import { type JsonObject, type Problem, ProblemError } from '@cairn/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

let place: Demonstration
beforeAll(async () => {
  place = await startDemonstration()
}, 60_000)
afterAll(() => place?.stop())

const owner = () => place.as('owner')

/** The first problem that some work comes to. */
async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProblemError)) throw new Error('Nothing was refused.')
  expect(error.problem.detail).not.toBe('')
  return error.problem
}

/** A draft of a university's rules with other requirements, saved and then published: what it says, and what it is refused with. */
async function draftWith(change: (requirements: JsonObject[]) => JsonObject[]) {
  const begun = await owner()['policy.create']({ template: 'university' })
  const requirements = change(begun.draft.requirements as JsonObject[])
  const saved = await owner()['policy.save']({ id: begun.id, revision: begun.revision, draft: { ...begun.draft, requirements } })
  const refused = await problemOf(owner()['policy.publish']({ id: begun.id, revision: saved.revision }))
  expect(saved.problems[0]).toMatchObject(refused)
  return refused
}
const need = (kind: string, params: JsonObject = {}) => ({ id: 'Z', kind, params, onFail: 'refuse', onUnknown: 'evidence' })

test('rules that contradict each other are not published', async () => {
  const modes = (id: string, ...of: string[]) => ({ ...need('mode-in', { modes: of }), id })
  const refused = await draftWith((all) => [...all, modes('A', 'online'), modes('B', 'presential')])
  expect(refused).toMatchObject({
    code: 'input.invalid',
    pointer: '/requirements/12/params',
    detail: expect.stringContaining('Nothing can meet'),
  })
})

test('rules that apply together share no id: a second draft begins with others, and the same ones are refused', async () => {
  const first = await owner()['policy.create']({ template: 'university' })
  await owner()['policy.publish']({ id: first.id, revision: first.revision })
  const second = await owner()['policy.create']({ template: 'university' })
  expect(second.problems).toEqual([])
  const same = await owner()['policy.save']({ id: second.id, revision: second.revision, draft: first.draft })
  expect(same.problems).toHaveLength(11)
  expect(await problemOf(owner()['policy.publish']({ id: second.id, revision: same.revision }))).toMatchObject({
    code: 'input.invalid',
    pointer: '/requirements/0/id',
  })
  // For another purpose, or after the first has ended, they never apply together.
  for (const apart of [{ purpose: 'employment' }, { effective: ['2019-01-01', '2019-12-31'] }]) {
    const { revision } = await owner()['policy.read']({ id: second.id })
    expect((await owner()['policy.save']({ id: second.id, revision, draft: { ...first.draft, ...apart } })).problems).toEqual([])
  }
})

test.each<[string, JsonObject, string]>([
  ['a kind that nobody knows', need('astrology'), '/requirements/0/kind'],
  ['a parameter that the kind does not have', need('level', { stars: 3 }), '/requirements/0/params/stars'],
  ['an effect that there is not', { ...need('level'), onFail: 'shrug' }, '/requirements/0/onFail'],
  ['a condition without a name', { ...need('level'), onFail: 'condition' }, '/requirements/0/condition'],
])('%s', async (_, requirement, pointer) => {
  expect(await draftWith((all) => [requirement, ...all.slice(1)])).toMatchObject({ code: 'input.invalid', pointer })
})

test('negative credits, of what is recognised for and of a pathway', async () => {
  const target = owner()['target.save']({ title: { en: 'Less than nothing' }, content: { credits: -1, outcomes: [] } })
  expect(await problemOf(target)).toMatchObject({ code: 'input.invalid', pointer: '/content/credits' })
  const begun = await owner()['pathway.create']({})
  const slot = { id: 'core', title: { en: 'Core' }, takes: {} }
  const circle = [
    { ...slot, afterSlots: ['more'] },
    { ...slot, id: 'more', afterSlots: ['core'] },
  ]
  const saved = async (slots: JsonObject[]) => {
    const { revision } = await owner()['pathway.read']({ id: begun.id })
    const { problems, revision: now } = await owner()['pathway.save']({
      id: begun.id,
      revision,
      draft: { ...begun.draft, title: { en: 'A way' }, slots },
    })
    expect(await problemOf(owner()['pathway.publish']({ id: begun.id, revision: now }))).toMatchObject(problems[0]!)
    return problems[0]
  }
  expect(await saved([{ ...slot, minCredits: -5 }])).toMatchObject({ code: 'input.invalid', pointer: '/slots/0/minCredits' })
  expect(await saved(circle as unknown as JsonObject[])).toMatchObject({ code: 'stacking.slots-cyclic', pointer: '/slots/0/afterSlots' })
  expect(await saved([{ ...slot, minCredits: 5, maxCredits: 3 }])).toMatchObject({
    code: 'stacking.limits-contradict',
    pointer: '/slots/0/minCredits',
  })
})

test('what is not sealed gives no facts, and what was revoked counts for nothing and says so', async () => {
  const bare = Buffer.from(
    JSON.stringify({ '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'] }),
  ).toString('base64')
  const { held } = await place.anybody()['stack.progress']({ shares: [], files: [bare] })
  expect(held).toMatchObject([
    { status: 'unknown', problem: { code: 'recognition.not-sealed', pointer: '/files/0', detail: expect.stringContaining('seal') } },
  ])

  await expect
    .poll(async () => (await owner()['credential.list']({})).items.some(({ state }) => state !== 'intended'), { timeout: 60_000 })
    .toBe(true)
  const ready = (await owner()['credential.list']({})).items.find(({ state }) => state !== 'intended')!
  const token = (await owner()['credential.share']({ id: ready.id })).url.split('/').at(-1)!
  await owner()['credential.revoke']({ id: ready.id, reason: 'error' })
  await expect
    .poll(async () => (await place.anybody()['stack.progress']({ shares: [token], files: [] })).held[0]?.status, { timeout: 30_000 })
    .toBe('revoked')
  const { facts } = (await place.anybody()['recognition.options']({ token })).credentials[0]!
  expect(facts.module.status).toBe('revoked')
})
