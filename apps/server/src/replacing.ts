/** A credential that takes the place of another: the old one says so, and its links lead to the new one. */
import { createHmac } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { insertShare, listShares, markSuperseded, readFollowing, type ShareRow, type TenantTransaction } from '@cairn/store'
import { derivedSecret, type Installation, newId } from './context.ts'
import { publishRevoked } from './revoking.ts'

/** The token of the link that follows from a link: whoever has the old one is led there, and nobody can guess it without our secret. */
function followingToken({ config }: Pick<Installation, 'config'>, { tokenHash }: ShareRow, credential: string): string {
  return createHmac('sha256', derivedSecret(config, 'newer'))
    .update(tokenHash)
    .update(credential)
    .digest()
    .subarray(0, 24)
    .toString('base64url')
}

/**
 * Marks what was replaced, publishes it, and makes a link to the new credential beside every link to the old one that still opens, in the transaction
 * that seals the new. Raises `request.conflict` when one was revoked meanwhile: then nothing takes its place.
 */
export async function replaceOld(
  installation: Installation,
  tx: TenantTransaction,
  pairs: readonly { old: string; by: string }[],
  { actor, now }: { actor: string; now: string },
): Promise<void> {
  if (pairs.length === 0) return
  const replaced = await markSuperseded(tx, pairs, now)
  if (replaced.length < pairs.length)
    throw new ProblemError('request.conflict', 'A credential that was to be replaced was revoked meanwhile.')
  await publishRevoked(installation, tx, replaced, { reason: 'superseded', actor, now, event: 'credential.replace' })
  for (const { old, by } of pairs)
    for (const share of await listShares(tx, old)) {
      if (share.withdrawn || (share.expiresAt !== undefined && share.expiresAt < now)) continue
      const token = followingToken(installation, share, by)
      await insertShare(tx, { id: newId(), credential: by, token, expiresAt: share.expiresAt, follows: share.id }, now)
    }
}

/** Where the newest credential stands for whoever has a link to an older one; undefined when there is none, or its link was taken back. */
export async function newerLink(installation: Installation, tx: TenantTransaction, link: ShareRow): Promise<string | undefined> {
  let address: string | undefined
  let next = await readFollowing(tx, link.id)
  for (let at = link; next && !next.withdrawn; at = next, next = await readFollowing(tx, at.id))
    address = `${installation.config.publicUrl}/c/${followingToken(installation, at, next.credential)}`
  return address
}
