/** A day begins by the clock of the institution, wherever the server stands: in Auckland it is tomorrow already, in Pago Pago still yesterday. */
import { setTimeout as sleep } from 'node:timers/promises'
import { millis, parseJson, todayOf } from '@cairn/core'
import { lintElm, readElm } from '@cairn/formats'
import { readJades, sealedDocument } from '@cairn/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

let place: Demonstration
beforeAll(async () => {
  place = await startDemonstration()
})
afterAll(async () => {
  await place?.stop()
})

const dayAfter = (day: string) => new Date(millis(day) + 86_400_000).toISOString().slice(0, 10)

test('awards are of the day that it is at the institution and of none after it, and their credentials say so in every form', async () => {
  const now = new Date().toISOString()
  // Whenever this runs, in one of the two it is not the day that UTC has.
  const timeZone =
    todayOf({ country: 'KI', timeZone: 'Pacific/Kiritimati' }, now) > now.slice(0, 10) ? 'Pacific/Kiritimati' : 'Pacific/Pago_Pago'
  const owner = place.as('owner')
  const { organisation, fourEyes, revision } = await owner['institution.read']({})
  await owner['institution.save']({ organisation: { ...organisation, timeZone }, fourEyes, revision })
  const today = todayOf({ country: 'CZ', timeZone }, now)
  expect(today).not.toBe(now.slice(0, 10))

  const learner = { givenName: 'Ana', familyName: 'Horáková', dateOfBirth: '1999-02-03' }
  const made = (awardDate: string) => owner['award.make']({ edition: place.edition, given: { learner, awardDate } })
  const tomorrow = await made(dayAfter(today))
  expect((await owner['batch.rows']({ id: tomorrow.id })).rows[0]!.problems).toMatchObject([
    { code: 'sheet.cell-wrong', pointer: '/rows/1/awardDate', detail: 'The day of the award is still to come.' },
  ])
  const batch = await made(today)
  expect(batch.counts).toMatchObject({ ready: 1, wrong: 0 })
  await owner['batch.confirm']({ id: batch.id, ready: 1 })
  for (let tries = 0; tries < 200 && (await owner['batch.read']({ id: batch.id })).state !== 'done'; tries++) await sleep(50)
  const credential = (await owner['batch.rows']({ id: batch.id })).rows[0]!.credential!
  const download = async (form: 'elm' | 'open-badge' | 'sd-jwt-vc') =>
    Buffer.from((await owner['credential.download']({ id: credential, form })).base64, 'base64')

  const document = sealedDocument(readJades(await download('elm'))) as never
  const view = readElm(document, 'en')
  expect([view.awardDate, view.issued.slice(0, 10)]).toEqual([today, today])
  // A verifier anywhere finds nothing wrong with these days, the moment after.
  const dates = lintElm(document, { profile: 'annex1', at: new Date().toISOString() }).filter(({ rule }) => rule === 'A5' || rule === 'X1')
  expect(dates).toEqual([])
  const badge = parseJson(await download('open-badge')) as { validFrom: string }
  expect(badge.validFrom.slice(0, 10)).toBe(today)
  for (const form of ['elm', 'open-badge', 'sd-jwt-vc'] as const) {
    const report = await place.anybody()['verify.file']({ base64: (await download(form)).toString('base64') })
    expect(report, form).toMatchObject({ verdict: 'valid', view: { awardDate: today } })
  }
})
