/** Operations on keys for programs: made and shown once, listed, taken back, and undone. */
import { GivenReason, Uuid } from '@cairn/core'
import { z } from 'zod'
import { Done, Nothing, operation } from './operation.ts'

const owner = ['owner'] as const
const byId = z.strictObject({ id: Uuid })

/** The names of groups; what is in each is in `scopes.ts`, which needs the whole table. */
const ScopeName = z.enum(['read', 'design', 'award', 'deliver', 'revoke', 'recognise']).meta({ id: 'ApiKeyScope', title: 'Scope' })

/** A key for a program. `usedHour` and `usedDay` are the awards that count towards its caps at the moment. */
export const ApiKeyAnswer = z
  .strictObject({
    id: Uuid,
    label: z.string(),
    hint: z.string(),
    scopes: z.array(z.string()),
    state: z.enum(['active', 'ended', 'withdrawn']),
    perHour: z.int(),
    perDay: z.int(),
    usedHour: z.int(),
    usedDay: z.int(),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().optional(),
    /** When a cap was last reached, and the owners were told. */
    cappedAt: z.string().optional(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKeyAnswer = z.infer<typeof ApiKeyAnswer>

export const apiKeyOperations = {
  'apikey.list': operation({
    method: 'GET',
    path: '/api-keys',
    summary: 'Keys for programs',
    roles: ['owner', 'auditor'],
    input: Nothing,
    output: z.array(ApiKeyAnswer).meta({ id: 'ApiKeys' }),
    problems: [],
  }),
  'apikey.create': operation({
    method: 'POST',
    path: '/api-keys',
    summary: 'Make a key for a program; `secret` is shown this once, and goes into the header Authorization: Bearer',
    roles: owner,
    input: z
      .strictObject({
        label: z.string().trim().min(1).max(100),
        scopes: z.array(ScopeName).min(1),
        days: z.int().min(1).max(365).default(90),
        perHour: z.int().min(1).max(1000).default(1000),
        perDay: z.int().min(1).max(10_000).default(10_000),
      })
      .meta({ id: 'ApiKeyCreate' }),
    output: z.strictObject({ key: ApiKeyAnswer, secret: z.string() }).meta({ id: 'ApiKeyMade' }),
    problems: ['input.invalid'],
    fresh: true,
  }),
  'apikey.withdraw': operation({
    method: 'POST',
    path: '/api-keys/:id/withdraw',
    summary: 'Take a key back, for good and at once',
    roles: owner,
    input: byId,
    output: Done,
    problems: ['request.not-found'],
    fresh: true,
  }),
  'apikey.undo': operation({
    method: 'POST',
    path: '/api-keys/:id/undo',
    summary: 'Take a key back and revoke for ever all that it had sealed since a moment',
    roles: owner,
    input: z.strictObject({ id: Uuid, since: z.iso.datetime({ offset: true }), reason: GivenReason }).meta({ id: 'ApiKeyUndo' }),
    output: z.strictObject({ revoked: z.int() }).meta({ id: 'ApiKeyUndone' }),
    problems: ['input.invalid', 'request.not-found'],
    fresh: true,
  }),
} as const
