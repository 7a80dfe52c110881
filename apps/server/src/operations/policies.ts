/** Operations on a body's rules and on what it recognises for. */
import type { Handlers, PolicyAnswer, TargetAnswer } from '@cairn/api'
import {
  caseFromReports,
  type Json,
  type JsonObject,
  Policy,
  ProblemError,
  policyFrom,
  policyProblems,
  readAs,
  readLibrary,
  recognise,
  specimenReport,
} from '@cairn/core'
import {
  appendEvent,
  findBodies,
  insertPolicy,
  insertPolicyVersion,
  listPolicies,
  listPolicyVersions,
  listTargets,
  type PolicyRow,
  type PolicyVersionRow,
  proposePolicy,
  putTarget,
  readEdition,
  readInstitution,
  readPolicy,
  readTargetRow,
  retirePolicyVersion,
  savePolicy,
  type TargetRow,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { formOfTarget, hashOfPolicy, hashText, policiesInForce, titleOf, urnOf } from '../recognition-case.ts'

type Own = Pick<
  Handlers<Context>,
  | 'policy.list'
  | 'policy.create'
  | 'policy.read'
  | 'policy.save'
  | 'policy.publish'
  | 'policy.approve'
  | 'policy.retire'
  | 'policy.try'
  | 'policy.published'
  | 'target.list'
  | 'target.save'
>

const versionLine = ({ id, version, hash, publishedAt, retiredAt }: PolicyVersionRow) => ({
  id,
  version,
  hash,
  publishedAt,
  ...(retiredAt ? { retiredAt } : {}),
})

async function answer(tx: TenantTransaction, row: PolicyRow): Promise<PolicyAnswer> {
  const { fourEyes } = found(await readInstitution(tx))
  return {
    id: row.id,
    revision: row.revision,
    savedAt: row.savedAt,
    draft: row.draft,
    problems: policyProblems(row.draft),
    versions: (await listPolicyVersions(tx, row.id)).map(versionLine),
    ...(row.proposed ? { proposed: row.proposed } : {}),
    needsApproval: fourEyes,
  }
}

const targetAnswer = (row: TargetRow): TargetAnswer => ({ ...row, form: formOfTarget(row) })

function refuseOld(row: PolicyRow, revision: number) {
  if (row.revision !== revision)
    throw new ProblemError('request.conflict', 'The draft was changed after you looked at it. Look again, then publish.')
}

/** A version that never changes: the draft with its number and what it takes the place of. */
async function publish(context: Context, tx: TenantTransaction, row: PolicyRow, publishedBy: string, approvedBy?: string) {
  readAs(Policy, row.draft)
  const [before] = await listPolicyVersions(tx, row.id)
  const version = (before?.version ?? 0) + 1
  const content = { ...row.draft, version: String(version), ...(before ? { supersedes: urnOf(before.id) } : {}) } as JsonObject
  const id = newId()
  const at = { id, policy: row.id, version, content, hash: hashOfPolicy(content), publishedAt: context.now }
  await insertPolicyVersion(tx, { ...at, publishedBy, ...(approvedBy ? { approvedBy } : {}) })
  await proposePolicy(tx, row.id, undefined)
  await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'policy.publish', subject: id })
}

