import type { TrustRecord } from '@cairn/core'
import { fail, redirect } from '@sveltejs/kit'
import { attempt, refused, textsOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import { readRecord } from '#lib/registry/read-record.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { keeper } = await read(locals.api['registry.list']({}))
  if (!keeper) redirect(303, '/registry')
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData()
    const record = readRecord(form) as TrustRecord
    const done = await attempt(() => locals.api['registry.propose']({ record, ...textsOf(form, ['note']) }), form)
    if (refused(done)) return fail(done.status, { ...done.data, kinds: form.getAll('kinds').map(String) })
    redirect(303, '/registry?proposed')
  },
}
