/** Public files in a directory, and in a bucket of a server that speaks S3 and checks signatures: as the server publishes them, and again by the verb. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@cairn/testkit'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { ownerOf } from '../vectors/owner-of.ts'
import { openFileStore } from './open-file-store.ts'
import { publishDocuments, publishLists } from './publish-files.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-files-'))
const directory = path.join(folder, 'public')
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
let storage: { run(): Promise<unknown>; close(): Promise<unknown> }
let endpoint: string
let server: RunningServer

beforeAll(async () => {
  const port = await freePort()
  // It has no types of its own.
  const { default: S3rver } = await import('@20minutes/s3rver' as string)
  storage = new S3rver({
    port,
    address: '127.0.0.1',
    silent: true,
    directory: path.join(folder, 's3'),
    configureBuckets: [{ name: 'public-files', configs: [] }],
  })
  await storage.run()
  endpoint = `http://127.0.0.1:${port}`
  server = await startServer(
    readConfig({
      CAIRN_DATA: path.join(folder, 'data'),
      PORT: String(await freePort()),
      CAIRN_LOG: 'silent',
      CAIRN_DEMO: '1',
      CAIRN_SEAL_LEVEL: 'B',
      CAIRN_PUBLIC_FILES: directory,
    }),
    pino({ level: 'silent' }),
    { pages: false },
  )
}, 60_000)
afterAll(async () => {
  await server?.stop()
  await storage?.close()
  rmSync(folder, { recursive: true, force: true })
})

const one = async <T>(text: string) => (await server.installation.database.pool.query(text)).rows[0] as T
async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const end = Date.now() + 30_000; ; await sleep(50)) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error('It did not come to pass within half a minute.')
  }
}
const published = () =>
  until(() =>
    one<{ id: string; sequence: number; signed: Buffer } | undefined>(
      'select * from cairn.status_list where filed = sequence and signed is not null limit 1',
    ),
  )

test('R-ST-2: a status list is in the directory soon after it is published, in both forms, and again after a revocation; nothing half written stays', async () => {
  const first = await published()
  const file = path.join(directory, 'status', `${first.id}.jwt`)
  expect(readFileSync(file).equals(first.signed)).toBe(true)
  const { id } = await until(() => one<{ id: string } | undefined>(`select id from cairn.credential where sealed is not null limit 1`))
  const { api } = await ownerOf(server.installation)
  await api['credential.revoke']({ id, reason: 'error' })
  const second = await until(async () => ((await published()).sequence > first.sequence ? published() : undefined))
  expect(readFileSync(file).equals(second.signed)).toBe(true)
  expect(readFileSync(file).equals(first.signed)).toBe(false)
  expect(readFileSync(path.join(directory, 'status', first.id, 'token.jwt'), 'utf8').split('.')).toHaveLength(3)
  expect(readdirSync(path.join(directory, 'status')).filter((name) => name.endsWith('.jwt'))).toEqual([`${first.id}.jwt`])
})

test('what institutions publish of their keys, and descriptions of types, are the bytes that the server answers', async () => {
  const written = new Map<string, string>()
  const store = openFileStore({ directory })
  expect(await publishDocuments(server.installation, store, written)).toBe(4)
  expect(await publishDocuments(server.installation, store, written), 'nothing changed').toBe(0)
  for (const address of written.keys()) {
    const file = path.join(directory, address.endsWith('.json') ? address : `${address}.json`)
    const answer = await fetch(`${server.address}/${address}`)
    expect([answer.status, Buffer.from(await answer.arrayBuffer()).equals(readFileSync(file))], address).toEqual([200, true])
  }
})

describe('an object storage', () => {
  const bucket = () => ({ endpoint, bucket: 'public-files', prefix: 'cairn', region: 'us-east-1', ...keys })

  test('a bucket has the same list under the path of its address, with its type and how long it may be kept', async () => {
    const { id, signed } = await published()
    await server.installation.database.pool.query('update cairn.status_list set filed = 0')
    await publishLists(server.installation, openFileStore(bucket()))
    const answer = await fetch(`${endpoint}/public-files/cairn/status/${id}`, { headers: await readable(`cairn/status/${id}`) })
    expect(answer.status).toBe(200)
    expect([answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual(['application/vc+jwt', 'public, max-age=10'])
    expect(Buffer.from(await answer.arrayBuffer()).equals(signed)).toBe(true)
  })

  test('a wrong key, a bucket that is not there and a storage that is away are told, and nothing counts as written', async () => {
    await published()
    await server.installation.database.pool.query('update cairn.status_list set filed = 0')
    for (const [place, why] of [
      [{ ...bucket(), secretAccessKey: 'wrong' }, /answers 403/],
      [{ ...bucket(), bucket: 'elsewhere' }, /answers 404/],
      [{ ...bucket(), endpoint: 'http://127.0.0.1:1' }, /does not answer/],
    ] as const)
      await expect(
        openFileStore(place).put({ path: 'status/x', mediaType: 'application/vc+jwt', maxAge: 10, bytes: Buffer.from('x') }),
      ).rejects.toMatchObject({
        problem: { code: 'server.storage-away', detail: expect.stringMatching(why) },
      })
  })

  /** Headers that make a request for an object one of the owner of the keys. */
  async function readable(key: string): Promise<Headers> {
    const { AwsClient } = await import('aws4fetch')
    return (await new AwsClient({ ...keys, service: 's3', region: 'us-east-1' }).sign(`${endpoint}/public-files/${key}`)).headers
  }
})

