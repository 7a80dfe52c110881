/** Operations on webhooks. */
import type { Handlers, WebhookAnswer } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import { isSpecialAddress, numberIn } from '@cairn/online'
import {
  appendEvent,
  insertWebhook,
  listDeliveries,
  listWebhooks,
  queueTrial,
  removeWebhook,
  retryDelivery,
  type WebhookRow,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { webhookSecret } from '../webhooks/sign-webhook.ts'

type Own = Pick<
  Handlers<Context>,
  'webhook.list' | 'webhook.create' | 'webhook.remove' | 'webhook.try' | 'webhook.deliveries' | 'webhook.resend'
>

const answer = ({ endedAt, ...webhook }: WebhookRow): WebhookAnswer => ({ ...webhook, state: endedAt ? 'ended' : 'active' })
const done = { done: true as const }

export const webhookHandlers: Own = {
  'webhook.list': (_, context) => asTenant(context, async (tx) => (await listWebhooks(tx)).map(answer)),

  'webhook.create': ({ url, events }, context) =>
    asTenant(context, async (tx) => {
      const { config, now, caller } = context
      const { protocol, port, origin, username, password, hostname } = new URL(url)
      const isOwn = config.webhookOrigins.includes(origin)
      // What the name leads to is looked at before each telling; what the address itself gives away is said at once.
      if (!isOwn && (protocol !== 'https:' || port !== '' || username !== '' || password !== ''))
        throw new ProblemError('fetch.refused', 'A webhook goes to an https address on its own port, without a password in it.', '/url')
      const number = numberIn(hostname)
      if (!isOwn && number && isSpecialAddress(number))
        throw new ProblemError('fetch.refused', 'A webhook goes to an address that everybody can reach.', '/url')
      const id = newId()
      const given = { id, url, events: [...new Set(events)], createdAt: now, createdBy: caller.name ?? '' }
      await insertWebhook(tx, given)
      await appendEvent(tx, { at: now, actor: caller.person!, name: 'webhook.create', subject: id })
      return { webhook: answer({ ...given, waiting: 0, givenUp: 0 }), secret: webhookSecret(config, id) }
    }),

  'webhook.remove': ({ id }, context) =>
    asTenant(context, async (tx) => {
      if (!(await removeWebhook(tx, id))) found(undefined)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'webhook.remove', subject: id })
      return done
    }),

  'webhook.try': ({ id }, context) =>
    asTenant(context, async (tx) => {
      found((await listWebhooks(tx, id))[0])
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'webhook.try', subject: id })
      await queueTrial(tx, id, 'webhook.try', context.now)
      return done
    }),

  'webhook.deliveries': ({ id, ...query }, context) =>
    asTenant(context, async (tx) => {
      const webhook = answer(found((await listWebhooks(tx, id))[0]))
      return { webhook, ...(await listDeliveries(tx, id, query)) }
    }),

  'webhook.resend': ({ id, event }, context) =>
    asTenant(context, async (tx) => {
      if (!(await retryDelivery(tx, id, event, context.now))) found(undefined)
      return done
    }),
}
