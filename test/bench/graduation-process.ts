/**
 * A server of its own that takes a table of graduates and seals them all, and says what each step took: `graduation-process.ts FILE PICTURES`. Letters are
 * written and stay where they are, so that what is measured ends where every credential is durable. Pictures are `large`, as the demonstration's edition
 * has them, or `small`: one of an edition in one language. Behind it the least is measured on the same database: one raw signature and one row of a binary
 * COPY a credential, of as many bytes. A process that can be talked to serves pages too, and says what there is to ask for.
 */
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { insertShare } from '@cairn/store'
import pg from 'pg'
import { pino } from 'pino'
import { readConfig } from '../../apps/server/src/config.ts'
import { newId, newToken } from '../../apps/server/src/context.ts'
import { demoMicroCredential } from '../../apps/server/src/demo/content.ts'
import { startServer } from '../../apps/server/src/start-server.ts'
import { ownerOf } from '../../apps/server/src/vectors/owner-of.ts'
import { confirmFile } from '../chaos/prepare.ts'
import { cpuOf, untilQuiet } from './processes.ts'

const [file, pictures] = process.argv.slice(2) as [string, 'small' | 'large']
const server = await startServer(readConfig(process.env), pino({ level: 'error' }), { pages: process.send !== undefined })
// A connection of its own: visitors may keep those of the server busy.
const pool = new pg.Pool({ ...server.installation.database.pool.options, max: 2 })
const owner = await ownerOf(server.installation)
const one = async <T>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows[0] as T

/** An edition whose picture is small: its title is one word in one language. */
async function smallEdition(): Promise<string> {
  const { api } = owner
  const { kind } = demoMicroCredential('urn:uuid:00000000-0000-4000-8000-000000000000')
  const begun = await api['specification.create']({ kind, title: { en: 'Climate' }, primaryLanguage: 'en' })
  const draft = { ...demoMicroCredential(begun.draft.id), title: { en: 'Climate' } }
  const { revision } = await api['specification.save']({ id: begun.id, revision: begun.revision, draft })
  return (await api['specification.publish']({ id: begun.id, revision })).edition.id
}

/** Uploads, confirms, and waits until everything is sealed. */
async function graduate(edition: string | undefined, bytes: Buffer): Promise<{ rows: number; bytes: number }> {
  const { tenant, batch } = await confirmFile(owner, { fileName: path.basename(file), bytes, ...(edition ? { edition } : {}) })
  told.push(taken('checked'))

  for (;;) {
    const { state } = await one<{ state: string }>('select state from cairn.batch where tenant = $1 and id = $2', [tenant, batch])
    if (state === 'done') break
    if (state === 'failed') throw new Error('The batch failed.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  told.push(taken('sealed'))
  return one(
    'select count(sealed)::int as rows, avg(octet_length(sealed))::int as bytes from cairn.credential where tenant = $1 and batch = $2',
    [tenant, batch],
  )
}

/** Addresses that strangers ask for: the page of a credential of the demonstration, and its status list. */
async function whatIsPublic(): Promise<{ page: string; list: string }> {
  const { tenant } = owner
  for (;;) {
    const found = await one<{ id: string; list: string } | undefined>(
      'select id, status_list as list from cairn.credential where tenant = $1 and sealed is not null limit 1',
      [tenant],
    )
    if (found) {
      const token = newToken()
      await server.installation.database.tenant(tenant, (tx) =>
        insertShare(tx, { id: newId(), credential: found.id, token }, new Date().toISOString()),
      )
      return { page: `${server.address}/c/${token}`, list: `${server.address}/status/${found.list}` }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Signs and copies as many rows of `bytes` random bytes. */
async function floor(rows: number, bytes: number): Promise<void> {
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
      sign('sha256', sealed, privateKey)
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
}

let before = { at: performance.now(), ...cpuOf(process.pid) }
/** What was taken since the last step: seconds of the clock, and of CPU by this process and by the database. */
function taken(step: string) {
  const now = { at: performance.now(), ...cpuOf(process.pid) }
  const used = { step, seconds: (now.at - before.at) / 1000, own: now.own - before.own, below: now.below - before.below }
  before = now
  return used
}
const told: ReturnType<typeof taken>[] = []

const edition = pictures === 'small' ? await smallEdition() : undefined
const table = readFileSync(file)
if (process.send) {
  process.send(await whatIsPublic())
  await new Promise((resolve) => process.once('message', resolve))
}
await untilQuiet(process.pid)
await pool.query('checkpoint')
taken('started')
const made = await graduate(edition, table)
await pool.query('checkpoint')
told.push(taken('written'))
// More rows would tell the same of each.
const floorRows = Math.min(made.rows, 10_000)
await floor(floorRows, made.bytes)
await pool.query('checkpoint')
told.push(taken('floor'))
await pool.end()
await server.stop()
process.stdout.write(`${JSON.stringify({ ...made, floorRows, steps: told })}\n`)
process.exit(0)
