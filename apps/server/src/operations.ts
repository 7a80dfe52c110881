/** Every operation of the table, and how one is called: parsed, allowed, fresh, done. */
import { type Client, type Handlers, keyMayCall, type OperationName, operations, scopeOf } from '@cairn/api'
import { type Caller, mayCall, ProblemError, problem, sayIssue } from '@cairn/core'
import type { z } from 'zod'
import { requireFresh } from './auth/fresh.ts'
import type { Context, Installation } from './context.ts'
import { apiKeyHandlers } from './operations/api-keys.ts'
import { correctingHandlers } from './operations/batch-correcting.ts'
import { runningHandlers } from './operations/batch-running.ts'
import { batchHandlers } from './operations/batches.ts'
import { classroomHandlers } from './operations/classrooms.ts'
import { credentialHandlers } from './operations/credentials.ts'
import { institutionHandlers } from './operations/institution.ts'
import { keyHandlers } from './operations/keys.ts'
import { elsewhereHandlers } from './operations/known-elsewhere.ts'
import { mailHandlers } from './operations/mail.ts'
import { matrixHandlers } from './operations/matrix.ts'
import { agreementHandlers } from './operations/network-agreements.ts'
import { networkHandlers } from './operations/networks.ts'
import { pathwayHandlers } from './operations/pathways.ts'
import { policyHandlers } from './operations/policies.ts'
import { askingHandlers } from './operations/recognition-asking.ts'
import { deskHandlers } from './operations/recognition-desk.ts'
import { forecastHandlers } from './operations/recognition-forecast.ts'
import { registryHandlers } from './operations/registry.ts'
import { restorationHandlers } from './operations/restoration.ts'
import { sharedHandlers } from './operations/shared.ts'
import { specificationHandlers } from './operations/specifications.ts'
import { stackingHandlers } from './operations/stacking.ts'
import { surveyCodingHandlers } from './operations/survey-coding.ts'
import { surveyLanguageHandlers } from './operations/survey-languages.ts'
import { surveyReplyHandlers } from './operations/survey-replies.ts'
import { surveyHandlers } from './operations/surveys.ts'
import { transferHandlers } from './operations/transfers.ts'
import { webhookHandlers } from './operations/webhooks.ts'

/** All handlers; one that is missing or misspelt does not compile. */
export const handlers: Handlers<Context> = {
  ...institutionHandlers,
  ...apiKeyHandlers,
  ...keyHandlers,
  ...specificationHandlers,
  ...batchHandlers,
  ...correctingHandlers,
  ...runningHandlers,
  ...credentialHandlers,
  ...classroomHandlers,
  ...mailHandlers,
  ...matrixHandlers,
  ...networkHandlers,
  ...agreementHandlers,
  ...transferHandlers,
  ...sharedHandlers,
  ...policyHandlers,
  ...askingHandlers,
  ...deskHandlers,
  ...forecastHandlers,
  ...registryHandlers,
  ...pathwayHandlers,
  ...stackingHandlers,
  ...surveyHandlers,
  ...surveyLanguageHandlers,
  ...surveyCodingHandlers,
  ...surveyReplyHandlers,
  ...elsewhereHandlers,
  ...restorationHandlers,
  ...webhookHandlers,
}

/** Who calls, and since when they are known to be there (R-SES-2). */
export interface Call {
  caller: Caller
  confirmedAt?: Date
  /** Id of the session, where there is one. */
  session?: string
  /** The key of the program that calls, where no person does; it has groups of operations in place of roles. */
  key?: { id: string; scopes: readonly string[] }
}

/** What can be done in the pause after a restore, and on a full disk, besides reading: revoking, confirming, and what changes nothing. */
const whileHeld = (name: OperationName) =>
  name === 'credential.revoke' || name.startsWith('revocation.') || name === 'restoration.confirm' || name.startsWith('verify.')

/** Raises `request.sign-in` or `request.not-allowed` for whoever may not call an operation (R-AZ-1). */
export function requireAllowed(name: OperationName, { caller, key }: Call): void {
  const { roles } = operations[name]
  if (key ? keyMayCall(name, key.scopes) : mayCall(roles, caller)) return
  if (!caller.person) throw new ProblemError('request.sign-in', 'Please sign in first.')
  if (!key) throw new ProblemError('request.not-allowed', `This needs one of the roles ${roles.join(', ')}.`)
  const scope = scopeOf(name)
  throw new ProblemError(
    'request.not-allowed',
    scope ? `This needs a key with the scope ${scope}.` : 'No key may do this: it needs a person.',
  )
}

/**
 * Calls an operation: input parsed by its schema, unknown fields refused (R-AZ-3), role and freshness checked, answer as the schema says.
 * Raises `input.invalid` with a pointer for each field, `request.sign-in`, `request.not-allowed`, `request.confirm-again`, or the operation's own.
 */
export async function callOperation(installation: Installation, name: OperationName, input: unknown, call: Call): Promise<unknown> {
  const { caller, confirmedAt, key } = call
  const operation = operations[name]
  requireAllowed(name, call)
  const now = new Date()
  // A program cannot be asked again; what it may do was decided by somebody who was.
  if (operation.fresh && !key) requireFresh(installation.config, confirmedAt, now.getTime())
  if (operation.method !== 'GET' && !whileHeld(name)) {
    if (await installation.isHeld())
      throw new ProblemError('server.read-only', 'An owner has to confirm first that everything revoked since the backup is revoked again.')
    installation.disk.require()
  }
  const parsed = (operation.input as z.ZodType).safeParse(input)
  if (!parsed.success) {
    const [first, ...others] = parsed.error.issues.map((issue) =>
      problem('input.invalid', sayIssue(issue), `/${issue.path.map(String).join('/')}`),
    )
    throw new ProblemError('input.invalid', first!.detail, first!.pointer, others)
  }
  const handler = handlers[name] as (given: unknown, context: Context) => Promise<unknown>
  return handler(parsed.data, { ...installation, caller, ...(key ? { key } : {}), now: now.toISOString() })
}

/** The operations as functions for one caller: what pages use in process. */
export function clientFor(installation: Installation, call: Call): Client {
  return Object.fromEntries(
    (Object.keys(operations) as OperationName[]).map((name) => [name, (input: unknown) => callOperation(installation, name, input, call)]),
  ) as unknown as Client
}
