/** Correcting or renewing: what was given stands in the form; what comes of it is a batch of one that is confirmed like every other. */
import { redirect } from '@sveltejs/kit'
import { attempt, outcomesOf, refused, textOf, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { record } = await read(locals.api['credential.read']({ id: params.id }))
  const given = await read(locals.api['credential.given']({ id: params.id }))
  const editions = await read(locals.api['edition.list']({}))
  const specification = editions.find(({ id }) => id === record.edition)?.specification
  return { record, given, editions: editions.filter((edition) => edition.specification === specification) }
}

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData()
    const before = await read(locals.api['credential.given']({ id: params.id }))
    const { nationalId } = before.learner
    const given = {
      // What the form does not ask for stays as it was.
      ...(before.parts ? { parts: before.parts } : {}),
      ...textsOf(form, ['learningStart', 'learningEnd', 'assessmentDate', 'grade', 'referenceNumber', 'validUntil', 'evidence']),
      ...outcomesOf(form),
      learner: {
        ...(nationalId ? { nationalId } : {}),
        givenName: textOf(form, 'givenName') ?? '',
        ...textsOf(form, ['familyName', 'dateOfBirth', 'identifier', 'email', 'language']),
      },
      awardDate: textOf(form, 'awardDate') ?? '',
    }
    const made = await attempt(() => locals.api['award.make']({ edition: String(form.get('edition')), given, replaces: params.id }), form)
    if (refused(made)) return made
    redirect(303, `/batches/${made.done.id}`)
  },
}
