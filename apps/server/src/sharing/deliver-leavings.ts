/** Tells coordinators that this institution left, until they have heard: nobody has to wait for them to go. */
import { ProblemError } from '@cairn/core'
import { dueLeavings, planLeaving, readNetwork } from '@cairn/store'
import { found, type Installation } from '../context.ts'
import { handIn } from './peer-door.ts'
import { refreshDirectory } from './refresh-network.ts'

/** The first wait and the longest, in milliseconds. */
const firstWait = 60_000
const longestWait = 12 * 3_600_000

/** Tells what is due. */
export async function deliverLeavings(installation: Installation, isStopping = () => false): Promise<void> {
  for (const place of await dueLeavings(installation.database, new Date().toISOString(), 50)) {
    if (isStopping()) return
    await tellLeaving(installation, place)
  }
}

/** Tells one coordinator, and takes the directory that names this institution as having left; one that is away is told later. */
export async function tellLeaving(installation: Installation, { tenant, id }: { tenant: string; id: string }): Promise<void> {
  const { database, log } = installation
  const row = await database.tenant(tenant, async (tx) => found(await readNetwork(tx, id)))
  try {
    await handIn(installation, row.base, found(row.leavingSigned))
    await database.tenant(tenant, (tx) => planLeaving(tx, id, undefined))
    await refreshDirectory(installation, tenant, row)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    log.info({ network: id, code: error.problem.code }, 'a coordinator was not told yet that this institution left')
    const wait = Math.min(longestWait, firstWait * 2 ** Math.min(row.leavingTries, 20))
    await database.tenant(tenant, (tx) => planLeaving(tx, id, new Date(Date.now() + wait).toISOString()))
  }
}
