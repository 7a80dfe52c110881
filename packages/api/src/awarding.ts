/** Operations of awarding: a batch goes from file to columns to rows to a summary that one or two people confirm. */
import { AwardGiven, GivenReason, Instant, LanguageTag, Uuid } from '@cairn/core'
import { z } from 'zod'
import { BatchAnswer, BatchRow } from './answers.ts'
import { FileAnswer, operation, page, staff } from './operation.ts'

const byId = z.strictObject({ id: Uuid })
const awarders = ['owner', 'awarder'] as const
const cell = z.string().max(2000)

export const awardingOperations = {
  'batch.sample': operation({
    method: 'GET',
    path: '/editions/:edition/sample',
    summary: 'A sample file with the right columns',
    roles: staff,
    input: z.strictObject({ edition: Uuid }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'batch.create': operation({
    method: 'POST',
    path: '/batches',
    summary: 'Read a file of recipients; nothing is sealed',
    roles: awarders,
    input: z
      .strictObject({ edition: Uuid, fileName: z.string().min(1).max(300), base64: z.string().max(60_000_000) })
      .meta({ id: 'BatchCreate' }),
    output: BatchAnswer,
    problems: ['input.invalid', 'input.too-large', 'request.not-found', 'sheet.unreadable'],
    maxBody: 64 * 1024 * 1024,
  }),
  'award.make': operation({
    method: 'POST',
    path: '/awards',
    summary: 'One award by hand: a batch of one row; with `replaces`, to take the place of a credential',
    roles: awarders,
    input: z.strictObject({ edition: Uuid, given: AwardGiven, replaces: Uuid.optional() }).meta({ id: 'AwardMake' }),
    output: BatchAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'batch.list': operation({
    method: 'GET',
    path: '/batches',
    summary: 'List batches, newest first',
    roles: staff,
    input: z.strictObject({ ...page }).meta({ id: 'BatchQuery' }),
    output: z.array(BatchAnswer).meta({ id: 'Batches' }),
    problems: [],
  }),
  'batch.read': operation({
    method: 'GET',
    path: '/batches/:id',
    summary: 'Read a batch',
    roles: staff,
    input: byId,
    output: BatchAnswer,
    problems: ['request.not-found'],
  }),
  'batch.rows': operation({
    method: 'GET',
    path: '/batches/:id/rows',
    summary:
      'Rows of a batch in the order of the file: all, those that need attention, or those that are ready and worth a look; `q` stands in a cell or is part of the reference number',
    roles: staff,
    input: z
      .strictObject({ id: Uuid, only: z.enum(['all', 'wrong', 'warned']).default('all'), q: z.string().max(200).optional(), ...page })
      .meta({ id: 'BatchRowsQuery' }),
    output: z.strictObject({ total: z.int(), rows: z.array(BatchRow) }).meta({ id: 'BatchRows' }),
    problems: ['request.not-found'],
  }),
  'batch.map': operation({
    method: 'PUT',
    path: '/batches/:id/mapping',
    summary: 'Say which column is what',
    roles: awarders,
    input: z
      .strictObject({ id: Uuid, mapping: z.array(z.string().max(40).nullable()).max(256), awardDate: z.string().max(40).optional() })
      .meta({ id: 'BatchMap' }),
    output: BatchAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'batch.fix': operation({
    method: 'PUT',
    path: '/batches/:id/rows/:n',
    summary: 'Put a row right, or leave it out',
    roles: awarders,
    input: z
      .strictObject({ id: Uuid, n: z.coerce.number().int().min(1), cells: z.array(cell).max(256), leaveOut: z.boolean().optional() })
      .meta({ id: 'BatchFix' }),
    output: z.strictObject({ batch: BatchAnswer, row: BatchRow }).meta({ id: 'BatchFixed' }),
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'batch.template': operation({
    method: 'GET',
    path: '/batches/:id/template',
    summary:
      'The rows that are wrong, or those that are ready and worth a look, each with its number and why, to be corrected in a spreadsheet',
    roles: awarders,
    input: z.strictObject({ id: Uuid, only: z.enum(['wrong', 'warned']).default('wrong') }).meta({ id: 'BatchTemplateQuery' }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'batch.correct': operation({
    method: 'POST',
    path: '/batches/:id/corrections',
    summary: 'Take a corrected file back; rows are found by their numbers',
    roles: awarders,
    input: z
      .strictObject({ id: Uuid, fileName: z.string().min(1).max(300), base64: z.string().max(60_000_000) })
      .meta({ id: 'BatchCorrect' }),
    output: z.strictObject({ batch: BatchAnswer, rows: z.int() }).meta({ id: 'BatchCorrected' }),
    problems: ['input.invalid', 'input.too-large', 'request.not-found', 'request.conflict', 'sheet.unreadable', 'sheet.column-missing'],
    maxBody: 64 * 1024 * 1024,
  }),
  'batch.confirm': operation({
    method: 'POST',
    path: '/batches/:id/confirm',
    summary: 'Confirm the summary: this is when sealing begins, or a second person is asked',
    roles: awarders,
    input: z
      .strictObject({
        id: Uuid,
        ready: z.int().min(1),
        /** Sealing begins not before. */
        sealAt: Instant.optional(),
        /** Notices go out so many minutes after the last seal, and not before a moment; until then the batch can be cancelled. */
        noticeMinutes: z.int().min(0).max(43_200).optional(),
        noticeAfter: Instant.optional(),
        /** Of the mail that says that it is done. */
        language: LanguageTag.optional(),
      })
      .meta({ id: 'BatchConfirm' }),
    output: BatchAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'batch.rows-wrong', 'key.missing'],
    fresh: true,
  }),
  'batch.approve': operation({
    method: 'POST',
    path: '/batches/:id/approve',
    summary: 'The second pair of eyes',
    roles: ['owner', 'approver'],
    input: z.strictObject({ id: Uuid, ready: z.int().min(1) }).meta({ id: 'BatchApprove' }),
    output: BatchAnswer,
    problems: ['request.not-found', 'request.conflict', 'batch.same-person', 'key.missing'],
    fresh: true,
  }),
  'batch.cancel': operation({
    method: 'POST',
    path: '/batches/:id/cancel',
    summary: 'Cancel a batch before its notices go out: what was sealed is revoked for ever, and nobody is mailed',
    roles: ['owner', 'awarder', 'approver'],
    input: z.strictObject({ id: Uuid, reason: GivenReason.default('error') }).meta({ id: 'BatchCancel' }),
    output: BatchAnswer,
    problems: ['request.not-found', 'request.conflict', 'batch.notices-out'],
    fresh: true,
  }),
} as const
