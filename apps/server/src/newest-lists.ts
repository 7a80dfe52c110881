/** The newest state of a status list speaks, whatever is shown again later: a list from before a revocation is signed as well as the one after it (R-ST-2). */
import type { Report } from '@cairn/core'
import type { Door } from '@cairn/online'
import { keepSeenList, readSeenList } from '@cairn/store'
import { type Evidence, momentOfList } from '@cairn/verifier'
import type { Installation } from './context.ts'
import { sayError } from './say-error.ts'

/** The same door; where a list stands behind it that is older than one which was found good before, that one is what it gives. */
export function withNewestLists({ database }: Pick<Installation, 'database'>, door: Door): Door {
  return async (address, ask) => {
    const found = await door(address, ask)
    const seen = await readSeenList(database, address)
    const moment = seen && momentOfList(found.bytes)
    return moment !== undefined && Date.parse(moment) < Date.parse(seen!.at) ? { ...found, bytes: seen!.bytes } : found
  }
}

/**
 * Remembers the lists that a report rests on: whoever may sign them did, and they are of no time to come. A report stands whether or not there is room to
 * remember them.
 */
export async function rememberLists(
  { database, config, log }: Pick<Installation, 'database' | 'config' | 'log'>,
  report: Report,
  evidence: Evidence,
): Promise<void> {
  const own = `${config.publicUrl}/status/`
  for (const { list } of report.findings) {
    const bytes = list && evidence.statusLists[list.address]
    if (!list || !bytes || list.address.startsWith(own)) continue
    await keepSeenList(database, { ...list, bytes }).catch((error) =>
      log.warn({ err: sayError(error) }, 'a status list could not be remembered'),
    )
  }
}
