/** From the key of a program to who calls. The tenant comes from the key and from nowhere else (R-AZ-2). */
import { ProblemError } from '@cairn/core'
import { type Database, findApiKey, keyActor, useApiKey } from '@cairn/store'
import { keyPrefix } from '../operations/api-keys.ts'
import type { Call } from '../operations.ts'

/** Reads who calls from an `Authorization` header. Raises `request.sign-in` for a key that is unknown, over or taken back: all three look alike. */
export async function readKeyCall(database: Database, authorization: string, now: string): Promise<Call> {
  const [, secret] = /^Bearer (\S{1,200})$/i.exec(authorization) ?? []
  const place = secret?.startsWith(keyPrefix) ? await findApiKey(database, secret) : undefined
  const key = place && (await database.tenant(place.tenant, (tx) => useApiKey(tx, place.id, now)))
  if (!place || !key) throw new ProblemError('request.sign-in', 'This key is not known, or no longer.')
  return { caller: { tenant: place.tenant, person: keyActor(key.id), name: key.label, roles: [] }, key: { id: key.id, scopes: key.scopes } }
}
