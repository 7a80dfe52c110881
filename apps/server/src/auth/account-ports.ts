/** What accounts need of the rest of the server: a link on its way to a mailbox, and the record of who signed in. */
import { mailText } from '@cairn/documents'
import { appendEvent, type Database, findMemberships } from '@cairn/store'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { linkMinutes } from './accounts.ts'

/** What a person did to their own account, in the record of every institution they work in; without it, it is not done (R-LOG-1). */
export async function recordOwn(database: Database, person: string, name: string, subject = person): Promise<void> {
  for (const { tenant } of await findMemberships(database, person))
    await database.tenant(tenant, (tx) => appendEvent(tx, { at: new Date().toISOString(), actor: person, name, subject }))
}

/** A link that signs in goes out at once and is kept nowhere; without a mail server a demonstration prints it. */
export async function sendLink(config: Config, log: Logger, to: string, link: string): Promise<void> {
  const words = mailText('sign-in', 'en', { link, minutes: linkMinutes })
  if (!config.smtpUrl) {
    if (config.demo) log.info({ link }, 'a sign-in link; with SMTP_URL set it would have been mailed')
    else log.warn('a sign-in link was asked for, and SMTP_URL is not set')
    return
  }
  const transport = nodemailer.createTransport(config.smtpUrl, { connectionTimeout: 10_000, socketTimeout: 30_000 } as object)
  await transport.sendMail({ from: config.mailFrom, to, ...words }).catch((error: { responseCode?: number }) => {
    log.warn({ code: error.responseCode }, 'a sign-in link was not taken by the mail server')
  })
  transport.close()
}
