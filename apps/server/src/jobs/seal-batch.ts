/** Sealing a batch: intentions with their exact bytes first, then each is signed once (R-DUR-1, R-DUR-2). Stopped anywhere, it goes on from what is recorded. */
import { createHash, randomInt } from 'node:crypto'
import { fillReference, fullName, lastDayOf, ProblemError, type StatusEntry, textIn, type Unsealed } from '@cairn/core'
import { renderDisplayImages } from '@cairn/documents'
import {
  composeElm,
  composeInFrame,
  type ElmFrame,
  framePieces,
  lintElm,
  type PreparedElm,
  prepareElm,
  prepareFrame,
  statusListEntries,
} from '@cairn/formats'
import { finishSeal, prepareSeal } from '@cairn/seals'
import {
  appendEvent,
  type BatchRecord,
  type BatchRowRecord,
  beginSeals,
  type EditionRow,
  finishBatch,
  hasIntentions,
  type Intention,
  insertClaims,
  insertMessages,
  isSealing,
  keepFrame,
  listKeys,
  nextIntentions,
  nextReadyRows,
  openList,
  queueSeals,
  readBatch,
  readEdition,
  readFrame,
  readInstitution,
  recordIntentions,
  setBatchState,
  storeSeals,
  type TenantTransaction,
  takeNumbers,
  takenIndices,
  takenReferences,
} from '@cairn/store'
import { found, type Installation, newId, newToken } from '../context.ts'
import { mailWriter } from '../mail/own-words.ts'
import { naturalKey } from '../operations/batch-checking.ts'
import { replaceOld } from '../replacing.ts'
import { openKey } from '../sealing-keys.ts'
import { listAddress, publishStatusList } from '../status-publishing.ts'
import { tellOfBatch } from './tell-of-batch.ts'

/** How many credentials one transaction takes. */
const chunk = 250

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
  const pieces = framePieces(prepared)
  const frame = createHash('sha256').update(JSON.stringify(pieces)).digest()
  const ready = new Map<string, ElmFrame>()
  let linted = false
  await database.tenant(tenant, (tx) => keepFrame(tx, frame, pieces))
  for (let after = 0; ; ) {
    const last = await database.tenant(tenant, async (tx) => {
      if (!(await isSealing(tx, id))) return undefined
      const rows = await nextReadyRows(tx, id, after, chunk)
      if (rows.length === 0) return undefined
      const actor = start.batch.confirmedBy ?? start.batch.createdBy
      linted = await recordChunk(installation, tx, { ...start.edition, batch: id, key: start.key.id, actor, prepared, frame, rows, linted })
      installation.passes('intentions-written')
      return rows.at(-1)!.n
    })
    if (last !== undefined) installation.passes('intentions-kept')
    if (isStopping()) return
    if (last === undefined) break
    after = last
  }
  await database.tenant(tenant, (tx) => beginSeals(tx, id, new Date().toISOString()))
  for (let after = 0; ; ) {
    if (isStopping()) return
    const last = await database.tenant(tenant, (tx) => sealChunk(installation, tx, start.batch, after, signer, ready))
    if (last === undefined) break
    after = last
    installation.passes('seals-kept')
    installation.wake('mail')
  }
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

interface Chunk extends EditionRow {
  batch: string
  key: string
  actor: string
  prepared: PreparedElm
  /** The digest of the frame that the documents are composed in. */
  frame: Uint8Array
  rows: readonly BatchRowRecord[]
  linted: boolean
}

/** Records intentions for rows. The first text of a batch is linted as it stands: only what differs between learners differs after it. */
async function recordChunk(installation: Installation, tx: TenantTransaction, given: Chunk): Promise<boolean> {
  const { edition, rows, prepared } = given
  const now = new Date().toISOString()
  const list = await openList(tx, newId(), statusListEntries, rows.length, now)
  if (list.sequence === 0) await publishStatusList(installation, tx, list.id, now)
  const indices = await freeIndices(tx, list.id, rows.length)
  const numbers = await referenceNumbers(tx, given, now)
  let linted = given.linted
  const intentions = rows.map(({ n, given: award, replaces }, at): Intention => {
    const credential = newId()
    const referenceNumber = award!.referenceNumber ?? numbers.get(n)
    const status: StatusEntry = { list: listAddress(installation, list.id), index: indices[at]!, purpose: 'revocation' }
    const full = { ...award!, ...(referenceNumber === undefined ? {} : { referenceNumber }), id: `urn:uuid:${credential}` }
    const document = composeElm(prepared, full, { issued: now, status })
    if (!linted) {
      lintText(document, edition.specification.kind === 'micro-credential', now)
      linted = true
    }
    const { learner } = full
    return {
      id: credential,
      rowNumber: n,
      title: textIn(edition.specification.title, learner.language ?? edition.specification.primaryLanguage),
      learner: fullName(learner),
      email: learner.email,
      language: learner.language ?? edition.specification.primaryLanguage,
      referenceNumber,
      awardDate: full.awardDate,
      naturalKey: naturalKey(edition, full),
      fills: document.fills!,
      digest: createHash('sha256').update(document.bytes!).digest('hex'),
      statusIndex: indices[at]!,
      validUntil: lastDayOf(edition.specification, full),
      supersedes: replaces,
    }
  })
  const { batch, key, actor, frame } = given
  await recordIntentions(tx, { edition: edition.id, batch, key, actor, frame, statusList: list.id, now }, intentions)
  return linted
}

