/** Everything above the database, put together. Loaded after the data folder and the port were found free, so that a refusal is quick. */
import { ProblemError } from '@cairn/core'
import { isDemonstrationCertificate } from '@cairn/keys'
import {
  callWorkers,
  type Database,
  forgetOldAnswers,
  forgetOldDeliveries,
  forgetOldFailures,
  forgetOldLists,
  forgetOldUses,
  listenForCalls,
  migrate,
  openDatabase,
  readJournalStart,
  readWork,
} from '@cairn/store'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { Logger } from 'pino'
import { recordOwn, sendLink } from './auth/account-ports.ts'
import { type Accounts, openAccounts } from './auth/accounts.ts'
import { openHold } from './backup/hold.ts'
import { openJournal } from './backup/journal.ts'
import type { Config } from './config.ts'
import { createInstallation, type Installation } from './context.ts'
import { createApp } from './http/app.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { builtPages, developmentPages, type PageHandler } from './http/pages.ts'
import { createReadiness } from './http/readiness.ts'
import { answeredInTime } from './in-time.ts'
import { createSealBatch } from './jobs/seal-apart.ts'
import { type Jobs, startJobs } from './jobs/start.ts'
import { sayError } from './say-error.ts'
import type { Part } from './start-server.ts'

/** What to assemble on. `undo` collects what has to be stopped, in the order of starting. */
export interface Ground {
  config: Config
  log: Logger
  connection: pg.PoolConfig
  pages: boolean
  part: Part
  undo: (() => Promise<unknown>)[]
}

/** Migrates, starts the jobs where they are to run, and in a node opens the accounts, seeds a demonstration once, and listens. */
export async function assemble(ground: Ground): Promise<{ installation: Installation; seeded: boolean }> {
  const { config, log, connection, undo, part } = ground
  const database = openDatabase(connection)
  undo.push(database.close)
  await migrate(database)
  await refuseUnsafe(database, config, log)
  const now = new Date().toISOString()
  const journal = await openJournal(config.journal, now, () => readJournalStart(database))
  undo.push(async () => journal.close())
  const hold = await openHold(database, log, now, config.journal)
  undo.push(async () => hold.close())
  // The authorities of a demonstration are the node's: a worker beside it leaves what needs them to the node.
  const neighbourhood =
    config.demo && part === 'serve' ? await (await import('./demo/neighbourhood.ts')).startNeighbourhood(config, log) : undefined
  if (neighbourhood) undo.push(neighbourhood.stop)
  const metrics = createMetrics({
    readWork: answeredInTime(() => readWork(database, new Date().toISOString())),
    free: () => installation.disk.free(),
    pool: () => ({ total: database.pool.totalCount, idle: database.pool.idleCount, waiting: database.pool.waitingCount }),
  })
  undo.push(metrics.close)
  let jobs: Jobs | undefined
  const installation: Installation = createInstallation({
    config,
    database,
    log,
    journal,
    isHeld: hold.isHeld,
    ...(neighbourhood ? { neighbourhood } : {}),
    wake(job) {
      jobs?.wake(job)
      void callWorkers(database, job)
    },
  })
  undo.push(installation.judge.close, installation.acceptance.close)
  if (config.jobs || part === 'work') {
    const started = startJobs(() => installation, createSealBatch(connection), metrics.countJob)
    undo.push(started.stop)
    const calls = listenForCalls(connection, (job) => {
      if (job === 'seal' || job === 'mail') started.wake(job)
    })
    undo.push(calls.close)
    jobs = started
  }
  const hourly = setInterval(() => void forgetOld(database, log), 3_600_000)
  undo.push(async () => clearInterval(hourly))
  const seeded = part === 'serve' && (await listen(ground, installation, metrics))
  // First of all when it stops, and not waited for yet: jobs end between two chunks, while the last visitors are answered.
  undo.push(async () => void jobs?.stop())
  if (config.metricsPort !== undefined) await metrics.listen(config.metricsPort, config.metricsHost)
  return { installation, seeded }
}

