/** What every page behind a link knows: the survey, and its words in the reader's language. */
import type { SurveyWords } from '@cairn/core'
import { read } from '#lib/page/read.ts'
import { pickLanguage, wishedLanguages } from '#lib/survey/pick-language.ts'
import type { LayoutServerLoad } from './$types'

const cookieName = 'survey-language'

export const load: LayoutServerLoad = async ({ params: { token }, locals, request, url, cookies, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' })
  const reply = await read(locals.api['reply.read']({ token }))
  const chosen = url.searchParams.get('language')
  const wished = [chosen ?? cookies.get(cookieName) ?? '', ...wishedLanguages(request.headers.get('accept-language')), reply.language]
  const language = pickLanguage(reply.languages, wished)
  if (chosen === language)
    cookies.set(cookieName, language, { path: '/survey', maxAge: 400 * 86_400, sameSite: 'lax', secure: url.protocol === 'https:' })
  const { words } = await read(locals.api['reply.words']({ token, language }))
  locals.language = language
  return { token, reply, language, words: words as SurveyWords }
}
