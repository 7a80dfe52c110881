/** Which key seals, which signs status lists, and who the institution is as its certificate names it. */
import { type Issuer, type Organisation, ProblemError } from '@cairn/core'
import { checkKeyFor, issuerOf } from '@cairn/keys'
import type { Signer } from '@cairn/seals'
import { listKeys, type SealKeyRow, type TenantTransaction } from '@cairn/store'
import { type KeyRing, keyOf } from './key-ring.ts'

/** The leaf certificate of a stored key. */
export function leafOf(row: Pick<SealKeyRow, 'file'>): Uint8Array {
  return new Uint8Array(Buffer.from(keyOf(row.file).certificates[0]!, 'base64'))
}

/** The key that seals now: of the active ones whose turn has come the latest that nothing forbids. Raises `key.missing`, or what forbids the one there is. */
export async function currentSealKey(tx: TenantTransaction, organisation: Organisation, now: string): Promise<SealKeyRow> {
  const active = (await listKeys(tx)).filter((key) => key.state === 'active' && key.purpose === 'seal')
  if (active.length === 0) throw new ProblemError('key.missing', 'There is no sealing key yet. Bring one under Keys.')
  const usable = active.find((key) => isItsTurn(key, now) && forbidding(organisation, key, now).length === 0)
  if (usable) return usable
  const waiting = active.every((key) => !isItsTurn(key, now))
  if (waiting) throw new ProblemError('key.missing', 'Every sealing key waits for the day from which it seals.')
  const [first, ...others] = forbidding(organisation, active.find((key) => isItsTurn(key, now))!, now)
  throw new ProblemError(first!.code, first!.detail, first!.pointer, others)
}

const isItsTurn = ({ sealsFrom }: SealKeyRow, now: string) => sealsFrom === undefined || Date.parse(sealsFrom) <= Date.parse(now)

function forbidding(organisation: Organisation, key: SealKeyRow, now: string) {
  return checkKeyFor(organisation, leafOf(key), now).filter(({ code }) => code !== 'key.expires-soon')
}

/** A stored key, opened, with the issuer its certificate names. */
export async function openKey(ring: KeyRing, row: SealKeyRow, organisation: Organisation): Promise<{ signer: Signer; issuer: Issuer }> {
  return { signer: await ring.open(row.id, row.file), issuer: issuerOf(leafOf(row), organisation) }
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
  const own = keys.find((key) => key.state === 'active' && key.purpose === 'status' && forbidding(organisation, key, now).length === 0)
  return openKey(ring, own ?? (await currentSealKey(tx, organisation, now)), organisation)
}
