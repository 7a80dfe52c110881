/** Awards of some of the outcomes, from a column of a table to every form, on a real PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AchievementSpecification } from '@cairn/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from './vectors/start-demonstration.ts'

let place: Demonstration
beforeAll(async () => {
  place = await startDemonstration()
})
afterAll(async () => {
  await place?.stop()
})
const as: Demonstration['as'] = (role) => place.as(role)
const base64 = (text: string) => Buffer.from(text).toString('base64')

async function publish(change: (draft: AchievementSpecification) => AchievementSpecification): Promise<string> {
  const [line] = await as('designer')['specification.list']({})
  const { id, draft, revision } = await as('designer')['specification.copy']({ id: line!.id })
  const saved = await as('designer')['specification.save']({ id, revision, draft: change(draft) })
  return (await as('owner')['specification.publish']({ id, revision: saved.revision })).edition.id
}

test('a column of outcomes met: each learner’s credential claims what they met, in every form', async () => {
  const edition = await publish((draft) => {
    const { ects, hours } = draft.workload
    const share = { ...(ects ? { ects: ects / draft.outcomes.length } : {}), ...(hours ? { hours: hours / draft.outcomes.length } : {}) }
    return { ...draft, awardedInPart: true, outcomes: draft.outcomes.map((outcome) => ({ ...outcome, workload: share })) }
  })
  expect((await as('awarder')['edition.list']({})).find(({ id }) => id === edition)?.inPart).toBe(true)
  const sample = Buffer.from((await as('awarder')['batch.sample']({ edition })).base64, 'base64').toString()
  expect(sample.split('\n')[0]).toContain('outcomes')
  const rows = ['Whole One,1990-01-01,', 'Part One,1990-01-02,1', 'Part Two,1990-01-03,LO1', 'Wrong One,1990-01-04,99']
  const file = { fileName: 'p.csv', base64: base64(['fullName,dateOfBirth,outcomes', ...rows].join('\n')) }
  const made = await as('awarder')['batch.create']({ edition, ...file })
  const batch = await as('awarder')['batch.map']({ id: made.id, mapping: ['fullName', 'dateOfBirth', 'outcomes'], awardDate: '2026-05-12' })
  expect(batch.counts).toMatchObject({ ready: 3, wrong: 1 })
  const wrong = (await as('awarder')['batch.rows']({ id: batch.id, only: 'wrong' })).rows[0]!
  expect(wrong.problems).toMatchObject([{ code: 'sheet.cell-wrong', pointer: '/rows/4/outcomes' }])
  await as('awarder')['batch.fix']({ id: batch.id, n: wrong.n, cells: wrong.cells, leaveOut: true })
  await as('awarder')['batch.confirm']({ id: batch.id, ready: 3 })
  for (let tries = 0; tries < 200 && (await as('awarder')['batch.read']({ id: batch.id })).state !== 'done'; tries++) await sleep(50)
  const { items } = await as('awarder')['credential.list']({ batch: batch.id })
  expect(items).toHaveLength(3)
  const named = (learner: string) => items.find((item) => item.learner === learner)!
  const view = async (learner: string, form: 'elm' | 'open-badge' | 'sd-jwt-vc') => {
    const file = await as('owner')['credential.download']({ id: named(learner).id, form })
    const report = await as('owner')['verify.file']({ base64: file.base64 })
    expect(report, `${learner} ${form}`).toMatchObject({ verdict: 'valid' })
    return report.view as { title: string; outcomes: string[]; achievement: string }
  }
  const whole = await view('Whole One', 'elm')
  for (const form of ['elm', 'open-badge', 'sd-jwt-vc'] as const) {
    const part = await view('Part One', form)
    expect(part).toMatchObject({ title: `${whole.title} (part)`, outcomes: [whole.outcomes[0]] })
    expect(part.achievement).not.toBe(whole.achievement)
    expect((await view('Part Two', form)).achievement).toBe(part.achievement)
    expect(await view('Whole One', form)).toMatchObject({
      title: whole.title,
      // A badge has them in no order.
      outcomes: expect.arrayContaining(whole.outcomes),
    })
  }
  expect(named('Part One').title).toBe(`${whole.title} (part)`)
  expect(await as('awarder')['credential.given']({ id: named('Part Two').id })).toMatchObject({ outcomes: [expect.any(String)] })
  // By hand, with the numbers that people know.
  const learner = { givenName: 'By', familyName: 'Hand', dateOfBirth: '1991-01-01' }
  const byHand = await as('awarder')['award.make']({ edition, given: { learner, awardDate: '2026-05-12', outcomes: ['1'] } })
  expect(byHand.counts).toMatchObject({ ready: 1 })
}, 60_000)

test('a specification that is not awarded in part takes no row that is', async () => {
  const file = { fileName: 'w.csv', base64: base64('fullName,dateOfBirth,awardDate,outcomes\nA B,1990-01-01,2026-05-12,1\n') }
  expect((await as('awarder')['batch.create']({ edition: place.edition, ...file })).counts).toMatchObject({ ready: 0, wrong: 1 })
})
