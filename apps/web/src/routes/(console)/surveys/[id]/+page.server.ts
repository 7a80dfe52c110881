/** A survey with who was invited and who answered. */
import { fail } from '@sveltejs/kit'
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { pageIn } from '#lib/page/page-in.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import { readBodies } from '#lib/survey/read-bodies.ts'
import { readSurvey } from '#lib/survey/read-survey.ts'
import type { Actions, PageServerLoad } from './$types'

/** How many bodies stand on a page: each comes with a link and a form. */
const size = 100

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const survey = await read(locals.api['survey.read']({ id: params.id }))
  const page = pageIn(url)
  return {
    survey: { ...survey, invitations: survey.invitations.slice((page - 1) * size, page * size) },
    waiting: survey.invitations.filter(({ state, email }) => state !== 'done' && email).length,
    page,
    pages: Math.ceil(survey.invited / size),
    may: mayDo(locals.session, 'survey.invite'),
    mayCode: mayDo(locals.session, 'coding.list'),
  }
}

export const actions: Actions = {
  save: async ({ params, request, locals }) => {
    const form = await request.formData()
    const given = readSurvey(form)
    const done = await attempt(() => locals.api['survey.save']({ id: params.id, ...given }))
    return refused(done) ? fail(done.status, { problems: done.data.problems, given }) : { saved: true as const }
  },
  invite: async ({ params, request, locals }) => {
    const form = await request.formData()
    const bodies = readBodies(String(form.get('bodies') ?? ''))
    const language = textOf(form, 'language') ?? 'en'
    const done = await attempt(() => locals.api['survey.invite']({ id: params.id, language, bodies }), form)
    if (refused(done)) return done
    const { invited, known } = done.done
    return { invited, known }
  },
  remind: async ({ params, locals }) => {
    const done = await attempt(() => locals.api['survey.remind']({ id: params.id }))
    return refused(done) ? done : { reminded: done.done.reminded }
  },
  withdraw: async ({ params, request, locals }) => {
    const form = await request.formData()
    const invitation = String(form.get('invitation'))
    const done = await attempt(() => locals.api['survey.withdraw']({ id: params.id, invitation }))
    return refused(done) ? done : { withdrawn: true as const }
  },
}
