/** The owner of a demonstration, for tests and measurements of what runs on it. */

import type { Installation } from '../context.ts'
import { clientFor } from '../operations.ts'

/** The owner, and what may be done in that name. */
export async function ownerOf(installation: Installation) {
  const { rows } = await installation.database.pool.query<{ tenant: string; person: string }>(
    `select tenant, person from cairn.member where 'owner' = any(roles)`,
  )
  const { tenant, person } = rows[0]!
  return { tenant, api: clientFor(installation, { caller: { tenant, person, name: 'owner', roles: ['owner'] }, confirmedAt: new Date() }) }
}
