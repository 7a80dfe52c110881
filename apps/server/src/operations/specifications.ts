/** Operations of design. */
import type { Handlers, RuleFinding } from '@cairn/api'
import {
  AchievementSpecification,
  drawStone,
  type Edition,
  lintSpecification,
  ProblemError,
  patternsCollide,
  problem,
  stoneOf,
  textIn,
} from '@cairn/core'
import { readBadge, renderBadge } from '@cairn/documents'
import {
  appendEvent,
  archiveSpecification,
  countAwards,
  findEdition,
  insertEdition,
  insertSpecification,
  listEditions,
  listSpecifications,
  readEdition,
  readInstitution,
  readSpecification,
  type SpecificationRow,
  saveSpecification,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'

type Own = Pick<
  Handlers<Context>,
  | 'specification.list'
  | 'specification.create'
  | 'specification.read'
  | 'specification.save'
  | 'specification.badge'
  | 'specification.copy'
  | 'specification.publish'
  | 'specification.archive'
  | 'edition.list'
  | 'edition.read'
  | 'edition.show'
>

const titleOf = (specification: AchievementSpecification) => textIn(specification.title, specification.primaryLanguage)
const stone = (specification: AchievementSpecification, id: string) => drawStone(stoneOf(specification, id)).svg

/** A draft with everything shown beside it. */
async function answer(tx: TenantTransaction, row: SpecificationRow, now: string) {
  const { organisation } = found(await readInstitution(tx))
  const findings = [...lintSpecification(row.draft, { institution: organisation, on: now.slice(0, 10) }), ...(await sharedPattern(tx, row))]
  return { id: row.id, revision: row.revision, savedAt: row.savedAt, draft: row.draft, findings, editions: row.editions }
}

/** Another published specification whose numbers can be the same as this one's. None is given out twice; but each then has gaps. */
async function sharedPattern(tx: TenantTransaction, { id, draft }: SpecificationRow): Promise<RuleFinding[]> {
  const pattern = draft.referenceNumbers?.pattern
  if (!pattern) return []
  const other = (await listEditions(tx)).find(({ specification, edition }) => {
    const theirs = edition.specification.referenceNumbers?.pattern
    return specification !== id && theirs !== undefined && patternsCollide(pattern, theirs)
  })
  if (!other) return []
  const detail = `“${titleOf(other.edition.specification)}” can give out the same numbers. None is given out twice, so the numbers of both will have gaps; a pattern of its own avoids that.`
  return [{ rule: 'N1', severity: 'W', problem: problem('specification.reference-shared', detail, '/referenceNumbers/pattern') }]
}

async function editionAnswer(tx: TenantTransaction, id: string) {
  const row = found(await readEdition(tx, id))
  return { ...row, ...(await countAwards(tx))(id) }
}

async function begin(context: Context, tx: TenantTransaction, draft: AchievementSpecification) {
  const id = newId()
  await insertSpecification(tx, id, draft, context.now)
  await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'specification.create', subject: id })
  return answer(tx, found(await readSpecification(tx, id)), context.now)
}

async function save(context: Context, tx: TenantTransaction, id: string, draft: AchievementSpecification, revision: number) {
  if (!(await saveSpecification(tx, id, draft, revision, context.now)))
    throw new ProblemError(
      'request.conflict',
      'Somebody else saved this specification meanwhile. Your text is still here: copy it, reload, and put it in again.',
    )
  return answer(tx, found(await readSpecification(tx, id)), context.now)
}

export const specificationHandlers: Own = {
  'specification.list': ({ archived, ...page }, context) =>
    asTenant(context, async (tx) => {
      const awards = await countAwards(tx)
      return (await listSpecifications(tx, archived ?? false, page)).map((row) => ({
        id: row.id,
        kind: row.draft.kind,
        title: titleOf(row.draft),
        savedAt: row.savedAt,
        editions: row.editions.length,
        ...(row.editions[0] ? { latestEdition: row.editions[0].id } : {}),
        awarded: row.editions.reduce((sum, { id }) => sum + awards(id).awarded, 0),
        archived: row.archived,
        stone: stone(row.draft, row.draft.id),
      }))
    }),

  'specification.create': (given, context) =>
    asTenant(context, (tx) => begin(context, tx, AchievementSpecification.parse({ id: `urn:uuid:${newId()}`, ...given }))),

  'specification.read': ({ id }, context) =>
    asTenant(context, async (tx) => answer(tx, found(await readSpecification(tx, id)), context.now)),

  'specification.save': ({ id, revision, draft }, context) =>
    asTenant(context, async (tx) => {
      const before = found(await readSpecification(tx, id))
      // A picture that did not come from us is drawn anew, whichever way it came.
      const { badge, ...words } = draft
      const kept = badge === undefined || badge === before.draft.badge ? badge : await readBadge(Buffer.from(badge, 'base64'))
      // The id of a specification is ours to give: a client that sends another one means this one.
      return save(context, tx, id, { ...words, id: before.draft.id, ...(kept === undefined ? {} : { badge: kept }) }, revision)
    }),

  'specification.badge': async ({ id, revision, base64, design }, context) => {
    const picture = base64 === undefined ? undefined : Buffer.from(base64, 'base64')
    const badge = design ? await renderBadge(design, picture) : picture && (await readBadge(picture))
    return asTenant(context, async (tx) => {
      const { badge: _, ...draft } = found(await readSpecification(tx, id)).draft
      return save(context, tx, id, { ...draft, ...(badge === undefined ? {} : { badge }) }, revision)
    })
  },

  'specification.copy': ({ id }, context) =>
    asTenant(context, async (tx) => begin(context, tx, { ...found(await readSpecification(tx, id)).draft, id: `urn:uuid:${newId()}` })),

  'specification.publish': ({ id, revision }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readSpecification(tx, id))
      if (row.revision !== revision)
        throw new ProblemError('request.conflict', 'The draft was changed after you looked at it. Look again, then publish.')
      const { organisation } = found(await readInstitution(tx))
      const blocking = lintSpecification(row.draft, { institution: organisation, on: context.now.slice(0, 10) }).filter(
        ({ severity }) => severity === 'B',
      )
      const [first, ...others] = blocking.map((finding) => finding.problem)
      if (first) throw new ProblemError('specification.not-complete', first.detail, first.pointer, others)
      const edition: Edition = {
        id: newId(),
        achievement: `urn:uuid:${newId()}`,
        version: (row.editions[0]?.version ?? 0) + 1,
        publishedAt: context.now,
        specification: row.draft,
        institution: organisation,
      }
      await insertEdition(tx, edition, id)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'specification.publish', subject: edition.id })
      return { edition, specification: id, awarded: 0, revoked: 0 }
    }),

  'specification.archive': ({ id, archived }, context) =>
    asTenant(context, async (tx) => {
      if (!(await archiveSpecification(tx, id, archived))) found(undefined)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'specification.archive', subject: id })
      return { done: true as const }
    }),

  'edition.list': (_, context) =>
    asTenant(context, async (tx) =>
      (await listEditions(tx)).map(({ edition, specification }) => ({
        id: edition.id,
        specification,
        kind: edition.specification.kind,
        title: titleOf(edition.specification),
        version: edition.version,
        publishedAt: edition.publishedAt,
        inPart: edition.specification.awardedInPart === true,
      })),
    ),

  'edition.read': ({ id }, context) => asTenant(context, (tx) => editionAnswer(tx, id)),

  'edition.show': async ({ id }, context) => {
    const tenant = found(await findEdition(context.database, id))
    return context.database.tenant(tenant, (tx) => editionAnswer(tx, id))
  },
}
