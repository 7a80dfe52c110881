/** Questions that bodies answered in words, and how far two coders agree on them. */
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params: { id }, locals }) => {
  const { title } = await read(locals.api['survey.read']({ id }))
  return { id, title, ...(await read(locals.api['coding.list']({ id }))) }
}
