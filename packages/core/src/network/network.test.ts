/** Domain 4: a directory, agreements over one hash, transfers by consent, tokens without names, a ledger that cannot be altered unnoticed. */
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { readLibrary } from '../recognition/library.ts'
import { admit, letGo, memberOn, type NetworkDirectory, readDirectory, readMember, renew, signedByMember } from './directory.ts'
import {
  appendEntry,
  balanceOf,
  daysOfQuarter,
  differencesOf,
  headOf,
  type LedgerEntry,
  type LedgerEvent,
  readLedger,
  usedIn,
} from './ledger.ts'
import { agreementHash, libraryAgreement, readAgreement, requireInForce } from './network-agreement.ts'
import { grantsFor, readAnswer, readTransfer, type Transfer, type TransferGround, useTokens } from './transfer.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
const mac = (text: string) => createHmac('sha256', 'a key').update(text).digest('base64url')
const key = (name: string) => hash(name)
const codeOf = (work: () => unknown) => {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}

const coordinator = { id: 'HUB', name: 'Hub', contact: 'hub@example.org', keys: [key('HUB')] }
const empty: JsonObject = { network: 'SKIES', serial: 1, issued: '2026-01-01', coordinator, members: [] }
const entryOf = (id: string): JsonObject => ({ network: 'SKIES', id, name: id, country: 'CZ', contact: 'a@example.org', keys: [key(id)] })
const member = (id: string) => readMember({ payload: entryOf(id), signer: key(id) })
const founded = readDirectory({ payload: empty, signer: key('HUB') }, key('HUB'))
const directory = ['UNI', 'CENTRE', 'THIRD'].reduce((all, id) => admit(all, member(id), '2026-01-02'), founded)
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject

const text: JsonObject = {
  network: 'SKIES',
  title: { en: 'Clouds count' },
  text: { en: 'What the centre teaches counts at the university.' },
  parties: ['UNI', 'CENTRE'],
  effective: ['2026-02-01', '2026-12-31'],
  noticeDays: 30,
  counts: 'once-in-network',
  data: ['title', 'outcomes'],
  lines: [
    { achievement: 'CLOUDS', of: 'CENTRE', gives: { kind: 'unspecified-credit', amount: 1, unit: 'ECTS' } },
    { achievement: 'CLOUDS', edition: '2', of: 'CENTRE', gives: { kind: 'specified-credit', amount: 2, unit: 'ECTS', target: 'M' } },
  ],
}
const signature = (party: string, over: JsonObject = text, more: JsonObject = {}) => ({
  payload: { network: 'SKIES', agreement: agreementHash(over, hash), party, signed: '2026-01-10', ...more },
  signer: key(party),
})
const both = readAgreement(text, [signature('UNI'), signature('CENTRE')], directory, hash)
const content = '{"a":"credential"}'
const packed: JsonObject = {
  id: 'urn:uuid:1',
  network: 'SKIES',
  agreement: both.hash,
  from: 'CENTRE',
  to: 'UNI',
  sent: '2026-03-01',
  consent: {
    learner: 'L',
    from: 'CENTRE',
    to: 'UNI',
    purpose: 'credit',
    credentials: ['c1'],
    fields: ['title'],
    given: '2026-02-28',
    until: '2026-03-31',
  },
  credentials: [{ id: 'c1', achievement: 'CLOUDS', edition: '2', digest: hash(content), content }],
}
const ground: TransferGround = { directory, agreement: both, me: 'UNI', day: '2026-03-02', used: new Set(), hash, mac }
const arrive = (changes: JsonObject = {}, over: Partial<TransferGround> = {}, signer = key('CENTRE')) =>
  readTransfer({ payload: { ...packed, ...changes }, signer }, { ...ground, ...over })

