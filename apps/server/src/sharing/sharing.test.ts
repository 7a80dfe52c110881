/** Two real servers on one machine: a university and a training centre join, agree, let a learner's credential go, decide, settle and part. */
import type { NetworkAnswer } from '@cairn/api'
import type { Organisation } from '@cairn/core'
import { openSigned } from '@cairn/seals'
import { insertInstitution, putMember } from '@cairn/store'
import { freePort } from '@cairn/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAddress } from '../auth/sign-in.ts'
import { newId } from '../context.ts'
import { clientFor } from '../operations.ts'
import { type Demonstration, startDemonstration } from '../vectors/start-demonstration.ts'

/** A demonstration, and its owner. */
type Side = Demonstration & { owner: ReturnType<Demonstration['as']> }
async function start(institution: string, port: number, others: readonly string[]): Promise<Side> {
  const place = await startDemonstration({
    PORT: String(port),
    CAIRN_DEMO_INSTITUTION: institution,
    CAIRN_NETWORK_ORIGINS: others.join(','),
  })
  return { ...place, owner: place.as('owner') }
}

/** The owner of a further institution on the server of a side, with a key that seals. */
async function besides({ installation }: Side, name: string) {
  const { rows } = await installation.database.pool.query('select person, email from cairn.member')
  const person = rows.find(({ email }) => email === demoAddress('owner')).person
  const tenant = newId()
  const organisation: Organisation = {
    id: `urn:uuid:${newId()}`,
    legalName: { en: name },
    country: 'CZ',
    identifiers: [{ kind: 'registration', value: '00000041', country: 'CZ' }],
    accreditations: [],
    higherEducation: false,
  }
  const since = new Date().toISOString()
  await installation.database.tenant(tenant, async (tx) => {
    await insertInstitution(tx, organisation, false, since)
    await putMember(tx, { person, name: 'owner', email: demoAddress('owner'), roles: ['owner'], since })
  })
  const owner = clientFor(installation, { caller: { tenant, person, name: 'owner', roles: ['owner'] }, confirmedAt: new Date() })
  await owner['key.demonstrate']({})
  return owner
}

let university: Side
let centre: Side
let here = ''
let there = ''
let target = ''
let hash = ''

beforeAll(async () => {
  const [one, two] = [await freePort(), await freePort()]
  centre = await start('training-centre', one, [`http://localhost:${two}`])
  university = await start('college', two, [`http://localhost:${one}`, centre.installation.neighbourhood!.origin])
}, 120_000)
afterAll(async () => {
  await university?.stop()
  await centre?.stop()
})

const read = (side: Side, id: string): Promise<NetworkAnswer> => side.owner['network.read']({ id })
const memberOf = ({ members }: NetworkAnswer, name: string) => members.find((each) => each.name.startsWith(name))!

test('a network begins with its coordinator in it, and a training centre joins with the key that it was told', {
  timeout: 150_000,
}, async () => {
  const begun = await university.owner['network.create']({ name: 'Sky credit', contact: 'registry@hillside.example' })
  here = begun.id
  expect(begun).toMatchObject({ state: 'member', coordinator: true, serial: 1 })
  const { sharedKey } = await university.owner['network.reveal']({ id: here })
  const asked = { directory: begun.directory, sharedKey, contact: 'office@meadow.example' }
  await expect(
    centre.owner['network.join']({ ...asked, coordinator: begun.pinned.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }),
  ).rejects.toThrow('network.not-trusted')
  const joined = await centre.owner['network.join']({ ...asked, coordinator: begun.pinned })
  there = joined.id
  expect(joined).toMatchObject({ state: 'asked', coordinator: false })
  const { applicants } = await read(university, here)
  expect(applicants).toMatchObject([{ name: 'Meadow Training Centre (demonstration)', country: 'CZ' }])
  await expect(university.owner['network.admit']({ id: here, member: applicants[0]!.id, key: 'x'.repeat(43) })).rejects.toThrow(
    'request.conflict',
  )
  await university.owner['network.admit']({ id: here, member: applicants[0]!.id, key: applicants[0]!.keys[0]! })
  // The directory was carried over at once.
  expect(await read(centre, there)).toMatchObject({ state: 'member', serial: 2 })
  await expect(centre.owner['network.reveal']({ id: there })).rejects.toThrow('request.not-allowed')
})

