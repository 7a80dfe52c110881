/** The draft of a policy that a form gives. Fields it does not show keep what they had. */
import { type JsonObject, type RequirementKindName, requirementKindNames } from '@cairn/core'
import { linesOf, numberOf, readParams, readWords } from './kind-fields.ts'

export const typeFactors = ['successful-completion', 'participation', 'attendance'] as const

const isKind = (text: string): text is RequirementKindName => (requirementKindNames as readonly string[]).includes(text)

/** Reads the form of the editor; numbers that are none stay texts, so that the server can say what is wrong. */
export function readPolicy(form: FormData, before: JsonObject): JsonObject {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const title = Object.fromEntries(
    [...form.keys()].filter((name) => name.startsWith('title.') && text(name) !== '').map((name) => [name.slice(6), text(name)]),
  )
  const numbers = Object.fromEntries(
    ['minHours', 'generalCap', 'duplicateMonths'].flatMap((name) => (text(name) === '' ? [] : [[name, numberOf(text(name))]])),
  )
  const factors = Object.fromEntries(
    typeFactors.flatMap((type) => (text(`factor.${type}`) === '' ? [] : [[type, numberOf(text(`factor.${type}`))]])),
  )
  const issuers = linesOf(text('recognisedIssuers'))
  const { appealTo: said, ...procedure } = (before.procedure ?? {}) as JsonObject
  const appealTo = readWords(said, form, 'appealTo.')
  return {
    ...before,
    title,
    rank: text('rank') || 'institution',
    purpose: form.getAll('purpose').map(String),
    effective: [text('from'), text('to') || null],
    procedure: {
      ...procedure,
      ...(appealTo ? { appealTo } : {}),
      ...(text('deadlineDays') ? { deadlineDays: numberOf(text('deadlineDays')) } : {}),
      ...(text('appealDays') ? { appealDays: numberOf(text('appealDays')) } : {}),
      automaticFull: form.get('automaticFull') !== null,
    },
    params: {
      ...numbers,
      ...(Object.keys(factors).length > 0 ? { typeFactor: factors } : {}),
      ...(issuers.length > 0 ? { recognisedIssuers: issuers } : {}),
    },
    requirements: readRequirements(form, before),
  }
}

/** What a requirement says beside its fields, such as why it is there, stays with its id. */
function readRequirements(form: FormData, before: JsonObject): JsonObject[] {
  const found: JsonObject[] = []
  const known = new Map(((before.requirements ?? []) as JsonObject[]).map((each) => [each.id, each]))
  for (let at = 0; form.has(`r.${at}.kind`); at++) {
    const kind = String(form.get(`r.${at}.kind`))
    if (!isKind(kind) || form.get(`r.${at}.remove`) !== null) continue
    const condition = String(form.get(`r.${at}.condition`) ?? '').trim()
    const { condition: _, remedy: said, ...kept } = known.get(String(form.get(`r.${at}.id`))) ?? {}
    const remedy = readWords(said, form, `r.${at}.remedy.`)
    found.push({
      ...kept,
      id: String(form.get(`r.${at}.id`)),
      kind,
      params: readParams(kind, form, `r.${at}.p.`),
      onFail: String(form.get(`r.${at}.onFail`)),
      onUnknown: String(form.get(`r.${at}.onUnknown`)),
      ...(condition ? { condition } : {}),
      ...(remedy ? { remedy } : {}),
    })
  }
  const added = String(form.get('add') ?? '')
  if (isKind(added)) found.push({ id: freeId(found), kind: added, params: {}, onFail: 'refer', onUnknown: 'evidence' })
  return found
}

/** The next number after those that are taken, with the letter that the others have. */
function freeId(found: readonly JsonObject[]): string {
  const taken = new Set(found.map(({ id }) => String(id)))
  const letter = /^[A-Za-z]+/.exec(String(found[0]?.id ?? ''))?.[0] ?? 'R'
  let next = found.length + 1
  while (taken.has(`${letter}${next}`)) next++
  return `${letter}${next}`
}
