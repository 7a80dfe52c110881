/** Telling what is due: signed, through the one safe door, at least once, in the order of events for each place, with waits that grow. */
import { ProblemError } from '@cairn/core'
import { fetchSafely } from '@cairn/online'
import { type DueDelivery, deliveryLeaseMinutes, endWebhook, leaseDeliveries, markTold, markUntold, releaseDeliveries } from '@cairn/store'
import type { Installation } from '../context.ts'
import { composeWebhook } from './sign-webhook.ts'

/** How many are leased at once. */
const most = 50
/** How long a receiver may take to answer, in milliseconds. */
const patience = 10_000
const begunWithin = deliveryLeaseMinutes * 60_000 - 2 * patience

/** Tells what is due, all places at once and each in order; ends between two when the server is stopping. */
export async function tellWebhooks(installation: Installation, isStopping = () => false): Promise<void> {
  while (!isStopping()) {
    const leasedAt = Date.now()
    const due = await leaseDeliveries(installation.database, new Date(leasedAt).toISOString(), most)
    if (due.length === 0) return
    const places = Map.groupBy(due, ({ webhook }) => webhook)
    const mayGoOn = () => !isStopping() && Date.now() - leasedAt < begunWithin
    await Promise.all([...places.values()].map((deliveries) => tellPlace(installation, deliveries, mayGoOn)))
  }
}

/** Tells one place in order; after the first failure the rest waits with it. */
async function tellPlace(installation: Installation, deliveries: readonly DueDelivery[], mayGoOn: () => boolean): Promise<void> {
  const { database } = installation
  for (const [at, delivery] of deliveries.entries()) {
    const nextAt = mayGoOn() ? await tellOne(installation, delivery) : new Date().toISOString()
    if (nextAt === undefined) continue
    const rest = deliveries.slice(mayGoOn() ? at + 1 : at)
    await database.tenant(delivery.tenant, (tx) => releaseDeliveries(tx, rest, nextAt))
    return
  }
}

/** Tells one and records what became of it; when it failed, the moment of the next try. */
async function tellOne({ config, database, log }: Installation, delivery: DueDelivery): Promise<string | undefined> {
  const { body, headers } = composeWebhook(config, delivery, new Date().toISOString())
  const outcome = await fetchSafely(delivery.url, {
    post: { body, mediaType: 'application/json', headers },
    statusOnly: true,
    milliseconds: patience,
    ownOrigins: config.webhookOrigins,
  }).then(
    ({ status }) => ({ status, problem: `The receiver answered with status ${status}.` }),
    (error: unknown) => {
      if (!(error instanceof ProblemError)) throw error
      return { problem: error.problem.detail }
    },
  )
  const now = new Date().toISOString()
  return database.tenant(delivery.tenant, async (tx) => {
    const status = 'status' in outcome ? outcome.status : undefined
    if (status !== undefined && status >= 200 && status < 300) {
      await markTold(tx, delivery, status, now)
      return undefined
    }
    // By the convention a receiver that is gone says so, and is not asked again.
    if (status === 410) await endWebhook(tx, delivery.webhook, now)
    log.warn({ webhook: delivery.webhook, status }, 'a webhook was not taken')
    return markUntold(tx, delivery, outcome, now)
  })
}