test('both sides sign the same hash: with four eyes two people of one, and the other sees it at once', { timeout: 150_000 }, async () => {
  const saved = await university.owner['target.save']({
    title: { en: 'Climate data' },
    content: { credits: 2, eqf: 5, outcomes: [{ id: 'select', weight: 1, mandatory: true }] },
  })
  target = saved.id
  const policy = await university.owner['policy.create']({ template: 'university' })
  await university.owner['policy.publish']({ id: policy.id, revision: policy.revision })
  const { organisation, revision } = await university.owner['institution.read']({})
  await university.owner['institution.save']({ organisation, revision, fourEyes: true })

  const partner = memberOf(await read(university, here), 'Meadow')
  const { offers } = await university.owner['network.partner']({ id: here, member: partner.id })
  const me = memberOf(await read(university, here), 'Hillside').id
  const { targets } = await university.owner['network.partner']({ id: here, member: me })
  expect(targets).toMatchObject([{ target: `urn:uuid:${target}`, form: 'module', credits: 2 }])
  const drafted = await university.owner['network.draft']({
    id: here,
    members: [partner.id],
    title: { en: 'Climate data counts' },
    text: { en: 'What the centre teaches counts as the module.' },
    from: '2020-01-01',
    lines: [
      {
        of: partner.id,
        achievement: offers.find(({ credits }) => credits === 2)!.achievement,
        to: me,
        target: targets[0]!.target,
        amount: 2,
      },
    ],
  })
  const [proposed] = drafted.agreements
  expect(proposed).toMatchObject({ inForce: false, proposed: { name: 'owner' } })
  hash = proposed!.hash
  await expect(university.owner['network.sign']({ id: here, hash })).rejects.toThrow('batch.same-person')
  expect((await read(centre, there)).agreements).toEqual([])
  await university.as('approver')['network.sign']({ id: here, hash })
  expect((await read(centre, there)).agreements).toMatchObject([{ hash, inForce: false }])
  await centre.owner['network.sign']({ id: there, hash })
  for (const answer of [await read(university, here), await read(centre, there)])
    expect(answer.agreements).toMatchObject([{ hash, inForce: true, parties: [{ signed: true }, { signed: true }] }])
})

let claim = ''
let credential = ''

