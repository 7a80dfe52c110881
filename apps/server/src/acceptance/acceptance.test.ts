/** The acceptance matrix through the operations, computed apart from published rules on a real PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Client } from '@cairn/api'
import { freePort } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAddress } from '../auth/sign-in.ts'
import { readConfig } from '../config.ts'
import { clientFor } from '../operations.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { createAcceptanceDesk } from './acceptance-desk.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-acceptance-'))
let server: RunningServer
let api: Client

beforeAll(async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(await freePort()), CAIRN_LOG: 'silent', CAIRN_DEMO: '1' })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  const { rows } = await server.installation.database.pool.query('select person, tenant from cairn.member where email = $1', [
    demoAddress('owner'),
  ])
  api = clientFor(server.installation, {
    caller: { tenant: rows[0].tenant, person: rows[0].person, name: 'The owner', roles: ['owner'] },
    confirmedAt: new Date(),
  })
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const ready = async () => {
  await expect.poll(async () => (await api['matrix.read']({ form: 'post' })).computing, { timeout: 20_000 }).toBeUndefined()
  return api['matrix.read']({ form: 'post' })
}
const publish = async (template: 'weather-service') => {
  const { id, revision } = await api['policy.create']({ template })
  await api['policy.publish']({ id, revision })
  return id
}

test('without rules, and without anything that is recognised for, nobody can be asked', async () => {
  expect(await api['matrix.read']({})).toMatchObject({ forms: [], reference: [], rows: [], policies: [] })
  await publish('weather-service')
  expect(await api['matrix.read']({})).toMatchObject({ forms: [], reference: [] })
  await expect(api['matrix.file']({ form: 'post' })).rejects.toThrow('request.not-found')
})

test('reference certificates and editions are asked of every policy, with profile, gains and reasons, and anew when the rules change', async () => {
  await api['target.save']({ title: { en: 'Forecaster' }, content: { competencies: ['wmo-1209'], period: ['2020-01-01', null] } })
  const first = await ready()
  expect(first).toMatchObject({ form: 'post', forms: ['post'], left: { editions: 0, policies: 0 } })
  expect(first.reference).toHaveLength(5)
  expect(first.rows).toHaveLength(1)
  expect(first.rows.map(({ certificate }) => certificate.edition!.title.en)).toContain('Reading climate data for local planning')
  for (const { cells, asked, accepts, asks, refuses } of [...first.reference, ...first.rows]) {
    expect(cells).toHaveLength(1)
    expect(accepts + asks + refuses).toBe(asked)
  }
  expect(first.profiles[0]!.profiles.map(({ share }) => share)).toEqual([0.8, 0.9, 1])

  const policy = first.policies[0]!.id
  const cell = await api['matrix.cell']({ form: 'post', policy, certificate: 'paper-attendance' })
  const row = first.reference.find(({ certificate }) => certificate.id === 'paper-attendance')!
  expect(cell.decision.outcome).toBe(row.cells[0])
  expect(cell.decision.findings.length).toBeGreaterThan(3)

  await publish('weather-service')
  const second = await ready()
  expect(second.hash).not.toBe(first.hash)
  expect(second.policies).toHaveLength(2)
  expect((await ready()).hash).toBe(second.hash)
})

test('it goes out as a table and with everything that is read from it', async () => {
  const csv = Buffer.from((await api['matrix.file']({ form: 'post', as: 'csv' })).base64, 'base64').toString()
  expect(csv.split('\r\n')).toHaveLength(8)
  expect(csv).toContain('paper-attendance')
  const json = JSON.parse(Buffer.from((await api['matrix.file']({ form: 'post', as: 'json' })).base64, 'base64').toString())
  expect(Object.keys(json)).toEqual(
    expect.arrayContaining(['matrix', 'forecasts', 'profiles', 'outliers', 'rare', 'guideline', 'library', 'cases']),
  )
})

test('a thread that ends early is told as a problem, and the next question begins anew', async () => {
  const desk = createAcceptanceDesk()
  await expect(desk.ask('h', { library: { policies: 7 }, cases: [] }).finished).rejects.toThrow('server.unavailable')
  expect((await desk.ask('h', { library: {}, cases: [] }).finished).matrix.rows).toEqual([])
})
