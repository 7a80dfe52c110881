/** Words for what the survey shows to its host, in the reader's language. */
import { type NumberSummary, type SurveyWordKey, surveyText, textIn } from '@cairn/core'
import { sayNumber } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import * as spoken from './say-answer.ts'

/** A word of the survey in the reader's language. */
export const sayWord = (key: SurveyWordKey): string => textIn(surveyText(key), getLocale(), 'en')
/** The text of a question. */
export const sayQuestion = (id: string): string => sayWord(id as SurveyWordKey)

const here = (): spoken.Spoken => ({ say: sayWord, language: getLocale() })
export const sayOption = (question: string, option: string): string => spoken.sayOption(question, option, here())
export const sayAnswer = (id: string, answer: Parameters<typeof spoken.sayAnswer>[1]): string => spoken.sayAnswer(id, answer, here())
export const unitOf = (id: string): string => spoken.unitOf(id, here())

/** A region or a kind of body; those that stand together so that none of them is named. */
export function sayGroup(group: string): string {
  if (group === 'others') return m.srv_others()
  if (group === 'other') return m.srv_other_kind()
  return [`A1.${group}`, `region.${group}`].map((key) => textIn(surveyText(key), getLocale(), 'en')).find(Boolean) ?? group
}

/** How far two coders agree; empty while they have nothing in common. */
export const sayAgreement = ({ coded, agreed, kappa }: { coded: number; agreed: number; kappa: number }): string =>
  coded === 0
    ? ''
    : m.srv_agreement_is({
        agreed: sayNumber(agreed),
        coded: sayNumber(coded),
        share: sayNumber(Math.round((agreed / coded) * 100)),
        kappa: sayNumber(kappa),
      })

/** Amounts as they are shown: shares in per cent. */
export function scaled(question: string, { of: _, ...amounts }: NumberSummary & { of?: string | undefined }): NumberSummary {
  const scale = spoken.questionOf(question).answer === 'weights' ? 100 : 1
  const entries = Object.entries(amounts).map(([name, amount]) => [name, name === 'count' ? amount : amount * scale])
  return Object.fromEntries(entries) as unknown as NumberSummary
}