/** Lints the very text that will be sealed. Raises `specification.not-complete` when anything blocks. */
function lintText({ payload }: Unsealed, annex1: boolean, at: string): void {
  const document = JSON.parse(payload)
  const found = [...lintElm(document, { profile: 'elm', at }), ...(annex1 ? lintElm(document, { profile: 'annex1', at }) : [])]
  const [first, ...others] = found.filter(({ severity }) => severity === 'B').map(({ problem }) => problem)
  if (first) throw new ProblemError('specification.not-complete', first.detail, first.pointer, others)
}

/** Random places in the list that nobody has; random, so that neighbours in a list say nothing (R-ST-3). */
async function freeIndices(tx: TenantTransaction, list: string, count: number): Promise<number[]> {
  const free = new Set<number>()
  while (free.size < count) {
    const proposed = new Set<number>()
    while (proposed.size < count - free.size) proposed.add(randomInt(statusListEntries))
    const taken = await takenIndices(tx, list, [...proposed])
    for (const index of proposed) if (!taken.has(index)) free.add(index)
  }
  return [...free]
}

/** Reference numbers for the rows that bring none, by the specification's scheme, in the order of the rows. A number that a file gave out before is passed over. */
async function referenceNumbers(tx: TenantTransaction, { edition, specification, rows }: Chunk, now: string): Promise<Map<number, string>> {
  const pattern = edition.specification.referenceNumbers?.pattern
  const wanting = pattern ? rows.filter((row) => !row.given!.referenceNumber) : []
  if (!pattern || wanting.length === 0) return new Map()
  const year = Number(now.slice(0, 4))
  const free: string[] = []
  while (free.length < wanting.length) {
    const count = wanting.length - free.length
    const first = await takeNumbers(tx, specification, year, count)
    const proposed = Array.from({ length: count }, (_, at) => fillReference(pattern, { year, number: first + at }))
    const taken = await takenReferences(tx, proposed)
    free.push(...proposed.filter((number) => !taken.has(number)))
  }
  return new Map(wanting.map(({ n }, at) => [n, free[at]!]))
}

/** A kept frame, made ready once for all that was composed in it. */
async function frameOf(tx: TenantTransaction, digest: Buffer, frames: Map<string, ElmFrame>): Promise<ElmFrame> {
  const name = digest.toString('hex')
  const frame = frames.get(name) ?? prepareFrame(found(await readFrame(tx, digest)))
  frames.set(name, frame)
  return frame
}

/** Signs intentions behind a row as they were recorded; seals, claim links and messages are one transaction. Answers the last row, if any. */
async function sealChunk(
  installation: Installation,
  tx: TenantTransaction,
  batch: BatchRecord,
  after: number,
  signer: Awaited<ReturnType<typeof openKey>>['signer'],
  frames: Map<string, ElmFrame>,
): Promise<number | undefined> {
  if (!(await isSealing(tx, batch.id))) return undefined
  const intentions = await nextIntentions(tx, batch.id, after, chunk)
  if (intentions.length === 0) return undefined
  const now = new Date().toISOString()
  const { organisation } = found(await readInstitution(tx))
  const seals: { id: string; bytes: Uint8Array }[] = []
  for (const { id, frame, fills, digest } of intentions) {
    const document = composeInFrame(await frameOf(tx, frame, frames), `urn:uuid:${id}`, fills)
    if (!createHash('sha256').update(document.bytes!).digest().equals(digest))
      throw new Error(`The recorded bytes of credential ${id} were changed.`)
    const prepared = await prepareSeal(document, {
      certificates: signer.certificates,
      algorithm: signer.algorithm,
      at: now,
    })
    seals.push({ id, bytes: finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes })
  }
  const stored = await storeSeals(tx, seals, now)
  if (installation.config.sealLevel !== 'B-B')
    await queueSeals(
      tx,
      seals.map(({ id }) => id),
      now,
    )
  if (stored !== seals.length) throw new Error('Some intentions were sealed by somebody else meanwhile.')
  await replaceOld(
    installation,
    tx,
    intentions.flatMap(({ id, supersedes }) => (supersedes ? [{ old: supersedes, by: id }] : [])),
    { actor: batch.confirmedBy ?? batch.createdBy, now },
  )
  const claims = intentions.map(({ id }) => ({ id: newId(), credential: id, token: newToken() }))
  await insertClaims(tx, claims, now)
  const write = await mailWriter(tx)
  const messages = intentions.flatMap(({ id, email, language, learner, title, supersedes }, at) => {
    if (!email) return []
    const spoken = language ?? 'en'
    const words = write(supersedes ? 'replacement' : 'claim', spoken, {
      learner,
      institution: textIn(organisation.legalName, spoken),
      title,
      link: `${installation.config.publicUrl}/claim/${claims[at]!.token}`,
    })
    return [{ id: newId(), kind: 'claim', credential: id, event: 'sealed', to: email, ...words }]
  })
  const wait = batch.noticeMinutes !== undefined || batch.noticeAfter !== undefined
  await insertMessages(tx, messages, now, { batch: batch.id, dueAt: wait ? 'infinity' : now })
  installation.passes('seals-written')
  return intentions.at(-1)!.row
}
