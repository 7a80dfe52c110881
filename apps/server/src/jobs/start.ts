/**
 * The jobs: sealing, sending, telling programs, raising seals, reminding, asking for changes, signing status lists again. They look for work by themselves, so that nothing
 * is lost with a wake-up call.
 */
import { type ProblemCode, ProblemError } from '@cairn/core'
import { appendEvent, batchesToSeal, listsToRenew, readBatch, setBatchState } from '@cairn/store'
import type { Installation } from '../context.ts'
import type { FileStore } from '../files/file-store.ts'
import { openFileStore } from '../files/open-file-store.ts'
import { publishDocuments, publishLists } from '../files/publish-files.ts'
import { sendDueMail } from '../mail/send-mail.ts'
import { sayError } from '../say-error.ts'
import { deliverLeavings } from '../sharing/deliver-leavings.ts'
import { deliverTransfers } from '../sharing/deliver-transfers.ts'
import { publishRestored, publishStatusList } from '../status-publishing.ts'
import { gatherLists } from '../trusted-lists.ts'
import { tellWebhooks } from '../webhooks/tell-webhooks.ts'
import { askForChanges } from './ask-for-changes.ts'
import { queueForLevel, raiseSeals } from './raise-seals.ts'
import { remindEnding } from './remind-ending.ts'
import type { SealBatch } from './seal-apart.ts'
import { tellOfBatch } from './tell-of-batch.ts'

/** How often each job looks for work, in milliseconds. */
const everySeal = 5000
const everyMail = 15_000
const everyRenewal = 10 * 60_000
const everyRaise = 10_000
const everyReminder = 3_600_000
const everyWebhook = 5000
const everyListTurn = 60_000
const everyFiling = 2000
/** After how many turns of filing documents are looked at too: they change when keys do. */
const filingsToDocuments = 30
const everyTransfer = 3000

/** Running jobs. */
export interface Jobs {
  wake(job: 'seal' | 'mail'): void
  /** Lets the work under way finish. */
  stop(): Promise<void>
}

/** Told of each run of a job, and how long it took. */
type Observe = (job: string, outcome: 'done' | 'failed', seconds: number) => void

