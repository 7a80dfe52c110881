/** Publishing a status list: bits from what was revoked, signed anew, under the next number. */
import { bitsFrom, composeStatusList, composeTokenStatusList, statusListEntries, tokenBitsOf, tokenListAddress } from '@cairn/formats'
import { signCompact } from '@cairn/seals'
import { listsToPublish, lockRevoked, publishList, readInstitution, type TenantTransaction } from '@cairn/store'
import { found, type Installation } from './context.ts'
import { forgetPublished } from './published-lists.ts'
import { statusSigner } from './sealing-keys.ts'

/** How long a list is good for, in hours; it is signed again long before (R-ST-2). */
export const listHours = 24

/** Where a list is published. */
export const listAddress = ({ config }: Pick<Installation, 'config'>, list: string): string => `${config.publicUrl}/status/${list}`

/** Publishes anew what was published before a restore, of every tenant; the number of each is higher than it ever was. */
export async function publishRestored(installation: Installation): Promise<void> {
  for (const { tenant, list } of await listsToPublish(installation.database))
    await installation.database.tenant(tenant, (tx) => publishStatusList(installation, tx, list, new Date().toISOString()))
}

/** Signs and publishes a list within the caller's transaction, so that a revocation and its publication are one. */
export async function publishStatusList(installation: Installation, tx: TenantTransaction, list: string, now: string): Promise<void> {
  const { revoked, superseded } = await lockRevoked(tx, list)
  // After a restore, a list that may say less than the one before is not published; the confirmation publishes it.
  if (await installation.isHeld()) return
  const { organisation } = found(await readInstitution(tx))
  const { signer, issuer } = await statusSigner(tx, installation.keys, organisation, now)
  const validUntil = new Date(Date.parse(now) + listHours * 3_600_000).toISOString()
  const address = listAddress(installation, list)
  const bits = bitsFrom(statusListEntries, revoked)
  const replaced = superseded.length > 0 ? bitsFrom(statusListEntries, superseded) : undefined
  const text = await composeStatusList({
    id: address,
    issuer,
    purpose: 'revocation',
    validFrom: now,
    validUntil,
    bits,
    ...(replaced && { superseded: replaced }),
  })
  const signed = new TextEncoder().encode(await signCompact(text, 'vc+jwt', signer))
  // The same places once more, in the form that wallets read.
  const claims = await composeTokenStatusList({
    address: tokenListAddress(address),
    issuer: issuer.organisation.id,
    issuedAt: now,
    expiresAt: validUntil,
    ttl: 600,
    bits: 1,
    statuses: tokenBitsOf(bits),
    ...(replaced && { superseded: tokenBitsOf(replaced) }),
  })
  const token = await signCompact(claims, 'statuslist+jwt', signer)
  const sequence = await publishList(tx, list, { signed, token, publishedAt: now, validUntil })
  forgetPublished(installation.database, list)
  await installation.journal.append([{ kind: 'list', at: now, tenant: tx.tenant, list, sequence }])
}
