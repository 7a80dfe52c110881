/** How far somebody is on the pathways, asking for the larger award, and the body's answer with a stack receipt. */
import type { FileAnswer, Handlers, OfferedPathway, PathwayProgress, StackFollowAnswer, StackRequestAnswer } from '@cairn/api'
import {
  answerPathway,
  countedAs,
  firstToExpire,
  ProblemError,
  refuseProblems,
  type StackAnswer,
  type StackingFacts,
  type StackReceipt,
  textIn,
  todayOf,
} from '@cairn/core'
import {
  answerStackRequest,
  appendEvent,
  findStackRequest,
  insertStackRequest,
  listEditions,
  listStackRequests,
  listVersions,
  readDeclarationRow,
  readInstitution,
  readStackRequest,
  readVersion,
  type StackRequestRow,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId } from '../context.ts'
import { factsOf, freshHeld, heldAnswer, verifyHanded } from '../handed-credentials.ts'
import { type Course, type Offered, offeredAnswer, offersFor, readCourses, readOffered } from '../pathways-offered.ts'
import { linkToken, titleOf, urnOf } from '../recognition-case.ts'
import { sealDeclaration } from '../seal-declaration.ts'
import { awardByHand } from './batches.ts'

type Own = Pick<
  Handlers<Context>,
  | 'stack.progress'
  | 'stack.ask'
  | 'stack.follow'
  | 'stack.fetch'
  | 'stack.list'
  | 'stack.read'
  | 'stack.award'
  | 'stack.refuse'
  | 'stack.receipt'
>

/**
 * How far credentials go on one pathway, and what runs out first; with `courses` also what may be taken next.
 */
function progressOn(
  on: Pick<Offered, 'offered' | 'specification'>,
  facts: readonly StackingFacts[],
  today: string,
  courses?: readonly Course[],
): PathwayProgress {
  const { offered } = on
  const answer = answerPathway(offered.pathway, facts, today, courses && offersFor(on, courses, facts, today))
  const expires = firstToExpire(offered.pathway, facts, answer)
  const wanted = new Set((answer.plans ?? []).flatMap(({ take }) => take))
  return {
    pathway: offered,
    answer: { ...answer },
    offers: (courses ?? [])
      .filter(({ edition }) => wanted.has(edition.achievement))
      .map(({ edition, hours, facts: { title, credits = 0 } }) => ({
        id: edition.achievement,
        edition: edition.id,
        title,
        body: edition.institution.legalName,
        hours,
        credits,
      })),
    ...(expires ? { expires: { ...expires, gaps: expires.gaps.map((gap) => ({ ...gap })) } } : {}),
  }
}

/** Eligible first, then by the hours of the shortest plan, then by what is missing. */
function nearer(one: PathwayProgress, other: PathwayProgress): number {
  const far = ({ answer }: PathwayProgress) => {
    const { eligible, plans, gaps } = answer as unknown as StackAnswer
    if (eligible) return [0, 0, 0]
    const missing = gaps.reduce((sum, gap) => sum + ('have' in gap ? gap.need - gap.have : 1), 0)
    return plans?.[0] ? [1, plans[0].hours, missing] : [2, 0, missing]
  }
  const [a, b] = [far(one), far(other)]
  return a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]! || (one.pathway.id < other.pathway.id ? -1 : 1)
}

/** The pathway that a request is about, as the body published it. */
async function pathwayOf(tx: TenantTransaction, version: string): Promise<OfferedPathway> {
  const { organisation } = found(await readInstitution(tx))
  const editions = await listEditions(tx)
  const titles = Object.fromEntries(editions.map(({ edition }) => [edition.achievement, textIn(edition.specification.title, 'en')]))
  const names = { ...titles, [organisation.id]: textIn(organisation.legalName, 'en') }
  return offeredAnswer(found(await readVersion(tx, 'pathway', version)), organisation, editions, names)
}

