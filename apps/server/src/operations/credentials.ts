/** Operations on credentials: find, send, revoke, share, claim. */
import type { ClaimAnswer, Handlers } from '@cairn/api'
import { drawStone, type Edition, ProblemError, stoneOf, textIn } from '@cairn/core'
import {
  appendEvent,
  type Chosen,
  type CredentialRow,
  changeEmail,
  hasWaitingNotice,
  insertClaims,
  insertMessages,
  insertShare,
  listCredentials,
  listEvents,
  listMessages,
  listShares,
  markClaimed,
  markDelivered,
  markResent,
  readAwardGiven,
  readClaim,
  readCredential,
  readEdition,
  readInstitution,
  readSealed,
  readStanding,
  retryMessage,
  type ShareRow,
  summariseRevocation,
  type TenantTransaction,
  withdrawShare,
} from '@cairn/store'
import { claimed, oneClaimed, withClaim } from '../claimed.ts'
import { asTenant, type Context, found, newId, newToken } from '../context.ts'
import { finish, prepareForm } from '../forms/make-form.ts'
import { makePackage } from '../forms/make-package.ts'
import { mailWriter } from '../mail/own-words.ts'
import { revokeChosen } from '../revoking.ts'
import { listAddress } from '../status-publishing.ts'

type Own = Pick<
  Handlers<Context>,
  | 'credential.list'
  | 'credential.read'
  | 'credential.given'
  | 'credential.download'
  | 'credential.package'
  | 'credential.send'
  | 'credential.revoke'
  | 'revocation.preview'
  | 'revocation.make'
  | 'credential.share'
  | 'outbox.list'
  | 'outbox.retry'
  | 'claim.read'
  | 'claim.accept'
  | 'claim.download'
  | 'claim.package'
  | 'claim.share'
  | 'claim.withdraw'
>

const shareAnswer = ({ id, createdAt, expiresAt, withdrawn }: ShareRow) => ({
  id,
  createdAt,
  withdrawn,
  ...(expiresAt ? { expiresAt } : {}),
})
/** A credential with its history, for the console. */
async function answer(context: Context, tx: TenantTransaction, row: CredentialRow) {
  const { items } = await listEvents(tx, { page: 1, size: 100, subject: row.record.id })
  return {
    record: row.record,
    ...(row.batch ? { batch: row.batch } : {}),
    status: { list: listAddress(context, row.statusList), index: row.statusIndex },
    ...(row.record.sealedAt ? { seal: (await readStanding(tx, row.record.id)) ?? { level: row.level } } : {}),
    shares: (await listShares(tx, row.record.id)).map(shareAnswer),
    events: items.map(({ at, name, actor }) => ({ at, name, actor })),
  }
}

async function share(context: Context, tx: TenantTransaction, credential: string, days: number | undefined, actor: string) {
  const token = newToken()
  const expiresAt = days === undefined ? undefined : new Date(Date.parse(context.now) + days * 86_400_000).toISOString()
  await insertShare(tx, { id: newId(), credential, token, expiresAt }, context.now)
  await appendEvent(tx, { at: context.now, actor, name: 'credential.share', subject: credential })
  return { url: `${context.config.publicUrl}/c/${token}` }
}

async function claimAnswer(tx: TenantTransaction, claim: { id: string; credential: string; claimedAt?: string }): Promise<ClaimAnswer> {
  const chain = await claimed(tx, claim.credential)
  const { organisation } = found(await readInstitution(tx))
  const credentials: ClaimAnswer['credentials'] = []
  for (const { record } of chain) {
    const { id, title, state, awardDate } = record
    const stone = stoneSvg(found(await readEdition(tx, record.edition)).edition)
    credentials.push({ id, title, state, awardDate, stone, shares: (await listShares(tx, id)).map(shareAnswer) })
  }
  return {
    institution: organisation.legalName,
    learner: chain[0]!.record.learner,
    ...(claim.claimedAt ? { claimedAt: claim.claimedAt } : {}),
    credentials,
  }
}

/** One of the two ways to choose. */
function choiceOf({ ids, batch }: { ids?: string[] | undefined; batch?: string | undefined }): Chosen {
  if ((ids === undefined) === (batch === undefined)) throw new ProblemError('input.invalid', 'Name credentials, or a batch.', '/ids')
  return ids ? { ids } : { batch: batch! }
}

const stoneSvg = (edition: Edition) => drawStone(stoneOf(edition.specification, edition.achievement)).svg
const learner = 'learner'

