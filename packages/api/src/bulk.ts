/** Operations on many at once: how far a batch is, what became of each row, and revoking with one reason. */
import { GivenReason, Uuid } from '@cairn/core'
import { z } from 'zod'
import { batchStates } from './answers.ts'
import { FileAnswer, operation, staff } from './operation.ts'

/** How far a batch is. `perSecond` and `secondsLeft` are of what goes on now: sealing, then sending. */
export const BatchProgress = z
  .strictObject({
    state: z.enum(batchStates),
    ready: z.int(),
    prepared: z.int(),
    sealed: z.int(),
    taken: z.int(),
    revoked: z.int(),
    /** `returned` came back and were not written again; `sending` is false where no mail server is configured: then notices wait in the outbox. */
    notices: z.strictObject({ total: z.int(), sent: z.int(), failed: z.int(), returned: z.int(), sending: z.boolean() }),
    perSecond: z.number().optional(),
    secondsLeft: z.int().optional(),
    sealAt: z.string().optional(),
    sealedAt: z.string().optional(),
    noticeAt: z.string().optional(),
    /** True while it can be cancelled without anybody having been told. */
    mayCancel: z.boolean(),
    /** True when nothing changes any more by itself. */
    settled: z.boolean(),
  })
  .meta({ id: 'BatchProgress' })
export type BatchProgress = z.infer<typeof BatchProgress>

/** Credentials by their ids, or all of a batch. */
const chosen = { ids: z.array(Uuid).min(1).max(1000).optional(), batch: Uuid.optional() }
const revokers = ['owner', 'approver', 'sealer'] as const

export const bulkOperations = {
  'batch.progress': operation({
    method: 'GET',
    path: '/batches/:id/progress',
    summary: 'How far a batch is; below /events of this address the same as server-sent events, whenever it changes',
    roles: staff,
    input: z.strictObject({ id: Uuid }),
    output: BatchProgress,
    problems: ['request.not-found'],
  }),
  'batch.report': operation({
    method: 'GET',
    path: '/batches/:id/report',
    summary: 'The report of a batch: what became of each row',
    roles: staff,
    input: z.strictObject({ id: Uuid, form: z.enum(['csv', 'json']).default('csv') }).meta({ id: 'BatchReportQuery' }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'revocation.preview': operation({
    method: 'POST',
    path: '/revocations/preview',
    summary: 'What revoking these would do; nothing is changed',
    roles: revokers,
    input: z.strictObject(chosen).meta({ id: 'RevocationChosen' }),
    output: z
      .strictObject({
        revocable: z.int(),
        revoked: z.int(),
        unsealed: z.int(),
        /** How many learners have an address and are told. */
        addressed: z.int(),
        titles: z.array(z.strictObject({ title: z.string(), count: z.int() })),
        /** The first fifty, by name. */
        learners: z.array(z.string()),
      })
      .meta({ id: 'RevocationSummary' }),
    problems: ['input.invalid'],
  }),
  'revocation.make': operation({
    method: 'POST',
    path: '/revocations',
    summary: 'Revoke many for ever, with one reason; `count` is what the summary said',
    roles: revokers,
    input: z.strictObject({ ...chosen, reason: GivenReason, count: z.int().min(1) }).meta({ id: 'RevocationMake' }),
    output: z.strictObject({ revoked: z.int() }).meta({ id: 'RevocationMade' }),
    problems: ['input.invalid', 'request.conflict'],
    fresh: true,
  }),
} as const
