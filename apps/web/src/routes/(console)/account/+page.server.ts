/** One's own account: passkeys, password, and where one is signed in. */
import { attempt, refused, textOf } from '#lib/page/attempt.ts'
import { read } from '#lib/page/read.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => ({ account: await read(locals.account.read()), person: locals.session.person })

/** Does one thing, and says which. */
async function doing<T extends string>(what: T, work: () => Promise<void>) {
  const result = await attempt(work)
  return refused(result) ? result : { did: what }
}
const idOf = (form: FormData) => textOf(form, 'id') ?? ''

export const actions: Actions = {
  rename: async ({ request, locals }) => {
    const form = await request.formData()
    return doing('renamed', () => locals.account.renamePasskey({ id: idOf(form), name: textOf(form, 'name') ?? '' }))
  },
  remove: async ({ request, locals }) => {
    const form = await request.formData()
    return doing('removed', () => locals.account.removePasskey({ id: idOf(form) }))
  },
  password: async ({ request, locals }) => {
    const form = await request.formData()
    return doing('password', () =>
      locals.account.changePassword({ current: String(form.get('current') ?? ''), next: String(form.get('password') ?? '') }),
    )
  },
  end: async ({ request, locals }) => {
    const form = await request.formData()
    return doing('ended', () => locals.account.endSession({ id: idOf(form) }))
  },
  endOthers: ({ locals }) => doing('ended', () => locals.account.endOtherSessions()),
}
