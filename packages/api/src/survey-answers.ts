/** What the operations of the survey answer with. */
import { LangString, SurveyAnswers, type SurveyWords, surveyRegions, Uuid } from '@cairn/core'
import { z } from 'zod'

const described = {
  title: LangString,
  host: z.string(),
  languages: z.array(z.string()),
  closesOn: z.string(),
  open: z.boolean(),
  /** True where bodies are asked for changes a year after they confirmed what they said. */
  yearly: z.boolean(),
}
const line = { id: Uuid, ...described, openedAt: z.string(), openedBy: z.string(), invited: z.int(), answered: z.int() }

/** A survey in a list. */
export const SurveyLineAnswer = z.strictObject(line).meta({ id: 'SurveyLine' })
export type SurveyLineAnswer = z.infer<typeof SurveyLineAnswer>

/** A survey with the bodies that were invited. `done`: the body said whether its answers may be published. */
export const SurveyAnswer = z
  .strictObject({
    ...line,
    /** Languages that were uploaded. */
    translations: z.array(z.strictObject({ language: z.string(), savedAt: z.string(), savedBy: z.string() })),
    invitations: z.array(
      z.strictObject({
        id: Uuid,
        name: z.string(),
        email: z.string().optional(),
        state: z.enum(['invited', 'begun', 'done']),
        consent: z.enum(['named', 'together', 'no']).optional(),
        savedAt: z.string().optional(),
        /** Version of finished answers, when they were last confirmed, and when the body was last asked for changes and has not answered. */
        version: z.int().optional(),
        confirmedAt: z.string().optional(),
        askedAt: z.string().optional(),
        url: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Survey' })
export type SurveyAnswer = z.infer<typeof SurveyAnswer>

/** Every word of the survey in one language. */
export const SurveyWordsAnswer = z
  .strictObject({
    language: z.string(),
    words: z.record(z.string(), z.string()) as unknown as z.ZodType<SurveyWords>,
  })
  .meta({ id: 'SurveyWords' })

const option = z.strictObject({ option: z.string(), count: z.int(), share: z.number() })

/** Amounts: of all, or one for each type of certificate, year or step. */
const numbers = z.array(
  z.strictObject({
    of: z.string().optional(),
    count: z.int(),
    least: z.number(),
    lowerQuartile: z.number(),
    median: z.number(),
    upperQuartile: z.number(),
    most: z.number(),
  }),
)

/** How answers in words to one question were put under headings. */
export const CodedQuestionAnswer = z.strictObject({
  question: z.string(),
  texts: z.int(),
  coded: z.int(),
  agreed: z.int(),
  kappa: z.number(),
  settled: z.int(),
  open: z.int(),
  codes: z.array(option),
})

/** What finished answers show together. Bodies that do not consent are counted and nothing else; none is named against its will. */
export const SurveyAnalysisAnswer = z
  .strictObject({
    invited: z.int(),
    /** Finished answers by when they were last confirmed. */
    confirmed: z.strictObject({ withinYear: z.int(), earlier: z.int() }),
    analysis: z.strictObject({
      survey: z.string(),
      version: z.int(),
      responses: z.int(),
      keptBack: z.int(),
      countries: z.array(z.strictObject({ country: z.string(), responses: z.int() })),
      regions: z.array(z.strictObject({ region: z.string(), responses: z.int(), countries: z.int() })),
      bodies: z.array(z.strictObject({ body: z.string(), responses: z.int() })),
      distributions: z.array(
        z.strictObject({
          question: z.string(),
          answered: z.int(),
          other: z.int(),
          doNotKnow: z.int(),
          noRule: z.int(),
          skipped: z.int(),
          options: z.array(option),
          numbers,
        }),
      ),
      crossTabs: z.array(
        z.strictObject({
          question: z.string(),
          by: z.enum(['region', 'body']),
          rows: z.array(z.strictObject({ group: z.string(), answered: z.int(), options: z.array(option), numbers })),
        }),
      ),
      coded: z.array(CodedQuestionAnswer),
    }),
    /** Bodies that consent to be named, with what they said. */
    named: z.array(
      z.strictObject({ name: z.string(), country: z.string(), confirmedAt: z.string().optional(), answers: SurveyAnswers.shape.answers }),
    ),
    guideline: z.array(
      z.strictObject({
        key: z.string(),
        question: z.string().optional(),
        values: z.record(z.string(), z.number()),
        text: LangString,
      }),
    ),
  })
  .meta({ id: 'SurveyAnalysis' })
export type SurveyAnalysisAnswer = z.infer<typeof SurveyAnalysisAnswer>

/** A survey as the invited body sees it. */
export const SurveyReplyAnswer = z
  .strictObject({
    ...described,
    /** The name it was invited by. */
    body: z.string(),
    /** The language it was invited in, or answered in since. */
    language: z.string(),
    respondent: SurveyAnswers.shape.respondent
      .omit({ body: true })
      .extend({ region: z.enum(surveyRegions) })
      .partial(),
    answers: SurveyAnswers.shape.answers,
    savedAt: z.string().optional(),
    done: z.boolean(),
    /** Of finished answers: their version, when they were last confirmed, and what has changed since. */
    version: z.int().optional(),
    confirmedAt: z.string().optional(),
    changed: z.array(z.string()),
    /** True where the body is asked whether anything has changed: its answers can be changed then, also after the last day. */
    asked: z.boolean(),
    /** Rules that were drafted from the answers here: of this version, or of an earlier one. */
    rules: z.enum(['none', 'behind', 'current']),
    /** Questions whose answers exclude one another, or within themselves: no policy comes of them. */
    contradictions: z.array(z.strictObject({ at: z.string(), to: z.string().optional(), why: z.string(), detail: z.string() })),
  })
  .meta({ id: 'SurveyReply' })
export type SurveyReplyAnswer = z.infer<typeof SurveyReplyAnswer>