describe('directory', () => {
  test('only the coordinator whose key was pinned signs it, and no older one is taken', () => {
    expect(codeOf(() => readDirectory({ payload: empty, signer: key('UNI') }, key('HUB')))).toBe('network.not-trusted')
    expect(codeOf(() => readDirectory({ payload: empty, signer: key('HUB') }, key('HUB'), directory))).toBe('network.not-trusted')
    expect(readDirectory({ payload: asJson(directory), signer: key('HUB') }, key('HUB'), founded).serial).toBe(4)
  })
  test('a member signs its own entry, and nobody is in it twice', () => {
    expect(codeOf(() => readMember({ payload: entryOf('UNI'), signer: key('CENTRE') }))).toBe('network.not-trusted')
    expect(codeOf(() => admit(directory, member('UNI'), '2026-02-01'))).toBe('network.out-of-order')
  })
  test('a changed key: one that the directory names speaks for its successor, any other one is compared; what was signed before holds', () => {
    const renewed = (keys: string[]) => readMember({ payload: { ...entryOf('UNI'), keys }, signer: keys.at(-1)! })
    const both = renewed([key('UNI'), key('UNI 2')])
    const next = renew(directory, both, { signer: key('UNI') }, '2026-03-01')
    expect(next).toMatchObject({ serial: directory.serial + 1, issued: '2026-03-01' })
    expect(memberOn(next, 'UNI', '2026-03-01')).toMatchObject({ joined: '2026-01-02', keys: [key('UNI'), key('UNI 2')] })
    for (const signer of both.keys) expect(signedByMember(next, 'UNI', signer, '2026-03-01').id).toBe('UNI')
    expect(readAgreement(text, [signature('UNI'), signature('CENTRE')], next, hash).missing).toEqual([])
    const stolen = renewed([key('UNI'), key('THIEF')])
    expect(codeOf(() => renew(directory, stolen, { signer: key('THIEF') }, '2026-03-01'))).toBe('network.not-trusted')
    expect(renew(directory, stolen, { signer: key('THIEF'), compared: true }, '2026-03-01').members).toHaveLength(3)
    expect(codeOf(() => renew(directory, member('UNI'), { signer: key('UNI') }, '2026-03-01'))).toBe('network.out-of-order')
    expect(codeOf(() => renew(founded, both, { signer: key('UNI') }, '2026-03-01'))).toBe('network.not-member')
    const elsewhere = { ...both, network: 'OTHER' }
    expect(codeOf(() => renew(directory, elsewhere, { signer: key('UNI') }, '2026-03-01'))).toBe('network.not-trusted')
    // The coordinator's next key is known from a directory under the old one, and then signs alone.
    const handed = { ...asJson(directory), serial: 9, coordinator: { ...coordinator, keys: [key('HUB'), key('HUB 2')] } }
    const known = readDirectory({ payload: handed, signer: key('HUB') }, key('HUB'), directory)
    const after = { ...handed, serial: 10 }
    expect(readDirectory({ payload: after, signer: key('HUB 2') }, key('HUB'), known).serial).toBe(10)
    expect(codeOf(() => readDirectory({ payload: after, signer: key('HUB 2') }, key('HUB'), directory))).toBe('network.not-trusted')
  })
  test('whoever leaves says so themselves, and is a member until that day', () => {
    const leaving = { network: 'SKIES', member: 'UNI', day: '2026-06-30' }
    expect(codeOf(() => letGo(directory, { payload: leaving, signer: key('CENTRE') }, '2026-06-01'))).toBe('network.not-trusted')
    const after = letGo(directory, { payload: leaving, signer: key('UNI') }, '2026-06-01')
    expect(memberOn(after, 'UNI', '2026-06-30').id).toBe('UNI')
    expect(codeOf(() => memberOn(after, 'UNI', '2026-07-01'))).toBe('network.not-member')
  })
})

