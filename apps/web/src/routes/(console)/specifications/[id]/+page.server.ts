/** The designer: read, save, copy, put away. */
import { randomUUID } from 'node:crypto'
import { type BadgeDesign, problems as known, type ProblemCode } from '@cairn/core'
import { fail, redirect } from '@sveltejs/kit'
import { readForm } from '#lib/designer/read-form.ts'
import { attempt, fileOf, refused } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
  const [specification, { organisation }] = await Promise.all([
    read(locals.api['specification.read']({ id: params.id })),
    read(locals.api['institution.read']({})),
  ])
  const forecast = mayDo(locals.session, 'recognition.forecast')
    ? await read(locals.api['recognition.forecast']({ id: params.id }))
    : undefined
  return { specification, institution: organisation, ...(forecast ? { forecast } : {}) }
}

export const actions: Actions = {
  save: async ({ params, locals, request }) => {
    const form = await request.formData()
    const before = await read(locals.api['specification.read']({ id: params.id }))
    const draft = readForm(form, before.draft, `urn:uuid:${randomUUID()}`)
    const result = await attempt(() => locals.api['specification.save']({ id: params.id, revision: Number(form.get('revision')), draft }))
    if (refused(result)) {
      const { problems } = result.data
      // Pointers of the operation begin at its input; the form's begin at the draft.
      const here = problems.map((each) => (each.pointer ? { ...each, pointer: each.pointer.replace(/^\/draft/, '') } : each))
      return fail(known[here[0]?.code as ProblemCode]?.status ?? 422, { problems: here, draft })
    }
    if (form.has('publish')) redirect(303, `/specifications/${params.id}/publish`)
    const { revision, findings } = result.done
    return { saved: { revision, findings } }
  },
  badge: async ({ params, locals, request }) => {
    const form = await request.formData()
    const picture = form.has('remove') ? {} : { base64: await fileOf(form, 'file') }
    const result = await attempt(() =>
      locals.api['specification.badge']({ id: params.id, revision: Number(form.get('revision')), ...picture }),
    )
    return refused(result) ? fail(result.status, { problems: [...result.data.problems] }) : { pictured: true }
  },
  design: async ({ params, locals, request }) => {
    const form = await request.formData()
    const base64 = await fileOf(form, 'logo')
    const design = { shape: form.get('shape'), colour: form.get('colour'), icon: form.get('icon') } as BadgeDesign
    const result = await attempt(() =>
      locals.api['specification.badge']({ id: params.id, revision: Number(form.get('revision')), design, ...(base64 ? { base64 } : {}) }),
    )
    return refused(result) ? fail(result.status, { problems: [...result.data.problems] }) : { pictured: true }
  },
  copy: async ({ params, locals }) => {
    const result = await attempt(() => locals.api['specification.copy']({ id: params.id }))
    if (refused(result)) return fail(result.status, { problems: [...result.data.problems] })
    redirect(303, `/specifications/${result.done.id}`)
  },
  archive: async ({ params, locals, request }) => {
    const archived = (await request.formData()).get('archived') !== 'no'
    const result = await attempt(() => locals.api['specification.archive']({ id: params.id, archived }))
    if (refused(result)) return fail(result.status, { problems: [...result.data.problems] })
    redirect(303, '/specifications')
  },
}
