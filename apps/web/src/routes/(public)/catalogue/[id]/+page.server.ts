/** The public page of an edition. */
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  edition: (await read(locals.api['edition.show']({ id: params.id }))).edition,
})