describe('agreement', () => {
  test('in force when every party signed the same hash, within its dates', () => {
    expect(both.missing).toEqual([])
    expect(codeOf(() => requireInForce(both, ['UNI', 'CENTRE'], '2026-02-01'))).toBe('none')
    expect(codeOf(() => requireInForce(both, ['UNI', 'CENTRE'], '2027-01-01'))).toBe('network.not-in-force')
    expect(codeOf(() => requireInForce(both, ['UNI', 'THIRD'], '2026-02-01'))).toBe('network.not-in-force')
    const half = readAgreement(text, [signature('UNI')], directory, hash)
    expect(half.missing).toEqual(['CENTRE'])
    expect(codeOf(() => requireInForce(half, ['UNI', 'CENTRE'], '2026-02-01'))).toBe('network.not-in-force')
  })
  test('a signature over another text, of nobody, or under another key is refused', () => {
    expect(codeOf(() => readAgreement(text, [signature('UNI', { ...text, noticeDays: 31 })], directory, hash))).toBe('network.hash-differs')
    expect(codeOf(() => readAgreement(text, [signature('THIRD')], directory, hash))).toBe('network.not-trusted')
    expect(codeOf(() => readAgreement(text, [{ ...signature('UNI'), signer: key('CENTRE') }], directory, hash))).toBe('network.not-trusted')
  })
  test('a line of somebody who is no party is no line', () => {
    const lines = [{ achievement: 'X', of: 'THIRD', gives: { kind: 'exemption', target: 'M' } }]
    expect(codeOf(() => readAgreement({ ...text, lines }, [], directory, hash))).toBe('input.invalid')
  })
  test('a line may count at one party alone, and never at the one that offers it', () => {
    const gives = { kind: 'specified-credit', amount: 2, unit: 'ECTS', target: 'T' }
    const hub = { ...text, parties: ['UNI', 'CENTRE', 'THIRD'], lines: [{ achievement: 'CLOUDS', of: 'CENTRE', to: 'THIRD', gives }] }
    const { agreement } = readAgreement(hub, [], directory, hash)
    const linesAt = (party: string) => libraryAgreement(agreement, party).lines.length
    expect(['UNI', 'CENTRE', 'THIRD'].map(linesAt)).toEqual([0, 0, 1])
    expect(['UNI', 'CENTRE'].map((party) => libraryAgreement(both.agreement, party).lines.length)).toEqual([2, 0])
    const arrived = arrive()
    expect(grantsFor(arrived, agreement)).toEqual([])
    expect(grantsFor({ ...arrived, to: 'THIRD' }, agreement)).toEqual([gives])
    for (const to of ['CENTRE', 'ELSEWHERE'])
      expect(codeOf(() => readAgreement({ ...hub, lines: [{ ...hub.lines[0], to }] } as Json, [], directory, hash))).toBe('input.invalid')
  })
  test('the recognition library takes its lines, and a hub of three is one text with three signatures', () => {
    expect(readLibrary(asJson({ agreements: { HUB: libraryAgreement(both.agreement, 'UNI') } })).agreements.get('HUB')?.lines).toHaveLength(
      2,
    )
    const hub = { ...text, parties: ['UNI', 'CENTRE', 'THIRD'] }
    expect(readAgreement(hub, [signature('UNI', hub), signature('THIRD', hub), signature('CENTRE', hub)], directory, hash).missing).toEqual(
      [],
    )
  })
})

describe('transfer', () => {
  test('what was consented to arrives, and the line of its edition gives', () => {
    expect(grantsFor(arrive(), both.agreement)).toEqual([{ kind: 'specified-credit', amount: 2, unit: 'ECTS', target: 'M' }])
    const other = { credentials: [{ id: 'c1', achievement: 'CLOUDS', edition: '1', digest: hash(content), content }] }
    expect(grantsFor(arrive(other), both.agreement)).toEqual([{ kind: 'unspecified-credit', amount: 1, unit: 'ECTS' }])
  })
  const consent = packed.consent as JsonObject
  const refused: readonly [string, JsonObject, string][] = [
    ['without consent for this member', { consent: { ...consent, to: 'THIRD' } }, 'network.consent-missing'],
    ['after the consent has ended', { consent: { ...consent, until: '2026-02-28' } }, 'network.consent-missing'],
    ['a credential that was not chosen', { consent: { ...consent, credentials: ['c2'] } }, 'network.consent-missing'],
    ['more fields than were agreed', { consent: { ...consent, fields: ['title', 'grade'] } }, 'network.consent-missing'],
    ['for another member', { to: 'THIRD', consent: { ...consent, to: 'THIRD' } }, 'network.not-trusted'],
    ['under another agreement', { agreement: hash('other') }, 'network.hash-differs'],
    ['before the agreement', { sent: '2026-01-31', consent: { ...consent, given: '2026-01-01' } }, 'network.not-in-force'],
    ['of another network', { network: 'OTHER' }, 'network.not-trusted'],
    ['from tomorrow', { sent: '2026-03-03' }, 'network.out-of-order'],
    [
      'with an altered credential',
      { credentials: [{ id: 'c1', achievement: 'CLOUDS', digest: hash(content), content: 'x' }] },
      'network.hash-differs',
    ],
  ]
  test.each(refused)('refused: %s', (_, changes, code) => {
    expect(codeOf(() => arrive(changes))).toBe(code)
  })
  test('refused: signed by somebody else', () => {
    expect(codeOf(() => arrive({}, {}, key('THIRD')))).toBe('network.not-trusted')
  })
  test('nothing is counted twice, in another transfer or by another member, and a token tells no name', () => {
    const [token] = useTokens(arrive(), both.agreement, mac)
    expect(codeOf(() => arrive({ id: 'urn:uuid:2' }, { used: new Set([token!]) }))).toBe('network.used-before')
    const elsewhere = { ...packed, to: 'THIRD' } as unknown as Transfer
    expect(useTokens(elsewhere, both.agreement, mac)).toEqual([token])
    expect(useTokens(elsewhere, { ...both.agreement, counts: 'once-per-member' }, mac)).not.toEqual([token])
    expect(useTokens(elsewhere, { ...both.agreement, counts: 'freely' }, mac)).toEqual([])
    expect(useTokens(arrive(), both.agreement, (text) => createHmac('sha256', 'other').update(text).digest('base64url'))).not.toEqual([
      token,
    ])
  })
  test('an answer fits its transfer; a refusal names a reason and the role of a person', () => {
    const sent = arrive()
    const answer: JsonObject = {
      transfer: sent.id,
      network: 'SKIES',
      agreement: both.hash,
      from: 'UNI',
      to: 'CENTRE',
      answered: '2026-03-05',
      outcome: 'recognised',
      grants: [{ kind: 'exemption', target: 'M' }],
      reasons: ['AGREEMENT_LINE'],
      appealTo: 'The board',
    }
    const read = (changes: JsonObject, signer = key('UNI')) =>
      readAnswer({ payload: { ...answer, ...changes }, signer }, sent, { directory, hash })
    expect(read({}).outcome).toBe('recognised')
    expect(codeOf(() => read({}, key('CENTRE')))).toBe('network.not-trusted')
    expect(codeOf(() => read({ transfer: 'urn:uuid:9' }))).toBe('network.not-trusted')
    expect(codeOf(() => read({ outcome: 'refused', grants: [] }))).toBe('input.invalid')
    expect(read({ outcome: 'refused', grants: [], confirmedBy: 'Head of studies' }).outcome).toBe('refused')
    // After an appeal a later answer takes the place of the last one, and of no other.
    const last = { text: 'the first answer', answered: '2026-03-05' }
    const after = (changes: JsonObject) =>
      readAnswer({ payload: { ...answer, ...changes }, signer: key('UNI') }, sent, { directory, last, hash })
    expect(after({ corrects: hash(last.text), answered: '2026-04-01' }).outcome).toBe('recognised')
    expect(codeOf(() => after({}))).toBe('network.out-of-order')
    expect(codeOf(() => after({ corrects: hash('another answer') }))).toBe('network.out-of-order')
    expect(codeOf(() => after({ corrects: hash(last.text), answered: '2026-03-04' }))).toBe('network.out-of-order')
    expect(codeOf(() => read({ corrects: hash(last.text) }))).toBe('network.out-of-order')
  })
})

