/** A published edition, for those who award by it. */
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({ answer: await read(locals.api['edition.read']({ id: params.id })) })
