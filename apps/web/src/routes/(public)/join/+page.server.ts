/** Typing the code from the screen. Blanks and small letters are as good. */
import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url }) => {
  const code = (url.searchParams.get('code') ?? '').toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (code) redirect(303, `/join/${code.slice(0, 20)}`)
}
