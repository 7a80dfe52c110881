/** The console is for people of an institution; everybody else is shown the door and comes back afterwards. */
import { operations } from '@cairn/api'
import { mayCall } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import type { LayoutServerLoad } from './$types'

/** Each room and the operation that it opens with: whoever may not call it does not see the door. */
const doors = {
  '/home': 'home.read',
  '/specifications': 'specification.list',
  '/batches': 'batch.list',
  '/credentials': 'credential.list',
  '/recognition': 'recognition.list',
  '/policies': 'policy.list',
  '/outbox': 'outbox.list',
  '/keys': 'key.list',
  '/registry': 'registry.list',
  '/api-keys': 'apikey.list',
  '/webhooks': 'webhook.list',
  '/people': 'people.list',
  '/institution': 'institution.read',
  '/events': 'event.list',
} as const

export const load: LayoutServerLoad = ({ locals, url }) => {
  const { session } = locals
  if (!session.institution) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  const may = (name: keyof typeof operations) => mayCall(operations[name].roles, { roles: session.roles })
  return {
    session,
    rooms: Object.entries(doors).flatMap(([path, name]) => (may(name) ? [path] : [])),
    mayDesign: may('specification.create'),
    mayAward: may('batch.create'),
  }
}
