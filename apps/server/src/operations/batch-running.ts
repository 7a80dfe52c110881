/** Operations on a batch that was confirmed: how far it is, what became of each row, and taking it back before anybody is told. */
import type { BatchProgress, Handlers } from '@cairn/api'
import { millis, type Problem, ProblemError } from '@cairn/core'
import { writeCsv } from '@cairn/sheets'
import {
  appendEvent,
  type BatchRecord,
  type BatchProgress as Counted,
  dropBatch,
  holdSealing,
  listFates,
  type RowFate,
  readBatch,
  readProgress,
  type TenantTransaction,
  takeBackBatch,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { publishRevoked } from '../revoking.ts'
import { batchAnswer, besideField, isOpen } from './batch-answer.ts'

type Own = Pick<Handlers<Context>, 'batch.progress' | 'batch.report' | 'batch.cancel'>

/** Handlers of what is on its way. */
export const runningHandlers: Own = {
  'batch.progress': ({ id }, context) =>
    asTenant(context, async (tx) => progressAnswer(found(await readProgress(tx, id)), context.now, context.config.smtpUrl !== undefined)),

  'batch.report': ({ id, form }, context) =>
    asTenant(context, async (tx) => {
      const batch = await batchAnswer(tx, found(await readBatch(tx, id)))
      const fates = await listFates(tx, id)
      const { id: _, header: __, mapping: ___, problems: ____, ...summary } = batch
      const progress = progressAnswer(found(await readProgress(tx, id)), context.now, context.config.smtpUrl !== undefined)
      const text =
        form === 'csv'
          ? writeCsv([reportColumns, ...fates.map(reportLine)])
          : `${JSON.stringify({ batch: id, at: context.now, ...summary, progress, rows: fates.map((fate) => ({ outcome: outcomeOf(fate), ...fate })) }, null, 1)}\n`
      return {
        name: `report-${batch.createdAt.slice(0, 10)}.${form}`,
        mediaType: form === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        base64: Buffer.from(text).toString('base64'),
      }
    }),

  'batch.cancel': ({ id, reason }, context) =>
    asTenant(context, async (tx) => {
      await holdSealing(tx, id)
      const batch = found(await readBatch(tx, id, true))
      if (isOpen(batch)) await dropBatch(tx, id)
      else {
        await requireInTime(tx, batch, context.now)
        const revoked = await takeBackBatch(tx, id, reason, context.now)
        if (!revoked) throw tooLate()
        await publishRevoked(context, tx, revoked, { reason, actor: context.caller.person!, now: context.now })
      }
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'batch.cancel', subject: id })
      return batchAnswer(tx, found(await readBatch(tx, id)))
    }),
}

const tooLate = () =>
  new ProblemError(
    'batch.notices-out',
    'Notices of this batch have begun to go out. What has to be taken back can be revoked, and learners are told.',
  )

async function requireInTime(tx: TenantTransaction, { id, state }: BatchRecord, now: string): Promise<void> {
  if (!mayCancel(found(await readProgress(tx, id)), now))
    throw state === 'cancelled' ? new ProblemError('request.conflict', 'This batch was cancelled before.') : tooLate()
}

/** Until a notice was handed to the mail server, and, once all is sealed, until the moment for which the notices wait. */
function mayCancel({ state, notices, noticeAt, replacing, sealed }: Counted, now: string): boolean {
  if (replacing && sealed > 0) return false
  if (state === 'confirmed' || state === 'sealing' || state === 'failed') return notices.tried === 0
  return state === 'done' && notices.tried === 0 && noticeAt !== undefined && millis(noticeAt) > millis(now)
}

function progressAnswer(counted: Counted, now: string, sending: boolean): BatchProgress {
  const { notices, sealingAt, sealedAt, replacing, ...rest } = counted
  const { tried: _, ...told } = notices
  const settled = told.sent + told.returned + told.failed >= told.total || !sending
  const over = counted.state === 'failed' || counted.state === 'cancelled'
  return {
    ...rest,
    ...(sealedAt ? { sealedAt } : {}),
    notices: { ...told, sending },
    ...paceOf(counted, now, sending),
    mayCancel: mayCancel(counted, now),
    settled: over || (counted.state === 'done' && settled),
  }
}

/** How fast it goes and how long it takes: of the seals while they are made, of the notices afterwards. Nothing is said before one was. */
function paceOf({ state, ready, sealed, notices, sealingAt, noticeAt }: Counted, now: string, sending: boolean) {
  const pace = (done: number, of: number, since: string | undefined) => {
    const seconds = since === undefined ? 0 : (millis(now) - millis(since)) / 1000
    if (done === 0 || seconds <= 0) return {}
    const perSecond = done / seconds
    return { perSecond: Math.round(perSecond * 10) / 10, secondsLeft: Math.max(0, Math.ceil((of - done) / perSecond)) }
  }
  if (state === 'sealing') return pace(sealed, ready, sealingAt)
  const ended = notices.sent + notices.returned + notices.failed
  if (state === 'done' && sending && ended < notices.total) return pace(ended, notices.total, noticeAt)
  return {}
}

const outcomeOf = ({ leftOut, problems, duplicate, state }: RowFate): string =>
  state ?? (leftOut ? 'left-out' : problems.length > 0 ? 'wrong' : duplicate ? 'awarded-before' : 'waiting')

const reportColumns = [
  'row',
  'outcome',
  'learner',
  'referenceNumber',
  'credential',
  'noticeSentAt',
  'noticeProblem',
  'noticeReturned',
  'problems',
  'warnings',
]

const reportLine = (fate: RowFate): string[] => [
  String(fate.n),
  outcomeOf(fate),
  fate.learner ?? '',
  fate.referenceNumber ?? '',
  fate.credential ?? '',
  fate.noticeSentAt ?? '',
  fate.noticeProblem ?? '',
  fate.noticeReturned ?? '',
  told(fate.problems),
  told(fate.warnings ?? []),
]

const told = (problems: readonly Problem[]) => problems.map((each) => `${besideField(each)} (${each.code})`).join(' ')
