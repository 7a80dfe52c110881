/** The first page: for people who work here the way home, for everybody else what this is. */
import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (locals.session.institution) redirect(303, '/home')
}
