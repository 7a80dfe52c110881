/** Words of our mails. Templates are plain sentences with named places; what stands in a place is never read as a template (R-TPL-1). */
import { dateTag, isRightToLeft, type RevocationReason } from '@cairn/core'
import { type BulkMailKind, bulkMailWords } from './bulk-mail-words.ts'
import { type MailKind, mailWords } from './mail-words.ts'
import { type RecognitionMailKind, recognitionMailWords } from './recognition-mail-words.ts'
import { type SurveyMailKind, surveyMailWords } from './survey-mail-words.ts'

/** What each mail needs to know. Links are whole addresses; days are `2026-05-12`, moments RFC 3339. */
export interface MailData {
  claim: { learner: string; institution: string; title: string; link: string }
  'sign-in': { link: string; minutes: number }
  invitation: { institution: string; inviter: string; link: string }
  revocation: { learner: string; institution: string; title: string; reason: RevocationReason; day: string; link: string }
  'recognition-received': { learner: string; institution: string; title: string; day: string; link: string }
  'recognition-question': { learner: string; institution: string; title: string; link: string }
  'recognition-decided': { learner: string; institution: string; title: string; outcome: string; day: string; link: string }
  'recognition-reviewed': { learner: string; institution: string; title: string; outcome: string; link: string }
  'batch-sealed': { title: string; count: number; link: string }
  'batch-waiting': { title: string; count: number; moment: string; link: string }
  'batch-failed': { title: string; link: string }
  'key-cap': { key: string; institution: string; inHour: number; inDay: number; link: string }
  replacement: { learner: string; institution: string; title: string; link: string }
  expiry: { learner: string; institution: string; title: string; day: string; link: string }
  'survey-invitation': { institution: string; body: string; title: string; day: string; link: string }
  'survey-reminder': { institution: string; body: string; title: string; day: string; link: string }
  'survey-confirmation': { institution: string; body: string; title: string; day: string; link: string }
  'survey-rules': { body: string; title: string; link: string }
}

type AnyMailKind = MailKind | RecognitionMailKind | BulkMailKind | SurveyMailKind

interface Paragraphs {
  subject: string
  text: readonly string[]
}

/** A mail as it is sent: plain text. */
export interface MailText {
  subject: string
  text: string
}

/** Our words in a language, or in English where we have none. */
export function wordsIn(language: string): { spoken: string; words: Readonly<Record<AnyMailKind, Paragraphs>> } {
  const tag = language.split('-')[0]!
  const spoken = mailWords[tag] ? tag : 'en'
  return {
    spoken,
    words: { ...mailWords[spoken]!, ...recognitionMailWords[spoken]!, ...bulkMailWords[spoken]!, ...surveyMailWords[spoken]! },
  }
}

/** Paragraphs as one text, with an empty line between them. */
export const templateOf = ({ subject, text }: Paragraphs): MailText => ({ subject, text: text.join('\n\n') })

/** Writes a mail in the language asked for, or in English where we have no words for it; in an institution's own words where they are given. */
export function mailText<Kind extends AnyMailKind>(kind: Kind, language: string, data: MailData[Kind], own?: MailText): MailText {
  const [tag] = language.split('-')
  // Surveys are asked in more languages than the rest of our mail.
  const survey = surveyMailWords[tag!]?.[kind as SurveyMailKind]
  const { spoken, words } = survey ? { spoken: tag!, words: { [kind]: survey } as Record<Kind, Paragraphs> } : wordsIn(language)
  const values = new Map(Object.entries(data).map(([name, value]) => [name, shown(name, String(value), spoken)]))
  const filled = (template: string) =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values.get(name)
      if (value === undefined) throw new Error(`The mail "${kind}" has no value for ${name}.`)
      return value
    })
  const { subject, text } = own ?? templateOf(words[kind])
  return { subject: filled(subject), text: `${filled(text)}\n` }
}

/** A value as it is printed: one line, at most 300 characters, apart from the direction of the sentence around it. */
function shown(name: string, value: string, language: string): string {
  const line = value.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
  if (name === 'link') return line
  if (name === 'reason') return mailWords[language]!.reasons[value as RevocationReason] ?? line
  if (name === 'outcome') return recognitionMailWords[language]!.outcomes[value] ?? line
  if (name === 'day')
    return new Intl.DateTimeFormat(dateTag(language), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`))
  if (name === 'moment')
    return new Intl.DateTimeFormat(dateTag(language), { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(new Date(value))
  const cut = [...line].length > 300 ? `${[...line].slice(0, 299).join('')}…` : line
  return isRightToLeft(language) || /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(cut) ? `\u2068${cut}\u2069` : cut
}
