/** The console is for people of an institution; everybody else is shown the door and comes back afterwards. */
import { operations } from '@cairn/api'
import { mayCall } from '@cairn/core'
import { redirect } from '@sveltejs/kit'
import { rooms } from '#lib/console/rooms.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, url }) => {
  const { session } = locals
  if (!session.institution) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  const may = (name: keyof typeof operations) => mayCall(operations[name].roles, { roles: session.roles })
  return {
    session,
    /** Whoever may not call what a room opens with does not see its door. */
    doors: rooms.filter(({ opensWith }) => may(opensWith)).map(({ path }): string => path),
    mayDesign: may('specification.create'),
    mayAward: may('batch.create'),
  }
}
