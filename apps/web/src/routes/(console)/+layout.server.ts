/** The console is for people of an institution; everybody else is shown the door and comes back afterwards. */
import { redirect } from '@sveltejs/kit'
import { rooms } from '#lib/console/rooms.ts'
import { read } from '#lib/page/read.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = async ({ locals, url }) => {
  const { session } = locals
  if (!session.institution) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  return {
    session,
    /** What waits after a restore, while it does (R-BAK-4). */
    restored: mayDo(session, 'restoration.read') ? await read(locals.api['restoration.read']({})) : { held: false },
    /** Whoever may not call what a room opens with does not see its door. */
    doors: rooms.filter(({ opensWith }) => mayDo(session, opensWith)).map(({ path }): string => path),
    mayDesign: mayDo(session, 'specification.create'),
    mayAward: mayDo(session, 'batch.create'),
  }
}
