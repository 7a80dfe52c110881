/** The rooms of the console in their order: each with its name and the operation that it opens with. */
import type { operations } from '@cairn/api'
import { m } from '#lib/paraglide/messages.js'

export const rooms = [
  { path: '/home', opensWith: 'home.read', name: m.nav_home },
  { path: '/specifications', opensWith: 'specification.list', name: m.nav_specifications },
  { path: '/batches', opensWith: 'batch.list', name: m.nav_batches },
  { path: '/credentials', opensWith: 'credential.list', name: m.nav_credentials },
  { path: '/recognition', opensWith: 'recognition.list', name: m.nav_recognition },
  { path: '/policies', opensWith: 'policy.list', name: m.nav_policies },
  { path: '/matrix', opensWith: 'matrix.read', name: m.nav_matrix },
  { path: '/surveys', opensWith: 'survey.list', name: m.nav_surveys },
  { path: '/pathways', opensWith: 'pathway.list', name: m.nav_pathways },
  { path: '/outbox', opensWith: 'outbox.list', name: m.nav_outbox },
  { path: '/keys', opensWith: 'key.list', name: m.nav_keys },
  { path: '/registry', opensWith: 'registry.list', name: m.nav_registry },
  { path: '/api-keys', opensWith: 'apikey.list', name: m.nav_api_keys },
  { path: '/webhooks', opensWith: 'webhook.list', name: m.nav_webhooks },
  { path: '/people', opensWith: 'people.list', name: m.nav_people },
  { path: '/institution', opensWith: 'institution.read', name: m.nav_institution },
  { path: '/events', opensWith: 'event.list', name: m.nav_events },
] as const satisfies readonly { path: string; opensWith: keyof typeof operations; name: () => string }[]
