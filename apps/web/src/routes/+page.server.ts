import { loaded } from '#lib/calling.ts'

export const load = async ({ locals }) => ({ home: locals.session.institution ? await loaded(locals.api['home.read']({})) : undefined })
