/** What is told of a survey when it is opened or changed: it is asked in each language that has a title. */
import { survey } from '@cairn/core'
import { textOf } from '#lib/page/attempt.ts'

/** Languages that the questions have, of those that are named. */
const askedIn = (tags: readonly string[]) => survey.languages.filter((tag) => tags.includes(tag))

export function readSurvey(form: FormData) {
  const title = Object.fromEntries(
    survey.languages.flatMap((tag) => (textOf(form, `title.${tag}`) ? [[tag, textOf(form, `title.${tag}`)!]] : [])),
  )
  return { title, languages: askedIn(Object.keys(title)), host: textOf(form, 'host') ?? '', closesOn: textOf(form, 'closesOn') ?? '' }
}
