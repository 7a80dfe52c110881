/** Trusted lists of Europe: the list of lists by its pinned signers, and each national list by the signers that the list of lists names (R-TL-1, R-TL-2). */
import { millis, type Problem, ProblemError, problem, type TrustedService } from '@cairn/core'
import {
  followTrustedList,
  freshnessAt,
  listMediaType,
  readTrustedList,
  type TrustedList,
  type TrustedListPointer,
} from '@cairn/trustlists'
import type { Door } from './door.ts'
import { fetchSafely } from './fetch-safely.ts'

/** What was gathered. `lists` are to be handed back as `before` the next time; `services` are for a trust registry. */
export interface GatheredTrustedLists {
  lists: TrustedList[]
  services: TrustedService[]
  /** Lists that could not be had or not be believed, by territory where it is known; what was known of them before still stands. */
  problems: { address: string; territory?: string; problem: Problem }[]
}

/** How lists are gathered. `territories` leaves out all others. */
export interface GatherTrustedListsOptions {
  /** RFC 3339; now by default. */
  now?: string
  /** What was gathered the last time: numbers may not fall below it, and what it knew is kept. */
  before?: readonly TrustedList[]
  territories?: readonly string[]
}

/** The largest national lists have some megabytes. */
const largest = 8 * 1024 * 1024
const mostLists = 60
const atOnce = 6
const grace = 7 * 86_400_000
const listDoor: Door = (address) =>
  fetchSafely(address, { bytes: largest, milliseconds: 30_000, accept: `${listMediaType}, application/xml;q=0.9` })

/**
 * Fetches and proves lists. Each of `addresses` must be signed by one of `pinned` (base64 DER); from a list of lists the way goes on to the lists it
 * points to, and no further. Nothing is raised for a list that fails: it is told among the problems.
 */
export async function gatherTrustedLists(
  addresses: readonly string[],
  pinned: readonly string[],
  door: Door = listDoor,
  { now = new Date().toISOString(), before = [], territories }: GatherTrustedListsOptions = {},
): Promise<GatheredTrustedLists> {
  const known = new Map(before.map((list) => [nameOf(list), { ...list, freshness: freshnessAt(list.nextUpdate, now) }]))
  const problems: GatheredTrustedLists['problems'] = []

  async function take(address: string, signers: readonly string[], expected?: TrustedListPointer): Promise<TrustedList | undefined> {
    try {
      const list = await readTrustedList((await door(address)).bytes, { pinned: signers, now })
      if (expected && nameOf(expected) !== nameOf(list))
        throw new ProblemError(
          'trust-list.malformed',
          `The list of ${expected.territory} was expected and that of ${list.territory} is there.`,
        )
      if (list.freshness === 'expired') problems.push({ address, territory: list.territory, problem: overdue(list) })
      const next = followTrustedList(known.get(nameOf(list)), list)
      known.set(nameOf(list), next)
      return next
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      problems.push({ address, ...(expected ? { territory: expected.territory } : {}), problem: error.problem })
      return undefined
    }
  }

  for (const address of addresses) {
    const list = await take(address, pinned)
    // A list of lists that was not renewed names signers that may have been changed for good reason.
    if (list?.kind !== 'list-of-lists' || list.freshness === 'expired') continue
    const wanted = list.pointers.filter(
      ({ kind, mediaType, territory }) => kind === 'national' && mediaType === listMediaType && (territories?.includes(territory) ?? true),
    )
    for (let first = 0; first < Math.min(wanted.length, mostLists); first += atOnce)
      await Promise.all(wanted.slice(first, first + atOnce).map((pointer) => take(pointer.address, pointer.certificates, pointer)))
  }
  const lists = [...known.values()]
  return { lists, services: lists.flatMap(servicesOf), problems }
}

const nameOf = ({ territory, kind }: Pick<TrustedList, 'territory' | 'kind'>) => `${kind} ${territory}`
const overdue = ({ nextUpdate }: TrustedList) =>
  problem('trust-list.overdue', nextUpdate ? `It was to be renewed by ${nextUpdate.slice(0, 10)}.` : 'The scheme was closed.')

/** Services as a registry holds them: a list that was not renewed says nothing of what came a week after its time. */
function servicesOf({ services, nextUpdate, issued }: TrustedList): TrustedService[] {
  const end = nextUpdate === null ? issued : new Date(millis(nextUpdate) + grace).toISOString()
  return services.map((service) => ({
    ...service,
    until: service.until !== undefined && millis(service.until) < millis(end) ? service.until : end,
  }))
}
