/** A draft guideline from the answers: what most bodies ask for, in sentences with the numbers filled in (domain 5). */
import { textIn } from '../text-in.ts'
import type { SurveyAnalysis } from './analyse.ts'
import { type SurveyText, say } from './question.ts'
import { survey } from './survey.ts'

/** One sentence: its key and values, the question it rests on, and the text in the languages of the survey. */
export interface SurveyLine {
  key: keyof typeof sentences
  question?: string
  values: Readonly<Record<string, number>>
  text: SurveyText
}

/** Sentences with places for values; names of questions, options and types are put in by the language. */
const sentences = {
  ground: say(
    'Bodies that answered: {responses}. Of these, {told} may be told, from regions: {regions}.',
    'Odpovědělo institucí: {responses}. Zveřejnit lze odpovědi: {told}, regionů: {regions}.',
    'عدد الجهات المجيبة: {responses}. يجوز نشر إجابات {told} منها، من مناطق عددها {regions}.',
  ),
  hours: say(
    'Half of {count} bodies are content with {median} hours in one certificate, three quarters with {upper}.',
    'Polovině z {count} institucí stačí v jednom osvědčení {median} hodin, třem čtvrtinám {upper}.',
    'يكفي نصفَ {count} من الجهات {median} ساعة في الشهادة الواحدة، وتكفي ثلاثةَ أرباعها {upper}.',
  ),
  'hours-of': say(
    'For the type “{of}”, half of {count} bodies are content with {median} hours, three quarters with {upper}.',
    'U druhu „{of}“ stačí polovině z {count} institucí {median} hodin, třem čtvrtinám {upper}.',
    'للنوع «{of}» يكفي نصفَ {count} من الجهات {median} ساعة، وتكفي ثلاثةَ أرباعها {upper}.',
  ),
  year: say(
    'Bodies that ask for hours each year: {count}; the middle of them for {median}.',
    'Instituce, které žádají hodiny každý rok: {count}; prostřední z nich {median}.',
    'الجهات التي تطلب ساعات كل سنة: {count}؛ والوسيط {median}.',
  ),
  step: say(
    'Bodies that ask for hours for a step of the career: {count}; the middle of them for {median}.',
    'Instituce, které žádají hodiny na kariérní stupeň: {count}; prostřední z nich {median}.',
    'الجهات التي تطلب ساعات لكل درجة وظيفية: {count}؛ والوسيط {median}.',
  ),
  weight: say(
    'The type “{of}” counts at {counts} of {answered} bodies; the middle share of its hours is {median} %.',
    'Druh „{of}“ se počítá u {counts} z {answered} institucí; prostřední podíl jeho hodin je {median} %.',
    'يُحتسب النوع «{of}» لدى {counts} من {answered} من الجهات؛ ووسيط نسبة ساعاته {median} ٪.',
  ),
  years: say(
    'Half of {count} bodies that set an age accept a certificate of up to {median} years, three quarters one of up to {lower}.',
    'Z {count} institucí, které stanoví stáří, přijme polovina osvědčení do {median} let, tři čtvrtiny do {lower}.',
    'من {count} من الجهات التي تحدد عمراً يقبل نصفها شهادة حتى {median} سنوات، وثلاثة أرباعها حتى {lower}.',
  ),
  option: say(
    '{question} “{of}”: {counts} of {answered} bodies, {share} %.',
    '{question} „{of}“: {counts} z {answered} institucí, {share} %.',
    '{question} «{of}»: {counts} من {answered} من الجهات، {share} ٪.',
  ),
  'no-rule': say(
    'No rule exists at {counts} of {asked} bodies: {question}',
    'Pravidlo neexistuje u {counts} z {asked} institucí: {question}',
    'لا قاعدة لدى {counts} من {asked} من الجهات: {question}',
  ),
  unknown: say(
    'Not known at {counts} of {asked} bodies, to be settled: {question}',
    'Neví se u {counts} z {asked} institucí, je třeba vyjasnit: {question}',
    'غير معروف لدى {counts} من {asked} من الجهات، ويلزم حسمه: {question}',
  ),
} as const

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
  const asked = survey.questions.find(({ id }) => id === about.question)
  const named = [...(asked?.options ?? []), ...typesOfCertificate].find(({ id }) => id === about.of)
  const inLanguage = (language: keyof SurveyText) => {
    const words: Record<string, string> = {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
      question: asked ? textIn({ ...asked.text }, language) : '',
      of: named ? textIn({ ...named.label }, language) : languageOrWord(about, language),
    }
    return sentences[key][language].replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
  }
  return {
    key,
    ...(about.question ? { question: about.question } : {}),
    values,
    text: { en: inLanguage('en'), cs: inLanguage('cs'), ar: inLanguage('ar') },
  }
}

/** What has no label: the name of a language, where the question is about languages. */
function languageOrWord({ question, of = '' }: { question?: string; of?: string }, language: string): string {
  return question === 'B11' ? (new Intl.DisplayNames([language], { type: 'language' }).of(of) ?? of) : of
}

/** The types of certificate are the options of the question that weighs them. */
const typesOfCertificate = survey.questions.find(({ answer }) => answer === 'weights')?.options ?? []
