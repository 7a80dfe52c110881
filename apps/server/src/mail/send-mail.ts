/** Sending what the outbox holds: one recipient a message, one message at a time, at least once, the same Message-ID at every try. */
import { setTimeout as sleep } from 'node:timers/promises'
import { MailAddress } from '@cairn/core'
import { mailHtml } from '@cairn/documents'
import { type DueMessage, leaseMessages, leaseMinutes, markSent, markTrouble, releaseMessages } from '@cairn/store'
import nodemailer, { type Transporter } from 'nodemailer'
import type { Installation } from '../context.ts'
import { returnAddress } from './return-address.ts'

/** How many messages are leased at once. */
const most = 50
/** How long the mail server may keep us waiting, in milliseconds: a message begun within its lease ends within it. */
const patience = 30_000
const begunWithin = leaseMinutes * 60_000 - 4 * patience

/**
 * Sends what is due; ends between two messages when the server is stopping. Does nothing where no mail server is configured: the console's Outbox then
 * shows what would have gone. A mail server that is away costs one message a wait; the others keep their turn.
 */
export async function sendDueMail(installation: Installation, isStopping = () => false): Promise<void> {
  const { config, database } = installation
  if (!config.smtpUrl) return
  // One connection for many messages, and one message on its way at a time: a process that is killed can cause one repeat and no more (R-DUR-1).
  const transport = nodemailer.createTransport({
    url: config.smtpUrl,
    pool: true,
    maxConnections: 1,
    maxMessages: 1000,
    connectionTimeout: 10_000,
    greetingTimeout: patience,
    socketTimeout: patience,
    ...(config.dkim ? { dkim: config.dkim } : {}),
  } as object)
  try {
    while (!isStopping()) {
      const leasedAt = Date.now()
      const due = await leaseMessages(database, new Date(leasedAt).toISOString(), most)
      if (due.length === 0) return
      installation.passes('mail-leased')
      for (const [at, message] of due.entries()) {
        const late = isStopping() || Date.now() - leasedAt > begunWithin
        if (!late && (await sendOne(installation, transport, message))) continue
        await releaseMessages(database, due.slice(late ? at : at + 1), new Date().toISOString())
        if (!late) return
        break
      }
    }
  } finally {
    transport.close()
  }
}

/** Sends one message and records what became of it; false when the mail server cannot be reached, so that nothing more is tried now. */
async function sendOne(installation: Installation, transport: Transporter, message: DueMessage): Promise<boolean> {
  const { config, database, log } = installation
  const { returns } = config
  const trouble = (why: string, minutes: number, refusedAt?: string) =>
    database.tenant(message.tenant, (tx) =>
      markTrouble(tx, message.id, why, new Date(Date.now() + minutes * 60_000).toISOString(), refusedAt),
    )
  // The last look before a line of a protocol is made of it: an address with a line break would be two lines (R-MAIL-1).
  if (!MailAddress.safeParse(message.recipient).success) {
    await trouble('This is no mail address.', 24 * 60, new Date().toISOString())
    return true
  }
  try {
    await transport.sendMail({
      from: config.mailFrom,
      to: message.recipient,
      ...(returns ? { envelope: { from: returnAddress({ ...config, returns }, message), to: message.recipient } } : {}),
      subject: message.subject,
      text: message.body,
      html: mailHtml({ subject: message.subject, text: message.body }),
      headers: { 'Auto-Submitted': 'auto-generated' },
      messageId: `<${message.id}@${new URL(config.publicUrl).hostname}>`,
    })
  } catch (error) {
    const code = (error as { responseCode?: number }).responseCode
    // A mailbox that does not exist will not exist in five minutes either; everything else is tried again, later each time.
    const minutes = code && code >= 500 ? 24 * 60 : Math.min(2 ** message.attempts, 240)
    const why = code ? `The mail server answered ${code}.` : 'The mail server did not answer.'
    await trouble(why, minutes, code && code >= 500 ? new Date().toISOString() : undefined)
    log.warn({ message: message.id, code }, 'mail was not taken')
    return code !== undefined && code !== 421
  }
  installation.passes('mail-handed')
  await keepSent(installation, message)
  installation.passes('mail-kept')
  return true
}

/** Records that a message went out. A database that is away for a moment is waited for: what was handed over must not go again. */
async function keepSent({ database }: Installation, { tenant, id }: DueMessage): Promise<void> {
  const now = new Date().toISOString()
  for (let tries = 1; ; tries++)
    try {
      return await database.tenant(tenant, (tx) => markSent(tx, id, now))
    } catch (error) {
      if (tries >= 60) throw error
      await sleep(500)
    }
}
