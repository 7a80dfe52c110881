import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => ({ ...(await read(locals.api['edition.read']({ id: params.id }))), publicUrl: locals.session.publicUrl })
