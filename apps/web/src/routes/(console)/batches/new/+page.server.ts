import { redirect } from '@sveltejs/kit'
import { attempt, outcomesOf, refused, textOf, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { todayHere } from '#lib/server/time-zones.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => ({
  editions: await read(locals.api['edition.list']({})),
  chosen: url.searchParams.get('edition') ?? '',
  today: await todayHere(locals.api),
})

export const actions: Actions = {
  table: async ({ request, locals }) => {
    const form = await request.formData()
    const edition = String(form.get('edition'))
    const file = form.get('file')
    const pasted = String(form.get('text') ?? '')
    const given = file instanceof File && file.size > 0
    const bytes = given ? Buffer.from(await file.arrayBuffer()) : Buffer.from(pasted)
    const made = await attempt(
      () => locals.api['batch.create']({ edition, fileName: given ? file.name : 'pasted.csv', base64: bytes.toString('base64') }),
      form,
    )
    if (refused(made)) return made
    redirect(303, `/batches/${made.done.id}`)
  },
  one: async ({ request, locals }) => {
    const form = await request.formData()
    const given = {
      learner: {
        givenName: textOf(form, 'givenName') ?? '',
        ...textsOf(form, ['familyName', 'dateOfBirth', 'identifier', 'email']),
      },
      awardDate: textOf(form, 'awardDate') ?? '',
      ...textsOf(form, ['grade', 'evidence']),
      ...outcomesOf(form),
    }
    const made = await attempt(() => locals.api['award.make']({ edition: String(form.get('edition')), given }), form)
    if (refused(made)) return made
    redirect(303, `/batches/${made.done.id}`)
  },
}
