/** Cases for the bench: eleven families of pathways; half of them with a planted solution. */
import type { SlotCase, StackingCredential, StackingOffer, StackingRules, StackingSlot } from '@cairn/core'
import { type Random, randomOf } from './random.ts'

/** The families of slots; the ladder has a generator of its own. */
export const families = [
  'matching',
  'exact-sums',
  'percentages',
  'residency-caps',
  'overlap',
  'currency',
  'shared',
  'order',
  'infeasible',
  'gap-plans',
] as const
export type Family = (typeof families)[number]
export type Grid = 'usual' | 'fine'

/** Credentials by slots. */
export const sizes = [
  [8, 3],
  [12, 4],
  [20, 6],
  [40, 10],
  [80, 16],
] as const

const asOf = '2026-01-10'
/** Credits as catalogues mostly have them; `fine` ones make every slot a puzzle of its own, as the exact sums always are. */
const usual = [2.5, 5, 5, 5, 7.5, 10]
const fine = [2, 2.5, 3, 4, 5, 6, 7.5, 8, 10]
const providers = ['OWN', 'OWN', 'OWN', 'EXT1', 'EXT2', 'EXT3']
const dayText = (days: number) => new Date(Date.UTC(2014, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
interface Draft {
  slots: Mutable<StackingSlot>[]
  credentials: Mutable<StackingCredential>[]
  rules: Mutable<StackingRules>
}

/** One case of a family, always the same for the same seed. */
export function generateCase(family: Family, count: number, slotCount: number, seed: number, grid: Grid = 'usual'): SlotCase {
  const random = randomOf(seed * 7919 + count * 131 + families.indexOf(family))
  const tags = Array.from({ length: slotCount }, (_, at) => `t${at}`)
  const draft: Draft = {
    slots: tags.map((tag, at) => ({ id: `S${at}`, accept: random.chance(0.25) ? [tag, random.pick(tags)] : [tag] })),
    credentials: Array.from({ length: count }, (_, at) => credential(random, family, at, tags, grid)),
    rules: {},
  }
  const planted = plant(draft, random, family)
  if (family === 'matching') for (const slot of draft.slots) slot.minCount = Math.max(1, planted.get(slot.id)?.length ?? 1)
  else setMinima(draft, random, family, planted, grid)
  addRules(draft, random, family, planted)
  if (seed % 2 === 1) spoil(draft, random)
  const stacking: SlotCase = {
    id: `${family}-${count}x${slotCount}-${seed}`,
    type: 'stacking',
    asOf,
    pathway: { award: 'A generated award', slots: draft.slots, rules: draft.rules },
    credentials: random.shuffled(draft.credentials),
  }
  if (family === 'gap-plans') return { ...stacking, ...gap(stacking, random, tags) }
  return stacking
}

function credential(random: Random, family: Family, at: number, tags: readonly string[], grid: Grid): Mutable<StackingCredential> {
  const many = family === 'matching' ? random.whole(1, 3) : random.whole(1, 2)
  const made: Mutable<StackingCredential> = {
    id: `c${String(at).padStart(3, '0')}`,
    credits: family === 'matching' ? 5 : random.pick(family === 'exact-sums' || grid === 'fine' ? fine : usual),
    tags: random.shuffled(tags).slice(0, many),
    issueDate: dayText(random.whole(0, 4380)),
    provider: random.pick(providers),
    eqf: random.pick([5, 6, 6, 7, 7, 8]),
    grade: random.whole(50, 100) / 100,
  }
  if (family === 'percentages' && random.chance(0.7)) made.tags = [...(made.tags ?? []), 'core']
  if (family === 'shared' && random.chance(0.4)) made.usedIn = ['An earlier award']
  if (family === 'currency') made.issueDate = dayText(random.pick([0, 365, 730]) + random.whole(1460, 2920))
  if (family === 'order') made.issueDate = dayText(random.whole(0, 40) * 90)
  if (random.chance(0.04)) made.assessed = false
  return made
}

/** Places some of the credentials, so that there is a solution to take the minima from. */
function plant(draft: Draft, random: Random, family: Family): Map<string, Mutable<StackingCredential>[]> {
  const planted = new Map<string, Mutable<StackingCredential>[]>()
  const inside = family === 'overlap' ? 0.5 : 0.7
  for (const one of random.shuffled(draft.credentials)) {
    if (one.assessed === false || !random.chance(inside)) continue
    const open = draft.slots.filter((slot) => slot.accept.some((tag) => one.tags?.includes(tag)))
    if (open.length === 0) continue
    const slot = random.pick(open)
    planted.set(slot.id, [...(planted.get(slot.id) ?? []), one])
  }
  if (family === 'order')
    for (const [at, slot] of draft.slots.entries()) {
      if (at % 3 === 0) continue
      slot.afterSlots = [draft.slots[at - 1]!.id]
      const before = planted.get(draft.slots[at - 1]!.id) ?? []
      const newest =
        before
          .map((one) => one.issueDate!)
          .sort()
          .at(-1) ?? ''
      planted.set(
        slot.id,
        (planted.get(slot.id) ?? []).filter((one) => one.issueDate! > newest),
      )
    }
  if (family === 'currency')
    for (const slot of draft.slots) {
      slot.currencyYears = random.pick([4, 5, 6, 8])
      const least = `${2026 - slot.currencyYears}-01-10`
      planted.set(
        slot.id,
        (planted.get(slot.id) ?? []).filter((one) => one.issueDate! >= least),
      )
    }
  return planted
}

const creditsOf = (list: readonly StackingCredential[]) => list.reduce((sum, one) => sum + (one.credits ?? 0), 0)

function setMinima(draft: Draft, random: Random, family: Family, planted: ReadonlyMap<string, StackingCredential[]>, grid: Grid): void {
  for (const slot of draft.slots) {
    const sum = creditsOf(planted.get(slot.id) ?? [])
    slot.minCredits = family === 'exact-sums' ? sum : Math.max(0, sum - random.pick(grid === 'fine' ? [0, 0.5, 2, 5] : [0, 0, 2.5, 5]))
    slot.maxCredits = family === 'exact-sums' ? sum : sum + random.pick(grid === 'fine' ? [0, 2, 5] : [0, 2.5, 5])
    if (random.chance(0.2)) slot.maxCount = Math.max(1, (planted.get(slot.id) ?? []).length)
  }
  draft.rules.totalMin = creditsOf([...planted.values()].flat())
}

function addRules(draft: Draft, random: Random, family: Family, planted: ReadonlyMap<string, StackingCredential[]>): void {
  const all = [...planted.values()].flat()
  const total = creditsOf(all)
  const { rules } = draft
  if (family === 'percentages') {
    if (random.chance(0.5)) delete rules.totalMin
    const share = (list: StackingCredential[]) => (total > 0 ? Math.floor((20 * creditsOf(list)) / total) / 20 : 0)
    rules.levelMin = { eqf: 6, share: share(all.filter((one) => (one.eqf ?? 0) >= 6)) }
    rules.categoryMin = { tag: 'core', share: share(all.filter((one) => one.tags?.includes('core'))) }
  }
  if (family === 'residency-caps') {
    rules.residencyMin = creditsOf(all.filter((one) => one.provider === 'OWN'))
    rules.externalMax = total - rules.residencyMin
    rules.providerMax = Object.fromEntries(
      ['EXT1', 'EXT2'].map((provider) => [provider, creditsOf(all.filter((one) => one.provider === provider))]),
    )
  }
  if (family === 'shared') rules.sharedMax = creditsOf(all.filter((one) => one.usedIn != null))
  if (family === 'overlap') {
    const chosen = new Set(all.map((one) => one.id))
    const groups: string[][] = []
    for (let at = 0; at < draft.credentials.length * 1.2; at++) {
      const group = random.shuffled(draft.credentials).slice(0, random.pick([2, 2, 3]))
      if (group.filter((one) => chosen.has(one.id)).length < 2) groups.push(group.map((one) => one.id))
    }
    rules.overlapGroups = groups
  }
  if (family === 'infeasible') {
    const residency = creditsOf(draft.credentials.filter((one) => one.provider === 'OWN'))
    if (random.chance(0.5)) rules.residencyMin = residency + 1
    else rules.totalMin = draft.slots.reduce((sum, slot) => sum + (slot.maxCredits ?? 0), 0) + 1
  }
}

/** Takes the certainty of the planted solution away: some credentials change or go. */
function spoil(draft: Draft, random: Random): void {
  for (const one of draft.credentials) {
    if (random.chance(0.06)) one.credits = Math.max(1, (one.credits ?? 0) - 1)
    if (random.chance(0.04)) one.provider = 'EXT1'
  }
}

/** Takes credentials away and offers others instead. */
function gap(
  stacking: SlotCase,
  random: Random,
  tags: readonly string[],
): { credentials: StackingCredential[]; catalogue: StackingOffer[] } {
  const credentials = stacking.credentials.slice(0, Math.ceil(stacking.credentials.length * 0.7))
  const catalogue = Array.from({ length: Math.ceil(stacking.credentials.length / 2) }, (_, at): StackingOffer => {
    const credits = random.pick(usual)
    return {
      id: `k${String(at).padStart(3, '0')}`,
      credits,
      tags: random.shuffled(tags).slice(0, random.whole(1, 2)),
      hours: Math.round(credits * random.whole(20, 32)),
    }
  })
  return { credentials, catalogue }
}
