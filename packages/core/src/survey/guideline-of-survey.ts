/** A draft guideline from the answers: what most bodies ask for, in sentences with the numbers filled in (domain 5). */
import { fillPlaces } from '../fill-places.ts'
import type { LangString } from '../text.ts'
import type { SurveyAnalysis } from './analyse.ts'
import { guidelineSentences } from './guideline-sentences.ts'
import { survey } from './survey.ts'
import { surveyText } from './words/words-of-survey.ts'

type Language = (typeof survey.languages)[number]

/** One sentence: its key and values, the question it rests on, and the text in the languages of the survey. */
export interface SurveyLine {
  key: keyof typeof guidelineSentences
  question?: string
  values: Readonly<Record<string, number>>
  text: LangString
}

/** Parts of which sentences are drafted: what is accepted, and what bodies wish. */
const drafted = ['B', 'D']
const percent = (share: number) => Math.round(share * 100)

/** Drafts the guideline; empty where the analysis may tell nothing. The same answers give the same sentences. */
export function guidelineOfSurvey({ responses, keptBack, regions, distributions }: SurveyAnalysis): SurveyLine[] {
  if (distributions.length === 0) return []
  const told = responses - keptBack
  const lines = [line('ground', { responses, told, regions: regions.length })]
  for (const { question, answered, noRule, doNotKnow, skipped, numbers, options } of distributions) {
    const asked = told - skipped
    const { part, unit, answer } = survey.questions.find(({ id }) => id === question)!
    // What one body alone says is no guideline.
    if (!drafted.includes(part) || question === 'D5' || asked < 2) continue
    for (const { of, count, median, lowerQuartile, upperQuartile } of numbers.filter((each) => each.count > 1)) {
      const about = { question, ...(of ? { of } : {}) }
      if (answer === 'weights') {
        const { count: counts = 0 } = options.find(({ option }) => option === of) ?? {}
        lines.push(line('weight', { counts, answered, median: percent(median) }, about))
      } else if (answer === 'rate') lines.push(line(of === 'year' ? 'year' : 'step', { count, median }, { question }))
      else if (unit === 'years') lines.push(line('years', { count, median, lower: lowerQuartile }, about))
      else lines.push(line(of ? 'hours-of' : 'hours', { count, median, upper: upperQuartile }, about))
    }
    if (answer !== 'weights')
      for (const { option: of, count: counts, share } of options)
        if (counts > 1 && share >= 0.5) lines.push(line('option', { counts, answered, share: percent(share) }, { question, of }))
    if (noRule * 4 >= asked && noRule > 0) lines.push(line('no-rule', { counts: noRule, asked }, { question }))
    if (doNotKnow * 4 >= asked && doNotKnow > 0) lines.push(line('unknown', { counts: doNotKnow, asked }, { question }))
  }
  return lines
}

function line(key: SurveyLine['key'], values: SurveyLine['values'], about: { question?: string; of?: string } = {}): SurveyLine {
  const asked = surveyText(about.question ?? '')
  const named = { ...surveyText(`${types}.${about.of}`), ...surveyText(`${about.question}.${about.of}`) }
  const inLanguage = (language: Language) =>
    fillPlaces(guidelineSentences[key][language], {
      ...values,
      question: asked[language] ?? '',
      of: named[language] ?? languageOrWord(about, language),
    })
  return {
    key,
    ...(about.question ? { question: about.question } : {}),
    values,
    text: Object.fromEntries(survey.languages.map((language) => [language, inLanguage(language)])),
  }
}

/** What has no label: the name of a language, where the question is about languages. */
function languageOrWord({ question, of = '' }: { question?: string; of?: string }, language: string): string {
  return question === 'B11' ? (new Intl.DisplayNames([language], { type: 'language' }).of(of) ?? of) : of
}

/** The question whose options are the types of certificate. */
const types = 'B3'
