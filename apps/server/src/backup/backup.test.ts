/** R-BAK-4 with real servers: a backup made while the server runs, a revocation after it, a restore; nobody is un-revoked and no place is given out twice. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readSealed } from '@cairn/store'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { clientFor } from '../operations.ts'
import { evidenceFor } from '../registry.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-backup-'))
const place = (name: string) => path.join(folder, name)
const secret = 's'.repeat(40)
const passphrase = 'a passphrase of the test'
const configOf = (data: string) =>
  readConfig({
    CAIRN_DATA: place(data),
    PORT: '0',
    CAIRN_PUBLIC_URL: 'http://localhost:9',
    CAIRN_DEMO: '1',
    CAIRN_SECRET: secret,
    CAIRN_LOG: 'silent',
  })
const start = (data: string) => startServer(configOf(data), pino({ level: 'silent' }), { pages: false })
const now = () => new Date().toISOString()

async function owner({ installation }: RunningServer) {
  const { rows } = await installation.database.pool.query(`select tenant, person from cairn.member where 'owner' = any(roles)`)
  const { tenant, person } = rows[0] as { tenant: string; person: string }
  return { tenant, api: clientFor(installation, { caller: { tenant, person, name: 'owner', roles: ['owner'] }, confirmedAt: new Date() }) }
}
async function verdict({ installation }: RunningServer, tenant: string, id: string) {
  const bytes = (await installation.database.tenant(tenant, (tx) => readSealed(tx, id)))!
  return (await verify(bytes, await evidenceFor(installation, bytes, now()), standardPolicy, now())).verdict
}
const lists = async ({ installation }: RunningServer) =>
  (
    await installation.database.pool.query(
      'select id, sequence, signed is not null as published, closed_at is not null as closed from cairn.status_list',
    )
  ).rows
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.problem?.code ?? String(error),
  )

let revoked = ''
let sequence = 0

beforeAll(async () => {
  const first = await start('first')
  const { tenant, api } = await owner(first)
  for (let tries = 0; tries < 300 && (await api['batch.list']({}))[0]?.state !== 'done'; tries++) await sleep(100)
  await writeBackup(configOf('first'), passphrase, place('backup'))
  revoked = (await api['credential.list']({})).items[0]!.id
  await api['credential.revoke']({ id: revoked, reason: 'error' })
  expect(await verdict(first, tenant, revoked)).toBe('invalid')
  sequence = (await lists(first))[0]!.sequence
  copyFileSync(configOf('first').journal, place('journal'))
  await first.stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const restore = (data: string, journals: string[] = [], file = place('backup'), words = passphrase) =>
  restoreBackup(configOf(data), { passphrase: words, file, journals, now: now() })

test('R-BAK-4, R-ST-3, R-ST-5: with the journal at hand, who was revoked after the backup stays revoked, and lists go on above their last number', async () => {
  expect(await restore('with', [place('journal')])).toMatchObject({ complete: true, revoked: 1 })
  const server = await start('with')
  try {
    const { tenant, api } = await owner(server)
    for (let tries = 0; tries < 200 && !(await lists(server)).every(({ published }) => published); tries++) await sleep(50)
    expect(await lists(server)).toEqual([expect.objectContaining({ published: true, closed: true })])
    expect((await lists(server))[0]!.sequence).toBeGreaterThan(sequence)
    expect(await verdict(server, tenant, revoked)).toBe('invalid')
    expect(await api['restoration.read']({})).toMatchObject({ held: false })
    expect(await refusal(restore('with', [place('journal')]))).toMatch(/server.in-use|backup.not-empty/)
  } finally {
    await server.stop()
  }
})

test('R-BAK-4: without the journal the server is read-only, publishes nothing, and says so; after revoking again and confirming it goes on', async () => {
  expect(await restore('without')).toMatchObject({ complete: false })
  const server = await start('without')
  try {
    const { tenant, api } = await owner(server)
    expect(await api['restoration.read']({})).toMatchObject({ held: true, restoration: { complete: false } })
    expect(await verdict(server, tenant, revoked)).toBe('indeterminate')
    expect(await refusal(api['specification.create']({ kind: 'attendance', title: { en: 'X' }, primaryLanguage: 'en' } as never))).toBe(
      'server.read-only',
    )
    await api['credential.revoke']({ id: revoked, reason: 'error' })
    expect((await lists(server)).some(({ published }) => published)).toBe(false)
    await api['restoration.confirm']({})
    expect((await lists(server))[0]!.sequence).toBeGreaterThan(sequence)
    expect(await verdict(server, tenant, revoked)).toBe('invalid')
    expect(await refusal(api['restoration.confirm']({}))).toBe('request.conflict')
  } finally {
    await server.stop()
  }
})

test('a wrong passphrase, a changed byte, a missing end and another file are told apart, and nothing is restored', async () => {
  const bytes = readFileSync(place('backup'))
  const changed = Buffer.from(bytes)
  changed[bytes.length >> 1]! ^= 1
  writeFileSync(place('changed'), changed)
  writeFileSync(place('short'), bytes.subarray(0, bytes.length - 100))
  writeFileSync(place('other'), 'something else, and long enough to be looked at')
  expect(await refusal(restore('bad', [], place('backup'), 'another passphrase'))).toBe('backup.passphrase-wrong')
  for (const [file, code] of [
    ['changed', 'backup.damaged'],
    ['short', 'backup.damaged'],
    ['other', 'backup.unreadable'],
  ] as const)
    expect(await refusal(restore('bad', [], place(file))), file).toBe(code)
  expect(bytes.includes('Learner')).toBe(false)
})
