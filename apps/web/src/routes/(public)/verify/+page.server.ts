/** Verifying without scripts: the form's file or text, checked by the server and not kept. */
import type { Report } from '@cairn/core'
import { fail, redirect } from '@sveltejs/kit'
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { base64Of } from '#lib/report/bytes-of.ts'
import { handedIn, mostHandedIn } from '#lib/report/handed-in.ts'
import { shareToken } from '#lib/report/share-token.ts'
import { verifierFile } from '#lib/server/verifier-file.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ verifierHash: (await verifierFile(locals.api)).hash })

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData()
    const text = textOf(form, 'text')
    const bytes = await handedIn(form)
    if (bytes.length === 0) return fail(422, { said: 'nothing' as const })
    if (bytes.length > mostHandedIn) return fail(413, { said: 'large' as const })
    const link = text && shareToken(text, [url.origin, locals.session.publicUrl])
    if (link) redirect(303, `/c/${link}`)
    if (text && bytes.length === new TextEncoder().encode(text).length && /^https?:\/\/\S+$/.test(text))
      return fail(422, { said: 'other-link' as const })
    const result = await attempt(() => locals.api['verify.file']({ base64: base64Of(bytes) }))
    if (refused(result)) return result
    return { report: result.done as unknown as Report }
  },
}
