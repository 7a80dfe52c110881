/** R-ST-2: a status list from before a revocation, signed as well as the one after it, does not bring a credential back. */
import { ProblemError, type Report } from '@cairn/core'
import { bitsFrom, composeStatusList, statusListEntries } from '@cairn/formats'
import { gather } from '@cairn/online'
import { signCompact } from '@cairn/seals'
import { type Database, forgetOldLists } from '@cairn/store'
import { type RunningAuthority, type SealedSample, sealSample, startAuthority, startTestDatabase, type TestDatabase } from '@cairn/testkit'
import { momentOfList, standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Config } from './config.ts'
import { rememberLists, withNewestLists } from './newest-lists.ts'

const address = 'https://college.example/status/1'
const now = new Date().toISOString()
const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString()
const config = { publicUrl: 'https://cairn.example' } as Config
const log = pino({ level: 'silent' })
let store: TestDatabase
let authority: RunningAuthority
let sample: SealedSample
/** What stands at the address. */
let there: Uint8Array

beforeAll(async () => {
  store = await startTestDatabase()
  authority = await startAuthority()
  sample = await sealSample(authority, ago(600), { list: address, index: 7, purpose: 'revocation' })
})
afterAll(async () => {
  await authority?.stop()
  await store?.stop()
})

async function listOf(validFrom: string, revoked: number[]): Promise<Uint8Array> {
  const bits = bitsFrom(statusListEntries, revoked)
  const text = await composeStatusList({
    id: address,
    issuer: sample.issuer,
    purpose: 'revocation',
    validFrom,
    validUntil: ago(-700),
    bits,
  })
  return new TextEncoder().encode(await signCompact(text, 'vc+jwt', sample.signer))
}

/** As a stranger's document is judged. */
async function judged(): Promise<string> {
  const { database } = store
  const door = withNewestLists({ database }, async (asked) => {
    if (asked !== address) throw new ProblemError('fetch.failed', 'Nothing is there.')
    return { bytes: there }
  })
  const evidence = await gather(sample.sealed, sample.registry, door, now)
  const report = await verify(sample.sealed, evidence, standardPolicy, now)
  await rememberLists({ database, config, log }, report, evidence)
  return report.results.status
}

test('what was seen revoked stays so when an older list is shown again, and a newer list counts again', async () => {
  const before = await listOf(ago(60), [])
  there = before
  expect(await judged()).toBe('passed')
  there = await listOf(ago(30), [7])
  expect(await judged()).toBe('failed')
  there = before
  expect(await judged()).toBe('failed')
  there = await listOf(ago(10), [])
  expect(await judged()).toBe('passed')
})

test('a list that somebody else signed, one of a time to come, and nonsense are never what was seen last', async () => {
  const good = await listOf(ago(9), [])
  there = good
  expect(await judged()).toBe('passed')
  const [header, payload, signature] = new TextDecoder().decode(await listOf(ago(1), [7])).split('.') as [string, string, string]
  for (const bad of [
    `${header}.${payload}.${signature.slice(4)}AAAA`,
    new TextDecoder().decode(await listOf(ago(-600), [7])),
    'nonsense',
    '{"validFrom":"9999-01-01T00:00:00Z"}',
    '{"validFrom":"tomorrow"}',
  ]) {
    there = new TextEncoder().encode(bad)
    expect(await judged()).toBe('unknown')
    there = good
    expect(await judged(), bad).toBe('passed')
  }
})

test('a report stands where nothing can be remembered', async () => {
  const report = { findings: [{ check: 'status.entry', outcome: 'passed', list: { address, at: ago(1) } }] } as unknown as Report
  const away = { platform: () => Promise.reject(new ProblemError('server.disk-full', 'There is no room.')) } as unknown as Database
  await rememberLists({ database: away, config, log }, report, { ...sample, statusLists: { [address]: there }, retrievedAt: now })
})

test('states of more than two days ago are forgotten', async () => {
  there = await listOf(ago(8), [7])
  expect(await judged()).toBe('failed')
  await forgetOldLists(store.database, ago(7))
  there = await listOf(ago(60), [])
  expect(await judged()).toBe('passed')
})

test('the moment of a list is read from each of its forms, and from nothing else', () => {
  const of = (text: string) => momentOfList(new TextEncoder().encode(text))
  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.AA`
  expect(of(jwt({ validFrom: '2026-05-12T09:30:00Z' }))).toBe('2026-05-12T09:30:00.000Z')
  expect(of(jwt({ vc: { validFrom: '2026-05-12T09:30:00+02:00' } }))).toBe('2026-05-12T07:30:00.000Z')
  expect(of(jwt({ iat: 1_780_000_000 }))).toBe('2026-05-28T20:26:40.000Z')
  expect(of('{"validFrom":"2026-05-12T09:30:00Z"}')).toBe('2026-05-12T09:30:00.000Z')
  for (const none of ['', '.', '{}', '[]', '{"validFrom":7}', jwt({ iat: 1e300 }), 'a.b.c', `{"a":${'['.repeat(500)}`])
    expect(of(none)).toBeUndefined()
})
