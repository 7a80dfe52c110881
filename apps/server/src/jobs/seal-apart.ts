/** Sealing of large batches in a thread of its own: visitors are answered meanwhile, and its small heap is swept in no time however many bytes are sealed. */
import type { KeyObject } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { type Problem, ProblemError } from '@cairn/core'
import { hasRow, listKeys, readBatch, type SealKeyRow } from '@cairn/store'
import type pg from 'pg'
import type { Config } from '../config.ts'
import type { Installation } from '../context.ts'
import { sealBatch } from './seal-batch.ts'

/** From this row on a batch is worth a thread, which takes a second to begin. */
const largeFrom = 1000

/** What the thread is given when it begins. */
export interface SealingBegun {
  config: Config
  connection: pg.PoolConfig
  logLevel: string
  tenant: string
  batch: string
  /** The opened key of the batch, by its row's id. */
  lent: ReadonlyMap<string, KeyObject>
}
/** What it says: that there are letters to send, how it ended, or that it could not go on. */
export type SealingSaid = { wake: 'seal' | 'mail' } | { ended: true } | { ended: false; problems?: readonly Problem[]; error?: unknown }

/** Seals a batch to its end, or to between two chunks when the server is stopping. Raises what {@link sealBatch} raises. */
export type SealBatch = (installation: Installation, tenant: string, batch: string, isStopping: () => boolean) => Promise<void>

/** Seals small batches, and those whose key a device or a service holds, in this thread, and the others apart on `connection`. */
export function createSealBatch(connection: pg.PoolConfig): SealBatch {
  return async (installation, tenant, batch, isStopping) => {
    const key = await keyOfLarge(installation, tenant, batch)
    const lent = key && (await installation.keys.lend(key.id, key.file))
    if (!lent) return sealBatch(installation, tenant, batch, isStopping)
    return sealApart(installation, connection, { tenant, batch, lent: new Map([[key.id, lent]]) }, isStopping)
  }
}

/** The key of a batch that is worth a thread. */
function keyOfLarge({ database }: Installation, tenant: string, id: string): Promise<SealKeyRow | undefined> {
  return database.tenant(tenant, async (tx) => {
    if (!(await hasRow(tx, id, largeFrom))) return
    const batch = await readBatch(tx, id)
    return (await listKeys(tx)).find((each) => each.id === batch?.key)
  })
}

function sealApart(
  installation: Installation,
  connection: pg.PoolConfig,
  place: Pick<SealingBegun, 'tenant' | 'batch' | 'lent'>,
  isStopping: () => boolean,
): Promise<void> {
  const { config, log } = installation
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), {
    execArgv: ['--conditions=cairn-source'],
    workerData: { config, connection, logLevel: log.level, ...place } satisfies SealingBegun,
    // It keeps some 40 MB. The more it may, the later all of them are looked through again: a quarter of this costs a twelfth more.
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const watch = setInterval(() => {
    if (isStopping()) worker.postMessage('stop')
  }, 100)
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (said: SealingSaid) => {
      if ('wake' in said) installation.wake(said.wake)
      else if (said.ended) resolve()
      else reject(said.problems ? ProblemError.from(said.problems) : said.error)
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('The thread that seals ended.')))
  }).finally(() => {
    clearInterval(watch)
  })
}
