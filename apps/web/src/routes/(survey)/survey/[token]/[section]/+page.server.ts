/** One page of a survey: read, and saved before the next. */
import { surveySections } from '@cairn/core'
import { error, fail, redirect } from '@sveltejs/kit'
import { attempt, refused, textOf, textsOf } from '#lib/page/attempt.ts'
import { saidError } from '#lib/server/said-error.ts'
import { readReply } from '#lib/survey/read-reply.ts'
import type { Actions, PageServerLoad } from './$types'

function placeOf(name: string) {
  const at = surveySections.findIndex(({ id }) => id === name)
  if (at < 0) error(404, saidError('request.not-found', 'There is no such page.'))
  return { at, section: surveySections[at]!, next: surveySections[at + 1], before: surveySections[at - 1] }
}

export const load: PageServerLoad = ({ params }) => {
  const { at, section, before } = placeOf(params.section)
  return {
    at: at + 1,
    of: surveySections.length,
    section: section.id,
    before: before?.id,
  }
}

export const actions: Actions = {
  default: async ({ params, request, locals }) => {
    const { section, next } = placeOf(params.section)
    const form = await request.formData()
    const answers = readReply(form, section.questions)
    const respondent = { ...textsOf(form, ['name', 'country', 'region', 'role']) }
    const given = {
      token: params.token,
      ...textsOf(form, ['language']),
      section: section.id,
      ...(section.id === 'body' ? { respondent } : {}),
      answers,
    }
    const saved = await attempt(() => locals.api['reply.save'](given as Parameters<(typeof locals.api)['reply.save']>[0]))
    // What was typed stays as it was typed.
    if (refused(saved)) return fail(saved.status, { problems: saved.data.problems, answers, respondent })
    redirect(303, `/survey/${params.token}${next && textOf(form, 'then') !== 'overview' ? `/${next.id}` : ''}`)
  },
}
