/** What is drafted and published in versions, policies and pathways alike: save, publish with one person or two, retire. */
import type { PolicyAnswer } from '@cairn/api'
import { type JsonObject, type LangString, type Problem, ProblemError, refuseProblems } from '@cairn/core'
import {
  appendEvent,
  type DraftKind,
  type DraftRow,
  insertDraft,
  insertVersion,
  listDrafts,
  listVersions,
  proposeDraft,
  readDraft,
  readInstitution,
  retireVersion,
  saveDraft,
  type TenantTransaction,
  type VersionRow,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { hashOfPolicy, titleOf, urnOf } from '../recognition-case.ts'

/** What tells one kind from another. */
export interface DraftWork {
  kind: DraftKind
  /** What stands in the way of publishing. */
  problems(draft: JsonObject): readonly Problem[]
  /** What stands in the way beside what others offer already. */
  clashes?(draft: JsonObject, others: readonly VersionRow[]): readonly Problem[]
  /** The version on offer today, of versions newest first. */
  current(versions: readonly VersionRow[], today: string): VersionRow | undefined
  /** Done with the new version, in the same transaction. */
  published?(context: Context, tx: TenantTransaction, version: VersionRow): Promise<void>
}

/** A version as answers name it. */
export const versionLine = ({ id, version, hash, publishedAt, retiredAt }: VersionRow) => ({
  id,
  version,
  hash,
  publishedAt,
  ...(retiredAt ? { retiredAt } : {}),
})

/** The steps of a kind. Each raises `request.not-found` and `request.conflict`; publishing raises what stands in its way. */
export function draftSteps({ kind, problems, clashes, current, published }: DraftWork) {
  const faultsOf = ({ id, draft }: DraftRow, versions: readonly VersionRow[]): readonly Problem[] => [
    ...problems(draft),
    ...(clashes?.(
      draft,
      versions.filter((each) => each.draft !== id),
    ) ?? []),
  ]
  const answer = async (tx: TenantTransaction, id: string): Promise<PolicyAnswer> => {
    const row = found(await readDraft(tx, kind, id))
    const { fourEyes } = found(await readInstitution(tx))
    const versions = await listVersions(tx, kind)
    return {
      id: row.id,
      revision: row.revision,
      savedAt: row.savedAt,
      draft: row.draft,
      problems: faultsOf(row, versions),
      versions: versions.filter(({ draft }) => draft === row.id).map(versionLine),
      ...(row.proposed ? { proposed: row.proposed } : {}),
      needsApproval: fourEyes,
    }
  }
  const note = (context: Context, tx: TenantTransaction, step: string, subject: string) =>
    appendEvent(tx, { at: context.now, actor: context.caller.person!, name: `${kind}.${step}`, subject })
  const locked = async (tx: TenantTransaction, id: string, revision: number): Promise<DraftRow> => {
    const row = found(await readDraft(tx, kind, id, true))
    if (row.revision !== revision)
      throw new ProblemError('request.conflict', 'The draft was changed after you looked at it. Look again, then publish.')
    return row
  }
  /** All versions of the kind, once nothing stands in the way of the draft. */
  const refuseIncomplete = async (tx: TenantTransaction, row: DraftRow): Promise<VersionRow[]> => {
    const versions = await listVersions(tx, kind)
    refuseProblems(faultsOf(row, versions))
    return versions
  }
  /** A version that never changes: the draft with its number and what it takes the place of. */
  const publish = async (context: Context, tx: TenantTransaction, row: DraftRow, publishedBy: string, approvedBy?: string) => {
    const before = (await refuseIncomplete(tx, row)).find(({ draft }) => draft === row.id)
    const number = (before?.version ?? 0) + 1
    const content = { ...row.draft, version: String(number), ...(before ? { supersedes: urnOf(before.id) } : {}) } as JsonObject
    const version = { id: newId(), draft: row.id, version: number, content, hash: hashOfPolicy(content), publishedAt: context.now }
    await insertVersion(tx, kind, { ...version, publishedBy, ...(approvedBy ? { approvedBy } : {}) })
    await proposeDraft(tx, kind, row.id, undefined)
    await published?.(context, tx, version)
    await note(context, tx, 'publish', version.id)
  }

  return {
    list: (context: Context) =>
      asTenant(context, async (tx) => {
        const versions = await listVersions(tx, kind)
        return (await listDrafts(tx, kind)).map((row) => {
          const own = versions.filter(({ draft }) => draft === row.id)
          const offered = current(own, context.now.slice(0, 10))
          return {
            id: row.id,
            title: titleOf(row.draft) as LangString,
            savedAt: row.savedAt,
            versions: own.length,
            ...(offered ? { current: versionLine(offered) } : {}),
            problems: faultsOf(row, versions).length,
            awaitsApproval: row.proposed !== undefined,
          }
        })
      }),

    create: (context: Context, begin: (body: string, today: string, others: readonly JsonObject[]) => JsonObject) =>
      asTenant(context, async (tx) => {
        const { organisation } = found(await readInstitution(tx))
        const id = newId()
        const others = (await listDrafts(tx, kind)).map(({ draft }) => draft)
        await insertDraft(tx, kind, id, begin(organisation.id, context.now.slice(0, 10), others), context.now)
        await note(context, tx, 'create', id)
        return answer(tx, id)
      }),

    read: (context: Context, id: string) => asTenant(context, (tx) => answer(tx, id)),

    save: (context: Context, { id, revision, draft }: { id: string; revision: number; draft: JsonObject }) =>
      asTenant(context, async (tx) => {
        found(await readDraft(tx, kind, id))
        const { organisation } = found(await readInstitution(tx))
        // Whose rules they are is not for the draft to say.
        if (!(await saveDraft(tx, kind, id, { ...draft, body: organisation.id }, revision, context.now)))
          throw new ProblemError('request.conflict', 'Somebody else saved this meanwhile. Reload, then put your changes in again.')
        return answer(tx, id)
      }),

    publish: (context: Context, { id, revision }: { id: string; revision: number }) =>
      asTenant(context, async (tx) => {
        const row = await locked(tx, id, revision)
        const { fourEyes } = found(await readInstitution(tx))
        const { person = '', name = '' } = context.caller
        if (fourEyes) {
          await refuseIncomplete(tx, row)
          await proposeDraft(tx, kind, id, { person, name, now: context.now })
          await note(context, tx, 'propose', id)
        } else await publish(context, tx, row, person)
        return answer(tx, id)
      }),

    approve: (context: Context, { id, revision }: { id: string; revision: number }) =>
      asTenant(context, async (tx) => {
        const row = await locked(tx, id, revision)
        if (!row.proposed) throw new ProblemError('request.conflict', 'Nobody asked for this to be published.')
        if (row.proposed.by === context.caller.person)
          throw new ProblemError('batch.same-person', 'A second person approves what the first one wants to publish.')
        await publish(context, tx, row, row.proposed.by, context.caller.person!)
        return answer(tx, id)
      }),

    retire: (context: Context, { id, version }: { id: string; version: string }) =>
      asTenant(context, async (tx) => {
        found((await listVersions(tx, kind, id)).find((each) => each.id === version))
        await retireVersion(tx, kind, version, context.now)
        await note(context, tx, 'retire', version)
        return answer(tx, id)
      }),
  }
}
