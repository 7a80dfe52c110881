/** The draft of a pathway that the editor's form gives. Numbers that are none stay texts, so that the server can say what is wrong. */
import type { Json, JsonObject } from '@cairn/core'
import { linesOf, numberOf } from '#lib/recognition/kind-fields.ts'

const shownRules = ['totalMin', 'residencyMin', 'externalMax', 'rplMax'] as const

/** Reads the form; a slot marked to be taken away is left out, and one is added where that was asked for. */
export function readDraft(form: FormData, before: JsonObject): JsonObject {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  /** A text in the languages that the form shows, and as it was in those that it does not. */
  const texts = (prefix: string, had: Json | undefined) => {
    const shown = [...form.keys()].filter((name) => name.startsWith(`${prefix}.`)).map((name) => name.slice(prefix.length + 1))
    const given = shown.map((tag) => [tag, text(`${prefix}.${tag}`)] as const).filter(([, words]) => words !== '')
    return { ...without((had ?? {}) as JsonObject, shown), ...Object.fromEntries(given) }
  }
  const numbers = (prefix: string, names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (text(prefix + name) === '' ? [] : [[name, numberOf(text(prefix + name))]])))
  const lists = (prefix: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, linesOf(text(prefix + name))] as const).filter(([, lines]) => lines.length > 0))
  const slots: JsonObject[] = []
  const slotsBefore = (before.slots ?? []) as JsonObject[]
  for (let at = 0; form.has(`s.${at}.id`); at++) {
    if (form.get(`s.${at}.remove`) !== null) continue
    const prefix = `s.${at}.`
    slots.push({
      id: text(`${prefix}id`),
      title: texts(`${prefix}title`, slotsBefore[at]?.title),
      takes: { ...lists(prefix, ['achievements', 'outcomes', 'fields', 'providers', 'tags']), ...numbers(prefix, ['levelMin']) },
      ...numbers(prefix, ['minCredits', 'maxCredits', 'minCount', 'maxCount', 'currencyYears']),
      ...lists(prefix, ['afterSlots']),
    })
  }
  if (form.get('add') !== null) slots.push({ id: freeName(slots), title: { en: `Slot ${slots.length + 1}` }, takes: {}, minCredits: 1 })
  const description = texts('description', before.description)
  const rulesBefore = (before.rules ?? {}) as JsonObject
  const { share } = (rulesBefore.levelMin ?? {}) as JsonObject
  const credits = text('levelCredits')
  // The form asks for credits alone; a rule that has a share instead keeps it until credits are written.
  const atLevel = credits !== '' ? { credits: numberOf(credits) } : share != null ? { share } : {}
  return {
    ...without(before, ['award', 'description']),
    title: texts('title', before.title),
    ...(Object.keys(description).length > 0 ? { description } : {}),
    ...(text('award') ? { award: text('award') } : {}),
    slots,
    rules: {
      ...without(rulesBefore, [...shownRules, 'levelMin']),
      ...numbers('', shownRules),
      ...(text('levelEqf') ? { levelMin: { eqf: numberOf(text('levelEqf')), ...atLevel } } : {}),
    },
  }
}

/** What the form does not show keeps what it had. */
const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

function freeName(slots: readonly JsonObject[]): string {
  const taken = new Set(slots.map(({ id }) => id))
  let next = slots.length + 1
  while (taken.has(`slot-${next}`)) next++
  return `slot-${next}`
}
