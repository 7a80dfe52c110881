import { error } from '@sveltejs/kit'
import { loaded } from '#lib/calling.ts'

export const load = async ({ locals, params }) => {
  const registry = await loaded(locals.api['registry.read']({}))
  const entries = registry.issuers.filter(({ id }) => id === `urn:uuid:${params.id}`)
  if (entries.length === 0) error(404, { message: 'The registry has no such issuer.' })
  return { entries, registry: registry.name ?? '', readAt: registry.readAt }
}
