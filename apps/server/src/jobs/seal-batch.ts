/** Sealing a batch: intentions with their exact bytes first, then each is signed once (R-DUR-1, R-DUR-2). Stopped anywhere, it goes on from what is recorded. */
import { createHash } from 'node:crypto'
import { renderDisplayImages } from '@cairn/documents'
import { type ElmStencil, prepareElm, stencilPieces } from '@cairn/formats'
import {
  appendEvent,
  beginSeals,
  finishBatch,
  hasIntentions,
  isSealing,
  keepStencil,
  listKeys,
  nextReadyRows,
  readBatch,
  readEdition,
  readInstitution,
  setBatchState,
} from '@cairn/store'
import { found, type Installation } from '../context.ts'
import { openKey } from '../sealing-keys.ts'
import { recordChunk } from './record-chunk.ts'
import { sealChunk } from './seal-chunk.ts'
import { tellOfBatch } from './tell-of-batch.ts'

/** How many credentials one transaction takes. */
const chunk = 250
/** How many chunks are sealed at once: while the database stores one, the next is signed. Each passes over what another holds. */
const atOnce = 2

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
  const prepared = prepareElm(start.edition.edition, issuer, await renderDisplayImages(start.edition.edition))
  const pieces = stencilPieces(prepared)
  const stencil = createHash('sha256').update(JSON.stringify(pieces)).digest()
  const ready = new Map<string, ElmStencil>()
  let linted = false
  await database.tenant(tenant, (tx) => keepStencil(tx, stencil, pieces))
  for (let after = 0; ; ) {
    const last = await database.tenant(tenant, async (tx) => {
      if (!(await isSealing(tx, id))) return undefined
      const rows = await nextReadyRows(tx, id, after, chunk)
      if (rows.length === 0) return undefined
      const actor = start.batch.confirmedBy ?? start.batch.createdBy
      linted = await recordChunk(installation, tx, {
        ...start.edition,
        batch: id,
        key: start.key.id,
        actor,
        prepared,
        stencil,
        rows,
        linted,
      })
      installation.passes('intentions-written')
      return rows.at(-1)!.n
    })
    if (last !== undefined) installation.passes('intentions-kept')
    if (isStopping()) return
    if (last === undefined) break
    after = last
  }
  await database.tenant(tenant, (tx) => beginSeals(tx, id, new Date().toISOString()))
  const sealOn = async () => {
    for (let after = 0; !isStopping(); ) {
      const last = await database.tenant(tenant, (tx) => sealChunk(installation, tx, start.batch, { after, most: chunk }, signer, ready))
      if (last === undefined) return
      after = last
      installation.passes('seals-kept')
      installation.wake('mail')
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sealOn))
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
