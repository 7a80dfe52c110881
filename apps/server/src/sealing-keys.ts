/** Which key seals, which signs status lists, and who the institution is as its certificate names it. */
import { createHash } from 'node:crypto'
import { type Issuer, type Organisation, type Problem, ProblemError, type Unsealed } from '@cairn/core'
import { checkKeyFor, issuerOf } from '@cairn/keys'
import { finishSeal, prepareSeal, type Signer } from '@cairn/seals'
import { listKeys, type SealKeyRow, type TenantTransaction } from '@cairn/store'
import type { Context } from './context.ts'
import { certificateOf, type KeyRing, keyOf } from './key-ring.ts'

/** The leaf certificate of a stored key. */
export function leafOf(row: Pick<SealKeyRow, 'file'>): Uint8Array {
  return certificateOf(keyOf(row.file))
}

/** Sealing keys that nobody withdrew, the one whose turn came last first. */
const activeSealKeys = async (tx: TenantTransaction): Promise<SealKeyRow[]> =>
  (await listKeys(tx)).filter((key) => key.state === 'active' && key.purpose === 'seal')

const maySealNow = (organisation: Organisation, key: SealKeyRow, now: string) =>
  isItsTurn(key, now) && forbidding(organisation, leafOf(key), now).length === 0

/** Those of them that may seal now. */
const usableSealKeys = async (tx: TenantTransaction, organisation: Organisation, now: string): Promise<SealKeyRow[]> =>
  (await activeSealKeys(tx)).filter((key) => maySealNow(organisation, key, now))

/** The key that seals now: of the active ones whose turn has come the latest that nothing forbids. Raises `key.missing`, or what forbids the one there is. */
export async function currentSealKey(tx: TenantTransaction, organisation: Organisation, now: string): Promise<SealKeyRow> {
  const active = await activeSealKeys(tx)
  const usable = active.find((key) => maySealNow(organisation, key, now))
  if (usable) return usable
  if (active.length === 0) throw new ProblemError('key.missing', 'There is no sealing key yet. Bring one under Keys.')
  const due = active.find((key) => isItsTurn(key, now))
  if (!due) throw new ProblemError('key.missing', 'Every sealing key waits for the day from which it seals.')
  throw ProblemError.from(forbidding(organisation, leafOf(due), now))
}

const isItsTurn = ({ sealsFrom }: SealKeyRow, now: string) => sealsFrom === undefined || Date.parse(sealsFrom) <= Date.parse(now)

/** What forbids sealing with a certificate today; that it ends soon forbids nothing. */
export function forbidding(organisation: Organisation, leaf: Uint8Array, now: string): Problem[] {
  return checkKeyFor(organisation, leaf, now).filter(({ code }) => code !== 'key.expires-soon')
}

/** A stored key, opened, with the issuer its certificate names. */
export async function openKey(ring: KeyRing, row: SealKeyRow, organisation: Organisation): Promise<{ signer: Signer; issuer: Issuer }> {
  return { signer: await ring.open(row.id, row.file), issuer: issuerOf(leafOf(row), organisation) }
}

/** The key that seals today, opened, with the issuer that its certificate names. Raises `key.*`. */
export async function openCurrentKey(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  tx: TenantTransaction,
  organisation: Organisation,
): Promise<{ id: string; signer: Signer; issuer: Issuer }> {
  const key = await currentSealKey(tx, organisation, now)
  return { id: key.id, ...(await openKey(keys, key, organisation)) }
}

/** The first of these keys, named by the SHA-256 of their certificates, that may seal today, opened; nothing where none may. */
export async function openNamedKey(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  tx: TenantTransaction,
  organisation: Organisation,
  names: readonly string[],
): Promise<Signer | undefined> {
  const usable = await usableSealKeys(tx, organisation, now)
  for (const name of names) {
    const row = usable.find((key) => thumbprintOfLeaf(leafOf(key)) === name)
    if (row) return (await openKey(keys, row, organisation)).signer
  }
  return undefined
}

/** How a network names the key that seals today; nothing where none may. */
export async function currentThumbprint(tx: TenantTransaction, organisation: Organisation, now: string): Promise<string | undefined> {
  const [usable] = await usableSealKeys(tx, organisation, now)
  return usable && thumbprintOfLeaf(leafOf(usable))
}

/** SHA-256 of a certificate as base64url: how a network names a key. */
const thumbprintOfLeaf = (leaf: Uint8Array) => createHash('sha256').update(leaf).digest('base64url')

/** Seals one document now. */
export async function sealNow(document: Unsealed, signer: Signer, at: string): Promise<Uint8Array> {
  const prepared = await prepareSeal(document, { certificates: signer.certificates, algorithm: signer.algorithm, at })
  return finishSeal(prepared, await signer.sign(prepared.toBeSigned)).bytes
}

/**
 * The key that signs status lists: one of that purpose of the same organisation, else the sealing key itself, for an authority that certifies one
 * key only.
 */
export async function statusSigner(
  tx: TenantTransaction,
  ring: KeyRing,
  organisation: Organisation,
  now: string,
): Promise<{ signer: Signer; issuer: Issuer }> {
  const keys = await listKeys(tx)
  const own = keys.find(
    (key) => key.state === 'active' && key.purpose === 'status' && forbidding(organisation, leafOf(key), now).length === 0,
  )
  return openKey(ring, own ?? (await currentSealKey(tx, organisation, now)), organisation)
}