test('a learner lets a credential go with a receipt of the consent, and it lies on the other desk, verified, with the line of the agreement', {
  timeout: 150_000,
}, async () => {
  // The university puts the centre's authority into its trust registry: a seal is believed by that, an agreement by the directory.
  const file = await centre.owner['registry.export']({ form: 'signed' })
  const { signer } = await openSigned(Buffer.from(file.base64, 'base64'), 'trust-registry+jwt')
  const sha256 = Buffer.from(signer, 'base64url').toString('hex')
  await university.owner['registry.import']({ base64: file.base64, sha256 })
  const changes = (await university.owner['registry.list']({})).waiting.map(({ id }) => id)
  if (changes.length > 0) await university.owner['registry.decide']({ changes, decision: 'approved' })
  await expect
    .poll(async () => (await centre.owner['credential.list']({})).items.every(({ state }) => state !== 'intended'), { timeout: 120_000 })
    .toBe(true)
  const { items } = await centre.owner['outbox.list']({})
  claim = items.flatMap(({ text }) => /\/claim\/([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? [])[0]!
  credential = (await centre.anybody()['claim.read']({ token: claim })).credentials[0]!.id
  const { partners, email } = await centre.anybody()['transfer.options']({ token: claim, id: credential })
  expect(partners).toMatchObject([
    { member: { name: 'Hillside College (demonstration)' }, agreement: hash, gives: { amount: 2, unit: 'ECTS' } },
  ])
  const [partner] = partners
  const asked = {
    token: claim,
    id: credential,
    network: there,
    agreement: hash,
    member: partner!.member.id,
    email: email!,
    consent: true as const,
  }
  const { made } = await centre.anybody()['transfer.make'](asked)
  expect(made).toMatchObject([{ waiting: true, receipt: { purpose: 'recognition', fields: partner!.data } }])
  await expect(centre.anybody()['transfer.make'](asked)).rejects.toThrow('request.conflict')
  await expect
    .poll(async () => (await centre.anybody()['transfer.options']({ token: claim, id: credential })).made[0], { timeout: 120_000 })
    .toMatchObject({ waiting: false })
  const sent = (await centre.anybody()['transfer.options']({ token: claim, id: credential })).made[0]!
  expect(sent.problem).toBeUndefined()

  const [line] = (await university.owner['recognition.list']({})).items
  const request = await university.owner['recognition.read']({ id: line!.id })
  // Whose it is a person finds out; the rest says the agreement, and the seal.
  expect(request.decision).toMatchObject({ outcome: 'needs-human', reasons: [`AGREEMENT_${hash}`, 'HOLDER_UNKNOWN'] })
  const known = { holderMatch: 'verified' as const }
  const completed = await university.owner['recognition.complete']({ id: line!.id, revision: request.revision, known })
  expect(completed.decision).toMatchObject({
    outcome: 'full',
    grants: [{ kind: 'specified-credit', amount: 2, unit: 'ECTS' }],
  })
})

const made = async () => (await centre.anybody()['transfer.options']({ token: claim, id: credential })).made[0]!
const answers = async () => (await read(centre, there)).transfers[0]!.answers

test('a person refuses, and the answer goes back signed', { timeout: 150_000 }, async () => {
  const [line] = (await university.owner['recognition.list']({})).items
  const { revision } = await university.owner['recognition.read']({ id: line!.id })
  await university.as('approver')['recognition.decide']({ id: line!.id, revision, as: 'refused', words: 'The outcomes are others.' })
  await expect.poll(async () => (await made()).answer?.outcome, { timeout: 120_000 }).toBe('refused')
  expect((await made()).answer).toMatchObject({ grants: [], reasons: ['The outcomes are others.'], confirmedBy: 'approver' })
  expect(await answers()).toMatchObject([{ outcome: 'refused' }])
})

test('an answer that an appeal changes is sent again: the source sees both, the later counts, and the ledgers have a new line', {
  timeout: 150_000,
}, async () => {
  const { items } = await university.owner['outbox.list']({})
  const link = items.flatMap(({ text }) => /\/r\/([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? [])[0]!
  await university.anybody()['recognition.appeal']({ token: link, words: 'The second module is about just that.' })
  const [line] = (await university.owner['recognition.list']({})).items
  const { revision } = await university.owner['recognition.read']({ id: line!.id })
  const words = 'The board compared the second module.'
  await university.owner['recognition.review']({ id: line!.id, revision, verdict: 'changed', as: 'full', amount: 2, words })
  await expect.poll(async () => (await made()).answer?.outcome, { timeout: 120_000 }).toBe('recognised')
  const answered = await made()
  expect(answered).toMatchObject({
    hasDecision: true,
    answer: { grants: [{ amount: 2 }], reasons: [words], confirmedBy: 'owner' },
    earlier: [{ outcome: 'refused', reasons: ['The outcomes are others.'] }],
  })
  expect(await answers()).toMatchObject([{ outcome: 'refused' }, { outcome: 'recognised', grants: [{ amount: 2 }] }])
  for (const side of [university, centre]) {
    const { rows } = await side.installation.database.pool.query('select entry from cairn.network_ledger order by n')
    expect(rows.map(({ entry }) => [entry.kind, entry.corrects, entry.tokens.length])).toEqual([
      ['sent', undefined, 0],
      ['refused', undefined, 0],
      ['recognised', 2, 1],
    ])
  }
  const decision = await centre.anybody()['transfer.receipt']({ token: claim, id: credential, transfer: answered.id, what: 'decision' })
  const report = await university.anybody()['verify.file']({ base64: decision.base64 })
  expect(report.verdict, JSON.stringify(report)).toBe('valid')
  const receipt = await centre.anybody()['transfer.receipt']({ token: claim, id: credential, transfer: answered.id })
  expect(JSON.parse(Buffer.from(receipt.base64, 'base64').toString())).toMatchObject({ consent: { purpose: 'recognition' } })
})

const quarterOf = (now = new Date()) => `${now.getUTCFullYear()}-Q${Math.floor(now.getUTCMonth() / 3) + 1}`
async function settle(): Promise<NetworkAnswer['balances']> {
  const answer = await read(university, here)
  const [college, meadow] = [memberOf(answer, 'Hillside').id, memberOf(answer, 'Meadow').id]
  await university.owner['network.settle']({ id: here, member: meadow, quarter: quarterOf() })
  return (await centre.owner['network.settle']({ id: there, member: college, quarter: quarterOf() })).balances
}

test('the quarter is settled: both sign their counters, and the books agree', { timeout: 150_000 }, async () => {
  const once = { sent: 1, recognised: 1, refused: 0, credits: 2, hours: 0, medianDays: 0, corrected: 1, creditsBack: 0 }
  expect(await settle()).toMatchObject([{ quarter: quarterOf(), given: once, taken: { sent: 0 }, differences: [] }])
  const { rows } = await university.installation.database.pool.query('select entry from cairn.network_ledger order by n')
  expect(rows).toHaveLength(3)
  expect(JSON.stringify(rows)).not.toMatch(/Anežka|learners\.example/)
  await expect(
    university.installation.database.tenant(university.tenant, (tx) => tx.deleteFrom('network_ledger').execute()),
  ).rejects.toThrow(/permission denied|immutable/)
})

test('nothing is consumed twice: the second time it is refused at the door, and the next balance tells where the books differ', {
  timeout: 150_000,
}, async () => {
  const { partners, email, made } = await centre.anybody()['transfer.options']({ token: claim, id: credential })
  expect(partners).toEqual([])
  const member = memberOf(await read(centre, there), 'Hillside').id
  const asked = { token: claim, id: credential, network: there, agreement: hash, member, email: email!, consent: true as const }
  await expect(centre.anybody()['transfer.make'](asked)).rejects.toThrow('network.used-before')
  // A member that forgot what came of it is refused at the door of the other.
  await centre.installation.database.tenant(centre.tenant, (tx) =>
    tx
      .updateTable('network_transfer')
      .set({ outcome: null, answer: null, problem: 'network.not-taken' })
      .where('id', '=', made[0]!.id)
      .execute(),
  )
  await centre.anybody()['transfer.make'](asked)
  const refused = async () =>
    (await centre.anybody()['transfer.options']({ token: claim, id: credential })).made.find(
      ({ problem }) => problem === 'network.used-before',
    )
  await expect.poll(refused, { timeout: 120_000 }).toMatchObject({ problem: 'network.used-before', waiting: false })
  // What was refused at the door was sent all the same: only the sender has it.
  expect(await settle()).toMatchObject([{ given: { sent: 2, recognised: 1, credits: 2 }, differences: ['given.sent'] }])
})

const keysOf = async (side: Side) =>
  (await side.owner['key.list']({})).filter(({ state, purpose }) => state === 'active' && purpose === 'seal')
/** Another key, which seals from now on; the ones of before go where they are not to stay. */
async function changeKey(side: Side, { retire }: { retire: boolean }): Promise<void> {
  const before = await keysOf(side)
  await side.owner['key.demonstrate']({})
  if (retire) for (const { id } of before) await side.owner['key.retire']({ id })
}

test('a changed key is named by the directory under the old one, of a member and of the coordinator, and what was signed before holds', {
  timeout: 150_000,
}, async () => {
  await changeKey(centre, { retire: false })
  expect(await read(centre, there)).toMatchObject({ keyNamed: false, state: 'member' })
  expect(await centre.owner['network.refresh']({ id: there })).toMatchObject({ keyNamed: true })
  expect(memberOf(await read(university, here), 'Meadow').keys).toHaveLength(2)

  await changeKey(university, { retire: false })
  expect(await read(university, here)).toMatchObject({ keyNamed: false })
  const { pinned, serial } = await university.owner['network.refresh']({ id: here })
  // The members were told, and know the successor before the old one goes.
  expect(await read(centre, there)).toMatchObject({ serial })
  for (const side of [university, centre]) for (const { id } of (await keysOf(side)).slice(1)) await side.owner['key.retire']({ id })
  expect(await settle()).toMatchObject([{ differences: ['given.sent'] }])
  for (const answer of [await read(university, here), await read(centre, there)])
    expect(answer.agreements).toMatchObject([{ hash, inForce: true }])
  await university.owner['network.refresh']({ id: here })
  expect(pinned).toBe((await read(centre, there)).pinned)
})

test('a key that nobody speaks for is compared by the coordinator, and the directory is sealed anew', { timeout: 150_000 }, async () => {
  await changeKey(centre, { retire: true })
  const college = memberOf(await read(centre, there), 'Hillside').id
  await expect(centre.owner['network.settle']({ id: there, member: college, quarter: quarterOf() })).rejects.toThrow('network.not-trusted')
  expect(await centre.owner['network.refresh']({ id: there })).toMatchObject({ keyNamed: false })
  const { applicants } = await read(university, here)
  expect(applicants).toMatchObject([{ newKey: true }])
  const [{ id: member, keys }] = applicants as [NetworkAnswer['applicants'][number]]
  expect(keys).toHaveLength(1)
  expect(await university.owner['network.admit']({ id: here, member, key: keys[0]! })).toMatchObject({ applicants: [] })
  // The directory goes out under the coordinator's new key, which the member knows from the old one.
  expect(await read(centre, there)).toMatchObject({ keyNamed: true, agreements: [{ inForce: true }] })
  expect(memberOf(await read(university, here), 'Meadow').keys).toHaveLength(3)
  await centre.owner['network.settle']({ id: there, member: college, quarter: quarterOf() })
})

test('a hub: three members sign one text, and a course counts at each of the others for what that one recognises', {
  timeout: 150_000,
}, async () => {
  const school = await besides(centre, 'Harbour School')
  const { directory, pinned } = await read(university, here)
  const { sharedKey } = await university.owner['network.reveal']({ id: here })
  const { id: third } = await school['network.join']({ directory, coordinator: pinned, sharedKey, contact: 'office@harbour.example' })
  const [asking] = (await read(university, here)).applicants
  await university.owner['network.admit']({ id: here, member: asking!.id, key: asking!.keys[0]! })
  await school['target.save']({ title: { en: 'Reading the sky' }, content: { credits: 3, outcomes: [] } })
  const policy = await school['policy.create']({ template: 'university' })
  await school['policy.publish']({ id: policy.id, revision: policy.revision })
  await school['network.refresh']({ id: third })

  const answer = await read(university, here)
  const [me, meadow, harbour] = ['Hillside', 'Meadow', 'Harbour'].map((name) => memberOf(answer, name).id) as [string, string, string]
  const partner = (member: string) => university.owner['network.partner']({ id: here, member })
  const course = (await partner(meadow)).offers.find(({ credits }) => credits === 2)!.achievement
  const targetOf = async (member: string) => (await partner(member)).targets[0]!.target
  const [ours, theirs] = [await targetOf(me), await targetOf(harbour)]
  const text = { title: { en: 'Sky hub' }, text: { en: 'Three of us.' }, from: '2020-01-01', counts: 'freely' as const }
  const draft = (lines: { of: string; achievement: string; to: string; target: string; amount: number }[]) =>
    university.owner['network.draft']({ id: here, members: [meadow, harbour], ...text, lines })
  const line = { of: meadow, achievement: course }
  // What a party neither offers nor recognises for cannot be agreed in its name.
  await expect(draft([{ ...line, of: harbour, to: me, target: ours, amount: 2 }])).rejects.toThrow('input.invalid')
  await expect(draft([{ ...line, to: harbour, target: ours, amount: 2 }])).rejects.toThrow('input.invalid')
  await expect(draft([{ ...line, to: meadow, target: ours, amount: 2 }])).rejects.toThrow('input.invalid')
  const drafted = await draft([
    { ...line, to: me, target: ours, amount: 2 },
    { ...line, to: harbour, target: theirs, amount: 1.5 },
  ])
  const hub = drafted.agreements.find(({ title }) => title.en === 'Sky hub')!.hash
  await university.as('approver')['network.sign']({ id: here, hash: hub })
  await centre.owner['network.sign']({ id: there, hash: hub })
  const stateOf = async () => (await school['network.read']({ id: third })).agreements.find((each) => each.hash === hub)
  expect(await stateOf()).toMatchObject({ inForce: false, parties: expect.arrayContaining([expect.objectContaining({ signed: true })]) })
  await school['network.sign']({ id: third, hash: hub })
  expect(await stateOf()).toMatchObject({ inForce: true })

  const { partners, email } = await centre.anybody()['transfer.options']({ token: claim, id: credential })
  const gives = partners.filter(({ agreement }) => agreement === hub).map((each) => [each.member.id, each.gives.amount])
  expect(gives.sort()).toEqual([[me, 2] as const, [harbour, 1.5] as const].sort())
  const asked = { token: claim, id: credential, network: there, agreement: hub, member: harbour, email: email!, consent: true as const }
  await centre.anybody()['transfer.make'](asked)
  await expect.poll(async () => (await school['recognition.list']({})).items.length, { timeout: 60_000 }).toBe(1)
  const [request] = (await school['recognition.list']({})).items
  const { decision } = await school['recognition.read']({ id: request!.id })
  expect(decision.reasons).toContain(`AGREEMENT_${hub}`)
  expect(request).toMatchObject({ target: { en: 'Reading the sky' } })
})

test('who leaves is gone at once, also while the coordinator does not answer, and the agreement covers nothing any more', {
  timeout: 150_000,
}, async () => {
  const { pool } = centre.installation.database
  const { rows } = await pool.query('select base from cairn.network')
  await pool.query(`update cairn.network set base = 'http://localhost:1/network/nowhere'`)
  expect(await centre.owner['network.leave']({ id: there })).toMatchObject({ state: 'left', leavingTold: false })
  expect((await centre.anybody()['transfer.options']({ token: claim, id: credential })).partners).toEqual([])
  expect(memberOf(await read(university, here), 'Meadow').left).toBeUndefined()
  await pool.query('update cairn.network set base = $1, leaving_next = now()', [rows[0].base])
  await expect.poll(async () => memberOf(await read(university, here), 'Meadow').left, { timeout: 60_000 }).toBeDefined()
  await expect.poll(async () => (await read(centre, there)).leavingTold, { timeout: 60_000 }).toBe(true)
  await expect(centre.owner['network.leave']({ id: there })).rejects.toThrow('request.conflict')
})

test('who asked to be taken in may take that back, and who coordinates may leave as a member', { timeout: 150_000 }, async () => {
  const begun = await centre.owner['network.create']({ name: 'Another sky', contact: 'office@meadow.example' })
  const { sharedKey } = await centre.owner['network.reveal']({ id: begun.id })
  const asked = { directory: begun.directory, coordinator: begun.pinned, sharedKey, contact: 'registry@hillside.example' }
  const joined = await university.owner['network.join'](asked)
  expect((await read(centre, begun.id)).applicants).toHaveLength(1)
  expect(await university.owner['network.leave']({ id: joined.id })).toMatchObject({ state: 'left', leavingTold: true })
  expect((await read(centre, begun.id)).applicants).toEqual([])
  expect(await university.owner['network.leave']({ id: here })).toMatchObject({ state: 'left', coordinator: true })
  expect(memberOf(await read(university, here), 'Hillside').left).toBeDefined()
})

test('what nobody signed, or somebody else signed, is refused with its problem', { timeout: 150_000 }, async () => {
  const address = `${university.installation.config.publicUrl}/network/${here}`
  const post = (body: string, type = 'application/jose') =>
    fetch(`${address}/inbox`, { method: 'POST', body, headers: { 'content-type': type } })
  expect((await post('not a document')).status).toBe(422)
  const directory = await (await fetch(`${address}/directory.jws`)).text()
  const changed = directory.replace(/\.([^.])([^.]*)\./, (_, first: string, rest: string) => `.${first === 'a' ? 'b' : 'a'}${rest}.`)
  expect((await post(changed)).ok).toBe(false)
  expect((await post(JSON.stringify({ agreement: {}, signatures: [] }), 'application/json')).ok).toBe(false)
  expect((await fetch(`${address}/nothing.jws`)).status).toBe(404)
})