test('cairn publish-files writes everything anew into an empty storage, and says so', async () => {
  await published()
  const fresh = path.join(folder, 'fresh')
  const cairn = path.resolve(import.meta.dirname, '../../../cli/src/main.ts')
  const program = `import { main } from ${JSON.stringify(cairn)}; process.exitCode = await main(['publish-files', '--json'])`
  const env = { ...process.env, CAIRN_DATA: path.join(folder, 'data'), CAIRN_PUBLIC_FILES: fresh, CAIRN_DEMO: '1' }
  const said = execFileSync(process.execPath, ['--conditions=cairn-source', '--input-type=module', '-e', program], {
    env,
    encoding: 'utf8',
    cwd: import.meta.dirname,
  })
  expect(JSON.parse(said)).toMatchObject({ lists: 1, documents: 4 })
  expect(readdirSync(fresh).sort()).toEqual(['.well-known', 'issuers', 'status', 'types'])
})

test('R-CFG-1: a bucket without keys, or with an address in the clear, is refused; a directory and a bucket are understood', () => {
  const given = {
    CAIRN_PUBLIC_FILES: 's3://public-files/cairn/',
    CAIRN_S3_ENDPOINT: 'https://s3.example',
    CAIRN_S3_ACCESS_KEY_ID: 'a',
    CAIRN_S3_SECRET_ACCESS_KEY: 'b',
  }
  const config = (changed: Record<string, string | undefined>) =>
    readConfig({ CAIRN_DATA: path.join(folder, 'data'), ...given, ...changed }).publicFiles
  expect(config({})).toEqual({
    endpoint: 'https://s3.example',
    bucket: 'public-files',
    prefix: 'cairn',
    region: 'us-east-1',
    accessKeyId: 'a',
    secretAccessKey: 'b',
  })
  expect(config({ CAIRN_S3_ENDPOINT: 'http://storage:9000' })).toMatchObject({ endpoint: 'http://storage:9000' })
  expect(config({ CAIRN_PUBLIC_FILES: directory })).toEqual({ directory })
  for (const wrong of [
    { CAIRN_S3_ACCESS_KEY_ID: undefined },
    { CAIRN_S3_ENDPOINT: undefined },
    { CAIRN_S3_ENDPOINT: 'http://storage.example' },
    { CAIRN_S3_ENDPOINT: 'ftp://storage' },
    { CAIRN_PUBLIC_FILES: 's3://../x' },
    { CAIRN_PUBLIC_FILES: 'gs://bucket' },
  ])
    expect(() => config(wrong), JSON.stringify(wrong)).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'server.misconfigured' }) }),
    )
})
