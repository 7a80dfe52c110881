/** Everything put together and started, in order; and stopped, in the other order. */
import { ProblemError } from '@cairn/core'
import { mailText } from '@cairn/documents'
import { type EmbeddedPostgres, migrate, openDatabase, startPostgres } from '@cairn/store'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import { linkMinutes, openAuth } from './auth/auth.ts'
import type { Config } from './config.ts'
import { createInstallation, type Installation } from './context.ts'
import { createApp } from './http/app.ts'
import { startJobs } from './jobs/start.ts'

/** A running server. */
export interface RunningServer {
  installation: Installation
  /** Where it listens. */
  address: string
  /** True when this start seeded the demonstration. */
  seeded: boolean
  stop(): Promise<void>
}

/** Starts. Raises `server.in-use`, `server.no-database`, `server.misconfigured`, or the port's error. `onLost` is told when the database ends by itself. */
export async function startServer(
  config: Config,
  log: Logger,
  { onLost, pages = true }: { onLost?: () => void; pages?: boolean } = {},
): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step().catch((error) => log.error({ error: String(error) }, 'stopping'))
  }
  try {
    const embedded: EmbeddedPostgres | undefined = config.databaseUrl
      ? undefined
      : await startPostgres(config.data, onLost ? { onExit: onLost } : {})
    if (embedded) undo.push(embedded.stop)
    const connection = embedded?.connection ?? { connectionString: config.databaseUrl! }
    const database = openDatabase(connection)
    undo.push(database.close)
    await migrate(database)
    const { auth, close } = await openAuth(config, connection, (to, link) => sendLink(config, log, to, link))
    undo.push(close)
    const installation: Installation = createInstallation({ config, database, log, wake: (job) => jobs.wake(job) })
    const jobs = startJobs(() => installation)
    undo.push(jobs.stop)
    const seeded = config.demo && (await (await import('./demo/seed.ts')).seedDemonstration(installation, auth))
    if (!config.demo) await refuseDemonstration(installation)
    const app = await createApp(installation, auth, { pages })
    undo.push(() => app.close())
    await app.listen({ port: config.port, host: config.host })
    return { installation, address: config.publicUrl, seeded, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A server that is no demonstration does not run on a registry that trusts one (R-CFG-1). */
async function refuseDemonstration({ database }: Installation): Promise<void> {
  const { rows } = await database.pool.query('select 1 from cairn.trust_entry where demonstration limit 1')
  if (rows.length > 0)
    throw new ProblemError(
      'server.misconfigured',
      'This database belongs to a demonstration: its registry trusts test keys. Start with CAIRN_DEMO=1, or on another database.',
    )
}

/** A link that signs in goes out at once and is kept nowhere; without a mail server a demonstration prints it. */
async function sendLink(config: Config, log: Logger, to: string, link: string): Promise<void> {
  const words = mailText('sign-in', 'en', { link, minutes: linkMinutes })
  if (config.smtpUrl) await nodemailer.createTransport(config.smtpUrl).sendMail({ from: config.mailFrom, to, ...words })
  else if (config.demo) log.info({ link }, 'a sign-in link; with SMTP_URL set it would have been mailed')
  else log.warn('a sign-in link was asked for, and SMTP_URL is not set')
}