export const credentialHandlers: Own = {
  'credential.list': (query, context) => asTenant(context, (tx) => listCredentials(tx, query)),

  'credential.read': ({ id }, context) => asTenant(context, async (tx) => answer(context, tx, found(await readCredential(tx, id)))),

  'credential.given': ({ id }, context) =>
    asTenant(context, async (tx) => found(await readAwardGiven(tx, id), 'What was given for this credential is not kept any more.')),

  'credential.download': ({ id, form }, context) =>
    finish(
      asTenant(context, async (tx) => {
        const row = found(await readCredential(tx, id))
        await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'credential.download', subject: id })
        return prepareForm(context, tx, row, form)
      }),
    ),

  'credential.package': async ({ id }, context) => {
    const { row, bytes } = await asTenant(context, async (tx) => {
      const row = found(await readCredential(tx, id))
      const bytes = found(await readSealed(tx, id), 'This credential is not sealed yet.')
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'credential.download', subject: id })
      return { row, bytes }
    })
    return makePackage(context, row, bytes)
  },

  'credential.send': async ({ id, email }, context) => {
    const sent = await asTenant(context, async (tx) => {
      const { record, language } = found(await readCredential(tx, id))
      const to = email ?? record.email
      if (!to)
        throw new ProblemError(
          'credential.no-address',
          'There is no e-mail address for this learner. Make a share link at the counter instead.',
        )
      if (!record.sealedAt) throw new ProblemError('request.conflict', 'This credential is not sealed yet.')
      if (await hasWaitingNotice(tx, id))
        throw new ProblemError(
          'request.conflict',
          'The messages of this batch have not gone out yet; until then it can still be cancelled.',
        )
      const { organisation } = found(await readInstitution(tx))
      const token = newToken()
      const write = await mailWriter(tx)
      const words = write('claim', language ?? 'en', {
        learner: record.learner,
        institution: textIn(organisation.legalName, language ?? 'en'),
        title: record.title,
        link: `${context.config.publicUrl}/claim/${token}`,
      })
      if (to !== record.email) await changeEmail(tx, id, to)
      const message = { id: newId(), kind: 'claim', credential: id, to, ...words }
      await insertClaims(tx, [{ id: newId(), credential: id, token }], context.now)
      await markResent(tx, id, context.now)
      await insertMessages(tx, [message], context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'credential.send', subject: id })
      return {
        id: message.id,
        to: message.to,
        subject: message.subject,
        text: message.text,
        createdAt: context.now,
        attempts: 0,
        state: 'waiting' as const,
      }
    })
    context.wake('mail')
    return sent
  },

  'credential.revoke': async ({ id, reason }, context) => {
    const done = await asTenant(context, async (tx) => {
      found(await readCredential(tx, id, true))
      if ((await revokeChosen(context, tx, { ids: [id] }, reason)) === 0)
        throw new ProblemError('request.conflict', 'This credential was revoked before, or is not sealed yet.')
      return answer(context, tx, found(await readCredential(tx, id)))
    })
    context.wake('mail')
    return done
  },

  'revocation.preview': (chosen, context) => asTenant(context, async (tx) => summariseRevocation(tx, choiceOf(chosen))),

  'revocation.make': async ({ reason, count, ...chosen }, context) => {
    const revoked = await asTenant(context, (tx) => revokeChosen(context, tx, choiceOf(chosen), reason, count))
    context.wake('mail')
    return { revoked }
  },

  'credential.share': ({ id, days }, context) =>
    asTenant(context, async (tx) => {
      found((await readCredential(tx, id))?.record.sealedAt)
      return share(context, tx, id, days, context.caller.person!)
    }),

  'outbox.list': (query, context) =>
    asTenant(context, async (tx) => {
      // An invitation makes whoever opens it what it says, or speak for a body, so only owners may see its link; a sign-in link is shown to nobody.
      const kinds = [
        'claim',
        'revocation',
        'reminder',
        'batch',
        'api-key',
        'recognition',
        ...(context.caller.roles.includes('owner') ? ['invitation', 'survey'] : []),
      ]
      const { total, items } = await listMessages(tx, { ...query, kinds })
      const link = /https?:\/\/\S+/
      return {
        total,
        sending: context.config.smtpUrl !== undefined,
        items: items.map((item) => ({ ...item, ...(link.test(item.text) ? { link: link.exec(item.text)![0] } : {}) })),
      }
    }),

  'outbox.retry': async ({ id }, context) => {
    await asTenant(context, async (tx) => {
      if (!(await retryMessage(tx, id, context.now))) found(undefined)
    })
    context.wake('mail')
    return { done: true as const }
  },

  'claim.read': ({ token }, context) => withClaim(context, token, (tx, claim) => claimAnswer(tx, claim)),

  'claim.accept': ({ token }, context) =>
    withClaim(context, token, async (tx, claim) => {
      await markClaimed(tx, claim.id, context.now)
      for (const { record } of await claimed(tx, claim.credential)) await markDelivered(tx, record.id, context.now)
      if (!claim.claimedAt) await appendEvent(tx, { at: context.now, actor: learner, name: 'claim.accept', subject: claim.credential })
      return claimAnswer(tx, found(await readClaim(tx, claim.id)))
    }),

  'claim.download': ({ token, id, form }, context) =>
    finish(
      withClaim(context, token, async (tx, claim) => {
        const row = await oneClaimed(tx, claim, id)
        await markDelivered(tx, id, context.now)
        return prepareForm(context, tx, row, form)
      }),
    ),

  'claim.package': async ({ token, id }, context) => {
    const { row, bytes } = await withClaim(context, token, async (tx, claim) => {
      const row = await oneClaimed(tx, claim, id)
      const bytes = found(await readSealed(tx, id), 'This credential is not sealed yet.')
      await markDelivered(tx, id, context.now)
      return { row, bytes }
    })
    return makePackage(context, row, bytes)
  },

  'claim.share': ({ token, id, days }, context) =>
    withClaim(context, token, async (tx, claim) => {
      await oneClaimed(tx, claim, id)
      return share(context, tx, id, days, learner)
    }),

  'claim.withdraw': ({ token, share: id }, context) =>
    withClaim(context, token, async (tx, claim) => {
      const chain = await claimed(tx, claim.credential)
      const done: boolean[] = []
      for (const { record } of chain) done.push(await withdrawShare(tx, id, record.id, context.now))
      if (!done.includes(true)) found(undefined)
      await appendEvent(tx, { at: context.now, actor: learner, name: 'claim.withdraw', subject: claim.credential })
      return { done: true as const }
    }),
}
