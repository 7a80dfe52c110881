/** The draft of a pathway that the editor's form gives. Numbers that are none stay texts, so that the server can say what is wrong. */
import type { Json, JsonObject } from '@cairn/core'
import { linesOf, numberOf } from '#lib/recognition/kind-fields.ts'

/** Reads the form; a slot marked to be taken away is left out, and one is added where that was asked for. */
export function readDraft(form: FormData, before: JsonObject): JsonObject {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  /** A text in the languages that the form shows, and as it was in those that it does not. */
  const texts = (prefix: string, had: Json | undefined) => {
    const shown = [...form.keys()].filter((name) => name.startsWith(`${prefix}.`)).map((name) => name.slice(prefix.length + 1))
    const given = shown.map((tag) => [tag, text(`${prefix}.${tag}`)] as const).filter(([, words]) => words !== '')
    return { ...without((had ?? {}) as JsonObject, shown), ...Object.fromEntries(given) }
  }
  const number = (field: string, name: string) => (text(field) === '' ? {} : { [name]: numberOf(text(field)) })
  const lines = (field: string, name: string) => {
    const found = linesOf(text(field))
    return found.length > 0 ? { [name]: found } : {}
  }
  const slots: JsonObject[] = []
  const slotsBefore = (before.slots ?? []) as JsonObject[]
  for (let at = 0; form.has(`s.${at}.id`); at++) {
    if (form.get(`s.${at}.remove`) !== null) continue
    const field = (name: string) => `s.${at}.${name}`
    slots.push({
      id: text(field('id')),
      title: texts(field('title'), slotsBefore[at]?.title),
      takes: {
        ...lines(field('achievements'), 'achievements'),
        ...lines(field('outcomes'), 'outcomes'),
        ...lines(field('fields'), 'fields'),
        ...lines(field('providers'), 'providers'),
        ...lines(field('tags'), 'tags'),
        ...number(field('levelMin'), 'levelMin'),
      },
      ...number(field('minCredits'), 'minCredits'),
      ...number(field('maxCredits'), 'maxCredits'),
      ...number(field('minCount'), 'minCount'),
      ...number(field('maxCount'), 'maxCount'),
      ...number(field('currencyYears'), 'currencyYears'),
      ...lines(field('afterSlots'), 'afterSlots'),
    })
  }
  if (form.get('add') !== null) slots.push({ id: freeName(slots), title: { en: `Slot ${slots.length + 1}` }, takes: {}, minCredits: 1 })
  const description = texts('description', before.description)
  const rulesBefore = (before.rules ?? {}) as JsonObject
  const { share } = (rulesBefore.levelMin ?? {}) as JsonObject
  const credits = number('levelCredits', 'credits')
  // The form asks for credits alone; a rule that has a share instead keeps it until credits are written.
  const atLevel = Object.keys(credits).length === 0 && share != null ? { share } : credits
  return {
    ...without(before, ['award', 'description']),
    title: texts('title', before.title),
    ...(Object.keys(description).length > 0 ? { description } : {}),
    ...(text('award') ? { award: text('award') } : {}),
    slots,
    rules: {
      ...without(rulesBefore, ['totalMin', 'residencyMin', 'externalMax', 'rplMax', 'levelMin']),
      ...number('totalMin', 'totalMin'),
      ...number('residencyMin', 'residencyMin'),
      ...number('externalMax', 'externalMax'),
      ...number('rplMax', 'rplMax'),
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
