/** Calling operations for a visitor: the limits of where they are, and a repeated request answered once. */
import { createHash } from 'node:crypto'
import { type Client, type OperationName, operations } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import { answerOnce, type TenantTransaction } from '@cairn/store'
import type { z } from 'zod'
import type { Installation } from '../context.ts'
import { type Call, callOperation } from '../operations.ts'
import type { Limits } from './limits.ts'

/** Misses of link tokens, and verifications on the server, that one address may have in a minute (R-LINK-1, R-RL-1). */
const mostMisses = 30
const mostVerified = 120

/** Fields that open something by being known. */
const bySecret = ['token', 'code']
const byToken = new Set<OperationName>(
  (Object.keys(operations) as OperationName[]).filter((name) =>
    bySecret.some((field) => field in ((operations[name].input as z.ZodObject).shape ?? {})),
  ),
)

/** Calls an operation within the limits of an address. A token that cannot be one looks like one that is not there. */
export async function callWithin(
  limits: Limits,
  address: string,
  installation: Installation,
  name: OperationName,
  input: unknown,
  call: Call,
): Promise<unknown> {
  if (name.startsWith('verify.')) limits.spend('verify', address, mostVerified)
  if (!byToken.has(name)) return callOperation(installation, name, input, call)
  limits.check('token', address, mostMisses)
  try {
    return await callOperation(installation, name, input, call)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code, pointer } = error.problem
    const malformed = code === 'input.invalid' && bySecret.some((field) => pointer === `/${field}`)
    if (malformed || code === 'request.not-found') limits.count('token', address)
    throw malformed ? new ProblemError('request.not-found', 'There is nothing of this id.') : error
  }
}

/** The operations as functions for one visitor: what pages use in process. */
export function clientWithin(limits: Limits, address: string, installation: Installation, call: Call): Client {
  return Object.fromEntries(
    (Object.keys(operations) as OperationName[]).map((name) => [
      name,
      (input: unknown) => callWithin(limits, address, installation, name, input, call),
    ]),
  ) as unknown as Client
}

/**
 * Calls a write once for its `Idempotency-Key`; returns the JSON text of the answer, byte for byte the same each time (R-IDEM-1). Act, event and
 * answer are one transaction; jobs are woken when it is there. Without a tenant there is nobody a key could belong to: then it is an ordinary call.
 */
export async function callOnce(
  installation: Installation,
  key: string,
  name: OperationName,
  input: unknown,
  call: Call,
  perform: (installation: Installation) => Promise<unknown>,
): Promise<string> {
  const { tenant, person } = call.caller
  if (!tenant) return JSON.stringify(await perform(installation))
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new ProblemError('input.invalid', 'An Idempotency-Key has 1 to 200 visible ASCII characters.')
  const requestHash = createHash('sha256')
    .update(JSON.stringify([person, name, input]))
    .digest()
  const woken = new Set<'seal' | 'mail'>()
  const answer = await answerOnce(installation.database, { tenant, key, requestHash, now: new Date().toISOString() }, async (tx) =>
    JSON.stringify(await perform({ ...installation, database: within(installation.database, tx), wake: (job) => void woken.add(job) })),
  )
  for (const job of woken) installation.wake(job)
  return answer
}

/** The database, but for one tenant always in the same transaction. */
function within(database: Installation['database'], tx: TenantTransaction): Installation['database'] {
  return { ...database, tenant: (tenant, work) => (tenant === tx.tenant ? work(tx) : database.tenant(tenant, work)) }
}
