import { loaded } from '#lib/calling.ts'

export const load = async ({ locals, params }) => {
  const { edition } = await loaded(locals.api['edition.show']({ id: params.id }))
  return { edition }
}
