/** What the answers to a survey show together. */
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
  const { title, host, closesOn } = await read(locals.api['survey.read']({ id: params.id }))
  return { id: params.id, title, host, closesOn, ...(await read(locals.api['survey.analyse']({ id: params.id }))) }
}
