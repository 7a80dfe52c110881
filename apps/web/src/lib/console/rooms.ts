/** The rooms of the console in their order, put together by what one comes for: each with its name and the operation that it opens with. */
import type { operations } from '@cairn/api'
import { m } from '#lib/paraglide/messages.js'

/** What one comes for; the rooms without are where one begins. */
const groups = {
  award: m.nav_group_award,
  recognise: m.nav_group_recognise,
  trust: m.nav_group_trust,
  administration: m.nav_group_administration,
} as const

export const rooms = [
  { path: '/home', opensWith: 'home.read', name: m.nav_home },
  { path: '/specifications', opensWith: 'specification.list', name: m.nav_specifications, group: 'award' },
  { path: '/batches', opensWith: 'batch.list', name: m.nav_batches, group: 'award' },
  { path: '/credentials', opensWith: 'credential.list', name: m.nav_credentials, group: 'award' },
  { path: '/outbox', opensWith: 'outbox.list', name: m.nav_outbox, group: 'award' },
  { path: '/recognition', opensWith: 'recognition.list', name: m.nav_recognition, group: 'recognise' },
  { path: '/policies', opensWith: 'policy.list', name: m.nav_policies, group: 'recognise' },
  { path: '/matrix', opensWith: 'matrix.read', name: m.nav_matrix, group: 'recognise' },
  { path: '/surveys', opensWith: 'survey.list', name: m.nav_surveys, group: 'recognise' },
  { path: '/networks', opensWith: 'network.list', name: m.nav_networks, group: 'recognise' },
  { path: '/pathways', opensWith: 'pathway.list', name: m.nav_pathways, group: 'recognise' },
  { path: '/keys', opensWith: 'key.list', name: m.nav_keys, group: 'trust' },
  { path: '/registry', opensWith: 'registry.list', name: m.nav_registry, group: 'trust' },
  { path: '/institution', opensWith: 'institution.read', name: m.nav_institution, group: 'administration' },
  { path: '/people', opensWith: 'people.list', name: m.nav_people, group: 'administration' },
  { path: '/api-keys', opensWith: 'apikey.list', name: m.nav_api_keys, group: 'administration' },
  { path: '/webhooks', opensWith: 'webhook.list', name: m.nav_webhooks, group: 'administration' },
  { path: '/events', opensWith: 'event.list', name: m.nav_events, group: 'administration' },
] as const satisfies readonly { path: string; opensWith: keyof typeof operations; name: () => string; group?: keyof typeof groups }[]

/** The rooms behind these doors, by group; a group without an open door is left out. */
export function roomsBehind(doors: readonly string[]): { heading?: string; rooms: (typeof rooms)[number][] }[] {
  const open = rooms.filter(({ path }) => doors.includes(path))
  const of = (group?: string) => open.filter((room) => ('group' in room ? room.group : undefined) === group)
  const named = Object.entries(groups).map(([group, heading]) => ({ heading: heading(), rooms: of(group) }))
  return [{ rooms: of() }, ...named].filter((each) => each.rooms.length > 0)
}
