/** What a membership needs to speak and to count: its address, its key, the key that members share, its ledger. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import {
  appendEntry,
  type LedgerEntry,
  type LedgerEvent,
  type MacOf,
  memberOn,
  networkTypes,
  type Organisation,
  ProblemError,
  readLedger,
  usedIn,
} from '@cairn/core'
import { type Signer, signPayload } from '@cairn/seals'
import { changeNetwork, insertEntry, listLedger, type NetworkRow, type TenantTransaction } from '@cairn/store'
import { type Context, derivedSecret, type Installation } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { openNamedKey } from '../sealing-keys.ts'

/** Where the documents of a membership of this installation stand, and where others hand theirs in: `<base>/inbox`. */
export const baseOf = ({ config }: Pick<Installation, 'config'>, id: string): string => `${config.publicUrl}/network/${id}`

const secretOf = ({ config }: Pick<Installation, 'config'>) => Buffer.from(derivedSecret(config, 'network-keys'), 'base64url')

/** The key that members share, as it is stored: nonce, tag, ciphertext. */
export function wrapShared(installation: Pick<Installation, 'config'>, key: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secretOf(installation), nonce)
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

export function openShared(installation: Pick<Installation, 'config'>, { sharedKey }: Pick<NetworkRow, 'sharedKey'>): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', secretOf(installation), sharedKey.subarray(0, 12))
  decipher.setAuthTag(sharedKey.subarray(12, 28))
  return Buffer.concat([decipher.update(sharedKey.subarray(28)), decipher.final()])
}

/** HMAC with the key that members share. */
export function macFor(installation: Pick<Installation, 'config'>, row: Pick<NetworkRow, 'sharedKey'>): MacOf {
  const key = openShared(installation, row)
  return (text) => createHmac('sha256', key).update(text).digest('base64url')
}

/**
 * The key that signs for this institution in a network: the first that the directory names for it and that may seal today, so that one that was changed still speaks until the
 * directory names its successor. Raises `network.not-trusted`, `network.not-member`.
 */
export async function memberSigner(context: Context, tx: TenantTransaction, organisation: Organisation, row: NetworkRow): Promise<Signer> {
  const { keys } = memberOn(row.directory, row.me, context.now.slice(0, 10))
  const signer = await openNamedKey(context, tx, organisation, keys)
  if (!signer)
    throw new ProblemError(
      'network.not-trusted',
      'The directory names no key that seals today. Have it name the new one, on the page of the network.',
    )
  return signer
}

/** The ledger, proven from its first entry on. Raises `network.ledger-altered`. */
export async function ledgerOf(tx: TenantTransaction, { id, head }: Pick<NetworkRow, 'id' | 'head'>): Promise<LedgerEntry[]> {
  return readLedger(await listLedger(tx, id), hashText, head)
}

/** Adds an entry, `again` where an answer takes the place of an earlier one; the membership has to be locked. Raises `network.out-of-order`, `network.used-before`. */
export async function addToLedger(
  tx: TenantTransaction,
  row: NetworkRow,
  event: LedgerEvent,
  { again = false } = {},
): Promise<LedgerEntry[]> {
  const ledger = appendEntry(await ledgerOf(tx, row), event, hashText, { again })
  await insertEntry(tx, row.id, ledger.at(-1)!)
  return ledger
}

/** Signs the list of used tokens anew, for the others to see. */
export async function publishUsed(
  tx: TenantTransaction,
  row: NetworkRow,
  { ledger, signer, day }: { ledger: readonly LedgerEntry[]; signer: Signer; day: string },
): Promise<void> {
  const list = { network: row.network, member: row.me, issued: day, tokens: [...usedIn(ledger)].sort() }
  await changeNetwork(tx, row.id, { usedSigned: await signPayload(list, networkTypes.used, signer) })
}
