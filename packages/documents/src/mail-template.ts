/**
 * An institution's own words for its mails: plain sentences with named places, and no language in which anything could be computed (R-TPL-1). The part in
 * HTML is made from the same text, so that there is nothing to write there, and nothing to write into it.
 */
import { type Problem, problem, refuseProblems } from '@cairn/core'
import { type MailText, mailText, templateOf, wordsIn } from './mail-text.ts'
import { mailWords } from './mail-words.ts'

/** A subject, and a text in which an empty line begins a paragraph. */
export type MailTemplate = MailText

/** What learners are told by an institution, each with the places that its sentences may have; `link` has to stand in every one. */
export const ownMailPlaces = {
  claim: ['learner', 'institution', 'title', 'link'],
  replacement: ['learner', 'institution', 'title', 'link'],
  revocation: ['learner', 'institution', 'title', 'reason', 'day', 'link'],
  expiry: ['learner', 'institution', 'title', 'day', 'link'],
} as const
export type OwnMailKind = keyof typeof ownMailPlaces

/** The languages that we have words for. */
export const mailLanguages: readonly string[] = Object.keys(mailWords)

/** Our own words, which are used where an institution has none. */
export const standardTemplate = (kind: OwnMailKind, language: string): MailTemplate => templateOf(wordsIn(language).words[kind])

const longest = { subject: 200, text: 4000 }

/** What is wrong with a template, each with a pointer to `/subject` or `/text`; empty when it can be used. */
export function mailTemplateProblems(kind: OwnMailKind, template: MailTemplate): Problem[] {
  const found: Problem[] = []
  for (const part of ['subject', 'text'] as const) {
    const words = template[part]
    const wrong = (code: 'mail.not-plain' | 'mail.place', detail: string) => found.push(problem(code, detail, `/${part}`))
    if (words.trim() === '') wrong('mail.not-plain', 'There is nothing to say.')
    if (words.length > longest[part]) wrong('mail.not-plain', `At most ${longest[part]} letters.`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    if ((part === 'subject' ? /[\u0000-\u001f\u007f\u2028\u2029]/ : /[\u0000-\u0009\u000b-\u001f\u007f]/).test(words))
      wrong('mail.not-plain', part === 'subject' ? 'A subject is one line.' : 'A character in it is none that is written.')
    if (/<[a-z!/?]|&#?\w+;|\{\{|\{%|\$\{|<%|\bjavascript:|\bdata:text/i.test(words))
      wrong('mail.not-plain', 'Neither markup nor scripts: a mail is sentences with places such as {learner}.')
    const places: readonly string[] = ownMailPlaces[kind]
    for (const [, name] of words.matchAll(/\{([^{}]*)\}/g))
      if (!places.includes(name!))
        wrong('mail.place', `There is no such place here. There are: ${places.map((each) => `{${each}}`).join(', ')}.`)
  }
  if (!template.text.includes('{link}')) found.push(problem('mail.place', 'The text needs a place for the {link}.', '/text'))
  return found
}

const examples = {
  learner: 'Žofie Dvořáková',
  institution: 'Lakeside Institute',
  title: 'Reading climate data',
  reason: 'error',
  day: '2026-05-12',
  link: 'https://cairn.example/claim/0000',
} as const

/** A template as somebody would receive it, with example values. Raises the first of {@link mailTemplateProblems}. */
export function previewMail(kind: OwnMailKind, language: string, template: MailTemplate): MailText {
  refuseProblems(mailTemplateProblems(kind, template))
  return mailText(kind, language, examples, template)
}
