/** Raising seals to the level that is wanted, after they were delivered, and renewing them before what protects them ends (R-LTV-1, R-FLT-2). */
import { ProblemError } from '@cairn/core'
import { augment, type Door } from '@cairn/online'
import { levelOf, readJades, type SealLevel } from '@cairn/seals'
import { type DueSeal, leaseSeals, postponeSeals, queueAllSeals, storeLevel } from '@cairn/store'
import { protectedUntil, standardPolicy } from '@cairn/verifier'
import type { Installation } from '../context.ts'
import { raisingRegistry, statusDoor, timeStampSources } from '../registry.ts'

const steps = ['B-T', 'B-LT', 'B-LTA'] as const
/** How many are leased at once, and how many authorities are asked at once. */
const chunk = 40
const atOnce = 4
const minute = 60_000
const day = 24 * 60 * minute
/** How long before its end a protection is renewed, and the latest that a seal of a lower level is looked at again. */
const renewBefore = 90 * day
/** An authority that is away is asked again after one minute, two, four, and then every quarter of an hour: an hour without it costs no more than that. */
const longestWait = 15 * minute

/** What the job is given besides the installation: when to stop, and the time as RFC 3339. */
export interface RaiseOptions {
  isStopping?: () => boolean
  now?: () => string
}

/** Puts into the queue what was sealed before anybody asked for this level. */
export async function queueForLevel({ database, config }: Installation, now: string): Promise<void> {
  if (config.sealLevel === 'B-B') return
  await queueAllSeals(database, ['B-B', ...steps].slice(0, rankOf(config.sealLevel)), now)
}

/**
 * Raises what is due. Stopped anywhere it goes on from what is stored. When the time-stamp authority is away the seals in hand go back into the queue, with
 * the level that they have reached, and the rest waits with them. When nobody speaks of the certificates of an institution, its own seals wait and no others.
 */
export async function raiseSeals(installation: Installation, { isStopping = () => false, now = clock }: RaiseOptions = {}): Promise<void> {
  const { config, database, log } = installation
  const sources = timeStampSources(installation)
  if (config.sealLevel === 'B-B' || sources.length === 0) return
  const door = statusDoor(installation)
  /** What is in the way of an institution, or of everybody. */
  const away = new Map<string, string>()
  while (!isStopping() && !away.has(everybody)) {
    const due = await leaseSeals(database, now(), chunk)
    if (due.length === 0) return
    const registry = await raisingRegistry(installation, now())
    const rest = [...due]
    const work = async () => {
      for (let seal = rest.shift(); seal; seal = rest.shift()) {
        const before = away.get(everybody) ?? away.get(seal.tenant)
        if (before !== undefined) await postpone(installation, seal, now, before)
        else if (isStopping()) await database.tenant(seal.tenant, (tx) => postponeSeals(tx, [seal!.id], now()))
        else {
          const trouble = await raiseOne(installation, seal, { registry, door, sources, now })
          if (trouble && isPassing(trouble.code)) away.set(trouble.isOwn ? seal.tenant : everybody, trouble.code)
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }
  for (const [whose, code] of away)
    log.warn({ code, ...(whose === everybody ? {} : { tenant: whose }) }, 'an authority is away: seals wait for their level')
}

/** In the way of everybody. */
const everybody = ''

/** True for what goes by: an authority that does not answer, or says something else than what was asked. */
const isPassing = (code: string) => code === 'fetch.failed' || code.startsWith('timestamp.')

interface Means {
  registry: Awaited<ReturnType<typeof raisingRegistry>>
  door: Door
  sources: readonly string[]
  now: () => string
}

/** Raises one, step by step, and stores what was reached; gives back what stood in the way. `isOwn`: it may be in the way of this institution alone. */
async function raiseOne(installation: Installation, seal: DueSeal, means: Means): Promise<{ code: string; isOwn: boolean } | undefined> {
  const { config, database, log } = installation
  const before = levelOf(readJades(seal.bytes).signatures[0]!) ?? 'B-B'
  let bytes = seal.bytes
  const missing = steps.slice(rankOf(before), rankOf(config.sealLevel))
  const renewed = missing.length === 0 && config.sealLevel === 'B-LTA' && isWeak(seal, means.now())
  let trouble: { code: string; isOwn: boolean } | undefined
  for (const step of renewed ? (['B-LTA'] as const) : missing)
    try {
      bytes = await raiseBy(bytes, step, means)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      trouble = { code: error.problem.code, isOwn: step === 'B-LT' || renewed }
      log.warn({ credential: seal.id, code: trouble.code }, 'a seal could not be raised yet')
      break
    }
  if (bytes !== seal.bytes) {
    const until = await protectedUntil(bytes, standardPolicy)
    const level = levelOf(readJades(bytes).signatures[0]!) ?? before
    const nextAt = new Date(Math.max(Date.parse(until) - renewBefore, Date.parse(means.now()) + day)).toISOString()
    await database.tenant(seal.tenant, (tx) => storeLevel(tx, { id: seal.id, level, bytes, protectedUntil: until, nextAt }, means.now()))
  }
  if (trouble) await postpone(installation, seal, means.now, trouble.code)
  else if (bytes === seal.bytes) await postpone(installation, seal, means.now)
  return trouble
}

/** The first authority that answers gives the time stamp. */
async function raiseBy(bytes: Uint8Array, level: Exclude<SealLevel, 'B-B'>, { registry, door, sources, now }: Means): Promise<Uint8Array> {
  let first: unknown
  for (const address of sources)
    try {
      return await augment(bytes, level, { timeStamps: { address }, registry, door, now })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      first ??= error
    }
  throw first
}

/** Whether what protects a seal ends so soon that it is renewed. */
const isWeak = ({ protectedUntil: until }: DueSeal, now: string) =>
  until !== undefined && Date.parse(until) - Date.parse(now) <= renewBefore

/** Back into the queue: soon where what is in the way goes by, in a day where it does not or where there is nothing to do. */
async function postpone({ database }: Installation, seal: DueSeal, now: () => string, problem?: string): Promise<void> {
  const wait = problem === undefined || isPassing(problem) ? Math.min(2 ** (seal.attempts - 1) * minute, longestWait) : day
  const until = seal.protectedUntil === undefined ? Number.NaN : Date.parse(seal.protectedUntil) - renewBefore
  const quiet = problem === undefined && until > Date.parse(now()) ? until : Date.parse(now()) + wait
  await database.tenant(seal.tenant, (tx) => postponeSeals(tx, [seal.id], new Date(quiet).toISOString(), problem))
}

const rankOf = (level: SealLevel) => ['B-B', ...steps].indexOf(level)
const clock = () => new Date().toISOString()
