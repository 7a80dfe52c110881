/**
 * What a credential takes, for docs/SCALE.md: bytes in the database by table, CPU for sealing in one process, and the size of a status list by how much of it
 * is revoked. Run it alone: `node --conditions=cairn-source test/bench/storage.ts [--credentials 5000]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { sealBatch } from '../../apps/server/src/jobs/seal-batch.ts'
import { startServer } from '../../apps/server/src/start-server.ts'
import { prepareBatch } from '../chaos/prepare.ts'

const { values } = parseArgs({ options: { credentials: { type: 'string', default: '5000' } } })
const credentials = Number(values.credentials)
const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-storage-'))
const env = { PORT: '0', CAIRN_DATA: folder, CAIRN_DEMO: '1', CAIRN_LOG: 'silent', CAIRN_SEAL_LEVEL: 'B', CAIRN_JOBS: '0' }
try {
  const { tenant, batch } = await prepareBatch(env, credentials)
  const server = await startServer(readConfig(env), pino({ level: 'silent' }), { pages: false })
  const { pool } = server.installation.database
  await pool.query('vacuum full')
  const sizes = async () =>
    new Map(
      (
        await pool.query<{ name: string; bytes: string }>(
          `select relname as name, pg_total_relation_size(oid) as bytes from pg_class where relnamespace = 'cairn'::regnamespace and relkind = 'r'`,
        )
      ).rows.map(({ name, bytes }) => [name, Number(bytes)]),
    )
  const before = await sizes()
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  await sealBatch(server.installation, tenant, batch)
  const { user, system } = process.cpuUsage(cpu)
  console.log(
    `sealed ${credentials} in ${((performance.now() - from) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} CPU-s of the process`,
  )
  console.log(`  ${Math.round(credentials / ((user + system) / 1e6))} a CPU-second`)
  const { rows } = await pool.query('select round(avg(octet_length(sealed))) as bytes from cairn.credential where batch = $1', [batch])
  console.log(`sealed document: ${rows[0].bytes} bytes on average`)
  let all = 0
  for (const [name, bytes] of [...(await sizes())].sort()) {
    const each = Math.round((bytes - (before.get(name) ?? 0)) / credentials)
    all += each
    if (each > 20) console.log(`  ${name}: ${each} bytes a credential`)
  }
  console.log(`  together: ${all} bytes a credential`)
  await server.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const share of [0, 0.001, 0.01, 0.05]) {
  const bits = new Uint8Array(1_048_576 / 8)
  for (let n = 0; n < 1_048_576 * share; n++) {
    const at = Math.floor(Math.random() * 1_048_576)
    bits[at >> 3]! |= 1 << (at & 7)
  }
  console.log(`status list of 1,048,576 places, ${share * 100} % revoked: ${gzipSync(bits).length} bytes`)
}
