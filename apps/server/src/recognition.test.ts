/** Recognition through the operations, on a real PostgreSQL with really sealed credentials: rules, a request, a decision, a replay, an appeal. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@cairn/api'
import { type JsonObject, type Organisation, roles, type StaffRole } from '@cairn/core'
import { insertInstitution, listMessages, putMember } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAddress } from './auth/sign-in.ts'
import { readConfig } from './config.ts'
import { newId } from './context.ts'
import { clientFor } from './operations.ts'
import { evidenceFor } from './registry.ts'
import { type RunningServer, startServer } from './start-server.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-recognition-'))
const port = 20_000 + ((process.pid + 7000) % 20_000)
const service: Organisation = {
  id: 'urn:uuid:7d0c4a52-11aa-4c3e-8f25-6a1b2c3d4e5f',
  legalName: { en: 'Valley Weather Service', cs: 'Údolní meteorologická služba' },
  country: 'CZ',
  identifiers: [{ kind: 'registration', value: '00000027', country: 'CZ' }],
} as unknown as Organisation
const weather = newId()
let server: RunningServer
let college = ''
const people = new Map<string, string>()

beforeAll(async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  const { rows } = await server.installation.database.pool.query('select person, email, tenant from cairn.member')
  for (const row of rows) people.set(row.email, row.person)
  college = rows[0].tenant
  const now = new Date().toISOString()
  await server.installation.database.tenant(weather, async (tx) => {
    await insertInstitution(tx, service, true, now)
    for (const role of ['owner', 'approver'] as const)
      await putMember(tx, {
        person: people.get(demoAddress(role))!,
        name: `The ${role}`,
        email: demoAddress(role),
        roles: [role],
        since: now,
      })
  })
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const as = (role: StaffRole, tenant = weather): Client =>
  clientFor(server.installation, {
    caller: { tenant, person: people.get(demoAddress(role))!, name: `The ${role}`, roles: [role] },
    confirmedAt: new Date(),
  })
const learner = (): Client => clientFor(server.installation, { caller: { roles: ['anonymous'] } })

async function shareFirst(): Promise<string> {
  const api = as('owner', college)
  for (let tries = 0; tries < 300; tries++) {
    const { items } = await api['credential.list']({})
    const ready = items.find(({ state }) => state === 'sealed' || state === 'delivered')
    if (ready) return (await api['credential.share']({ id: ready.id })).url.split('/').at(-1)!
    await sleep(200)
  }
  throw new Error('Nothing was sealed in time.')
}

let link = ''
let request = ''
let target = ''
let token = ''

test('four eyes: a policy is published by a second person, never changes, and is public with its hash', async () => {
  const owner = as('owner')
  const created = await owner['policy.create']({ template: 'weather-service' })
  const requirements = (created.draft.requirements as JsonObject[]).map((each) =>
    each.kind === 'competency-link' ? { ...each, remedy: { en: 'Ask the trainer to name the competency.' } } : each,
  )
  const procedure = { ...(created.draft.procedure as JsonObject), appealTo: { en: 'The training board' } }
  const draft = { ...created.draft, requirements, procedure }
  const begun = await owner['policy.save']({ id: created.id, revision: created.revision, draft })
  expect(begun.problems).toEqual([])
  const proposed = await owner['policy.publish']({ id: begun.id, revision: begun.revision })
  expect(proposed.versions).toEqual([])
  await expect(owner['policy.approve']({ id: begun.id, revision: begun.revision })).rejects.toThrow('batch.same-person')
  const published = await as('approver')['policy.approve']({ id: begun.id, revision: begun.revision })
  expect(published.versions).toHaveLength(1)
  const seen = await learner()['policy.published']({ id: service.id.slice(9) })
  expect(seen.policies[0]).toMatchObject({ version: 1, hash: published.versions[0]!.hash, policy: { body: service.id, version: '1' } })
  await expect(server.installation.database.tenant(weather, (tx) => tx.deleteFrom('policy_version').execute())).rejects.toThrow(
    /permission denied|immutable/,
  )
  // Another institution sees neither the draft nor the desk.
  await expect(as('owner', college)['policy.read']({ id: begun.id })).rejects.toThrow('request.not-found')
})

test('a contradiction in a draft is told with its place, and keeps it from being published', async () => {
  const owner = as('owner')
  const begun = await owner['policy.create']({ template: 'university' })
  const mode = (id: string, modes: string[]) => ({ id, kind: 'mode-in', params: { modes }, onFail: 'refuse', onUnknown: 'evidence' })
  const requirements = [...(begun.draft.requirements as JsonObject[]), mode('A', ['online']), mode('B', ['presential'])]
  const saved = await owner['policy.save']({ id: begun.id, revision: begun.revision, draft: { ...begun.draft, requirements } })
  expect(saved.problems.map(({ pointer }) => pointer)).toEqual(['/requirements/12/params'])
  await expect(owner['policy.publish']({ id: begun.id, revision: saved.revision })).rejects.toThrow('input.invalid')
})

test('a learner sees which facts would go, asks, and the desk has a proposal with reasons', async () => {
  const owner = as('owner')
  const post = { competencies: ['wmo-1209/forecasting'], period: ['2020-01-01', null] }
  target = (await owner['target.save']({ title: { en: 'Forecaster, grade 2' }, content: post })).id
  await expect(owner['target.save']({ title: { en: 'Nothing' }, content: { credits: -1, outcomes: [] } })).rejects.toThrow('input.invalid')
  token = await shareFirst()
  const options = await learner()['recognition.options']({ token })
  const body = options.bodies.find(({ name }) => name.en === 'Valley Weather Service')!
  expect(options.credentials[0]!.facts.post).toMatchObject({ status: 'valid', proof: 'advanced-eseal', eqf: 5, holderMatch: null })
  expect(options.credentials[0]!.facts.post.workload![0]).toMatchObject({ value: 54, unit: 'hours' })
  const ask = { token, body: body.id, target, purpose: 'career-progression' as const, email: 'learner@learners.example', language: 'cs' }
  await expect(learner()['recognition.ask']({ ...ask, consent: false as true })).rejects.toThrow('input.invalid')
  link = (await learner()['recognition.ask']({ ...ask, consent: true })).url.split('/').at(-1)!
  await expect(learner()['recognition.ask']({ ...ask, consent: true })).rejects.toThrow('request.conflict')
  const { items } = await owner['recognition.list']({})
  request = items[0]!.id
  expect(await owner['recognition.list']({ q: 'LEARNER@' })).toMatchObject({ total: 1, items: [{ id: request }] })
  expect(await owner['recognition.list']({ q: 'nobody' })).toEqual({ total: 0, items: [] })
  const seen = await owner['recognition.read']({ id: request })
  expect(seen.decision).toMatchObject({ outcome: 'needs-human', sub: 'evidence' })
  expect(seen.decision.reasons).toContain('HOLDER_UNKNOWN')
  expect((await learner()['recognition.follow']({ token: link })).decision).toBeUndefined()
})

test('the clock stops while evidence is awaited, what a person found out fills gaps, and the answer is partial', async () => {
  const owner = as('owner')
  const before = await owner['recognition.read']({ id: request })
  await expect(as('auditor')['recognition.question']({ id: request, revision: before.revision, words: 'Who?' })).rejects.toThrow(
    'request.not-allowed',
  )
  const asked = await owner['recognition.question']({ id: request, revision: before.revision, words: 'Please show your passport.' })
  expect(asked.state).toBe('evidence-asked')
  expect((await learner()['recognition.follow']({ token: link })).question).toBe('Please show your passport.')
  await learner()['recognition.supply']({ token: link, words: 'Shown at the counter on Monday.' })
  const supplied = await owner['recognition.read']({ id: request })
  expect(supplied).toMatchObject({ state: 'submitted', answer: 'Shown at the counter on Monday.' })
  const known = { holderMatch: 'verified' as const, competencies: ['elsewhere/other'] }
  const complete = await owner['recognition.complete']({ id: request, revision: supplied.revision, known })
  expect(complete.decision).toMatchObject({
    outcome: 'partial',
    grants: [{ kind: 'career-hours', amount: 40, unit: 'hours', category: 'general' }],
  })
  expect(complete.decision.reasons).toEqual(expect.arrayContaining(['NOT_LINKED_TO_COMPETENCY', 'GENERAL_HOURS_CAP']))
  expect(complete.decision.counterfactual[0]).toMatchObject({ wouldGive: 'full' })
  const decided = await owner['recognition.decide']({ id: request, revision: complete.revision, as: 'proposed' })
  expect(decided).toMatchObject({ state: 'decided', confirmed: { outcome: 'partial', by: 'The owner' } })
  // Domain 2.3 (8): reasons, remedies, a deadline and an appeal.
  expect(await learner()['recognition.follow']({ token: link })).toMatchObject({
    mayAppeal: true,
    appealUntil: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    help: {
      remedies: [{ requirement: 'W6', words: { en: 'Ask the trainer to name the competency.' } }],
      appealTo: [{ en: 'The training board' }],
    },
  })
  const { items } = await server.installation.database.tenant(weather, (tx) =>
    listMessages(tx, { page: 1, size: 10, kinds: ['recognition'] }),
  )
  expect(items.find(({ subject }) => subject.includes('rozhodnuto'))?.text).toContain('uznáno zčásti')
})

test('R-REC: the export is library and case at once, and cairn recognise gives the same bytes', async () => {
  const { base64 } = await as('owner')['recognition.export']({ id: request })
  const file = path.join(folder, 'decision.json')
  const text = Buffer.from(base64, 'base64').toString()
  writeFileSync(file, text)
  const root = path.resolve(import.meta.dirname, '../../..')
  const line = execFileSync(process.execPath, ['apps/cli/bin/cairn.js', 'recognise', '--library', file, file, '--json'], {
    cwd: root,
    encoding: 'utf8',
  })
  const { file: _, id: __, ...replayed } = JSON.parse(line)
  expect(text).toContain(`"decision":${JSON.stringify(replayed)}`)

  // The same case under another version of the rules is no replay, whatever it would give.
  const exported = JSON.parse(text)
  const [id] = Object.keys(exported.policies)
  const other = path.join(folder, 'other-library.json')
  const replayUnder = (policies: JsonObject) => {
    writeFileSync(other, JSON.stringify({ ...exported, policies }))
    const args = ['apps/cli/bin/cairn.js', 'recognise', '--library', other, file, '--json']
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    return { status, ...JSON.parse(stdout) }
  }
  expect(replayUnder({ [id!]: { ...exported.policies[id!], version: '2' } })).toMatchObject({
    status: 64,
    problem: { code: 'recognition.other-policy', pointer: '/decision/policies/0/hash', detail: expect.stringContaining('another version') },
  })
  expect(replayUnder({ 'urn:uuid:another': exported.policies[id!] })).toMatchObject({
    status: 64,
    problem: { code: 'input.invalid', pointer: '/policies/0' },
  })
})

const fileOf = async (form: 'sealed' | 'elm' | 'elmo' | 'ctdl' = 'sealed') =>
  new Uint8Array(Buffer.from((await learner()['recognition.fetch']({ token: link, form })).base64, 'base64'))
const reportOf = async (bytes: Uint8Array) => {
  const now = new Date().toISOString()
  return verify(bytes, await evidenceFor(server.installation, bytes, now), standardPolicy, now)
}

test('domain 2.3: the decision is a sealed declaration with the hash of its policy, told by the verifier, and exported as ELM, ELMO and CTDL', async () => {
  // No key of the body stood in the way of the decision; without one nothing is declared.
  await expect(learner()['recognition.fetch']({ token: link })).rejects.toThrow('key.missing')
  await as('owner')['key.demonstrate']({})
  const sealed = await fileOf()
  const report = await reportOf(sealed)
  expect(report, JSON.stringify(report.findings)).toMatchObject({ format: 'decision', verdict: 'valid' })
  const seen = await as('owner')['recognition.read']({ id: request })
  expect(report.view).toMatchObject({
    learner: seen.learner,
    awardingBody: 'Valley Weather Service',
    declaration: {
      kind: 'decision',
      outcome: 'partial',
      grants: [{ kind: 'career-hours', amount: 40 }],
      policies: [{ hash: seen.policies[0]!.hash, version: '1' }],
      decidedBy: 'The owner',
    },
  })
  const { base64 } = await as('owner')['recognition.export']({ id: request })
  expect(report.view?.declaration).toMatchObject({ replay: createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64url') })
  // Sealed once, and the same for staff.
  expect(Buffer.from(await fileOf()).equals(sealed)).toBe(true)
  expect((await as('auditor')['recognition.declaration']({ id: request })).base64).toBe(Buffer.from(sealed).toString('base64'))
  const forged = new TextEncoder().encode(new TextDecoder().decode(sealed).replace('partial', 'completed'))
  expect(await reportOf(forged)).toMatchObject({ verdict: 'invalid' })
  const elm = await reportOf(await fileOf('elm'))
  expect(elm, JSON.stringify(elm.findings)).toMatchObject({
    format: 'elm-jades',
    verdict: 'valid',
    view: { title: 'Forecaster, grade 2', learner: seen.learner },
  })
  const elmo = new TextDecoder().decode(await fileOf('elmo'))
  expect(elmo).toContain('<engagementHours>40</engagementHours>')
  expect(elmo).toContain(seen.policies[0]!.hash)
  const ctdl = JSON.parse(new TextDecoder().decode(await fileOf('ctdl')))
  expect(ctdl).toMatchObject({ '@type': 'ceterms:TransferValueProfile', 'ceterms:transferValue': [{ 'schema:value': 40 }] })
})

test('an appeal is answered by somebody else than who decided, and the next same case finds a precedent', async () => {
  await learner()['recognition.appeal']({ token: link, words: 'The course was about forecasting.' })
  const appealed = await as('owner')['recognition.read']({ id: request })
  expect(appealed.appeal?.words).toBe('The course was about forecasting.')
  const change = {
    id: request,
    revision: appealed.revision,
    verdict: 'changed' as const,
    as: 'full' as const,
    amount: 54,
    words: 'It was.',
  }
  await expect(as('owner')['recognition.review'](change)).rejects.toThrow('recognition.same-person')
  const closed = await as('approver')['recognition.review'](change)
  expect(closed).toMatchObject({ state: 'closed', confirmed: { outcome: 'full', grants: [{ amount: 54 }] } })
  expect((await learner()['recognition.follow']({ token: link })).appeal).toMatchObject({ outcome: 'changed', answer: 'It was.' })
  const { view } = await reportOf(await fileOf())
  expect(view?.declaration).toMatchObject({ outcome: 'full', supersedes: expect.stringMatching(/^urn:uuid:/) })
  const options = await learner()['recognition.options']({ token })
  const again = { token, body: options.bodies[0]!.id, target, purpose: 'career-progression' as const, email: 'other@learners.example' }
  await learner()['recognition.ask']({ ...again, body: service.id.slice(9), consent: true })
  const { items } = await as('owner')['recognition.list']({})
  const second = items.find(({ state }) => state === 'submitted')!
  expect((await as('owner')['recognition.read']({ id: second.id })).precedents).toEqual([{ outcome: 'full', count: 1, appeals: 1 }])
})

test('a credential that is revoked while the request waits is a refusal, and only a person gives it', async () => {
  const owner = as('owner')
  const { items } = await owner['recognition.list']({})
  const waiting = items.find(({ state }) => state === 'submitted')!
  const { facts } = (await owner['recognition.read']({ id: waiting.id })).credentials[0]!
  await as('owner', college)['credential.revoke']({ id: facts.id.slice(9), reason: 'error' })
  await expect
    .poll(async () => (await owner['recognition.read']({ id: waiting.id })).decision.outcome, { timeout: 20_000, interval: 500 })
    .toBe('refused')
  const seen = await owner['recognition.read']({ id: waiting.id })
  expect(seen.decision.reasons).toContain('CREDENTIAL_REVOKED')
  expect(seen.state).toBe('submitted')
})

test('the forecast counts published policies by the same engine, and names what would add one', async () => {
  const designer = as('owner', college)
  const specifications = await designer['specification.list']({})
  const forecasts = await Promise.all(specifications.map(({ id }) => designer['recognition.forecast']({ id })))
  expect(forecasts.every(({ policies }) => policies === 1)).toBe(true)
  expect(forecasts.map(({ accepting }) => accepting).sort()).toEqual([0, 1])
})

test('R-AZ-1: every role may do exactly what the table says of recognition', async () => {
  for (const role of roles.filter((each): each is StaffRole => !['learner', 'operator', 'anonymous'].includes(each))) {
    const list = as(role)['recognition.list']({})
    if (['owner', 'designer', 'approver', 'auditor'].includes(role)) await expect(list).resolves.toBeDefined()
    else await expect(list).rejects.toThrow('request.not-allowed')
    const create = as(role)['policy.create']({ template: 'employer' })
    if (['owner', 'designer'].includes(role)) await expect(create).resolves.toBeDefined()
    else await expect(create).rejects.toThrow('request.not-allowed')
  }
})
