/** From the list of lists to national lists, with everything that can go wrong on the way. */
import { ProblemError } from '@cairn/core'
import { type Absence, createCertificate, createLotl, createTrustedList, startTrustedLists, type TrustedListContent } from '@cairn/testkit'
import { expect, test } from 'vitest'
import { type Door, fetchSafely, type GatheredTrustedLists, gatherTrustedLists } from './index.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const [from, to, now] = [day('2024-01-01'), day('2034-01-01'), '2026-06-10T00:00:00Z']
const key = (commonName: string) =>
  createCertificate({ subject: { commonName }, algorithm: 'ES256', from, to, ca: false, keyUsage: ['digitalSignature'] })
const [commission, xx, yy, ca] = [key('Commission'), key('XX'), key('YY'), key('CA')]
const shared = { sequence: 3, issued: day('2026-06-01'), nextUpdate: day('2026-12-01') }
const pointer = (territory: string, signer: { certificate: Uint8Array }, name = territory) => ({
  territory,
  address: `https://lists.example/${name}.xml`,
  certificates: [signer.certificate],
})
const list = (territory: string, signer: typeof xx, change: Partial<TrustedListContent> = {}) =>
  createTrustedList({
    ...shared,
    territory,
    signer,
    services: [{ name: `CA of ${territory}`, providerName: 'P', certificates: [ca.certificate], from }],
    ...change,
  })
const lotl = (
  pointers = [pointer('XX', xx), pointer('YY', yy)],
  change: Partial<Pick<TrustedListContent, 'nextUpdate' | 'sequence'>> = {},
) => createLotl({ ...shared, signer: commission, pointers, ...change })
const address = 'https://lists.example/eu.xml'
const pinned = [Buffer.from(commission.certificate).toString('base64')]
const gatherFrom = (files: Record<string, Uint8Array>, options = {}) => {
  const asked: string[] = []
  const door = async (wanted: string) => {
    asked.push(wanted)
    const bytes = files[wanted.slice('https://lists.example/'.length)]
    if (!bytes) throw new ProblemError('fetch.failed', 'The server answered with status 404.')
    return { bytes }
  }
  return gatherTrustedLists([address], pinned, door, { now, ...options }).then((gathered) => ({ ...gathered, asked }))
}

test('R-TL-1: national lists are believed by the signers that the list of lists names', async () => {
  const { services, problems, lists } = await gatherFrom({ 'eu.xml': lotl(), 'XX.xml': list('XX', xx), 'YY.xml': list('YY', yy) })
  expect(problems).toEqual([])
  expect(lists).toHaveLength(3)
  expect(services.map(({ name }) => name).sort()).toEqual(['CA of XX', 'CA of YY'])
  expect(services[0]!.until).toBe('2026-12-08T00:00:00.000Z')
})

test('R-TL-1: one bad list spoils no other, and nothing is asked at the wish of a list of lists that is not proven', async () => {
  const gathered = await gatherFrom({ 'eu.xml': lotl(), 'XX.xml': list('XX', yy), 'YY.xml': list('YY', yy) })
  expect(gathered.problems).toMatchObject([{ territory: 'XX', problem: { code: 'trust-list.signer-unknown' } }])
  expect(gathered.services.map(({ territory }) => territory)).toEqual(['YY'])
  const swapped = await gatherFrom({ 'eu.xml': lotl([pointer('XX', yy, 'YY')]), 'YY.xml': list('YY', yy) })
  expect(swapped.problems).toMatchObject([{ territory: 'XX', problem: { code: 'trust-list.malformed' } }])
  const forged = await gatherFrom({
    'eu.xml': createLotl({ ...shared, signer: xx, pointers: [pointer('XX', xx)] }),
    'XX.xml': list('XX', xx),
  })
  expect(forged).toMatchObject({ services: [], asked: [address], problems: [{ problem: { code: 'trust-list.signer-unknown' } }] })
})

