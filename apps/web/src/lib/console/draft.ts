/** Changing a draft without changing the one that is shown: small functions for the designer's fields. */
import type { AchievementSpecification, LangString } from '@cairn/core'

export type Draft = AchievementSpecification

/** A text in one language set or taken away; no language left gives `undefined`. */
export function withText(text: LangString | undefined, language: string, value: string): LangString | undefined {
  const { [language]: _, ...rest } = text ?? {}
  const next = value.trim() === '' ? rest : { ...rest, [language]: value }
  return Object.keys(next).length === 0 ? undefined : next
}

/** The draft without members that are undefined, as it is sent. */
export function cleaned(draft: Draft): Draft {
  return JSON.parse(JSON.stringify(draft)) as Draft
}

/** A key that no other item has: `outcome-3`. */
export function freshKey(items: readonly { key: string }[], word: string): string {
  let at = items.length + 1
  while (items.some(({ key }) => key === `${word}-${at}`)) at++
  return `${word}-${at}`
}

/** The elements of Annex I with the rule that speaks of each, for the pebbles. The learner and the day come with the award. */
export const elements = [
  ['A2', 'Title', 'title'],
  ['A3', 'Country of the issuer', 'issuer'],
  ['A4', 'Awarding body', 'issuer'],
  ['A6', 'Learning outcomes', 'outcomes'],
  ['A7', 'Workload', 'workload'],
  ['A8', 'Level', 'level'],
  ['A9', 'Type of assessment', 'assessments'],
  ['A10', 'Form of participation', 'participation'],
  ['A11', 'Quality assurance', 'quality'],
] as const
