/** The console is for people of an institution; everybody else is shown the door and comes back afterwards. */
import { redirect } from '@sveltejs/kit'
import { rooms } from '#lib/console/rooms.ts'
import { mayDo } from '#lib/server/may-do.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, url }) => {
  const { session } = locals
  if (!session.institution) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  return {
    session,
    /** Whoever may not call what a room opens with does not see its door. */
    doors: rooms.filter(({ opensWith }) => mayDo(session, opensWith)).map(({ path }): string => path),
    mayDesign: mayDo(session, 'specification.create'),
    mayAward: mayDo(session, 'batch.create'),
  }
}
