/** Sheets as the server hands them out: at their level, whatever is away, and with no transaction that waits for an authority. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { standardPolicy, verify } from '@cairn/verifier'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import type { Installation } from '../context.ts'
import { clientFor } from '../operations.ts'
import { evidenceFor } from '../registry.ts'
import { type RunningServer, startServer } from '../start-server.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-sheets-'))
const port = 20_000 + ((process.pid + 11) % 20_000)
let server: RunningServer
let tenant: string
let id: string
let person: string

async function query<T>(text: string): Promise<T[]> {
  return (await server.installation.database.pool.query(text)).rows as T[]
}

/** The sheet as an owner gets it from an installation, judged. */
async function sheetFrom(installation: Installation) {
  const caller = { tenant, person, name: 'owner', roles: ['owner' as const] }
  const { base64 } = await clientFor(installation, { caller, confirmedAt: new Date() })['credential.download']({ id, form: 'pdf' })
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  const at = new Date().toISOString()
  return verify(bytes, await evidenceFor(server.installation, bytes, at), standardPolicy, at)
}
const at = (sheetLevel: Installation['config']['sheetLevel'], more: Partial<Installation> = {}): Installation => ({
  ...server.installation,
  config: { ...server.installation.config, sheetLevel },
  ...more,
})

beforeAll(async () => {
  const config = readConfig({ CAIRN_DATA: folder, PORT: String(port), CAIRN_LOG: 'silent', CAIRN_DEMO: '1', CAIRN_SEAL_LEVEL: 'B' })
  server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  const first = () =>
    query<{ tenant: string; id: string }>(
      'select tenant, id from cairn.credential where sealed_at is not null and revoked_at is null limit 1',
    )
  for (let tries = 0; tries < 300 && (await first()).length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  ;({ tenant, id } = (await first())[0]!)
  person = (await query<{ id: string }>('select id from auth."user" limit 1'))[0]!.id
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test.each(['none', 'B-B', 'B-T', 'B-LT', 'B-LTA'] as const)('a sheet of level %s', async (level) => {
  const report = await sheetFrom(at(level))
  expect(report.verdict, JSON.stringify(report.findings)).toBe('valid')
  expect(report.sheet).toMatchObject(level === 'none' ? { seal: 'none' } : { seal: 'passed', level })
})

test('R-FLT-2: an authority that is away costs a level and never a sheet', async () => {
  const neighbourhood = server.installation.neighbourhood!
  neighbourhood.setAway(['ocsp', 'crl'])
  // Judged when they are back.
  const reports = [sheetFrom(at('B-LTA'))]
  await reports[0]
  neighbourhood.setAway(['tsa'])
  reports.push(sheetFrom(at('B-LTA')))
  await reports[1]
  neighbourhood.setAway([])
  expect((await Promise.all(reports)).map(({ sheet }) => sheet?.level)).toEqual(['B-T', 'B-B'])
})

test('while an authority is asked no transaction is open', async () => {
  const open: number[] = []
  const authority = createServer(async (_, response) => {
    const [row] = await query<{ open: number }>(
      "select count(*)::int as open from pg_stat_activity where state like 'idle in transaction%'",
    )
    open.push(row!.open)
    response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => authority.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(authority.address() as AddressInfo).port}`
  const neighbourhood = { ...server.installation.neighbourhood!, origin, timeStampAddress: `${origin}/tsa` }
  await sheetFrom(at('B-T', { neighbourhood }))
  authority.close()
  expect(open).toEqual([0])
})