async function followAnswer(context: Context, tx: TenantTransaction, row: StackRequestRow): Promise<StackFollowAnswer> {
  const offered = await pathwayOf(tx, row.version)
  const asOf = (row.decidedAt ?? context.now).slice(0, 10)
  return {
    learner: row.learner,
    progress: progressOn({ offered }, factsOf(row.held), asOf),
    held: row.held.map(heldAnswer),
    state: row.state,
    askedAt: row.askedAt,
    ...(row.decidedAt ? { decidedAt: row.decidedAt } : {}),
    ...(row.decidedName ? { by: row.decidedName } : {}),
    ...(row.words ? { words: row.words } : {}),
    receipt: (await readDeclarationRow(tx, 'stack-receipt', row.id)) !== undefined,
  }
}

async function deskAnswer(context: Context, tx: TenantTransaction, row: StackRequestRow): Promise<StackRequestAnswer> {
  const { id, revision, email, batch } = row
  return { ...(await followAnswer(context, tx, row)), id, revision, email, ...(batch ? { batch } : {}) }
}

/** The request with its credentials as they are today, while it waits. */
async function freshRow(context: Context, id: string): Promise<StackRequestRow> {
  const row = await asTenant(context, async (tx) => found(await readStackRequest(tx, id)))
  return row.state === 'asked' ? { ...row, held: await freshHeld(context, row.held) } : row
}

/** A step on a request that waits: locked, and still as it was looked at. */
async function step(
  context: Context,
  { id, revision }: { id: string; revision: number },
  work: (tx: TenantTransaction, row: StackRequestRow) => Promise<void>,
): Promise<StackRequestAnswer> {
  const { held } = await freshRow(context, id)
  return asTenant(context, async (tx) => {
    const row = { ...found(await readStackRequest(tx, id, true)), held }
    if (row.revision !== revision || row.state !== 'asked')
      throw new ProblemError('request.conflict', 'This request went on after you looked at it. Look again.')
    await work(tx, row)
    return deskAnswer(context, tx, { ...found(await readStackRequest(tx, id)), held })
  })
}

/** The receipt of what counts, and of nothing else that was handed in, for the credential `award`. Raises `stacking.not-eligible`. */
function receiptOf(row: StackRequestRow, offered: OfferedPathway, award: string, by: string, now: string): StackReceipt {
  const { pathway, hash, id } = offered
  const asOf = now.slice(0, 10)
  const whole = answerPathway(pathway, factsOf(row.held), asOf)
  if (!whole.eligible) throw new ProblemError('stacking.not-eligible', 'What counts today does not meet the pathway.')
  const used = row.held.filter(({ report }) => whole.assignment?.[report.view!.id] !== undefined)
  const facts = factsOf(used)
  return {
    kind: 'stack-receipt',
    learner: row.learner,
    award: urnOf(award),
    pathway: { id: urnOf(id), hash, content: pathway },
    asOf,
    parts: facts.map(({ id: part, title, issuerName }, at) => ({ id: part, title, issuer: issuerName, digest: used[at]!.digest })),
    facts: facts.map((each) => countedAs(pathway, each)),
    answer: answerPathway(pathway, facts, asOf),
    decidedAt: now,
    decidedBy: by,
  }
}

async function receiptFile(tx: TenantTransaction, id: string): Promise<FileAnswer> {
  const { sealed } = found(await readDeclarationRow(tx, 'stack-receipt', id))
  return { name: `stack-receipt-${id}.jsonld`, mediaType: 'application/jose+json', base64: Buffer.from(sealed).toString('base64') }
}

