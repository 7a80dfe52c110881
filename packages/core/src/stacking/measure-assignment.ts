/** What an assignment amounts to: credits counted, each goal's state, and whether a hard rule is broken. Linear in the size of the case. */
import { accepts, type Goal, type Item, isCurrent, mostOf, type SlotModel, slack, tidy, timesOf } from './slot-model.ts'

/** The state of one goal. */
export interface GoalState {
  goal: Goal
  have: number
  need: number
  met: boolean
}

/** The account of an assignment. `broken` names the first hard rule it breaks, and is absent when it breaks none. */
export interface Measure {
  counted: number
  states: GoalState[]
  broken?: string
}

/** Measures an assignment from item id to slot id. Slots and items that do not exist count as a broken rule. */
export function measureAssignment(model: SlotModel, placed: ReadonlyMap<string, string>): Measure {
  const items = new Map([...model.items, ...model.offers].map((item) => [item.id, item]))
  const slots = new Map(model.slots.map((slot) => [slot.id, slot]))
  const inside = new Map<string, Item[]>(model.slots.map((slot) => [slot.id, []]))
  const used: Item[] = []
  let broken: string | undefined
  for (const [id, slotId] of placed) {
    const item = items.get(id)
    const slot = slots.get(slotId)
    if (!item || !slot) {
      broken ??= 'unknown'
      continue
    }
    if (!item.assessed) broken ??= 'NOT_ASSESSED'
    if (!accepts(slot, item)) broken ??= 'accept'
    if (item.sizeless && (slot.minCredits != null || slot.maxCredits != null)) broken ??= 'accept'
    if (!isCurrent(slot, item, model.asOf)) broken ??= 'currencyYears'
    inside.get(slotId)!.push(item)
    used.push(item)
  }
  for (const slot of model.slots) {
    const here = inside.get(slot.id)!
    const most = mostOf(slot)
    if (here.length > most.count || sum(here) > most.credits + slack) broken ??= `slot:${slot.id}`
    const newest = Math.max(...(slot.afterSlots ?? []).flatMap((other) => inside.get(other)!.map((item) => timesOf(item).asOlder)))
    if (here.some((item) => timesOf(item).asNewer <= newest)) broken ??= 'afterSlots'
  }
  for (const group of model.overlaps) if (group.filter((id) => placed.has(id)).length > 1) broken ??= 'overlapGroups'
  for (const cap of model.caps) if (sum(used.filter(cap.covers)) > cap.most + slack) broken ??= cap.reason
  const counted = tidy(sum(used))
  const states = model.goals.map((goal): GoalState => {
    const here = goal.slot === undefined ? used : inside.get(goal.slot)!
    const have = tidy(goal.kind === 'count' ? here.length : here.reduce((all, item) => all + (goal.weight?.(item) ?? item.credits), 0))
    const need = goal.shareOfCounted === undefined ? goal.need : tidy(goal.shareOfCounted * counted)
    return { goal, have, need, met: have >= need - slack }
  })
  return broken === undefined ? { counted, states } : { counted, states, broken }
}

const sum = (items: readonly Item[]) => items.reduce((all, item) => all + item.credits, 0)
