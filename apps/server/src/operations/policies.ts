/** Operations on a body's rules and on what it recognises for. */
import type { Handlers, TargetAnswer } from '@cairn/api'
import { isObject, type Json, type JsonObject, type Problem, ProblemError, policyFrom, policyProblems, readLibrary } from '@cairn/core'
import {
  appendEvent,
  findBodies,
  listTargets,
  listVersions,
  putTarget,
  readDraft,
  readEdition,
  readInstitution,
  readTargetRow,
  type TargetRow,
  type VersionRow,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { applyTogether, formOfTarget, policiesInForce, urnOf } from '../recognition-case.ts'
import { decideSpecimen } from '../specimen-case.ts'
import { draftSteps } from './drafts.ts'

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

/** Ids of a policy's requirements, in their order. */
const requirementIds = ({ requirements = [] }: JsonObject): string[] =>
  (requirements as JsonObject[]).map((each) => String(isObject(each) ? each.id : ''))

/** Policies that apply together answer by requirement, so that one id may stand in one of them alone. */
function sharedIds(draft: JsonObject, others: readonly VersionRow[]): Problem[] {
  if (policyProblems(draft as unknown as Json).length > 0) return []
  const beside = others.filter(({ content, retiredAt }) => !retiredAt && applyTogether(draft, content))
  const taken = new Set(beside.flatMap(({ content }) => requirementIds(content)))
  return requirementIds(draft).flatMap((id, at): Problem[] =>
    taken.has(id)
      ? [
          {
            code: 'input.invalid',
            detail: 'Other rules that apply beside these have a requirement of this id.',
            pointer: `/requirements/${at}/id`,
          },
        ]
      : [],
  )
}

/** Drafting and publishing of policies. */
export const policySteps = draftSteps({
  kind: 'policy',
  problems: policyProblems,
  clashes: sharedIds,
  current: (versions, today) => policiesInForce(versions, today)[0],
})

const targetAnswer = (row: TargetRow): TargetAnswer => ({ ...row, form: formOfTarget(row) })

export const policyHandlers: Own = {
  'policy.list': (_, context) => policySteps.list(context),
  'policy.create': ({ template }, context) =>
    policySteps.create(context, (body, from, others) =>
      policyFrom(template, { body, from, taken: new Set(others.flatMap(requirementIds)) }),
    ),
  'policy.read': ({ id }, context) => policySteps.read(context, id),
  'policy.save': (given, context) => policySteps.save(context, { ...given, draft: given.draft as JsonObject }),
  'policy.publish': (given, context) => policySteps.publish(context, given),
  'policy.approve': (given, context) => policySteps.approve(context, given),
  'policy.retire': (given, context) => policySteps.retire(context, given),

  'policy.try': ({ id, target: targetId, edition: editionId }, context) =>
    asTenant(context, async (tx) => {
      const { draft } = found(await readDraft(tx, 'policy', id))
      const target = found(await readTargetRow(tx, targetId))
      const { edition } = found(await readEdition(tx, editionId))
      const { organisation } = found(await readInstitution(tx))
      const today = context.now.slice(0, 10)
      // A trial asks what the rules give once they are in force.
      const policy = { ...draft, effective: [today, null] }
      const { achievement, institution, specification } = edition
      const named = { id: 'trial', achievement, issuer: institution.id, asOf: today }
      return decideSpecimen(specification, { ...named, policy, target, body: organisation.id })
    }),

  'policy.published': async ({ id }, context) => {
    const body = found((await findBodies(context.database, 'policy', urnOf(id)))[0])
    return context.database.tenant(body.tenant, async (tx) => ({
      body: { id: body.organisation.id, name: body.organisation.legalName },
      policies: (await listVersions(tx, 'policy')).map(({ id: version, content, ...row }) => ({
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
        throw ProblemError.from(
          error.problems.map((each) => ({
            ...each,
            ...(each.pointer ? { pointer: each.pointer.replace(`/targets/${id}`, '/content') } : {}),
          })),
        )
      }
      await putTarget(tx, { id, title, content: own, archived }, context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'target.save', subject: id })
      return targetAnswer(found(await readTargetRow(tx, id)))
    }),
}