describe('ledger', () => {
  const event = (transfer: string, kind: LedgerEvent['kind'], day: string, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
    transfer,
    kind,
    day,
    from: 'CENTRE',
    to: 'UNI',
    credits: 0,
    hours: 0,
    tokens: [],
    ...more,
  })
  const build = (events: readonly LedgerEvent[]) => events.reduce<LedgerEntry[]>((all, each) => appendEntry(all, each, hash), [])
  const year = [
    event('t1', 'sent', '2026-03-30'),
    event('t2', 'sent', '2026-04-01'),
    event('t1', 'recognised', '2026-04-09', { credits: 2, tokens: [hash('t')] }),
    event('t2', 'refused', '2026-04-05'),
  ]
  const read = (entries: readonly LedgerEntry[], head?: string) => readLedger(asJson({ entries }).entries as Json[], hash, head)

  test('balance of a quarter: sent, recognised, refused, credits, days in the middle', () => {
    const balance = balanceOf(build(year), {
      network: 'SKIES',
      member: 'UNI',
      other: 'CENTRE',
      quarter: '2026-Q2',
      issued: '2026-07-01',
      hash,
    })
    expect(balance.taken).toEqual({
      sent: 1,
      recognised: 1,
      refused: 1,
      credits: 2,
      hours: 0,
      medianDays: 7,
      corrected: 0,
      creditsBack: 0,
      hoursBack: 0,
    })
    expect(balance.given).toMatchObject({ sent: 0, medianDays: null })
    const theirs = balanceOf(build(year), {
      network: 'SKIES',
      member: 'CENTRE',
      other: 'UNI',
      quarter: '2026-Q2',
      issued: '2026-07-02',
      hash,
    })
    expect(differencesOf(balance, theirs)).toEqual([])
    const fewer = balanceOf(build(year.slice(0, 3)), {
      network: 'SKIES',
      member: 'CENTRE',
      other: 'UNI',
      quarter: '2026-Q2',
      issued: '2026-07-02',
      hash,
    })
    expect(differencesOf(balance, fewer)).toEqual(['taken.refused', 'taken.medianDays'])
    expect(daysOfQuarter('2024-Q1')).toEqual(['2024-01-01', '2024-03-31'])
    expect(codeOf(() => daysOfQuarter('2024-5'))).toBe('input.invalid')
  })
  test('an answer follows its transfer, once; a token is used up once', () => {
    expect(codeOf(() => build([year[2]!]))).toBe('network.out-of-order')
    expect(codeOf(() => build([...year, year[3]!]))).toBe('network.out-of-order')
    expect(codeOf(() => build([year[0]!, year[0]!]))).toBe('network.out-of-order')
    const again = [event('t3', 'sent', '2026-05-01'), event('t3', 'recognised', '2026-05-02', { tokens: [hash('t')] })]
    expect(codeOf(() => build([...year, ...again]))).toBe('network.used-before')
    expect([...usedIn(build(year))]).toEqual([hash('t')])
  })
  test('an answer that an appeal changed is a new line: the last counts, in its quarter, and what the first used up is free', () => {
    const again = (ledger: readonly LedgerEntry[], each: LedgerEvent) => appendEntry(ledger, each, hash, { again: true })
    const first = build(year)
    const later = again(first, event('t1', 'refused', '2026-07-20'))
    expect(later.at(-1)).toMatchObject({ n: 5, corrects: 3 })
    expect(later.slice(0, 4)).toEqual(first)
    expect([...usedIn(later)]).toEqual([])
    const last = again(later, event('t1', 'recognised', '2026-07-22', { credits: 3, tokens: [hash('t')] }))
    expect([...usedIn(last)]).toEqual([hash('t')])
    expect(read(last, headOf(last, hash))).toEqual(last)
    const taken = (ledger: readonly LedgerEntry[], quarter: string) =>
      balanceOf(ledger, { network: 'SKIES', member: 'UNI', other: 'CENTRE', quarter, issued: '2026-10-01', hash }).taken
    // The quarter that was settled before stays as it was.
    expect(taken(last, '2026-Q2')).toEqual(taken(first, '2026-Q2'))
    expect(taken(later, '2026-Q3')).toMatchObject({ recognised: 0, refused: 1, credits: 0, medianDays: null, corrected: 1, creditsBack: 2 })
    expect(taken(last, '2026-Q3')).toMatchObject({ recognised: 1, refused: 0, credits: 3, corrected: 2, creditsBack: 2 })
    const within = again(first, event('t1', 'recognised', '2026-05-01', { credits: 1, tokens: [hash('t')] }))
    expect(taken(within, '2026-Q2')).toMatchObject({ recognised: 1, credits: 1, medianDays: 7, corrected: 1, creditsBack: 0 })
    expect(codeOf(() => again(first, event('t1', 'refused', '2026-04-08')))).toBe('network.out-of-order')
    const other = build([...year, event('t3', 'sent', '2026-05-01'), event('t3', 'refused', '2026-05-02')])
    expect(codeOf(() => again(other, event('t3', 'recognised', '2026-05-03', { tokens: [hash('t')] })))).toBe('network.used-before')
    expect(codeOf(() => read(later.map((each) => (each.n === 5 ? { ...each, corrects: 4 } : each))))).toBe('network.out-of-order')
  })
  test('property: whatever is altered, dropped, swapped or cut off is noticed', () => {
    const whole = build(year)
    expect(read(whole, headOf(whole, hash))).toEqual(whole)
    const touch = fc.oneof(
      fc
        .record({ at: fc.nat(3), credits: fc.constantFrom(7, 9) })
        .map(({ at, credits }) => whole.map((each, n) => (n === at ? { ...each, credits } : each))),
      fc.nat(3).map((at) => whole.filter((_, n) => n !== at)),
      fc.nat(2).map((at) => whole.map((each, n) => (n === at ? whole[n + 1]! : n === at + 1 ? whole[n - 1]! : each))),
      fc.nat(3).map((length) => whole.slice(0, length)),
    )
    fc.assert(
      fc.property(touch, (entries) => {
        expect(codeOf(() => read(entries, headOf(whole, hash)))).toMatch(/^network\.(ledger-altered|out-of-order)$/)
      }),
    )
  })
  test('property: a directory is the same in whatever order members join', () => {
    const ids = ['A', 'B', 'C', 'D']
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, { minLength: 4 }), (order) => {
        const all = order.reduce<NetworkDirectory>((held, id) => admit(held, member(id), '2026-01-02'), founded)
        expect(all.members.map(({ id }) => id)).toEqual(ids)
      }),
    )
  })
})
