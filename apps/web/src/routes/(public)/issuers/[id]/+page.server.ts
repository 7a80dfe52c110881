/** What the registry says of an issuer. */
import { error } from '@sveltejs/kit'
import { read } from '#lib/page/read.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const registry = await read(locals.api['registry.read']({}))
  const entries = registry.issuers.filter(({ id }) => id === `urn:uuid:${params.id}`)
  if (entries.length === 0) error(404, { message: 'The registry has no such issuer.', code: 'request.not-found' })
  return { entries, registry: registry.name ?? '', readAt: registry.readAt ?? '' }
}