export const stackingHandlers: Own = {
  'stack.progress': async (given, context) => {
    const { held, problems } = await verifyHanded(context, given)
    const today = context.now.slice(0, 10)
    const [pathways, courses] = [await readOffered(context), await readCourses(context, today)]
    const facts = factsOf(held)
    const unread = problems.map((each) => ({
      id: each.pointer ?? '',
      title: '',
      issuer: '',
      learner: '',
      status: 'unknown' as const,
      problem: each,
    }))
    return {
      held: [...held.map(heldAnswer), ...unread],
      pathways: pathways
        .map((each) => progressOn(each, facts, today, courses))
        .sort(nearer)
        .slice(0, 50),
    }
  },

  'stack.ask': async ({ pathway, email, language, shares, files }, context) => {
    const { held, problems } = await verifyHanded(context, { shares, files })
    refuseProblems(problems)
    const { tenant, offered } = found((await readOffered(context)).find((each) => each.offered.id === pathway))
    const learner = held[0]?.report.view?.learner ?? ''
    if (held.some(({ report }) => report.view?.learner !== learner))
      throw new ProblemError(
        'input.invalid',
        'The credentials name different learners, so they cannot be stacked by one request.',
        '/shares',
      )
    if (!answerPathway(offered.pathway, factsOf(held), context.now.slice(0, 10)).eligible)
      throw new ProblemError('stacking.not-eligible', 'What was handed in does not meet the pathway yet.', '/pathway')
    const id = newId()
    const token = linkToken(context, id)
    await context.database.tenant(tenant, async (tx) => {
      const asked = { id, version: pathway, learner, email, language, held, askedAt: context.now, token }
      if (!(await insertStackRequest(tx, asked)))
        throw new ProblemError('request.conflict', 'This body has an open request of yours for this award already.')
      await appendEvent(tx, { at: context.now, actor: 'learner', name: 'stack.ask', subject: id })
    })
    return { url: `${context.config.publicUrl}/s/${token}` }
  },

  'stack.follow': async ({ token }, context) => {
    const place = found(await findStackRequest(context.database, token))
    return context.database.tenant(place.tenant, async (tx) => followAnswer(context, tx, found(await readStackRequest(tx, place.id))))
  },

  'stack.fetch': async ({ token }, context) => {
    const place = found(await findStackRequest(context.database, token))
    return context.database.tenant(place.tenant, (tx) => receiptFile(tx, place.id))
  },

  'stack.list': (query, context) =>
    asTenant(context, async (tx) => {
      const titles = new Map((await listVersions(tx, 'pathway')).map(({ id, content }) => [id, titleOf(content)]))
      const { total, items } = await listStackRequests(tx, query)
      const lines = items.map(({ id, learner, version, state, askedAt }) => ({
        id,
        learner,
        title: titles.get(version) ?? {},
        state,
        askedAt,
      }))
      return { total, items: lines }
    }),

  'stack.read': async ({ id }, context) => {
    const row = await freshRow(context, id)
    return asTenant(context, (tx) => deskAnswer(context, tx, row))
  },

  'stack.award': ({ id, revision, givenName, familyName, dateOfBirth }, context) =>
    step(context, { id, revision }, async (tx, row) => {
      const offered = await pathwayOf(tx, row.version)
      if (!offered.award) throw new ProblemError('input.invalid', 'The pathway does not say which edition is awarded.', '/award')
      const { person = '', name = '', email = '' } = context.caller
      const by = name || email
      const { organisation } = found(await readInstitution(tx))
      // The credential is sealed after a person confirmed it; its receipt names it before.
      const promised = newId()
      const receipt = receiptOf(row, offered, promised, by, context.now)
      await sealDeclaration(context, tx, organisation, { subject: id, declaration: receipt })
      const learner = {
        givenName,
        ...(familyName ? { familyName } : {}),
        ...(dateOfBirth ? { dateOfBirth } : {}),
        email: row.email,
        language: row.language,
      }
      const given = { learner, awardDate: todayOf(organisation, context.now) }
      const batch = await awardByHand(context, tx, offered.award.edition, given, { promised })
      await answerStackRequest(tx, id, { state: 'awarded', by: person, name: by, batch: batch.id, now: context.now })
      await appendEvent(tx, { at: context.now, actor: person, name: 'stack.award', subject: id })
    }),

  'stack.refuse': ({ id, revision, words }, context) =>
    step(context, { id, revision }, async (tx) => {
      const { person = '', name = '', email = '' } = context.caller
      await answerStackRequest(tx, id, { state: 'refused', by: person, name: name || email, words, now: context.now })
      await appendEvent(tx, { at: context.now, actor: person, name: 'stack.refuse', subject: id })
    }),

  'stack.receipt': ({ id }, context) => asTenant(context, (tx) => receiptFile(tx, id)),
}
