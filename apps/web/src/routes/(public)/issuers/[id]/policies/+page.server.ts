/** A body's rules for people; the same as data for programs stands beside it. */
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  ...(await read(locals.api['policy.published']({ id: params.id }))),
  address: `/api/v1/issuers/${params.id}/policies`,
})
