/** What is told of a survey when it is opened or changed. */
import { textOf } from '#lib/page/attempt.ts'

export function readSurvey(form: FormData) {
  const title = Object.fromEntries(
    [...form.keys()].flatMap((name) => {
      const text = name.startsWith('title.') ? textOf(form, name) : undefined
      return text ? [[name.slice('title.'.length), text]] : []
    }),
  )
  const languages = form.getAll('languages').map(String)
  return {
    title,
    languages,
    yearly: form.get('yearly') !== null,
    host: textOf(form, 'host') ?? '',
    closesOn: textOf(form, 'closesOn') ?? '',
  }
}
