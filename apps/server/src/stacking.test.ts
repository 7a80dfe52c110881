/** Stacking through the operations: four awards of three issuers become a larger one, and a stranger checks the receipt without a network. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { JsonObject } from '@cairn/core'
import { writeEvidence } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { evidenceFor } from './registry.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { prepareThreeIssuers, type ThreeIssuers } from './vectors/three-issuers.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-stacking-'))
const port = 20_000 + ((process.pid + 3000) % 20_000)
let server: RunningServer
let issuers: ThreeIssuers

beforeAll(async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  issuers = await prepareThreeIssuers(server)
}, 60_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})
const as: ThreeIssuers['as'] = (tenant, role) => issuers.as(tenant, role)
const anybody = () => issuers.anybody()

let tokens: string[] = []
let pathway = ''
let request = ''
let link = ''
let larger = ''
let largerToken = ''
let achievements: string[] = []

test('four awards of three issuers, and a pathway that is sealed when it is published', async () => {
  const { college, others, edition, shared } = issuers
  const editions = [await edition(college, 'Reading maps', 3), await edition(college, 'Observing', 3)]
  const first = await edition(others[0], 'Forecasting', 4)
  const second = await edition(others[1], 'Safety at sea', 2)
  larger = await edition(college, 'Certificate of coastal work', 12)
  tokens = [
    await shared(college, editions[0]!),
    await shared(college, editions[1]!),
    await shared(others[0], first),
    await shared(others[1], second),
  ]
  achievements = await Promise.all(
    [editions[0]!, editions[1]!].map(async (id) => (await as(college)['edition.read']({ id })).edition.achievement),
  )
  const choices = await as(college)['pathway.choices']({})
  const [own] = choices.achievements
  expect(own).toMatchObject({ title: { en: 'Certificate of coastal work' } })
  expect(choices.achievements.map(({ title }) => title.en)).toEqual(
    expect.arrayContaining(['Reading maps', 'Observing', 'Forecasting', 'Safety at sea']),
  )
  const indexOf = (title: string) => choices.achievements.findIndex((each) => each.title.en === title)
  expect(indexOf('Reading maps')).toBeLessThan(indexOf('Forecasting'))
  expect(new Set(choices.achievements.map(({ id }) => id)).size).toBe(choices.achievements.length)
  expect(choices.providers).toContainEqual({ id: issuers.organisations[0].id, name: 'Valley Weather Service' })
  expect(choices.outcomes.length).toBeGreaterThan(0)
  expect(choices).toMatchObject({ members: false, unread: [] })
  const begun = await as(college)['pathway.create']({})
  const draft = {
    ...begun.draft,
    title: { en: 'Coastal work' },
    award: larger,
    slots: [
      { id: 'core', title: { en: 'Core' }, takes: { achievements }, minCredits: 6 },
      {
        id: 'weather',
        title: { en: 'Weather' },
        takes: { providers: [issuers.organisations[0].id] },
        minCredits: 4,
        currencyYears: 5,
      },
      { id: 'safety', title: { en: 'Safety' }, takes: { tags: ['micro-credential'] }, minCount: 1, afterSlots: [] },
    ],
    rules: { totalMin: 12, residencyMin: 6 },
    names: { [achievements[0]!]: 'Reading maps, Hillside College' },
  }
  const cyclic = structuredClone(draft) as JsonObject & { slots: JsonObject[] }
  cyclic.slots[0]!.afterSlots = ['safety']
  cyclic.slots[2]!.afterSlots = ['core']
  const wrong = await as(college)['pathway.save']({ id: begun.id, revision: begun.revision, draft: cyclic })
  expect(wrong.problems.map(({ code }) => code)).toEqual(['stacking.slots-cyclic'])
  await expect(as(college)['pathway.publish']({ id: begun.id, revision: wrong.revision })).rejects.toThrow('stacking.slots-cyclic')
  const saved = await as(college)['pathway.save']({ id: begun.id, revision: wrong.revision, draft })
  expect(saved.problems).toEqual([])
  const published = await as(college)['pathway.publish']({ id: begun.id, revision: saved.revision })
  const done = published.proposed
    ? await as(college, 'approver')['pathway.approve']({ id: begun.id, revision: published.revision })
    : published
  pathway = done.versions[0]!.id
  const offered = await anybody()['pathway.offered']({})
  expect(offered).toMatchObject([
    { id: pathway, version: 1, hash: done.versions[0]!.hash, award: { title: { en: 'Certificate of coastal work' } } },
  ])
  expect(Object.values(offered[0]!.names)).toEqual(expect.arrayContaining(['Valley Weather Service', 'Reading maps']))
  const file = await anybody()['pathway.file']({ id: pathway })
  const report = await anybody()['verify.file']({ base64: file.base64 })
  expect(report, JSON.stringify(report)).toMatchObject({
    format: 'pathway',
    verdict: 'valid',
    view: { declaration: { hash: offered[0]!.hash } },
  })
  await expect(anybody()['pathway.file']({ id: '00000000-0000-4000-8000-000000000000' })).rejects.toThrow('request.not-found')
  expect(await anybody()['pathway.offered']({ body: offered[0]!.body.id })).toEqual(offered)
  expect(await anybody()['pathway.offered']({ body: '00000000-0000-4000-8000-000000000000' })).toEqual([])
}, 120_000)

test('the learner sees what is missing, what to take next, and what runs out first', async () => {
  const some = await anybody()['stack.progress']({ shares: tokens.slice(1), files: [] })
  expect(some.pathways[0]).toMatchObject({
    answer: { eligible: false, gaps: expect.arrayContaining([{ goal: 'slot:core', have: 3, need: 6 }]) },
  })
  const [plan] = (some.pathways[0]!.answer as unknown as { plans: { take: string[] }[] }).plans
  expect(plan!.take).toEqual([achievements[0]])
  expect(some.pathways[0]!.offers).toMatchObject([{ title: 'Reading maps', body: { en: 'Hillside College (demonstration)' }, hours: 75 }])
  // What is held already is not to be taken again, and the course of a body without a pathway is one to take.
  const plansOf = async (shares: string[]) => {
    const [on] = (await anybody()['stack.progress']({ shares, files: [] })).pathways
    const { plans } = on!.answer as unknown as { plans: { take: string[] }[] }
    return plans.map(({ take }) => take.map((id) => on!.offers.find((offer) => offer.id === id)!.title).sort())
  }
  const held = (...at: number[]) => at.map((each) => tokens[each]!)
  expect(await plansOf(held(0, 2, 3))).toEqual([['Observing']])
  expect(await plansOf(held(0, 1, 3))).toContainEqual(['Forecasting'])
  expect(await plansOf(held(0, 1, 3))).not.toContainEqual(expect.arrayContaining(['Certificate of coastal work']))
  const all = await anybody()['stack.progress']({ shares: tokens, files: ['bm9uc2Vuc2U='] })
  expect(all.held.map(({ status }) => status)).toEqual(['valid', 'valid', 'valid', 'valid', 'unknown'])
  expect(all.held[4]!.problem).toMatchObject({ pointer: '/files/0' })
  const [on] = all.pathways
  expect(on!.answer).toMatchObject({ eligible: true, countedCredits: 12 })
  expect(on!.expires).toMatchObject({ gaps: expect.arrayContaining([expect.objectContaining({ goal: 'slot:weather' })]) })
})

test('the nearest award comes first, whichever was published first', async () => {
  const { college } = issuers
  const begun = await as(college)['pathway.create']({})
  const small = {
    ...begun.draft,
    title: { en: 'Harbour basics' },
    slots: [{ id: 'safety', title: { en: 'Safety' }, takes: { providers: [issuers.organisations[1].id] }, minCredits: 2 }],
    rules: {},
  }
  const saved = await as(college)['pathway.save']({ id: begun.id, revision: begun.revision, draft: small })
  const published = await as(college)['pathway.publish']({ id: begun.id, revision: saved.revision })
  const done = published.proposed
    ? await as(college, 'approver')['pathway.approve']({ id: begun.id, revision: published.revision })
    : published
  const order = async (...at: number[]) => {
    const { pathways } = await anybody()['stack.progress']({ shares: at.map((each) => tokens[each]!), files: [] })
    return pathways.map(({ pathway: { pathway: content }, answer }) => [content.title.en, answer.eligible])
  }
  expect(await order(0, 1, 2, 3)).toEqual(
    expect.arrayContaining([
      ['Coastal work', true],
      ['Harbour basics', true],
    ]),
  )
  expect(await order(3)).toEqual([
    ['Harbour basics', true],
    ['Coastal work', false],
  ])
  // Two credits of safety are fewer hours than three credits of maps, and more than nothing.
  expect(await order(1, 2)).toEqual([
    ['Harbour basics', false],
    ['Coastal work', false],
  ])
  expect(await order(0, 1, 2)).toEqual([
    ['Harbour basics', false],
    ['Coastal work', false],
  ])
  await as(college)['pathway.retire']({ id: begun.id, version: done.versions[0]!.id })
  expect(await order(3)).toEqual([['Coastal work', false]])
})

test('asking needs what counts, of one learner; the body awards with a receipt, by a batch of one row', async () => {
  const { college } = issuers
  const ask = { pathway, email: 'ana@learners.example', language: 'en', consent: true as const, files: [] }
  await expect(anybody()['stack.ask']({ ...ask, shares: tokens.slice(1) })).rejects.toThrow('stacking.not-eligible')
  link = (await anybody()['stack.ask']({ ...ask, shares: tokens })).url.split('/').at(-1)!
  await expect(anybody()['stack.ask']({ ...ask, shares: tokens })).rejects.toThrow('request.conflict')
  expect(await anybody()['stack.follow']({ token: link })).toMatchObject({ state: 'asked', receipt: false, learner: 'Ana Horáková' })
  request = (await as(college)['stack.list']({ q: 'horakova ana' })).items[0]!.id
  expect(await as(college)['stack.list']({ q: 'nobody' })).toEqual({ total: 0, items: [] })
  const seen = await as(college)['stack.read']({ id: request })
  const award = { id: request, revision: seen.revision, givenName: 'Ana', familyName: 'Horáková', dateOfBirth: '1999-02-03' }
  await expect(as(college, 'approver')['stack.award'](award)).rejects.toThrow('request.not-allowed')
  const done = await as(college)['stack.award'](award)
  expect(done).toMatchObject({ state: 'awarded', by: 'The owner', receipt: true })
  expect(await as(college)['batch.read']({ id: done.batch! })).toMatchObject({ edition: larger, state: 'checked', counts: { ready: 1 } })
  await expect(as(college)['stack.award'](award)).rejects.toThrow('request.conflict')
  // Put right once more before it is confirmed: the id that the receipt names stays.
  const { rows } = await as(college)['batch.rows']({ id: done.batch! })
  await as(college)['batch.fix']({ id: done.batch!, n: 1, cells: rows[0]!.cells })
  largerToken = await issuers.sealed(college, done.batch!)
})

test('a stranger checks the receipt against the parts without a network, and is not taken in', async () => {
  const root = path.resolve(import.meta.dirname, '../../..')
  const bytesOf = ({ base64 }: { base64: string }) => new Uint8Array(Buffer.from(base64, 'base64'))
  const keep = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(path.join(folder, name), bytes)
    return path.join(folder, name)
  }
  const receipt = keep('receipt.jsonld', bytesOf(await anybody()['stack.fetch']({ token: link })))
  const parts: string[] = []
  let statusLists = {}
  const now = new Date().toISOString()
  let last: Awaited<ReturnType<typeof evidenceFor>> | undefined
  const crls: Uint8Array[] = []
  const ocsps: Uint8Array[] = []
  for (const [at, token] of [...tokens, largerToken].entries()) {
    const bytes = bytesOf(await anybody()['shared.download']({ token }))
    parts.push(keep(`part-${at}.jsonld`, bytes))
    last = await evidenceFor(server.installation, bytes, now)
    statusLists = { ...statusLists, ...last.statusLists }
    crls.push(...(last.revocation?.crls ?? []))
    ocsps.push(...(last.revocation?.ocsps ?? []))
  }
  const sealed = await evidenceFor(server.installation, bytesOf(await anybody()['stack.fetch']({ token: link })), now)
  const revocation = { crls: [...crls, ...(sealed.revocation?.crls ?? [])], ocsps: [...ocsps, ...(sealed.revocation?.ocsps ?? [])] }
  const evidence = keep('evidence.json', writeEvidence({ ...last!, statusLists, revocation }))
  const check = (given: readonly string[]) => {
    const args = ['apps/cli/bin/cairn.js', 'verify', receipt, '--parts', given.join(','), '--evidence', evidence, '--offline', '--json']
    try {
      return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }))
    } catch (error) {
      return JSON.parse((error as { stdout: string }).stdout)
    }
  }
  const award = parts.pop()!
  const right = check(parts)
  expect(right, JSON.stringify(right.findings)).toMatchObject({ format: 'stack-receipt', verdict: 'valid', results: { parts: 'passed' } })
  expect(right.view.declaration.parts).toHaveLength(4)
  expect(right.findings.at(-1)).toMatchObject({ check: 'parts.receipt', note: '4 parts; the award was not at hand' })
  const withAward = check([...parts, award])
  expect(withAward, JSON.stringify(withAward.findings)).toMatchObject({ verdict: 'valid', results: { parts: 'passed' } })
  expect(withAward.findings.at(-1)).toMatchObject({ note: '4 parts; the award is the one that it names' })
  const faults = (given: readonly string[]) => check(given).findings.map(({ check: name }: { check: string }) => name)
  expect(faults(parts.slice(1))).toContain('parts.part-missing')
  // Another award of the same edition is another credential.
  const { others, shared } = issuers
  const other = await shared(others[1], (await as(others[1])['edition.list']({}))[0]!.id, 'Anna')
  const forged = keep('other.jsonld', bytesOf(await anybody()['shared.download']({ token: other })))
  expect(faults([...parts.slice(0, 3), forged])).toContain('parts.part-missing')
  expect(faults([...parts, forged])).toContain('parts.award-other')
  const broken = JSON.parse(new TextDecoder().decode(bytesOf(await anybody()['shared.download']({ token: tokens[3]! }))))
  broken.payload = broken.payload.replace('Safety at sea', 'Safety at SEA')
  expect(faults([...parts.slice(0, 3), keep('broken.jsonld', JSON.stringify(broken))])).toContain('parts.part-missing')
}, 120_000)

test('several credentials in one request are looked at together: workloads add, and a revoked one counts against the request', async () => {
  const { college, others, edition, shared } = issuers
  const owner = as(college)
  const begun = await owner['policy.create']({ template: 'university' })
  const published = await owner['policy.publish']({ id: begun.id, revision: begun.revision })
  if (published.proposed) await as(college, 'approver')['policy.approve']({ id: begun.id, revision: published.revision })
  const content = { credits: 6, eqf: 5, iscedF: '0532', outcomes: [{ id: 'o1', weight: 1, mandatory: false }] }
  const target = await owner['target.save']({ title: { en: 'Field work' }, content })
  const [token, other] = [tokens[0]!, tokens[1]!]
  const options = await anybody()['recognition.options']({ token, more: [other] })
  expect(options.credentials.map(({ title }) => title)).toEqual(['Reading maps', 'Observing'])
  const ask = {
    token,
    more: [other],
    body: options.bodies[0]!.id,
    target: target.id,
    purpose: 'credit' as const,
    email: 'ana@learners.example',
  }
  await expect(anybody()['recognition.ask']({ ...ask, more: [token], consent: true })).rejects.toThrow('there twice')
  const stranger = await shared(others[1], await edition(others[1], 'Knots', 1), 'Eva')
  await expect(anybody()['recognition.ask']({ ...ask, more: [stranger], consent: true })).rejects.toThrow('different learners')
  await anybody()['recognition.ask']({ ...ask, consent: true })
  // The same two the other way round are the same request.
  await expect(anybody()['recognition.ask']({ ...ask, token: other, more: [token], consent: true })).rejects.toThrow('request.conflict')
  const line = (await owner['recognition.list']({})).items[0]!
  expect(line.title).toBe('Reading maps, Observing')
  const seen = await owner['recognition.read']({ id: line.id })
  expect(seen.credentials).toHaveLength(2)
  const known = { holderMatch: 'verified' as const, accredited: true, supervised: true, idVerified: true }
  const complete = await owner['recognition.complete']({ id: line.id, revision: seen.revision, known })
  const compared = await owner['recognition.compare']({ id: line.id, revision: complete.revision, matches: { o1: 'full' } })
  expect(compared.decision, JSON.stringify(compared.decision)).toMatchObject({ grants: [{ kind: 'specified-credit', amount: 6 }] })
  expect(compared.decision.reasons).toContain('COMBINED_EVIDENCE')
  const second = compared.credentials.find(({ facts }) => facts.title === 'Observing')!
  await owner['credential.revoke']({ id: second.facts.id.slice(9), reason: 'error' })
  await expect
    .poll(async () => (await owner['recognition.read']({ id: line.id })).decision.outcome, { timeout: 20_000, interval: 500 })
    .toBe('refused')
}, 90_000)