/** Starts the jobs of this node. State is in the database alone: any number of nodes may run them, and a killed one leaves nothing behind. */
export function startJobs(installation: () => Installation, sealBatch: SealBatch, observe: Observe): Jobs {
  let stopping = false
  let sealing = false
  let queued = false
  const setSealing = (busy: boolean) => {
    sealing = busy
    if (!busy) loops.raise.run()
  }
  const loops = {
    seal: loop('seal', everySeal, () => sealAll(installation(), sealBatch, () => stopping, setSealing)),
    mail: loop('mail', everyMail, () => sendDueMail(installation(), () => stopping)),
    webhooks: loop('webhooks', everyWebhook, () => tellWebhooks(installation(), () => stopping)),
    raise: loop('raise', everyRaise, raiseAll),
    remind: loop('remind', everyReminder, () => remindEnding(installation(), new Date().toISOString(), () => stopping)),
    changes: loop('changes', everyReminder, () => askForChanges(installation(), new Date().toISOString(), () => stopping)),
    transfers: loop('transfers', everyTransfer, async () => {
      await deliverTransfers(installation(), () => stopping)
      await deliverLeavings(installation(), () => stopping)
    }),
    renewal: loop('renewal', everyRenewal, () => renewLists(installation())),
    files: loop('files', everyFiling, fileAll),
    lists: loop('lists', everyListTurn, async () => void (await gatherLists(installation()))),
  }
  function loop(name: string, every: number, work: () => Promise<void>) {
    let timer: NodeJS.Timeout | undefined
    let running: Promise<void> | undefined
    let again = false
    let stopped = false
    const run = () => {
      clearTimeout(timer)
      // A call that comes late: others, or the next start, find the work.
      if (stopped) return
      if (running) {
        again = true
        return
      }
      const from = performance.now()
      const seen = (outcome: 'done' | 'failed') => observe(name, outcome, (performance.now() - from) / 1000)
      running = whenFree(work)
        .then(() => seen('done'))
        .catch((error) => {
          seen('failed')
          installation().log.error({ job: name, err: sayError(error) }, 'a job failed; it is tried again')
        })
        .finally(() => {
          running = undefined
          if (stopped) return
          timer = setTimeout(run, again ? 0 : every)
          again = false
        })
    }
    timer = setTimeout(run, 50)
    return {
      run,
      stop: async () => {
        stopped = true
        clearTimeout(timer)
        await running
      },
    }
  }
  /** What was sealed before this start is put into the queue once. Sealing goes first: raising waits while a batch is under way. */
  async function raiseAll(): Promise<void> {
    const isStopping = () => stopping || sealing
    if (isStopping()) return
    if (!queued) await queueForLevel(installation(), new Date().toISOString())
    queued = true
    await raiseSeals(installation(), { isStopping })
  }
  let store: FileStore | undefined
  let filings = 0
  const filed = new Map<string, string>()
  /** Public files go to their storage where there is one; documents at the start and every minute. */
  async function fileAll(): Promise<void> {
    const { config } = installation()
    if (!config.publicFiles) return
    store ??= openFileStore(config.publicFiles)
    await publishLists(installation(), store, () => stopping)
    if (filings % filingsToDocuments === 0) await publishDocuments(installation(), store, filed)
    filings++
  }
  /** After a restore nothing is sealed, sent or published before the confirmation. */
  async function whenFree(work: () => Promise<void>): Promise<void> {
    if (!(await installation().isHeld())) await work()
  }
  return {
    wake: (job) => loops[job].run(),
    async stop() {
      stopping = true
      await Promise.all(Object.values(loops).map((each) => each.stop()))
    },
  }
}

async function sealAll(
  installation: Installation,
  sealBatch: SealBatch,
  isStopping: () => boolean,
  setSealing: (busy: boolean) => void,
): Promise<void> {
  const waiting = await batchesToSeal(installation.database, new Date().toISOString())
  if (waiting.length === 0) return
  setSealing(true)
  try {
    await sealEach(installation, sealBatch, waiting, isStopping)
  } finally {
    setSealing(false)
  }
}

const isWaitedFor = (code: ProblemCode) => code === 'server.unavailable' || code === 'server.disk-full'

async function sealEach(
  installation: Installation,
  sealBatch: SealBatch,
  waiting: Awaited<ReturnType<typeof batchesToSeal>>,
  isStopping: () => boolean,
): Promise<void> {
  for (const { tenant, batch } of waiting)
    try {
      await sealBatch(installation, tenant, batch, isStopping)
    } catch (error) {
      // What can be said in words stops the batch and is shown; a database that is away, and room, are waited for.
      if (!(error instanceof ProblemError) || isWaitedFor(error.problem.code)) throw error
      installation.log.warn({ batch, code: error.problem.code }, 'a batch could not be sealed')
      await installation.database.tenant(tenant, async (tx) => {
        const failed = await readBatch(tx, batch, true)
        if (failed?.state !== 'confirmed' && failed?.state !== 'sealing') return
        await setBatchState(tx, batch, 'failed')
        await tellOfBatch(installation, tx, failed, { kind: 'batch-failed' })
        await appendEvent(tx, { at: new Date().toISOString(), actor: 'system', name: 'batch.fail', subject: batch })
      })
    }
}

async function renewLists(installation: Installation): Promise<void> {
  await publishRestored(installation)
  const soon = new Date(Date.now() + 12 * 3_600_000).toISOString()
  for (const { tenant, list } of await listsToRenew(installation.database, soon))
    await installation.database.tenant(tenant, (tx) => publishStatusList(installation, tx, list, new Date().toISOString()))
}
