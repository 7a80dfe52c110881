/** A pathway in sentences. */
import { type Pathway, type PathwaySlot, textIn } from '@cairn/core'
import { sayNumber } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'

const listed = (words: readonly string[]) => new Intl.ListFormat(getLocale(), { type: 'disjunction' }).format(words)
/** A text in the reader's language, else in any. */
export const say = (text: Readonly<Record<string, string>> | undefined): string => textIn(text, getLocale(), 'en')

/** What a slot takes and how much of it, as parts of one sentence. `names` gives bodies and achievements their names where they are known. */
export function saySlot(slot: PathwaySlot, pathway: Pathway, names: Readonly<Record<string, string>> = {}): string[] {
  const { takes } = slot
  const named = (ids: readonly string[]) => listed(ids.map((id) => names[id] ?? id))
  const titleOf = (id: string) => say(pathway.slots.find((each) => each.id === id)?.title) || id
  const amounts = [
    slot.minCredits ? m.pth_amount_credits({ min: sayNumber(slot.minCredits) }) : undefined,
    slot.maxCredits != null ? m.pth_amount_max({ max: sayNumber(slot.maxCredits) }) : undefined,
    slot.minCount ? m.pth_amount_count({ min: sayNumber(slot.minCount) }) : undefined,
    slot.maxCount != null ? m.pth_amount_count_max({ max: sayNumber(slot.maxCount) }) : undefined,
  ]
  const wanted = [
    takes.achievements ? m.pth_takes_achievements({ list: named(takes.achievements) }) : undefined,
    takes.outcomes ? m.pth_takes_outcomes({ list: listed(takes.outcomes) }) : undefined,
    takes.fields ? m.pth_takes_fields({ list: listed(takes.fields) }) : undefined,
    takes.providers ? m.pth_takes_providers({ list: named(takes.providers) }) : undefined,
    takes.tags ? m.pth_takes_tags({ list: listed(takes.tags) }) : undefined,
    takes.levelMin ? m.pth_takes_level({ level: sayNumber(takes.levelMin) }) : undefined,
  ].filter((each) => each !== undefined)
  return [
    ...amounts,
    ...(wanted.length > 0 ? wanted : [m.pth_any()]),
    slot.currencyYears != null ? m.pth_current({ years: sayNumber(slot.currencyYears) }) : undefined,
    slot.afterSlots?.length ? m.pth_after({ list: listed(slot.afterSlots.map(titleOf)) }) : undefined,
  ].filter((each) => each !== undefined)
}

/** The rules over all slots, a sentence each. */
export function sayRules({ rules }: Pathway, names: Readonly<Record<string, string>> = {}): string[] {
  const { totalMin, residencyMin, externalMax, levelMin, sharedMax, rplMax, providerMax } = rules
  const level = levelMin && { level: sayNumber(levelMin.eqf) }
  return [
    totalMin != null ? m.pth_total({ credits: sayNumber(totalMin) }) : undefined,
    residencyMin != null ? m.pth_residency({ credits: sayNumber(residencyMin) }) : undefined,
    externalMax != null ? m.pth_external({ credits: sayNumber(externalMax) }) : undefined,
    level && levelMin.credits != null ? m.pth_level_credits({ ...level, credits: sayNumber(levelMin.credits) }) : undefined,
    level && levelMin.share != null ? m.pth_level_share({ ...level, share: sayNumber(levelMin.share * 100) }) : undefined,
    sharedMax != null ? m.pth_shared({ credits: sayNumber(sharedMax) }) : undefined,
    rplMax != null ? m.pth_rpl({ credits: sayNumber(rplMax) }) : undefined,
    ...Object.entries(providerMax ?? {}).map(([id, credits]) => m.pth_provider_max({ credits: sayNumber(credits), name: names[id] ?? id })),
    m.pth_once(),
  ].filter((each) => each !== undefined)
}

const reasons: Readonly<Record<string, () => string>> = {
  OUTCOME_OVERLAP: m.stk_r_overlap,
  NOT_CURRENT: m.stk_r_current,
  NOT_ASSESSED: m.stk_r_assessed,
  WOULD_BREAK_ORDER: m.stk_r_order,
  ALREADY_USED: m.stk_r_used,
  CAP: m.stk_r_cap,
  NO_SLOT: m.stk_r_slot,
}
/** Why a credential does not count. */
export const sayUnused = (reason: string | undefined): string =>
  (reason === undefined ? m.stk_r_status : (reasons[reason] ?? m.stk_r_slot))()

/** A goal by its name on the wire. */
export function sayGoal(goal: string, pathway: Pathway): string {
  if (goal.startsWith('slot:')) return say(pathway.slots.find(({ id }) => id === goal.slice(5))?.title) || goal.slice(5)
  const names: Readonly<Record<string, () => string>> = {
    totalMin: m.stk_goal_total,
    residencyMin: m.stk_goal_residency,
    levelMin: m.stk_goal_level,
  }
  return names[goal]?.() ?? goal
}

/** Ids of slots whose goal an answer does not meet. */
export const unmetSlots = (gaps: readonly { goal: string }[]): ReadonlySet<string> =>
  new Set(gaps.flatMap(({ goal }) => (goal.startsWith('slot:') ? [goal.slice(5)] : [])))

/** How a request for a larger award stands. */
export const stackStates = { asked: m.stk_state_asked, awarded: m.stk_state_awarded, refused: m.stk_state_refused }
