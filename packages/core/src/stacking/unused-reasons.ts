/** Why each credential that was not placed was not. */
import { accepts, type Item, isCurrent, type SlotModel, slack, timesOf } from './slot-model.ts'
import type { UnusedReason } from './stack-answer.ts'

/** The unused credentials by id with their reason: what it is itself first, then what the placed ones leave, NO_SLOT last. */
export function unusedReasons(model: SlotModel, placed: ReadonlyMap<string, string>): { id: string; reason: UnusedReason }[] {
  const inside = new Map<string, Item[]>(model.slots.map((slot) => [slot.id, []]))
  for (const item of model.items) if (placed.has(item.id)) inside.get(placed.get(item.id)!)!.push(item)
  const used = model.items.filter((item) => placed.has(item.id))
  const sum = (items: readonly Item[]) => items.reduce((all, item) => all + item.credits, 0)

  const reasonOf = (item: Item): UnusedReason => {
    if (!item.assessed) return 'NOT_ASSESSED'
    const slots = model.slots.filter((slot) => accepts(slot, item))
    if (slots.length === 0) return 'NO_SLOT'
    const current = slots.filter((slot) => isCurrent(slot, item, model.asOf))
    if (current.length === 0) return 'NOT_CURRENT'
    const full = model.caps.find((cap) => cap.covers(item) && sum(used.filter(cap.covers)) + item.credits > cap.most + slack)
    if (full?.reason === 'ALREADY_USED') return full.reason
    if (model.overlaps.some((group) => group.includes(item.id) && group.some((id) => placed.has(id)))) return 'OUTCOME_OVERLAP'
    if (current.every((slot) => breaksOrder(slot.id, item))) return 'WOULD_BREAK_ORDER'
    if (full) return full.reason
    if (current.length < slots.length) return 'NOT_CURRENT'
    return current.some((slot) => breaksOrder(slot.id, item)) ? 'WOULD_BREAK_ORDER' : 'NO_SLOT'
  }
  const breaksOrder = (slotId: string, item: Item): boolean => {
    const here = timesOf(item)
    return model.slots.some((slot) => {
      if (slot.id === slotId)
        return (slot.afterSlots ?? []).some((other) => inside.get(other)!.some((each) => timesOf(each).asOlder >= here.asNewer))
      return (slot.afterSlots ?? []).includes(slotId) && inside.get(slot.id)!.some((each) => timesOf(each).asNewer <= here.asOlder)
    })
  }
  return model.items.filter((item) => !placed.has(item.id)).map((item) => ({ id: item.id, reason: reasonOf(item) }))
}
