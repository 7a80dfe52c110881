/** Revoking, and what follows from it: the journal, the status lists, the record and the mails, in the transaction that revokes. */
import { ProblemError, type RevocationReason, textIn, todayOf } from '@cairn/core'
import {
  appendEvents,
  type Chosen,
  insertMessages,
  markRevoked,
  type RevokedRow,
  readInstitution,
  type TenantTransaction,
  withdrawNotices,
} from '@cairn/store'
import { type Context, found, type Installation, newId } from './context.ts'
import { mailWriter } from './mail/own-words.ts'
import { publishStatusList } from './status-publishing.ts'

/** Writes the journal, publishes each list that changed once, and records one event a credential. */
export async function publishRevoked(
  installation: Installation,
  tx: TenantTransaction,
  rows: readonly RevokedRow[],
  { reason, actor, now, event = 'credential.revoke' }: { reason: RevocationReason; actor: string; now: string; event?: string },
): Promise<void> {
  if (rows.length === 0) return
  await installation.journal.append(
    rows.map(({ id, statusList, statusIndex }) => ({
      kind: 'revoked' as const,
      at: now,
      tenant: tx.tenant,
      credential: id,
      list: statusList,
      index: statusIndex,
      reason,
    })),
  )
  for (const list of new Set(rows.map(({ statusList }) => statusList))) await publishStatusList(installation, tx, list, now)
  await appendEvents(
    tx,
    rows.map(({ id }) => ({ at: now, actor, name: event, subject: id })),
  )
}

/**
 * Revokes what was chosen and was not revoked before, with one reason, and tells each learner who was told of it. Answers how many there were. Raises
 * `request.conflict` when they are not as many as was `agreed`.
 */
export async function revokeChosen(
  context: Context,
  tx: TenantTransaction,
  chosen: Chosen,
  reason: RevocationReason,
  agreed?: number,
): Promise<number> {
  const { now, caller } = context
  const rows = await markRevoked(tx, chosen, reason, now)
  // Before the journal, which keeps what it was told whatever becomes of this transaction.
  if (agreed !== undefined && rows.length !== agreed)
    throw new ProblemError('request.conflict', 'These credentials changed after you looked at the summary. Look again, then revoke.')
  const untold = await withdrawNotices(
    tx,
    rows.map(({ id }) => id),
    now,
  )
  await publishRevoked(context, tx, rows, { reason, actor: caller.person!, now })
  const { organisation } = found(await readInstitution(tx))
  const link = `${context.config.publicUrl}/issuers/${organisation.id.slice(9)}`
  const write = await mailWriter(tx)
  const messages = rows.flatMap(({ id, email, learner, title, language = 'en' }) => {
    if (!email || untold.has(id)) return []
    const institution = textIn(organisation.legalName, language)
    const words = write('revocation', language, { learner, institution, title, reason, day: todayOf(organisation, now), link })
    return [{ id: newId(), kind: 'revocation', credential: id, event: 'revoked', to: email, ...words }]
  })
  await insertMessages(tx, messages, now)
  return rows.length
}
