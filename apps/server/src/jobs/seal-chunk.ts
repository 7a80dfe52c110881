/** Seals for intentions: each is signed once, as it was recorded (R-DUR-1). */
import { createHash } from 'node:crypto'
import { textIn } from '@cairn/core'
import { composeInFrame, type ElmFrame, prepareFrame } from '@cairn/formats'
import { finishSeal, prepareSeal } from '@cairn/seals'
import {
  type BatchRecord,
  insertClaims,
  insertMessages,
  isSealing,
  nextIntentions,
  queueSeals,
  readFrame,
  readInstitution,
  storeSeals,
  type TenantTransaction,
} from '@cairn/store'
import { found, type Installation, newId, newToken } from '../context.ts'
import { mailWriter } from '../mail/own-words.ts'
import { replaceOld } from '../replacing.ts'
import type { openKey } from '../sealing-keys.ts'

/** A kept frame, made ready once for all that was composed in it. */
async function frameOf(tx: TenantTransaction, digest: Buffer, frames: Map<string, ElmFrame>): Promise<ElmFrame> {
  const name = digest.toString('hex')
  const frame = frames.get(name) ?? prepareFrame(found(await readFrame(tx, digest)))
  frames.set(name, frame)
  return frame
}

/** Signs intentions behind a row as they were recorded; seals, claim links and messages are one transaction. Answers the last row, if any. */
export async function sealChunk(
  installation: Installation,
  tx: TenantTransaction,
  batch: BatchRecord,
  { after, most }: { after: number; most: number },
  signer: Awaited<ReturnType<typeof openKey>>['signer'],
  frames: Map<string, ElmFrame>,
): Promise<number | undefined> {
  if (!(await isSealing(tx, batch.id))) return undefined
  const intentions = await nextIntentions(tx, batch.id, after, most)
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
