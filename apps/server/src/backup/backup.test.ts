/** R-BAK-4 with real servers: a backup made while the server runs, a revocation after it, a restore; nobody is un-revoked and no place is given out twice. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { startServer } from '../start-server.ts'
import { listsOf, refusalOf, verdictOf } from '../vectors/after-restore.ts'
import { ownerOf } from '../vectors/owner-of.ts'
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

let revoked = ''
let sequence = 0

beforeAll(async () => {
  const first = await start('first')
  const { tenant, api } = await ownerOf(first.installation)
  for (let tries = 0; tries < 300 && (await api['batch.list']({}))[0]?.state !== 'done'; tries++) await sleep(100)
  await writeBackup(configOf('first'), passphrase, place('backup'))
  revoked = (await api['credential.list']({})).items[0]!.id
  await api['credential.revoke']({ id: revoked, reason: 'error' })
  expect(await verdictOf(first.installation, tenant, revoked)).toBe('invalid')
  sequence = (await listsOf(first.installation))[0]!.sequence
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
    const { tenant, api } = await ownerOf(server.installation)
    for (let tries = 0; tries < 200 && !(await listsOf(server.installation)).every(({ published }) => published); tries++) await sleep(50)
    expect(await listsOf(server.installation)).toEqual([expect.objectContaining({ published: true, closed: true })])
    expect((await listsOf(server.installation))[0]!.sequence).toBeGreaterThan(sequence)
    expect(await verdictOf(server.installation, tenant, revoked)).toBe('invalid')
    expect(await api['restoration.read']({})).toMatchObject({ held: false })
    expect(await refusalOf(restore('with', [place('journal')]))).toMatch(/server.in-use|backup.not-empty/)
  } finally {
    await server.stop()
  }
})

test('R-BAK-4: without the journal the server is read-only, publishes nothing, and says so; after revoking again and confirming it goes on', async () => {
  expect(await restore('without')).toMatchObject({ complete: false })
  const server = await start('without')
  try {
    const { tenant, api } = await ownerOf(server.installation)
    expect(await api['restoration.read']({})).toMatchObject({ held: true, restoration: { complete: false } })
    expect(await verdictOf(server.installation, tenant, revoked)).toBe('indeterminate')
    expect(await refusalOf(api['specification.create']({ kind: 'attendance', title: { en: 'X' }, primaryLanguage: 'en' } as never))).toBe(
      'server.read-only',
    )
    await api['credential.revoke']({ id: revoked, reason: 'error' })
    expect((await listsOf(server.installation)).some(({ published }) => published)).toBe(false)
    await api['restoration.confirm']({})
    expect((await listsOf(server.installation))[0]!.sequence).toBeGreaterThan(sequence)
    expect(await verdictOf(server.installation, tenant, revoked)).toBe('invalid')
    expect(await refusalOf(api['restoration.confirm']({}))).toBe('request.conflict')
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
  expect(await refusalOf(restore('bad', [], place('backup'), 'another passphrase'))).toBe('backup.passphrase-wrong')
  for (const [file, code] of [
    ['changed', 'backup.damaged'],
    ['short', 'backup.damaged'],
    ['other', 'backup.unreadable'],
  ] as const)
    expect(await refusalOf(restore('bad', [], place(file))), file).toBe(code)
  expect(bytes.includes('Learner')).toBe(false)
})
