/** Trusted lists of Europe for this installation: which, signed by whom, read through the safe door and kept with their proof (R-TL-1, R-TL-2). */
import { createHash } from 'node:crypto'
import type { TrustedService } from '@cairn/core'
import { type Door, fetchSafely, gatherTrustedLists } from '@cairn/online'
import { keepTrustedLists, readTrustedLists, takeListTurn } from '@cairn/store'
import { listMediaType, type TrustedList } from '@cairn/trustlists'
import type { Installation } from './context.ts'
import { createKeptReading } from './kept-reading.ts'

/** Lists change on few days of a month; one that could not be had is asked for again soon. */
const everyHours = 6
const againMinutes = 15
const hour = 3_600_000
const largest = 8 * 1024 * 1024

/** Asks for the lists when it is time, one node at a time; keeps every new state with its bytes. True when it did. */
export async function gatherLists(installation: Installation, now = new Date().toISOString(), isWanted = false): Promise<boolean> {
  const { config, database, log, neighbourhood } = installation
  const wanted = config.trustedLists
  if (!wanted) return false
  const ago = (wait: number) => (isWanted ? now : new Date(Date.parse(now) - wait).toISOString())
  if (!(await takeListTurn(database, now, { due: ago(everyHours * hour), dueAgain: ago(againMinutes * 60_000) }))) return false
  const before = await readTrustedLists<TrustedList>(database)
  const fetched = new Map<string, { address: string; bytes: Uint8Array }>()
  const door: Door = async (address) => {
    const { bytes } = await fetchSafely(address, {
      bytes: largest,
      milliseconds: 30_000,
      accept: `${listMediaType}, application/xml;q=0.9`,
      ...(neighbourhood || config.demo ? { ownOrigins: wanted.lists.map((each) => new URL(each).origin) } : {}),
    })
    fetched.set(createHash('sha256').update(bytes).digest('hex'), { address, bytes })
    return { bytes }
  }
  const { lists, problems } = await gatherTrustedLists(wanted.lists, wanted.signers, door, {
    now,
    before: before.lists.map(({ content }) => content),
    ...(wanted.territories ? { territories: wanted.territories } : {}),
  })
  const states = lists.flatMap((list) => {
    const proof = fetched.get(list.digest)
    const { kind, territory, digest, sequence } = list
    return proof ? [{ kind, territory, digest, sequence, address: proof.address, retrievedAt: now, bytes: proof.bytes, content: list }] : []
  })
  await keepTrustedLists(database, states, { at: now, problems })
  known.forget(installation)
  for (const { address, problem } of problems) log.warn({ address, code: problem.code }, 'a trusted list could not be used')
  return true
}

/** What was read last, by database: thousands of services, needed by every verdict. Another node's reading is seen within ten minutes. */
const known = createKeptReading<TrustedService[]>(600_000)

/** Services of the lists as they are known; none where no list is configured. */
export async function knownServices(installation: Installation, now: string): Promise<TrustedService[]> {
  if (!installation.config.trustedLists) return []
  return known.get(installation, now, async () => {
    const { lists } = await readTrustedLists<TrustedList>(installation.database)
    return (await gatherTrustedLists([], [], undefined, { now, before: lists.map(({ content }) => content) })).services
  })
}
