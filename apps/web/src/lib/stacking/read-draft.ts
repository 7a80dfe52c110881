/** The draft of a pathway that the editor's form gives. Numbers that are none stay texts, so that the server can say what is wrong. */
import type { Json, JsonObject } from '@cairn/core'
import { linesOf, numberOf } from '#lib/recognition/kind-fields.ts'
import { readLine } from './choice-lines.ts'

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
  const lists = (prefix: string, names: readonly string[], read = (line: string) => line): JsonObject => {
    const linesIn = (name: string) => [
      ...new Set(
        form
          .getAll(prefix + name)
          .flatMap(linesOf)
          .map(read),
      ),
    ]
    return Object.fromEntries(names.map((name): [string, string[]] => [name, linesIn(name)]).filter(([, lines]) => lines.length > 0))
  }
  const names = new Map(Object.entries((before.names ?? {}) as JsonObject))
  const idOf = (line: string) => {
    const { id, name } = readLine(line)
    if (name !== undefined) names.set(id, name)
    return id
  }
  const slots: JsonObject[] = []
  const slotsBefore = (before.slots ?? []) as JsonObject[]
  for (let at = 0; form.has(`s.${at}.id`); at++) {
    if (form.get(`s.${at}.remove`) !== null) continue
    const prefix = `s.${at}.`
    slots.push({
      id: text(`${prefix}id`),
      title: texts(`${prefix}title`, slotsBefore[at]?.title),
      takes: {
        ...lists(prefix, ['achievements', 'providers'], idOf),
        ...lists(prefix, ['outcomes', 'fields', 'tags']),
        ...numbers(prefix, ['levelMin']),
      },
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
  const taken = slots.flatMap(({ takes }) => Object.values((takes ?? {}) as JsonObject).flat())
  const used = new Set<unknown>([...taken, ...Object.keys((rulesBefore.providerMax ?? {}) as JsonObject)])
  const called = Object.fromEntries([...names].filter(([id]) => used.has(id)))
  return {
    ...without(before, ['award', 'description', 'names']),
    title: texts('title', before.title),
    ...(Object.keys(description).length > 0 ? { description } : {}),
    ...(text('award') ? { award: text('award') } : {}),
    slots,
    ...(Object.keys(called).length > 0 ? { names: called } : {}),
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
