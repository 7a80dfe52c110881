/** Operations on webhooks: where an institution's programs are told of what happens. */
import { Uuid } from '@cairn/core'
import { z } from 'zod'
import { Done, Nothing, operation, page } from './operation.ts'

/** What can be told: names of events of the record. `subject` of each is the id of a batch, a credential, a specification or a request; of a mail that came back it is its credential's. */
export const webhookEvents = [
  'batch.confirm',
  'batch.seal',
  'batch.fail',
  'batch.cancel',
  'credential.send',
  'credential.replace',
  'credential.revoke',
  'claim.accept',
  'mail.return',
  'specification.publish',
  'recognition.ask',
  'recognition.decide',
  'apikey.create',
  'apikey.cap',
  'apikey.undo',
] as const

const owner = ['owner'] as const
const readers = ['owner', 'auditor'] as const
const byId = z.strictObject({ id: Uuid })

/** A webhook as its institution sees it; the secret is not in it. */
export const WebhookAnswer = z
  .strictObject({
    id: Uuid,
    url: z.string(),
    events: z.array(z.string()),
    state: z.enum(['active', 'ended']),
    createdAt: z.string(),
    createdBy: z.string(),
    waiting: z.int(),
    givenUp: z.int(),
    lastSentAt: z.string().optional(),
  })
  .meta({ id: 'Webhook' })
export type WebhookAnswer = z.infer<typeof WebhookAnswer>

/** One telling of an event: arrived, waiting for its next try, or given up. */
export const DeliveryAnswer = z
  .strictObject({
    event: z.int(),
    name: z.string(),
    at: z.string(),
    attempts: z.int(),
    sentAt: z.string().optional(),
    nextAt: z.string().optional(),
    givenUp: z.boolean(),
    status: z.int().optional(),
    problem: z.string().optional(),
  })
  .meta({ id: 'WebhookDelivery' })

export const webhookOperations = {
  'webhook.list': operation({
    method: 'GET',
    path: '/webhooks',
    summary: 'Where programs are told of events',
    roles: readers,
    input: Nothing,
    output: z.array(WebhookAnswer).meta({ id: 'Webhooks' }),
    problems: [],
  }),
  'webhook.create': operation({
    method: 'POST',
    path: '/webhooks',
    summary: 'Have events told to an address, signed by the Standard Webhooks convention; `secret` is shown this once',
    roles: owner,
    input: z.strictObject({ url: z.url().max(2000), events: z.array(z.enum(webhookEvents)).min(1) }).meta({ id: 'WebhookCreate' }),
    output: z.strictObject({ webhook: WebhookAnswer, secret: z.string() }).meta({ id: 'WebhookMade' }),
    problems: ['input.invalid', 'fetch.refused'],
    fresh: true,
  }),
  'webhook.remove': operation({
    method: 'DELETE',
    path: '/webhooks/:id',
    summary: 'Tell nobody there any more',
    roles: owner,
    input: byId,
    output: Done,
    problems: ['request.not-found'],
    fresh: true,
  }),
  'webhook.try': operation({
    method: 'POST',
    path: '/webhooks/:id/try',
    summary: 'Tell the event webhook.try to this address alone',
    roles: owner,
    input: byId,
    output: Done,
    problems: ['request.not-found'],
  }),
  'webhook.deliveries': operation({
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    summary: 'What was told, waits, or was given up; what arrived is kept for thirty days',
    roles: readers,
    input: z.strictObject({ id: Uuid, ...page }).meta({ id: 'WebhookDeliveryQuery' }),
    output: z.strictObject({ webhook: WebhookAnswer, total: z.int(), items: z.array(DeliveryAnswer) }).meta({ id: 'WebhookDeliveries' }),
    problems: ['request.not-found'],
  }),
  'webhook.resend': operation({
    method: 'POST',
    path: '/webhooks/:id/deliveries/:event/resend',
    summary: 'Tell an event once more, with the same id',
    roles: owner,
    input: z.strictObject({ id: Uuid, event: z.coerce.number().int().min(1).max(2_147_483_647) }).meta({ id: 'WebhookResend' }),
    output: Done,
    problems: ['request.not-found'],
  }),
} as const