test('R-TL-2: an older list does not take the place of a newer one, and an absent one does not take away what is known', async () => {
  const files = { 'eu.xml': lotl([pointer('XX', xx)]), 'XX.xml': list('XX', xx) }
  const before = (await gatherFrom(files)).lists
  const back = await gatherFrom({ ...files, 'XX.xml': list('XX', xx, { sequence: 2, services: [] }) }, { before })
  expect(back.problems).toMatchObject([{ territory: 'XX', problem: { code: 'trust-list.went-back' } }])
  expect(back.services).toHaveLength(1)
  const away = await gatherFrom({ 'eu.xml': files['eu.xml'] }, { before })
  expect(away).toMatchObject({ services: [{ name: 'CA of XX' }], problems: [{ problem: { code: 'fetch.failed' } }] })
  const renewed = await gatherFrom({ ...files, 'XX.xml': list('XX', xx, { sequence: 4, services: [] }) }, { before })
  expect(renewed).toMatchObject({ problems: [], services: [{ name: 'CA of XX', until: '2026-06-01T00:00:00Z' }] })
})

test('R-TL-2: a list that was not renewed speaks of its own time alone; a list of lists that was not leads nowhere', async () => {
  const old = await gatherFrom({ 'eu.xml': lotl([pointer('XX', xx)]), 'XX.xml': list('XX', xx, { nextUpdate: day('2026-06-02') }) })
  expect(old.problems).toMatchObject([{ territory: 'XX', problem: { code: 'trust-list.overdue' } }])
  expect(old.services).toMatchObject([{ until: '2026-06-09T00:00:00.000Z' }])
  const stale = await gatherFrom({ 'eu.xml': lotl([pointer('XX', xx)], { nextUpdate: day('2026-06-02') }), 'XX.xml': list('XX', xx) })
  expect(stale).toMatchObject({ services: [], asked: [address], problems: [{ territory: 'EU', problem: { code: 'trust-list.overdue' } }] })
})

test('territories that are not wanted are not asked, nor are pointers to what people read', async () => {
  const pointers = [pointer('XX', xx), pointer('YY', yy), { ...pointer('XX', xx, 'XX-pdf'), mediaType: 'application/pdf' }]
  const { asked } = await gatherFrom({ 'eu.xml': lotl(pointers), 'XX.xml': list('XX', xx) }, { territories: ['XX'] })
  expect(asked).toEqual([address, 'https://lists.example/XX.xml'])
})

test('R-TL: lists that are served are gathered through the safe door, and again when a service changed', async () => {
  const service = { name: 'CA of XX', providerName: 'P', certificates: [ca.certificate], from: new Date(Date.now() - 86_400_000) }
  const running = await startTrustedLists('XX', [service])
  const door: Door = (place, ask) => fetchSafely(place, { ...ask, ownOrigins: [running.origin], milliseconds: 500 })
  const gatherNow = (before: GatheredTrustedLists['lists'] = []) => gatherTrustedLists([running.address], running.pinned, door, { before })
  try {
    const first = await gatherNow()
    expect(first).toMatchObject({ problems: [], services: [{ name: 'CA of XX', territory: 'XX' }] })
    expect(await gatherNow(first.lists)).toMatchObject({ problems: [], services: [{ name: 'CA of XX' }] })
    running.setServices([{ ...service, status: 'withdrawn', history: [{ from: service.from }] }])
    const next = await gatherNow(first.lists)
    expect(next).toMatchObject({ problems: [], lists: [{ sequence: 2 }, { sequence: 2 }] })
    expect(next.services[0]!.status).toMatch(/withdrawn$/)
    // R-FLT-2: whatever they answer instead, what was known stays, and they are believed again when they are back.
    const ways: [Absence, string][] = [
      ['refusing', 'fetch.failed'],
      ['garbage', 'trust-list.malformed'],
      ['hanging', 'fetch.failed'],
    ]
    for (const [how, code] of ways) {
      running.setAway(how)
      expect(await gatherNow(next.lists), how).toMatchObject({ problems: [{ problem: { code } }], services: [{ name: 'CA of XX' }] })
    }
    running.setAway(undefined)
    expect(await gatherNow(next.lists)).toMatchObject({ problems: [], services: [{ name: 'CA of XX' }] })
    // R-SSRF-1: without leave, nothing on loopback is asked.
    expect((await gatherTrustedLists([running.address], running.pinned)).problems).toMatchObject([{ problem: { code: 'fetch.refused' } }])
  } finally {
    await running.stop()
  }
})
