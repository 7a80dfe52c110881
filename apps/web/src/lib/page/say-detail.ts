/** What is wrong with a field, in the reader's language, where its sentence is one that forms are often answered with. */
import { type InputFault, readIssue } from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'
import { sayNumber } from './dates.ts'

/** What schemas say by themselves. */
const faults: Record<InputFault, (given: { n: string }) => string> = {
  needed: m.detail_needed,
  number: m.detail_number,
  form: m.detail_form,
  choice: m.detail_choice,
  address: m.detail_address,
  'characters-least': m.detail_characters_least,
  'characters-most': m.detail_characters_most,
  'several-least': m.detail_several_least,
  'several-most': m.detail_several_most,
  'number-least': m.detail_number_least,
  'number-most': m.detail_number_most,
  'number-above': m.detail_number_above,
  'number-below': m.detail_number_below,
}
/** What operations say in a sentence of their own. */
const sentences: Readonly<Record<string, () => string>> = {
  'A mail address such as ana@example.org': m.detail_mail,
  'A title in at least one language.': m.detail_title,
  'A code of ISCED-F, such as 0613': m.detail_field,
  'A country code of two letters': m.detail_country,
  'It ends before it begins.': m.detail_ends_first,
  'Its last day is today or later.': m.detail_day_gone,
  'There are no words in this language yet: upload them.': m.detail_no_words,
  'Somebody else saved this meanwhile. Reload, then put your changes in again.': m.detail_saved_meanwhile,
  'A webhook goes to an https address on its own port, without a password in it.': m.detail_webhook_address,
  'A webhook goes to an address that everybody can reach.': m.detail_webhook_private,
  'This is no signed registry.': m.detail_no_registry,
  'This is no file of a registry of accreditations.': m.detail_no_accreditations,
  'The server did not answer.': m.detail_no_answer,
  'The server did not answer in time.': m.detail_no_answer,
  'There is no such day.': m.detail_no_such_day,
  'Write a day such as 2026-05-12.': m.detail_day_form,
  'The learner needs a name.': m.detail_learner_name,
  'Which is the family name was guessed. Where it is wrong, write it first, with a comma behind it: Nováková, Jana Marie.':
    m.detail_name_guessed,
  'Besides the name, a micro-credential needs a date of birth or an identifier of the learner (Annex I, 1).': m.detail_learner_which,
  'On which day was it awarded?': m.detail_award_day,
  'No column holds the names. Head one with givenName and one with familyName, or one with fullName.': m.detail_names_column,
  'No column holds the day of the award. Head one with awardDate, or give one day for all.': m.detail_day_column,
}

/** The sentence in the reader's language; `undefined` for one that is known in English alone. */
export function sayDetail(detail: string): string | undefined {
  const issue = readIssue(detail)
  if (issue) return faults[issue.fault]({ n: sayNumber(issue.n ?? 0) })
  const twice = /^Row (\d+) names the same learner\.$/.exec(detail)?.[1]
  if (twice) return m.detail_learner_twice({ n: twice })
  return Object.hasOwn(sentences, detail) ? sentences[detail]!() : undefined
}
