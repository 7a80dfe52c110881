/** Sealing a batch: intentions with their exact bytes first, then each is signed once (R-DUR-1, R-DUR-2). Stopped anywhere, it goes on from what is recorded. */
import { makeRoom } from '@cairn/core'
import type { ElmStencil } from '@cairn/formats'
import {
  appendEvent,
  beginSeals,
  finishBatch,
  hasIntentions,
  isSealing,
  listKeys,
  nextReadyRows,
  readBatch,
  readEdition,
  readInstitution,
  setBatchState,
  type TenantTransaction,
} from '@cairn/store'
import { found, type Installation } from '../context.ts'
import { openKey } from '../sealing-keys.ts'
import { recordChunk } from './record-chunk.ts'
import { type Intended, type Rooms, sealChunk, stillIntended, takeUp } from './seal-chunk.ts'
import { shapesOf } from './shapes.ts'
import { tellOfBatch } from './tell-of-batch.ts'

/** How many credentials one transaction takes, and how many such transactions seal at once. */
const chunk = 250
const chunksAtOnce = 2

/**
 * Seals what a confirmed batch holds. Returns when everything is sealed, or between two chunks when the server is stopping: the next start goes on.
 * A second worker on the same batch finds nothing to do.
 */
export async function sealBatch(installation: Installation, tenant: string, id: string, isStopping = () => false): Promise<void> {
  const { database } = installation
  const start = await database.tenant(tenant, async (tx) => {
    const batch = found(await readBatch(tx, id, true))
    if (batch.state !== 'confirmed' && batch.state !== 'sealing') return undefined
    await setBatchState(tx, id, 'sealing')
    const edition = found(await readEdition(tx, batch.edition))
    const { organisation } = found(await readInstitution(tx))
    const key = found((await listKeys(tx)).find((row) => row.id === batch.key))
    return { batch, edition, organisation, key }
  })
  if (!start) return
  const { signer, issuer } = await openKey(installation.keys, start.key, start.organisation)
  await database.tenant(tenant, (tx) => beginSeals(tx, id, new Date().toISOString()))
  const actor = start.batch.confirmedBy ?? start.batch.createdBy
  const shapes = shapesOf(start.edition.edition, issuer)
  const shared = { ...start.edition, batch: id, key: start.key.id, actor, organisation: start.organisation, shapes }
  const record = async (after: number) => {
    installation.disk.require()
    return database.tenant(tenant, async (tx) => {
      const rows = (await isSealing(tx, id)) ? await nextReadyRows(tx, id, after, chunk) : []
      if (rows.length === 0) return []
      const recorded = await recordChunk(installation, tx, { ...shared, rows })
      installation.passes('intentions-written')
      return recorded
    })
  }
  /** Seals what `take` finds and locks, in a room of its own. Answers the last row, if any. */
  const seal = async (take: (tx: TenantTransaction) => Promise<Intended[]>, rooms: Rooms) => {
    const last = await database.tenant(tenant, async (tx) => {
      const intended = await take(tx)
      if (intended.length > 0) await sealChunk(installation, tx, start.batch, intended, signer, rooms)
      return intended.at(-1)?.rowNumber
    })
    if (last === undefined) return
    installation.passes('seals-kept')
    installation.wake('mail')
    return last
  }
  // What was recorded is sealed from memory while the next is recorded: some chunks at once, for each waits for the disk at its end.
  const lanes = Array.from({ length: chunksAtOnce }, (): Rooms => [makeRoom(), makeRoom()])
  const sealing: Promise<unknown>[] = []
  try {
    for (let [after, turn] = [0, 0]; !isStopping(); turn++) {
      const recorded = await record(after)
      if (recorded.length === 0) break
      if (sealing.length === chunksAtOnce) await sealing.shift()
      installation.passes('intentions-kept')
      after = recorded.at(-1)!.rowNumber
      const one = seal((tx) => stillIntended(tx, id, recorded), lanes[turn % chunksAtOnce]!)
      // Told where it is waited for.
      one.catch(() => undefined)
      sealing.push(one)
    }
    await Promise.all(sealing)
  } finally {
    await Promise.allSettled(sealing)
  }
  // What somebody recorded who was stopped before the seals.
  const stencils = new Map<string, ElmStencil>()
  for (let after = 0; !isStopping(); ) {
    const take = async (tx: TenantTransaction) => ((await isSealing(tx, id)) ? takeUp(tx, id, { after, most: chunk }, stencils) : [])
    const last = await seal(take, lanes[0]!)
    if (last === undefined) break
    after = last
  }
  if (isStopping()) return
  await database.tenant(tenant, async (tx) => {
    // Another worker may have been at the last credentials: then it is the one that says that all are sealed.
    if (found(await readBatch(tx, id, true)).state !== 'sealing' || (await hasIntentions(tx, id))) return
    const now = new Date().toISOString()
    const noticeAt = await finishBatch(tx, id, now)
    await tellOfBatch(installation, tx, start.batch, noticeAt > now ? { kind: 'batch-waiting', noticeAt } : { kind: 'batch-sealed' })
    await appendEvent(tx, { at: now, actor: 'system', name: 'batch.seal', subject: id })
    installation.passes('batch-written')
  })
  installation.wake('mail')
}
