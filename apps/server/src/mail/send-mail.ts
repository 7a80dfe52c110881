/** Sending what the outbox holds: one recipient a message, at least once, the same Message-ID at every try. */
import { leaseMessages, markSent, markTrouble } from '@cairn/store'
import nodemailer from 'nodemailer'
import type { Installation } from '../context.ts'

/** Sends what is due. Does nothing where no mail server is configured: the console's Outbox then shows what would have gone. */
export async function sendDueMail({ config, database, log }: Installation): Promise<void> {
  if (!config.smtpUrl) return
  const transport = nodemailer.createTransport(config.smtpUrl, { connectionTimeout: 10_000, socketTimeout: 30_000 } as object)
  const host = new URL(config.publicUrl).hostname
  try {
    for (;;) {
      const due = await leaseMessages(database, new Date().toISOString(), 50)
      if (due.length === 0) return
      for (const message of due) {
        const now = new Date().toISOString()
        try {
          await transport.sendMail({
            from: config.mailFrom,
            to: message.recipient,
            subject: message.subject,
            text: message.body,
            messageId: `<${message.id}@${host}>`,
          })
          await database.tenant(message.tenant, (tx) => markSent(tx, message.id, now))
        } catch (error) {
          const code = (error as { responseCode?: number }).responseCode
          // A mailbox that does not exist will not exist in five minutes either; everything else is tried again, later each time.
          const minutes = code && code >= 500 ? 24 * 60 : Math.min(2 ** message.attempts, 240)
          const why = code ? `The mail server answered ${code}.` : 'The mail server did not answer.'
          await database.tenant(message.tenant, (tx) =>
            markTrouble(tx, message.id, why, new Date(Date.now() + minutes * 60_000).toISOString()),
          )
          log.warn({ message: message.id, code }, 'mail was not taken')
        }
      }
    }
  } finally {
    transport.close()
  }
}
