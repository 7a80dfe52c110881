/** Operations for whoever was shown something: read, download, gather evidence, verify. */
import type { Handlers, SharedAnswer } from '@cairn/api'
import type { Report } from '@cairn/core'
import { findShare, readSealed, readShared, type SharedRow, type TenantTransaction } from '@cairn/store'
import { signReport } from '@cairn/verifier'
import { type Context, found } from '../context.ts'
import { fileName, finish, prepareForm } from '../forms/make-form.ts'
import { gatherAsked } from '../gather-asked.ts'
import { rememberLists } from '../newest-lists.ts'
import type { Place } from '../recognition-case.ts'
import { evidenceAnswer, evidenceFor, evidenceForOwn, ownRegistry, ownSeal } from '../registry.ts'
import { newerLink } from '../replacing.ts'
import { reportSigner } from '../report-key.ts'
import { createSharedReadings } from '../shared-readings.ts'
import { reportOn } from '../shared-reports.ts'

type Own = Pick<
  Handlers<Context>,
  'shared.read' | 'shared.download' | 'shared.evidence' | 'registry.read' | 'verify.file' | 'verify.report' | 'verify.evidence'
>

/** Work on what a share link opens. A link that was taken back, one that ran out and one that never was look the same. */
export async function withShare<T>(
  context: Context,
  token: string,
  work: (tx: TenantTransaction, shared: SharedRow) => Promise<T>,
): Promise<T> {
  const place = found(await findShare(context.database, token))
  return context.database.tenant(place.tenant, async (tx) => {
    const shared = found(await readShared(tx, place.id))
    const { withdrawn, expiresAt } = shared.link
    if (withdrawn || (expiresAt !== undefined && expiresAt < context.now)) found(undefined)
    return work(tx, shared)
  })
}

/** Where the credential is kept that a share link opens. */
export const sharedPlace = (context: Context, token: string): Promise<Place> =>
  withShare(context, token, async (tx, { row }) => ({ tenant: tx.tenant, credential: row.record.id }))

/** A report on what a stranger handed in. */
export async function judgeStranger(context: Context, bytes: Uint8Array): Promise<Report> {
  const { now, judge } = context
  // It is looked at apart first; only what one document may take is then looked at here, for the evidence it needs.
  const bare = { registry: await ownRegistry(context, now), statusLists: {}, retrievedAt: now }
  await judge.judge(bytes, bare, now)
  const evidence = await evidenceFor(context, bytes, now)
  const report = await judge.judge(bytes, evidence, now)
  await rememberLists(context, report, evidence)
  return report
}

const readings = createSharedReadings<SharedAnswer>()

async function readAnswer(context: Context, token: string): Promise<SharedAnswer> {
  const { tenant, row, link, sequence, newer } = await withShare(context, token, async (tx, shared) => ({
    ...shared,
    tenant: tx.tenant,
    newer: shared.row.record.supersededBy ? await newerLink(context, tx, shared.link) : undefined,
  }))
  const { revokedAt, reason } = row.record
  const { report, registry } = await reportOn(context, tenant, row, sequence)
  return {
    fileName: fileName(row),
    report: { ...report },
    registry,
    sharedAt: link.createdAt,
    ...(link.expiresAt ? { expiresAt: link.expiresAt } : {}),
    ...(newer ? { newer } : {}),
    ...(revokedAt && reason ? { revoked: { at: revokedAt, reason } } : {}),
  }
}

/** Handlers of what is shared. */
export const sharedHandlers: Own = {
  // A hundred people open a link at once: they share their readings.
  'shared.read': async ({ token }, context) => {
    const { id } = found(await findShare(context.database, token))
    return readings(context.database)(id, () => readAnswer(context, token))
  },

  // The code on a sheet leads to where it was made: the link that it was shared by.
  'shared.download': ({ token, form }, context) =>
    finish(withShare(context, token, (tx, { row }) => prepareForm(context, tx, row, form, `${context.config.publicUrl}/c/${token}`))),

  'shared.evidence': async ({ token }, context) => {
    const { tenant, row } = await withShare(context, token, async (tx, { row }) => ({ tenant: tx.tenant, row }))
    const bytes = async () => found(await context.database.tenant(tenant, (tx) => readSealed(tx, row.record.id)))
    return evidenceAnswer(await evidenceForOwn(context, ownSeal(row, bytes), context.now))
  },

  'registry.read': (_, context) => ownRegistry(context, context.now),

  'verify.file': async ({ base64 }, context) => ({ ...(await judgeStranger(context, new Uint8Array(Buffer.from(base64, 'base64')))) }),

  'verify.report': async ({ base64 }, context) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
    const signer = await reportSigner(context.config)
    const signed = await signReport(bytes, await judgeStranger(context, bytes), signer)
    return {
      name: `verification-${context.now.slice(0, 10)}.report.jwt`,
      mediaType: 'application/jwt',
      base64: Buffer.from(signed).toString('base64'),
    }
  },

  'verify.evidence': async (asked, context) =>
    evidenceAnswer(await gatherAsked(context, await ownRegistry(context, context.now), asked, context.now)),
}
