/** What a webhook sends, signed by the convention of Standard Webhooks 1.0: https://www.standardwebhooks.com. */
import { createHmac } from 'node:crypto'
import type { DueDelivery } from '@cairn/store'
import type { Config } from '../config.ts'
import { derivedSecret } from '../context.ts'

/** The secret of a webhook, as its receiver is given it. It follows from the server's own and is stored nowhere; another webhook has another. */
export function webhookSecret(config: Pick<Config, 'secret'>, id: string): string {
  return `whsec_${Buffer.from(derivedSecret(config, `webhook ${id}`), 'base64url').toString('base64')}`
}

/** The body and the headers of a telling: ids and names alone, nothing of a person. The id is the same at every try; the time is that of the try. */
export function composeWebhook(
  config: Pick<Config, 'secret'>,
  { tenant, webhook, event, name, at, subject }: DueDelivery,
  now: string,
): { body: Uint8Array; headers: Record<string, string> } {
  const text = JSON.stringify({
    type: name,
    timestamp: at,
    data: { institution: tenant, event, ...(subject === null ? {} : { id: subject }) },
  })
  const id = `msg_${webhook.replaceAll('-', '')}_${event}`
  const seconds = String(Math.floor(Date.parse(now) / 1000))
  return {
    body: new TextEncoder().encode(text),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': signatureOf(webhookSecret(config, webhook), id, seconds, text),
      'user-agent': 'Cairn',
    },
  }
}

/** The signature over id, time and body, with the secret as its receiver has it. */
export function signatureOf(secret: string, id: string, seconds: string, text: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64')}`
}
