/** Surveys that this institution opened, and opening one. */
import { textIn } from '@cairn/core'
import { fail, redirect } from '@sveltejs/kit'
import { attempt, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { mayDo } from '#lib/server/may-do.ts'
import { readSurvey } from '#lib/survey/read-survey.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({
  surveys: await read(locals.api['survey.list']({})),
  host: textIn(locals.session.institution?.name, getLocale()),
  may: mayDo(locals.session, 'survey.open'),
})

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const given = readSurvey(form)
    const made = await attempt(() => locals.api['survey.open'](given))
    if (refused(made)) return fail(made.status, { problems: made.data.problems, given })
    redirect(303, `/surveys/${made.done.id}`)
  },
}
