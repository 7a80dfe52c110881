/** A case of slots made ready for the search: sorted, in whole numbers, and with like credentials put together. */
import { millis } from '../time.ts'
import { currentUntil } from './current-until.ts'
import type { SlotCase, StackingCredential, StackingOffer, StackingSlot } from './stacking-case.ts'

/** The provider that stands for the receiving body itself. */
export const own = 'OWN'
/** How prior learning is marked: as a tag, or as the provider. */
const isPriorLearning = ({ tags, provider }: { tags: readonly string[]; provider: string | undefined }) =>
  tags.includes('rpl') || provider === 'RPL'

/** A credential or an offer as the rules see it. `day` counts days since 1970; an offer has `hours`. */
export interface Item {
  id: string
  credits: number
  tags: readonly string[]
  provider: string | undefined
  eqf: number | undefined
  grade: number
  day: number | undefined
  shared: boolean
  priorLearning: boolean
  assessed: boolean
  hours?: number
  /** Its amount is not known, so it fits only where no amount is asked. */
  sizeless: boolean
}

/** One goal: its name on the wire, and what it measures. */
export interface Goal {
  name: string
  kind: 'count' | 'credits'
  slot?: string
  /** How many credits of an item count toward it; left out for a slot, where all do. */
  weight?: (item: Item) => number
  need: number
  /** Instead of `need`: this share of the credits counted. */
  shareOfCounted?: number
}

/** A limit on the credits of some items, wherever they are placed. */
export interface Cap {
  reason: 'CAP' | 'ALREADY_USED'
  covers: (item: Item) => boolean
  most: number
}

/** Everything about a pathway that does not depend on who asks. */
export interface SlotModel {
  asOf: string
  slots: readonly StackingSlot[]
  goals: readonly Goal[]
  caps: readonly Cap[]
  overlaps: readonly (readonly string[])[]
  items: readonly Item[]
  offers: readonly Item[]
}

/** Compares by code unit, so that order is the same everywhere. */
export const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byId = (a: { id: string }, b: { id: string }) => byCode(a.id, b.id)
/** Takes away what binary fractions add: amounts are told to nine decimals. */
export const tidy = (amount: number) => Math.round(amount * 1e9) / 1e9
/** Amounts are compared with this tolerance. */
export const slack = 1e-9

/** Reads the rules of a case into one model; the order of the input does not matter. */
export function slotModel(stacking: SlotCase): SlotModel {
  const { pathway } = stacking
  const rules = pathway.rules ?? {}
  const slots = [...pathway.slots].sort(byId)
  const goals: Goal[] = []
  for (const slot of slots) {
    if (slot.minCount) goals.push({ name: `slot:${slot.id}`, kind: 'count', slot: slot.id, need: slot.minCount })
    if (slot.minCredits) goals.push({ name: `slot:${slot.id}`, kind: 'credits', slot: slot.id, need: slot.minCredits })
  }
  const total = rules.totalMin
  const shared = (share: number) => (total == null ? { need: 0, shareOfCounted: share } : { need: tidy(share * total) })
  if (total) goals.push({ name: 'totalMin', kind: 'credits', weight: (item) => item.credits, need: total })
  if (rules.residencyMin)
    goals.push({
      name: 'residencyMin',
      kind: 'credits',
      weight: (item) => (item.provider === own ? item.credits : 0),
      need: rules.residencyMin,
    })
  if (rules.levelMin) {
    const { eqf, credits, share } = rules.levelMin
    const weight = (item: Item) => (item.eqf !== undefined && item.eqf >= eqf ? item.credits : 0)
    goals.push({ name: 'levelMin', kind: 'credits', weight, ...(credits == null ? shared(share ?? 0) : { need: credits }) })
  }
  if (rules.categoryMin) {
    const { tag, share } = rules.categoryMin
    goals.push({
      name: 'categoryMin',
      kind: 'credits',
      weight: (item) => (item.tags.includes(tag) ? item.credits : 0),
      ...shared(share),
    })
  }
  goals.sort((a, b) => byCode(a.name, b.name))
  const caps: Cap[] = []
  if (rules.externalMax != null) caps.push({ reason: 'CAP', covers: (item) => item.provider !== own, most: rules.externalMax })
  if (rules.rplMax != null) caps.push({ reason: 'CAP', covers: (item) => item.priorLearning, most: rules.rplMax })
  if (rules.sharedMax != null) caps.push({ reason: 'ALREADY_USED', covers: (item) => item.shared, most: rules.sharedMax })
  for (const [provider, most] of Object.entries(rules.providerMax ?? {}).sort((a, b) => byCode(a[0], b[0])))
    caps.push({ reason: 'CAP', covers: (item) => item.provider === provider, most })
  return {
    asOf: stacking.asOf,
    slots,
    goals,
    caps,
    overlaps: (rules.overlapGroups ?? []).map((group) => [...new Set(group)].sort(byCode)),
    items: stacking.credentials.map(heldItem).sort(byId),
    offers: (stacking.catalogue ?? []).map(offeredItem).sort(byId),
  }
}

