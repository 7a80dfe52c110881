/** The fields of each kind of requirement: what a form asks for, and how its answers become parameters. */
import type { JsonObject, RequirementKindName } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'

/** One parameter as a field. */
export interface KindField {
  name: string
  label: () => string
  as: 'number' | 'words' | 'lines' | 'check' | 'text' | 'years' | 'choice'
  /** Words to choose from. */
  of?: readonly string[]
}

const proofs = ['qualified-eseal', 'advanced-eseal', 'wallet-vc', 'platform-verified', 'paper']
const awardTypes = ['successful-completion', 'participation', 'attendance']
const number = (name: string, label: () => string): KindField => ({ name, label, as: 'number' })
const lines = (name: string, label: () => string): KindField => ({ name, label, as: 'lines' })

/** Kinds that are not here have no parameters. */
export const kindFields: Partial<Record<RequirementKindName, readonly KindField[]>> = {
  authenticity: [{ name: 'proofs', label: m.rec_f_proof, as: 'words', of: proofs }],
  'issuer-trust': [lines('lists', m.rec_x_lists)],
  'qa-type': [lines('types', m.rec_x_types)],
  'accredited-at-issue': [{ name: 'coverLevel', label: m.rec_x_cover, as: 'check' }],
  assessed: [{ name: 'awardTypes', label: m.rec_f_award, as: 'words', of: awardTypes }],
  'assessment-type': [lines('types', m.rec_x_types)],
  'grade-min': [
    { name: 'scheme', label: m.rec_x_scheme, as: 'text' },
    { name: 'min', label: m.rec_x_min, as: 'text' },
  ],
  level: [number('tolerance', m.rec_x_tolerance)],
  'level-min': [number('eqf', m.rec_x_eqf)],
  workload: [number('ratio', m.rec_x_ratio)],
  'contact-hours': [number('min', m.rec_x_min)],
  'outcome-coverage': [number('full', m.rec_x_full), number('partial', m.rec_x_partial)],
  currency: [number('years', m.rec_x_years), { name: 'byField', label: m.rec_x_byfield, as: 'years' }],
  'mode-in': [{ name: 'modes', label: m.rec_f_mode, as: 'words', of: ['presential', 'online', 'blended'] }],
  field: [lines('iscedF', m.rec_x_iscedf)],
  language: [lines('languages', m.rec_x_languages)],
  'formal-marks': [{ name: 'need', label: m.rec_f_marks, as: 'words', of: ['reference', 'signature', 'seal'] }],
  'not-expired': [{ name: 'for', label: m.rec_x_for, as: 'choice', of: ['essential', 'optional', 'safetyCritical'] }],
  'optional-skills': [number('share', m.rec_x_share)],
  'prerequisites-held': [lines('achievements', m.rec_x_achievements)],
  cap: [
    number('externalMax', m.rec_x_external),
    number('rplMax', m.rec_x_rpl),
    number('providerMax', m.rec_x_provider),
    number('generalMax', m.rec_x_general),
  ],
  'human-question': [{ name: 'question', label: m.rec_x_question, as: 'text' }],
}

/** Lines of a text, without empty ones. */
export const linesOf = (text: unknown): string[] =>
  String(text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** A number that was written, or the text itself so that the problem can be told beside it. */
export const numberOf = (text: string): number | string =>
  text.trim() !== '' && Number.isFinite(Number(text.replace(',', '.'))) ? Number(text.replace(',', '.')) : text

/** The parameters that a form gives, each under `prefix` and its name. What was left empty is not there. */
export function readParams(kind: RequirementKindName, form: FormData, prefix: string): JsonObject {
  const params: JsonObject = {}
  for (const { name, as, of } of kindFields[kind] ?? []) {
    const text = String(form.get(prefix + name) ?? '').trim()
    if (as === 'words') params[name] = (of ?? []).filter((word) => form.getAll(prefix + name).includes(word))
    else if (as === 'check') params[name] = text !== ''
    else if (as === 'lines') params[name] = linesOf(text)
    else if (as === 'years')
      params[name] = Object.fromEntries(
        linesOf(text).map((line) => {
          const [field = '', years = ''] = line.split(':').map((part) => part.trim())
          return [field, numberOf(years)]
        }),
      )
    else if (text !== '') params[name] = as === 'number' ? numberOf(text) : text
  }
  return params
}

/** A parameter as the text of its field. */
export function paramText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.join('\n')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, each]) => `${name}: ${each}`)
      .join('\n')
  return String(value)
}

/** Words for people in one language, as the text of a field; one text without a language stands in every one. */
export function wordsIn(value: unknown, language: string): string {
  if (typeof value === 'string') return value
  const words = (value ?? {}) as Record<string, unknown>
  return String(words[language] ?? words.und ?? '')
}

/** Words for people with those that a form gives: fields are called `prefix` and a language, and an empty one takes its language away. */
export function readWords(value: unknown, form: FormData, prefix: string): JsonObject | undefined {
  const words: JsonObject = typeof value === 'string' ? {} : { ...((value ?? {}) as JsonObject) }
  for (const name of [...form.keys()].filter((each) => each.startsWith(prefix))) {
    const text = String(form.get(name)).trim()
    const language = name.slice(prefix.length)
    if (text === '') delete words[language]
    else words[language] = text
  }
  return Object.keys(words).length > 0 ? words : undefined
}
