/** From a request's cookies to who calls. The tenant comes from here and from nowhere else (R-AZ-2). */
import { ProblemError } from '@cairn/core'
import { type Database, findMemberships } from '@cairn/store'
import type { Call } from '../operations.ts'
import type { Accounts } from './accounts.ts'

/** Nobody is signed in. */
export const anonymous: Call = { caller: { roles: ['anonymous'] } }

/** Minutes without a request after which a session is over (R-SES-2). */
export const idleMinutes = 30

/** Reads who calls from the headers of a request. Raises `server.unavailable` when the database does not answer. */
export async function readCall(accounts: Accounts, database: Database, headers: Headers): Promise<Call> {
  if (!headers.get('cookie')?.includes(`${accounts.cookie}=`)) return anonymous
  const now = Date.now()
  const found = await accounts.auth.api.getSession({ headers }).catch((error: unknown) => {
    if (error instanceof ProblemError) throw error
    throw new ProblemError('server.unavailable', 'The database does not answer. Please try again in a moment.')
  })
  if (!found) return anonymous
  const { session, user } = found
  const idle = now - session.updatedAt.getTime()
  if (idle > idleMinutes * 60_000) {
    await accounts.auth.api.signOut({ headers })
    return anonymous
  }
  if (idle > 60_000) await accounts.touch(session.token)
  const [membership] = await findMemberships(database, user.id)
  return {
    caller: {
      person: user.id,
      name: user.name,
      email: user.email,
      roles: membership?.roles ?? [],
      ...(membership ? { tenant: membership.tenant } : {}),
    },
    confirmedAt: session.createdAt,
    session: session.id,
  }
}
