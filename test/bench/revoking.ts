/** Ten thousand revoked at once (R-ST-6), beside the least that has to be done in any case: the same rows updated by one plain statement. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { startServer } from '../../apps/server/src/start-server.ts'
import { ownerOf } from '../../apps/server/src/vectors/owner-of.ts'
import { confirmBatch } from '../chaos/prepare.ts'
import type { Row } from './measure.ts'
import { cpuOf } from './processes.ts'

const learners = 10_000

/** From the call to the answer: then every row is revoked, recorded and in the published list, and every learner's letter is queued. */
export async function benchRevoking(): Promise<Row> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-bench-'))
  const config = readConfig({ PORT: '0', CAIRN_DATA: folder, CAIRN_DEMO: '1', CAIRN_LOG: 'silent', CAIRN_SEAL_LEVEL: 'B' })
  const server = await startServer(config, pino({ level: 'silent' }), { pages: false })
  try {
    const { pool } = server.installation.database
    const { tenant, batch } = await confirmBatch(server.installation, learners)
    const isDone = async () => (await pool.query('select state from cairn.batch where id = $1', [batch])).rows[0].state === 'done'
    while (!(await isDone())) await sleep(100)
    // The letters with the credentials have gone out; without a mail server nothing else sends them.
    await pool.query('update cairn.outbox set sent_at = now() where batch = $1', [batch])
    const { api } = await ownerOf(server.installation)
    const whole = await measured(pool, async () => {
      const { revoked } = await api['revocation.make']({ batch, reason: 'withdrawn-by-awarding-body', count: learners })
      if (revoked !== learners) throw new Error(`${revoked} of ${learners} were revoked.`)
    })
    const { queued } = (await pool.query(`select count(*)::int as queued from cairn.outbox where kind = 'revocation' and sent_at is null`))
      .rows[0]
    if (queued !== learners) throw new Error(`${queued} of ${learners} letters were queued.`)
    const setTo = (state: string, at: string, reason: string) =>
      pool.query(
        `with unguarded as (select set_config('session_replication_role', 'replica', true))
        update cairn.credential set state = ${state}, revoked_at = ${at}, reason = ${reason} from unguarded where tenant = $1 and batch = $2`,
        [tenant, batch],
      )
    await setTo(`'sealed'`, 'null', 'null')
    await pool.query('vacuum cairn.credential')
    const least = await measured(pool, () => setTo(`'revoked'`, 'now()', `'error'`))
    return {
      what: '10,000 revoked at once, letters queued and list published',
      figure: `${whole.seconds.toFixed(1)} s, ${whole.cpu.toFixed(1)} CPU-s of all processes`,
      floor: `one update ${least.cpu.toFixed(1)} CPU-s`,
      ratio: whole.cpu / least.cpu,
      aim: '15 min',
      met: whole.seconds <= 15 * 60,
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds of the clock, and of CPU by all processes until what was written is on the disk. */
async function measured(pool: { query(text: string): Promise<unknown> }, work: () => Promise<unknown>) {
  await pool.query('checkpoint')
  const [from, before] = [performance.now(), cpuOf(process.pid)]
  await work()
  const seconds = (performance.now() - from) / 1000
  await pool.query('checkpoint')
  const after = cpuOf(process.pid)
  return { seconds, cpu: after.own + after.below - before.own - before.below }
}
