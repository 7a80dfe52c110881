/** The requirements survey, version 1: 24 questions (domain 5). Its words are beside it, by language. */
import type { SurveyQuestion } from './question.ts'
import { questionsOfAcceptance } from './questions-of-acceptance.ts'
import { questionsOfIssuing, questionsOfLaw, questionsOfTheBody } from './questions-of-the-body.ts'

/** The survey as data: whoever asks, reads or analyses takes the questions from here. */
export const survey = {
  id: 'requirements',
  version: 1,
  /** The languages that it comes with; whoever asks may add others. */
  languages: ['en', 'fr', 'es', 'ru', 'zh', 'ar', 'cs'],
  questions: [...questionsOfTheBody, ...questionsOfAcceptance, ...questionsOfIssuing, ...questionsOfLaw] as readonly SurveyQuestion[],
} as const

/** Answers that every question takes beside its own: three different things, never one. */
export const answerStates = ['other', 'do-not-know', 'no-rule'] as const