const dayNumber = (date: string) => Math.round(millis(date) / 86_400_000)

function heldItem(credential: StackingCredential): Item {
  const tags = credential.tags ?? []
  const provider = credential.provider ?? undefined
  return {
    id: credential.id,
    credits: credential.credits ?? 0,
    sizeless: credential.credits == null,
    tags,
    provider,
    eqf: credential.eqf ?? undefined,
    grade: credential.grade ?? 0,
    day: credential.issueDate == null ? undefined : dayNumber(credential.issueDate),
    shared: (credential.usedIn ?? []).length > 0,
    priorLearning: isPriorLearning({ tags, provider }),
    assessed: credential.assessed !== false && (credential.awardType ?? 'successful-completion') === 'successful-completion',
  }
}

function offeredItem(offer: StackingOffer): Item {
  const provider = offer.provider ?? own
  return {
    id: offer.id,
    credits: offer.credits,
    sizeless: false,
    tags: offer.tags,
    provider,
    eqf: offer.eqf ?? undefined,
    grade: 0,
    day: undefined,
    shared: false,
    priorLearning: isPriorLearning({ tags: offer.tags, provider }),
    assessed: true,
    hours: offer.hours,
  }
}

/** Whether the tags of an item fit a slot. */
export function accepts(slot: StackingSlot, item: Item): boolean {
  return slot.accept.includes('any') || slot.accept.some((tag) => item.tags.includes(tag))
}

/** Whether an item is young enough for a slot; what has no date is so only where no age is asked. Offers always are. */
export function isCurrent(slot: StackingSlot, item: Item, asOf: string): boolean {
  if (slot.currencyYears == null || item.hours !== undefined) return true
  if (item.day === undefined) return false
  const issued = new Date(item.day * 86_400_000).toISOString().slice(0, 10)
  return currentUntil(issued, slot.currencyYears) >= asOf
}

/** The most a slot takes: in number and in credits. */
export function mostOf(slot: StackingSlot): { count: number; credits: number } {
  return {
    count: slot.maxCount ?? slot.minCount ?? Number.POSITIVE_INFINITY,
    credits: slot.maxCredits ?? Number.POSITIVE_INFINITY,
  }
}

/** Whether an item may ever stand in a slot: assessed, tags, age, and size. */
export function mayStand(slot: StackingSlot, item: Item, asOf: string): boolean {
  const most = mostOf(slot)
  return (
    item.assessed &&
    accepts(slot, item) &&
    isCurrent(slot, item, asOf) &&
    most.count >= 1 &&
    item.credits <= most.credits + slack &&
    !(item.sizeless && (slot.minCredits != null || slot.maxCredits != null))
  )
}

/**
 * When an item counts as issued, as a number for either side of an order: as one that must be older, and as one that must be newer. An offer is newer
 * than everything held, and offers are taken in the order that is needed. What has no date can be neither.
 */
export function timesOf(item: Item): { asOlder: number; asNewer: number } {
  if (item.hours !== undefined) return { asOlder: 1e8, asNewer: 1e8 + 1 }
  if (item.day === undefined) return { asOlder: 2e8, asNewer: -1e8 }
  return { asOlder: item.day, asNewer: item.day }
}
