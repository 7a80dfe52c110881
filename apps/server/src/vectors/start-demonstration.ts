/** A demonstration that seals at its lowest level, with clients for those who work in it: for tests of what goes through the jobs. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Client } from '@cairn/api'
import type { StaffRole } from '@cairn/core'
import { pino } from 'pino'
import { demoAddress } from '../auth/sign-in.ts'
import { readConfig } from '../config.ts'
import type { Installation } from '../context.ts'
import { clientFor } from '../operations.ts'
import { startServer } from '../start-server.ts'

/** A running demonstration, its first edition, and clients for its people and for anybody else. */
export interface Demonstration {
  installation: Installation
  port: number
  tenant: string
  edition: string
  as(role: StaffRole): Client
  anybody(): Client
  stop(): Promise<void>
}

/** Starts one in a folder of its own; `more` are further variables of the configuration. */
export async function startDemonstration(more: Record<string, string> = {}): Promise<Demonstration> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-demonstration-'))
  const port = Number(more.PORT ?? 20_000 + ((process.pid + 13) % 20_000))
  const config = readConfig({
    CAIRN_DATA: folder,
    PORT: String(port),
    CAIRN_LOG: 'silent',
    CAIRN_DEMO: '1',
    CAIRN_SEAL_LEVEL: 'B',
    ...more,
  })
  const server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  const { installation } = server
  const { rows } = await installation.database.pool.query('select person, email, tenant from cairn.member')
  const people = new Map<string, string>(rows.map((row) => [row.email, row.person]))
  const tenant: string = rows[0].tenant
  const as = (role: StaffRole) =>
    clientFor(installation, {
      caller: { tenant, person: people.get(demoAddress(role))!, name: role, roles: [role] },
      confirmedAt: new Date(),
    })
  return {
    installation,
    port,
    tenant,
    edition: (await as('awarder')['edition.list']({}))[0]!.id,
    as,
    anybody: () => clientFor(installation, { caller: { roles: ['anonymous'] } }),
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
