/**
 * A server of its own that takes a table of graduates and seals them all, and says what that took: `graduation-process.ts ROWS`. Letters are written and
 * stay where they are, so that what is measured ends where every credential is durable. `graduation-process.ts ROWS floor` does the least instead: one raw
 * signature and one row of a binary COPY a credential, of the same bytes, on the same database.
 */
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { startServer } from '../../apps/server/src/start-server.ts'
import { confirmBatch } from '../chaos/prepare.ts'

const rows = Number(process.argv[2])
const server = await startServer(readConfig(process.env), pino({ level: 'error' }), { pages: false })
const { pool } = server.installation.database
const one = async <T>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows[0] as T

/** Seconds of CPU of this process so far, and of every process that it started and that has ended. */
function cpu(): { own: number; children: number } {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
  return { own: (userCPUTime + systemCPUTime) / 1e6, children: (Number(fields[13]) + Number(fields[14])) / 100 }
}

/** Uploads, confirms, and waits until everything is sealed. Answers the bytes of one credential. */
async function graduate(): Promise<number> {
  const { tenant, batch } = await confirmBatch(server.installation, rows)
  for (;;) {
    const { state } = await one<{ state: string }>('select state from cairn.batch where tenant = $1 and id = $2', [tenant, batch])
    if (state === 'done') break
    if (state === 'failed') throw new Error('The batch failed.')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const { sealed, bytes } = await one<{ sealed: number; bytes: number }>(
    'select count(sealed)::int as sealed, avg(octet_length(sealed))::int as bytes from cairn.credential where tenant = $1 and batch = $2',
    [tenant, batch],
  )
  if (sealed !== rows) throw new Error(`${sealed} of ${rows} were sealed.`)
  return bytes
}

/** Signs and copies as many rows of `bytes` random bytes. */
async function floor(bytes: number): Promise<number> {
  const { from } = await import('pg-copy-streams')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const sealed = randomBytes(bytes)
  await pool.query(
    'create table public.floor (id uuid primary key, sealed bytea); alter table public.floor alter sealed set storage external',
  )
  async function* lines() {
    yield Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
    for (let at = 0; at < rows; at++) {
      sealed.writeInt32BE(at, 0)
      sign('sha256', sealed, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      const head = Buffer.alloc(2 + 4 + 16 + 4)
      head.writeInt16BE(2, 0)
      head.writeInt32BE(16, 2)
      Buffer.from(randomUUID().replaceAll('-', ''), 'hex').copy(head, 6)
      head.writeInt32BE(bytes, 22)
      yield Buffer.concat([head, sealed])
    }
    yield Buffer.from([0xff, 0xff])
  }
  const client = await pool.connect()
  await pipeline(Readable.from(lines()), client.query(from('copy public.floor from stdin binary')))
  client.release()
  return bytes
}

const before = cpu()
const started = performance.now()
const bytes = process.argv[3] === 'floor' ? await floor(Number(process.argv[4])) : await graduate()
const seconds = (performance.now() - started) / 1000
const own = cpu().own - before.own
await server.stop()
process.stdout.write(`${JSON.stringify({ seconds, cpu: own + cpu().children - before.children, bytes })}\n`)
process.exit(0)
