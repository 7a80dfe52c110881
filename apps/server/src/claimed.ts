/** What a learner's claim link opens. */
import { type CredentialRow, findClaim, readClaim, readCredential, type TenantTransaction } from '@cairn/store'
import { type Context, found } from './context.ts'

/** Work on what a claim link opens. An unknown token and one of nobody's look the same. */
export async function withClaim<T>(
  context: Context,
  token: string,
  work: (tx: TenantTransaction, claim: { id: string; credential: string; claimedAt?: string }) => Promise<T>,
): Promise<T> {
  const place = found(await findClaim(context.database, token))
  return context.database.tenant(place.tenant, async (tx) => work(tx, found(await readClaim(tx, place.id))))
}

/** What a claim link opens: its credential, with those that took its place before it. */
export async function claimed(tx: TenantTransaction, credential: string): Promise<CredentialRow[]> {
  const chain = [found(await readCredential(tx, credential))]
  for (let next = chain[0]!.record.supersededBy; next; next = chain[0]!.record.supersededBy)
    chain.unshift(found(await readCredential(tx, next)))
  return chain
}

/** One of them by its id; what is not the learner's looks like what never was. */
export const oneClaimed = async (tx: TenantTransaction, claim: { credential: string }, id: string): Promise<CredentialRow> =>
  found((await claimed(tx, claim.credential)).find(({ record }) => record.id === id))
