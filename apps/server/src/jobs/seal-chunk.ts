/** Seals for intentions: each is signed once, as it was recorded (R-DUR-1). */
import { setImmediate } from 'node:timers/promises'
import { type Room, textIn } from '@cairn/core'
import { composeInStencil, type ElmStencil, prepareStencil } from '@cairn/formats'
import type { Signer } from '@cairn/seals'
import {
  type BatchRecord,
  type Intention,
  insertClaims,
  insertMessages,
  isSealing,
  lockIntentions,
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
import { digestOfStencil, isAsRecorded } from './as-recorded.ts'

/** A kept stencil, made ready once for all that was composed in it. */
async function stencilOf(tx: TenantTransaction, digest: Buffer, stencils: Map<string, ElmStencil>): Promise<ElmStencil> {
  const name = digest.toString('hex')
  const stencil = stencils.get(name) ?? (await readAgain(tx, digest))
  // Awards in part have as many as there are combinations of outcomes: none is worth more memory than the next.
  if (stencils.size > 64) stencils.clear()
  stencils.set(name, stencil)
  return stencil
}

async function readAgain(tx: TenantTransaction, digest: Buffer): Promise<ElmStencil> {
  const pieces = found(await readStencil(tx, digest))
  if (!digestOfStencil(pieces).equals(digest)) throw new Error(`The stencil ${digest.toString('hex')} was changed.`)
  return prepareStencil(pieces)
}

/** An intention that is committed, with what its exact bytes are composed of. */
export interface Intended
  extends Pick<Intention, 'id' | 'rowNumber' | 'email' | 'language' | 'learner' | 'title' | 'supersedes' | 'fills'> {
  composedIn: ElmStencil
}

/** Takes up what was recorded and not sealed behind a row, its bytes held against the digest that was recorded with them. */
export async function takeUp(
  tx: TenantTransaction,
  batch: string,
  { after, most }: { after: number; most: number },
  stencils: Map<string, ElmStencil>,
): Promise<Intended[]> {
  const taken: Intended[] = []
  for (const { stencil, digest, ...intention } of await nextIntentions(tx, batch, after, most)) {
    const composedIn = await stencilOf(tx, stencil, stencils)
    const { id, fills } = intention
    if (!isAsRecorded({ id, digest, stencil, fills, exact: () => composeInStencil(composedIn, `urn:uuid:${id}`, fills).payload }))
      throw new Error(`The recorded bytes of credential ${intention.id} were changed.`)
    taken.push({ ...intention, composedIn })
  }
  return taken
}

/** Those of them that still wait for their seal, locked. */
export async function stillIntended(tx: TenantTransaction, batch: string, recorded: readonly Intended[]): Promise<Intended[]> {
  if (!(await isSealing(tx, batch))) return []
  const waiting = await lockIntentions(
    tx,
    recorded.map(({ id }) => id),
  )
  return recorded.filter(({ id }) => waiting.has(id))
}

/** Where seals are composed: one is filled while the database still reads the other. */
export type Rooms = readonly [Room, Room]

/** How many seals go to the database at once: enough that a statement costs little, few enough that nobody has to find megabytes for it. */
const sealsAtOnce = 16

/** Signs so many seals while the database takes those before, each in a room of its own until they are answered for. */
async function makeSeals(tx: TenantTransaction, intentions: readonly Intended[], signer: Signer, rooms: Rooms, now: string): Promise<void> {
  const store = async (seals: readonly { id: string; bytes: Uint8Array }[]) => {
    if ((await storeSeals(tx, seals, now)) !== seals.length) throw new Error('Some intentions were sealed by somebody else meanwhile.')
  }
  let [storing, [room, other]] = [Promise.resolve(), rooms]
  try {
    for (let at = 0; at < intentions.length; at += sealsAtOnce) {
      const seals: { id: string; bytes: Uint8Array }[] = []
      room.clear()
      for (const { id, composedIn, fills } of intentions.slice(at, at + sealsAtOnce)) {
        seals.push({ id, bytes: await sealNow(composeInStencil(composedIn, `urn:uuid:${id}`, fills, room.take), signer, now) })
        // What the connection could not write at once goes on between two signatures.
        await setImmediate()
      }
      await storing
      storing = store(seals)
      // Told where it is waited for.
      storing.catch(() => undefined)
      ;[room, other] = [other, room]
    }
  } finally {
    // Also where a signature failed: until then the bytes are the database's.
    await storing
  }
}

/** Signs intentions that this transaction has locked; seals, claim links and messages are one transaction. */
export async function sealChunk(
  installation: Installation,
  tx: TenantTransaction,
  batch: BatchRecord,
  intentions: readonly Intended[],
  signer: Signer,
  rooms: Rooms,
): Promise<void> {
  const now = new Date().toISOString()
  const { organisation } = found(await readInstitution(tx))
  await makeSeals(tx, intentions, signer, rooms, now)
  if (installation.config.sealLevel !== 'B-B')
    await queueSeals(
      tx,
      intentions.map(({ id }) => id),
      now,
    )
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
}
