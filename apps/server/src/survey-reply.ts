/** What one body answered to a survey, as the domain reads it. */
import { type Json, readAnswers, type SurveyAnswers, survey } from '@cairn/core'
import type { SurveyInvitationRow, SurveyRow } from '@cairn/store'
import { urnOf } from './recognition-case.ts'

/** True while answers are taken: its last day has not passed, by UTC. */
export const isOpen = ({ closesOn }: Pick<SurveyRow, 'closesOn'>, now: string): boolean => now.slice(0, 10) <= closesOn

/** True once the body said whether its answers may be published: that is the last question. */
export const isDone = ({ answers }: Pick<SurveyInvitationRow, 'answers'>): boolean => answers.D5 !== undefined

/** True once the body was asked whether anything has changed, and until it has confirmed. */
export const isAsked = ({ askedAt, confirmedAt }: Pick<SurveyInvitationRow, 'askedAt' | 'confirmedAt'>): boolean =>
  askedAt !== undefined && (confirmedAt === undefined || askedAt > confirmedAt)

/** A moment one year before. */
export const yearBefore = (now: string): string => `${Number(now.slice(0, 4)) - 1}${now.slice(4)}`.replace('-02-29T', '-02-28T')

/** How the answers may be published, once that was said. */
export function consentOf(row: Pick<SurveyInvitationRow, 'answers'>): 'named' | 'together' | 'no' | undefined {
  if (!isDone(row)) return undefined
  const { value } = row.answers.D5!
  return value === 'named' || value === 'together' ? value : 'no'
}

/**
 * The answers of a body under its identifier; without one, that of its invitation. Raises `input.invalid` with a pointer below `/respondent` where the
 * body has not said all of who it is.
 */
export function answersOf({ id, language, savedAt, respondent, answers }: SurveyInvitationRow, body?: string): SurveyAnswers {
  return readAnswers({
    survey: survey.id,
    version: survey.version,
    language,
    answered: (savedAt ?? '').slice(0, 10),
    respondent: { ...respondent, body: body ?? urnOf(id) },
    answers: answers as unknown as Json,
  })
}
