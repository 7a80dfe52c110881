/** The console is for people of an institution; everybody else is shown the door and comes back afterwards. */
import { redirect } from '@sveltejs/kit'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, url }) => {
  if (!locals.session.institution) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  return { session: locals.session }
}