export const policyHandlers: Own = {
  'policy.list': (_, context) =>
    asTenant(context, async (tx) => {
      const versions = await listPolicyVersions(tx)
      return (await listPolicies(tx)).map((row) => {
        const own = versions.filter(({ policy }) => policy === row.id)
        const [current] = policiesInForce(own, context.now.slice(0, 10))
        return {
          id: row.id,
          title: titleOf(row.draft),
          savedAt: row.savedAt,
          versions: own.length,
          ...(current ? { current: versionLine(current) } : {}),
          problems: policyProblems(row.draft).length,
          awaitsApproval: row.proposed !== undefined,
        }
      })
    }),

  'policy.create': ({ template }, context) =>
    asTenant(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      const id = newId()
      await insertPolicy(tx, id, policyFrom(template, { body: organisation.id, from: context.now.slice(0, 10) }), context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'policy.create', subject: id })
      return answer(tx, found(await readPolicy(tx, id)))
    }),

  'policy.read': ({ id }, context) => asTenant(context, async (tx) => answer(tx, found(await readPolicy(tx, id)))),

  'policy.save': ({ id, revision, draft }, context) =>
    asTenant(context, async (tx) => {
      found(await readPolicy(tx, id))
      const { organisation } = found(await readInstitution(tx))
      // Whose rules they are is not for the draft to say.
      const own = { ...(draft as JsonObject), body: organisation.id }
      if (!(await savePolicy(tx, id, own, revision, context.now)))
        throw new ProblemError('request.conflict', 'Somebody else saved this policy meanwhile. Reload, then put your changes in again.')
      return answer(tx, found(await readPolicy(tx, id)))
    }),

  'policy.publish': ({ id, revision }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readPolicy(tx, id, true))
      refuseOld(row, revision)
      const { fourEyes } = found(await readInstitution(tx))
      const { person = '', name = '' } = context.caller
      if (fourEyes) {
        readAs(Policy, row.draft)
        await proposePolicy(tx, id, { person, name, now: context.now })
        await appendEvent(tx, { at: context.now, actor: person, name: 'policy.propose', subject: id })
      } else await publish(context, tx, row, person)
      return answer(tx, found(await readPolicy(tx, id)))
    }),

  'policy.approve': ({ id, revision }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readPolicy(tx, id, true))
      refuseOld(row, revision)
      if (!row.proposed) throw new ProblemError('request.conflict', 'Nobody asked for this policy to be published.')
      if (row.proposed.by === context.caller.person)
        throw new ProblemError('batch.same-person', 'A second person approves what the first one wants to publish.')
      await publish(context, tx, row, row.proposed.by, context.caller.person!)
      return answer(tx, found(await readPolicy(tx, id)))
    }),

  'policy.retire': ({ id, version }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readPolicy(tx, id))
      found((await listPolicyVersions(tx, id)).find((each) => each.id === version))
      await retirePolicyVersion(tx, version, context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'policy.retire', subject: version })
      return answer(tx, row)
    }),

  'policy.try': ({ id, target: targetId, edition: editionId }, context) =>
    asTenant(context, async (tx) => {
      const { draft } = found(await readPolicy(tx, id))
      const target = found(await readTargetRow(tx, targetId))
      const { edition } = found(await readEdition(tx, editionId))
      const { organisation } = found(await readInstitution(tx))
      const today = context.now.slice(0, 10)
      const library = readLibrary({
        // A trial asks what the rules give once they are in force.
        policies: { trial: { ...draft, effective: [today, null] } },
        targets: { target: { ...target.content, body: organisation.id } },
      } as unknown as Json)
      const report = specimenReport(edition.specification, { achievement: edition.achievement, issuer: edition.institution.id, on: today })
      const given = caseFromReports([report], {
        id: 'trial',
        asOf: today,
        target: 'target',
        form: formOfTarget(target),
        policies: ['trial'],
        known: { [report.view!.id]: { holderMatch: 'verified' } },
      })
      return recognise(given, library, hashText)
    }),

  'policy.published': async ({ id }, context) => {
    const body = found((await findBodies(context.database)).find(({ organisation }) => organisation.id === urnOf(id)))
    return context.database.tenant(body.tenant, async (tx) => ({
      body: { id: body.organisation.id, name: body.organisation.legalName },
      policies: (await listPolicyVersions(tx)).map(({ id: version, content, ...row }) => ({
        id: urnOf(version),
        version: row.version,
        hash: row.hash,
        publishedAt: row.publishedAt,
        ...(row.retiredAt ? { retiredAt: row.retiredAt } : {}),
        policy: content,
      })),
      targets: (await listTargets(tx))
        .filter(({ archived }) => !archived)
        .map((row) => ({
          id: urnOf(row.id),
          title: row.title,
          form: formOfTarget(row),
          target: { ...row.content, body: body.organisation.id },
        })),
    }))
  },

  'target.list': (_, context) => asTenant(context, async (tx) => (await listTargets(tx)).map(targetAnswer)),

  'target.save': ({ id: given, title, content, archived }, context) =>
    asTenant(context, async (tx) => {
      const { organisation } = found(await readInstitution(tx))
      if (given) found(await readTargetRow(tx, given))
      const id = given ?? newId()
      const { body: _, ...own } = content as JsonObject
      try {
        readLibrary({ targets: { [id]: { ...own, body: organisation.id } } } as unknown as Json)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        // Faults are told where the form has them.
        const [first, ...others] = error.problems.map((each) => ({
          ...each,
          ...(each.pointer ? { pointer: each.pointer.replace(`/targets/${id}`, '/content') } : {}),
        }))
        throw new ProblemError(first!.code, first!.detail, first!.pointer, others)
      }
      await putTarget(tx, { id, title, content: own, archived }, context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'target.save', subject: id })
      return targetAnswer(found(await readTargetRow(tx, id)))
    }),
}
