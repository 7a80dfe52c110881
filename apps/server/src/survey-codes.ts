/** Answers in words with the codes that still hold for them: a text that was changed since it was coded has none. */
import { type CodesByBody, codesDiffer, freeTextsOf, type SurveyAnswers, type TextCoding } from '@cairn/core'
import {
  hashOfAnswer,
  listSurveyCodes,
  listSurveyCodings,
  type SurveyCodingRow,
  type SurveyInvitationRow,
  type TenantTransaction,
} from '@cairn/store'
import { urnOf } from './recognition-case.ts'
import { isDone } from './survey-reply.ts'

/** One text of one body. */
export interface SurveyText extends TextCoding {
  invitation: string
  question: string
  text: string
  hash: Buffer
}
/** All texts of a survey, and the plan of each question that has one. */
export interface SurveyTexts {
  texts: readonly SurveyText[]
  plans: ReadonlyMap<string, SurveyCodingRow>
}

/** Reads what finished answers say in words. Of several who settled, the last one counts. */
export async function readSurveyTexts(tx: TenantTransaction, survey: string, rows: readonly SurveyInvitationRow[]): Promise<SurveyTexts> {
  const plans = new Map((await listSurveyCodings(tx, survey)).map((each) => [each.question, each]))
  const given = await listSurveyCodes(tx, survey)
  const texts = rows.filter(isDone).flatMap((row) =>
    freeTextsOf(row as Pick<SurveyAnswers, 'answers'>).map(({ question, text }): SurveyText => {
      const hash = hashOfAnswer(text)
      const own = given.filter((each) => each.invitation === row.id && each.question === question && each.ofText.equals(hash))
      const { first, second } = plans.get(question) ?? {}
      const by = (coder: string | undefined) => own.find(({ person, settles }) => person === coder && !settles)?.code
      const codes = { first: by(first), second: by(second) }
      const third = own.findLast(({ person, settles }) => settles && person !== first && person !== second)?.code
      const coding = { ...present(codes), ...(third !== undefined && codesDiffer(present(codes)) ? { third } : {}) }
      return { invitation: row.id, question, text, hash, ...coding }
    }),
  )
  return { texts, plans }
}

const present = (codes: { first: string | undefined; second: string | undefined }): TextCoding =>
  Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined))

/** The codes as the analysis takes them, of questions that have a plan. */
export function codesByBody({ texts, plans }: SurveyTexts): CodesByBody {
  return new Map(
    [...plans.keys()].map((question) => [
      question,
      new Map(texts.filter((each) => each.question === question).map((each) => [urnOf(each.invitation), each])),
    ]),
  )
}
