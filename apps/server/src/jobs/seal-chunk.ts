/** Seals for intentions: each is signed once, as it was recorded (R-DUR-1). */
import { createHash } from 'node:crypto'
import { textIn } from '@cairn/core'
import { composeInStencil, type ElmStencil, prepareStencil } from '@cairn/formats'
import type { Signer } from '@cairn/seals'
import {
  type BatchRecord,
  insertClaims,
  insertMessages,
  isSealing,
  nextIntentions,
  queueSeals,
  readInstitution,
  readStencil,
  storeSeals,
  type TenantTransaction,
} from '@cairn/store'
import { found, type Installation, newId, newToken } from '../context.ts'
import { mailWriter } from '../mail/own-words.ts'
import { replaceOld } from '../replacing.ts'
import { sealNow } from '../sealing-keys.ts'

/** A kept stencil, made ready once for all that was composed in it. */
async function stencilOf(tx: TenantTransaction, digest: Buffer, stencils: Map<string, ElmStencil>): Promise<ElmStencil> {
  const name = digest.toString('hex')
  const stencil = stencils.get(name) ?? prepareStencil(found(await readStencil(tx, digest)))
  stencils.set(name, stencil)
  return stencil
}

/** Signs intentions behind a row as they were recorded; seals, claim links and messages are one transaction. Answers the last row, if any. */
export async function sealChunk(
  installation: Installation,
  tx: TenantTransaction,
  batch: BatchRecord,
  { after, most }: { after: number; most: number },
  signer: Signer,
  stencils: Map<string, ElmStencil>,
): Promise<number | undefined> {
  if (!(await isSealing(tx, batch.id))) return undefined
  const intentions = await nextIntentions(tx, batch.id, after, most)
  if (intentions.length === 0) return undefined
  const now = new Date().toISOString()
  const { organisation } = found(await readInstitution(tx))
  const seals: { id: string; bytes: Uint8Array }[] = []
  for (const { id, stencil, fills, digest } of intentions) {
    const document = composeInStencil(await stencilOf(tx, stencil, stencils), `urn:uuid:${id}`, fills)
    if (!createHash('sha256').update(document.bytes!).digest().equals(digest))
      throw new Error(`The recorded bytes of credential ${id} were changed.`)
    seals.push({ id, bytes: await sealNow(document, signer, now) })
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
