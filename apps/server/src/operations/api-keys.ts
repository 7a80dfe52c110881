/** Operations on keys for programs (R-KEY-5, R-KEY-6). */
import type { ApiKeyAnswer, Handlers } from '@cairn/api'
import { type ApiKeyRow, appendEvent, insertApiKey, keyActor, listApiKeys, stopBatchesOf, withdrawApiKey } from '@cairn/store'
import { asTenant, type Context, found, newId, newToken } from '../context.ts'
import { revokeChosen } from '../revoking.ts'

/** What every key begins with, so that those who look for secrets in public places know one when they see it. */
export const keyPrefix = 'cairn_key_'

function answer({ withdrawnAt, ...key }: ApiKeyRow, now: string): ApiKeyAnswer {
  return { ...key, state: withdrawnAt ? 'withdrawn' : key.expiresAt <= now ? 'ended' : 'active' }
}

export const apiKeyHandlers: Pick<Handlers<Context>, 'apikey.list' | 'apikey.create' | 'apikey.withdraw' | 'apikey.undo'> = {
  'apikey.list': (_, context) =>
    asTenant(context, async (tx) => (await listApiKeys(tx, context.now)).map((key) => answer(key, context.now))),

  'apikey.create': ({ label, scopes, days, perHour, perDay }, context) =>
    asTenant(context, async (tx) => {
      const { now, caller } = context
      const secret = `${keyPrefix}${newToken()}`
      const id = newId()
      const expiresAt = new Date(Date.parse(now) + days * 86_400_000).toISOString()
      const hint = secret.slice(0, keyPrefix.length + 4)
      const given = {
        id,
        label,
        hint,
        scopes: [...new Set(scopes)],
        perHour,
        perDay,
        createdAt: now,
        createdBy: caller.name ?? '',
        expiresAt,
      }
      await insertApiKey(tx, { ...given, token: secret, person: caller.person! })
      await appendEvent(tx, { at: now, actor: caller.person!, name: 'apikey.create', subject: id })
      return { key: answer({ ...given, usedHour: 0, usedDay: 0 }, now), secret }
    }),

  'apikey.withdraw': ({ id }, context) =>
    asTenant(context, async (tx) => {
      if (!(await withdrawApiKey(tx, id, context.now))) found(undefined)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'apikey.withdraw', subject: id })
      return { done: true as const }
    }),

  'apikey.undo': async ({ id, since, reason }, context) => {
    const revoked = await asTenant(context, async (tx) => {
      found((await listApiKeys(tx, context.now, id))[0])
      if (await withdrawApiKey(tx, id, context.now))
        await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'apikey.withdraw', subject: id })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'apikey.undo', subject: id })
      await stopBatchesOf(tx, keyActor(id))
      return revokeChosen(context, tx, { actor: keyActor(id), since }, reason)
    })
    context.wake('mail')
    return { revoked }
  },
}