/** What a node does and a worker does not; true when it seeded the demonstration. */
async function listen({ config, log, connection, pages, undo }: Ground, installation: Installation, metrics: Metrics): Promise<boolean> {
  const accounts: Accounts = await openAccounts(connection, config, {
    sendLink: async (email, token) => {
      // Nobody waits for the mail server: how long an answer takes must not tell whether there is such an account.
      if (await accounts.find(email)) void sendLink(config, log, email, `${config.publicUrl}/sign-in/${token}`)
    },
    recordOwn: (person, name) => recordOwn(installation.database, person, name),
  })
  undo.push(accounts.close)
  const seeded = config.demo && (await (await import('./demo/seed.ts')).seedDemonstration(installation, accounts))
  const readiness = createReadiness()
  const app = await createApp({
    installation,
    accounts,
    metrics,
    readiness,
    ...(pages ? { pages: (given) => pagesFor(config, given) } : {}),
  })
  undo.push(() => app.close())
  const { returns } = config
  if (returns?.listen) undo.push((await (await import('./mail/take-returns.ts')).takeReturns(installation, returns, returns.listen)).close)
  await app.listen({ port: config.port, host: config.host })
  undo.push(() => readiness.leave(config.drainSeconds))
  return seeded
}

/** Built pages, or pages being written. Raises `server.misconfigured` when they were never built. */
async function pagesFor({ dev }: Config, app: FastifyInstance): Promise<PageHandler> {
  if (dev) {
    const pages = await developmentPages(app.server)
    app.addHook('onClose', pages.close)
    return pages
  }
  const pages = await builtPages()
  if (!pages) throw new ProblemError('server.misconfigured', 'The pages are not built yet. Run npm start, or npm run build first.')
  return pages
}

/** What a server must not run on (R-CFG-1): a database that forgets in a power cut, one that is too old, a clock that is wrong, a registry that trusts test keys. */
async function refuseUnsafe({ pool }: Database, { demo }: Config, log: Logger): Promise<void> {
  const asked = Date.now()
  const { rows } = await pool.query<{ now: Date; version: string; fsync: string; trusting: boolean; anchors: string[] }>(
    `select clock_timestamp() as now, current_setting('server_version_num') as version, current_setting('fsync') as fsync,
       exists (select from cairn.trust_entry where demonstration) as trusting,
       array(select distinct unnest(anchors) from cairn.trust_entry) as anchors`,
  )
  const { now, version, fsync, trusting, anchors } = rows[0]!
  // The answer was given between the question and now: whatever is outside of that is a difference of clocks (R-CLK-1).
  const apart = Math.max(asked - now.getTime(), now.getTime() - Date.now(), 0) / 1000
  const refuse = (detail: string) => {
    throw new ProblemError('server.misconfigured', detail)
  }
  if (Number(version) < 150_000) refuse('PostgreSQL 15 or later is needed.')
  if (apart > 60)
    refuse(`The clocks of this machine and of the database are ${Math.round(apart)} seconds apart. Set them by a time server.`)
  if (apart > 5) log.warn({ seconds: Math.round(apart) }, 'the clocks of this machine and of the database differ')
  if (demo) return
  if (fsync !== 'on') refuse('PostgreSQL runs with fsync off: what is committed could be lost. Switch it on.')
  // Whatever a row says of itself: a root of a demonstration is known by its certificate.
  if (trusting || anchors.some((anchor) => isDemonstrationCertificate(Buffer.from(anchor, 'base64'))))
    refuse('This database belongs to a demonstration: its registry trusts test keys. Start with CAIRN_DEMO=1, or on another database.')
}

/** Lets go of what has served its time: kept answers after seven days, failures to sign in and uses of keys after one, lists of others after two, webhooks that arrived after thirty. */
async function forgetOld(database: Database, log: Logger): Promise<void> {
  try {
    await forgetOldAnswers(database, new Date().toISOString())
    const yesterday = new Date(Date.now() - 86_400_000).toISOString()
    await forgetOldFailures(database, yesterday)
    await forgetOldUses(database, yesterday)
    await forgetOldLists(database, new Date(Date.now() - 2 * 86_400_000).toISOString())
    await forgetOldDeliveries(database, new Date(Date.now() - 30 * 86_400_000).toISOString())
  } catch (error) {
    log.warn({ err: sayError(error) }, 'old things could not be let go; it is tried again')
  }
}
