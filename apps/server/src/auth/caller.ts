/** Who is calling: from the session alone, never from input (R-AZ-2). */
import type { Caller } from '@cairn/core'
import { findMemberships } from '@cairn/store'
import type { Installation } from '../context.ts'
import type { Call } from '../operations.ts'
import type { Auth } from './auth.ts'

const nobody: Call = { caller: { roles: ['anonymous'] } }

/** The caller behind a request's headers; anybody without a session is anonymous. */
export async function callOf({ database }: Pick<Installation, 'database'>, auth: Auth, headers: Headers): Promise<Call> {
  if (!headers.has('cookie')) return nobody
  const found = await auth.api.getSession({ headers }).catch(() => null)
  if (!found) return nobody
  const [membership] = await findMemberships(database, found.user.id)
  const caller: Caller = {
    person: found.user.id,
    name: found.user.name,
    email: found.user.email,
    roles: membership?.roles ?? ['anonymous'],
    ...(membership ? { tenant: membership.tenant } : {}),
  }
  return { caller, confirmedAt: new Date(found.session.createdAt) }
}
