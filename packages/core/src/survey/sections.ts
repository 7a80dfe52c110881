/** The survey as it is asked: a handful of questions a page, and the regions that answers are told by. */

/** Pages in their order; consent to publish comes last, when it is known what it is about. */
export const surveySections = [
  { id: 'body', questions: ['A1'] },
  { id: 'hours', questions: ['B1', 'B2', 'B3'] },
  { id: 'certificate', questions: ['B4', 'B5', 'B6', 'B10', 'B11'] },
  { id: 'learning', questions: ['B7', 'B8', 'B9', 'B12'] },
  { id: 'issuing', questions: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'] },
  { id: 'basis', questions: ['D1', 'D2', 'D3', 'D4'] },
  { id: 'consent', questions: ['D5'] },
] as const
/** The id of a page. */
export type SurveySection = (typeof surveySections)[number]['id']

/** The five regions of the UN's list M49. */
export const surveyRegions = ['Africa', 'Americas', 'Asia', 'Europe', 'Oceania'] as const
