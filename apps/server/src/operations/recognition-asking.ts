/** The learner's side of recognition: where to ask, what is sent, how it stands, and an appeal. */
import type { FollowAnswer, Handlers } from '@cairn/api'
import {
  factsFromReport,
  helpInPolicies,
  type JsonObject,
  type Organisation,
  ProblemError,
  type Purpose,
  type Report,
  textIn,
} from '@cairn/core'
import { mailText } from '@cairn/documents'
import {
  appendEvent,
  findBodies,
  findRecognition,
  insertMessages,
  insertRecognition,
  listTargets,
  listVersions,
  type RecognitionRow,
  readInstitution,
  readRecognition,
  readTargetRow,
  stepRecognition,
  type TenantTransaction,
} from '@cairn/store'
import { type Context, found, newId } from '../context.ts'
import { decisionFile } from '../forms/decision-form.ts'
import {
  daysLater,
  type Frozen,
  formOfTarget,
  linkToken,
  type Place,
  policiesInForce,
  procedureOf,
  proposeFor,
  purposesOfAll,
  reportAt,
  titleOfRequest,
} from '../recognition-case.ts'
import { freeze, tellLearner } from './recognition-deciding.ts'
import { sharedPlace } from './shared.ts'

type Own = Pick<
  Handlers<Context>,
  'recognition.options' | 'recognition.ask' | 'recognition.fetch' | 'recognition.follow' | 'recognition.supply' | 'recognition.appeal'
>

/** The reports on what share links open, and where the credentials are kept. Raises `input.invalid` when one is there twice or they name different learners. */
async function sharedReports(context: Context, tokens: readonly string[]): Promise<{ reports: Report[]; places: Place[] }> {
  const places = []
  for (const token of tokens) places.push(await sharedPlace(context, token))
  if (new Set(places.map(({ credential }) => credential)).size < places.length)
    throw new ProblemError('input.invalid', 'One of the credentials is there twice.', '/more')
  const reports = await Promise.all(places.map(async (place) => found(await reportAt(context, place))))
  if (reports.some(({ view }) => view?.learner !== reports[0]?.view?.learner))
    throw new ProblemError('input.invalid', 'The credentials name different learners, so they cannot go into one request.', '/more')
  return { reports, places }
}

/** What a body offers on a day: purposes of its rules in force, and what it recognises for. */
async function offerOf(tx: TenantTransaction, organisation: Organisation, day: string) {
  const versions = policiesInForce(await listVersions(tx, 'policy'), day)
  const targets = (await listTargets(tx)).filter(({ archived }) => !archived)
  return {
    id: organisation.id.slice('urn:uuid:'.length),
    name: organisation.legalName,
    purposes: purposesOfAll(versions) as Purpose[],
    targets: targets.map((row) => ({ id: row.id, title: row.title, form: formOfTarget(row) })),
    deadlineDays: procedureOf(versions).deadlineDays,
  }
}

const bodyOf = async (context: Context, id: string) => found((await findBodies(context.database, 'policy', `urn:uuid:${id}`))[0])

function followAnswer(
  row: RecognitionRow,
  organisation: Organisation,
  target: Awaited<ReturnType<typeof readTargetRow>>,
  today: string,
): FollowAnswer {
  const frozen = row.frozen ? (JSON.parse(row.frozen) as Frozen) : undefined
  return {
    body: { id: organisation.id.slice('urn:uuid:'.length), name: organisation.legalName },
    learner: row.learner,
    title: titleOfRequest(row),
    purpose: row.purpose as Purpose,
    target: { title: found(target).title, form: formOfTarget(found(target)) },
    state: row.state,
    submittedAt: row.submittedAt,
    dueOn: row.dueOn,
    ...(row.question ? { question: row.question } : {}),
    ...(row.answer ? { answer: row.answer } : {}),
    ...(frozen ? { decision: frozen.decision, confirmed: frozen.confirmed, help: helpInPolicies(frozen.decision, frozen.policies) } : {}),
    ...(row.appealUntil ? { appealUntil: row.appealUntil } : {}),
    mayAppeal: row.state === 'decided' && row.appealUntil !== undefined && today <= row.appealUntil,
    ...appealOf(row),
  }
}

/** The appeal and its answer, as both sides see it. */
export function appealOf(row: RecognitionRow) {
  if (!row.appeal || !row.appealedAt) return {}
  return {
    appeal: {
      at: row.appealedAt,
      words: row.appeal,
      ...(row.appealOutcome ? { outcome: row.appealOutcome as 'upheld' | 'changed' } : {}),
      ...(row.appealWords ? { answer: row.appealWords } : {}),
      ...(row.appealName ? { by: row.appealName } : {}),
    },
  }
}

/** Work on the request behind the learner's link, and what the learner sees afterwards. */
async function withLink(
  context: Context,
  token: string,
  work: (tx: TenantTransaction, row: RecognitionRow) => Promise<void>,
): Promise<FollowAnswer> {
  const place = found(await findRecognition(context.database, token))
  return context.database.tenant(place.tenant, async (tx) => {
    await work(tx, found(await readRecognition(tx, place.id, true)))
    const row = found(await readRecognition(tx, place.id))
    const { organisation } = found(await readInstitution(tx))
    return followAnswer(row, organisation, await readTargetRow(tx, row.target), context.now.slice(0, 10))
  })
}

export const askingHandlers: Own = {
  'recognition.options': async ({ token, more }, context) => {
    const { reports } = await sharedReports(context, [token, ...more])
    const bodies = []
    for (const { tenant, organisation } of await findBodies(context.database, 'policy'))
      bodies.push(await context.database.tenant(tenant, (tx) => offerOf(tx, organisation, context.now.slice(0, 10))))
    return {
      learner: reports[0]?.view?.learner ?? '',
      credentials: reports.map((report) => ({
        title: report.view?.title ?? '',
        ...(report.registry ? { issuer: report.registry.legalName } : {}),
        facts: { module: factsFromReport(report, 'module'), post: factsFromReport(report, 'post') },
        outcomes: report.view?.outcomes ?? [],
      })),
      bodies: bodies.filter(({ purposes, targets }) => purposes.length > 0 && targets.length > 0),
    }
  },

  'recognition.ask': async ({ token, more, body: bodyId, target, purpose, email, language }, context) => {
    const { reports, places } = await sharedReports(context, [token, ...more])
    // Refuses what is not sealed before anything is stored.
    const facts = reports.map((report) => factsFromReport(report, 'module'))
    const achievements = facts.flatMap(({ achievement }) => achievement ?? [])
    const { tenant, organisation } = await bodyOf(context, bodyId)
    const today = context.now.slice(0, 10)
    const id = newId()
    const link = linkToken(context, id)
    await context.database.tenant(tenant, async (tx) => {
      const offer = await offerOf(tx, organisation, today)
      if (!offer.targets.some((each) => each.id === target))
        throw new ProblemError('input.invalid', 'This body does not recognise for that.', '/target')
      if (!offer.purposes.includes(purpose))
        throw new ProblemError('input.invalid', 'This body has no rules in force for that.', '/purpose')
      const { deadlineDays, automaticFull } = procedureOf(policiesInForce(await listVersions(tx, 'policy'), today, purpose))
      const dueOn = daysLater(today, deadlineDays)
      const inserted = await insertRecognition(tx, {
        id,
        target,
        purpose,
        learner: reports[0]?.view?.learner ?? '',
        email,
        language,
        reports,
        consent: {
          at: context.now,
          places,
          facts: [...new Set(facts.flatMap((each) => Object.entries(each).flatMap(([name, value]) => (value == null ? [] : [name]))))],
        } as unknown as JsonObject,
        submittedAt: context.now,
        dueOn,
        // Several together are one thing to ask for, to compare and to find precedents of, in whatever order they were named.
        credential: facts
          .map((each) => each.id)
          .sort()
          .join(' '),
        ...(achievements.length === facts.length ? { achievement: achievements.sort().join(' ') } : {}),
        token: link,
      })
      if (!inserted)
        throw new ProblemError(
          'request.conflict',
          'This body has an open request of this credential for this already. Follow it by the link you were sent.',
        )
      await appendEvent(tx, { at: context.now, actor: 'learner', name: 'recognition.ask', subject: id })
      const row = found(await readRecognition(tx, id))
      const proposed = await proposeFor(tx, organisation, row, today)
      if (automaticFull && proposed.decision.outcome === 'full') {
        await freeze(context, tx, organisation, row, proposed, {
          as: 'proposed',
          outcome: 'full',
          grants: proposed.decision.grants,
          at: context.now,
        })
        await tellLearner(context, tx, organisation, row, 'full', daysLater(today, procedureOf(proposed.versions).appealDays))
        return
      }
      const words = mailText('recognition-received', language, {
        learner: row.learner,
        institution: textIn(organisation.legalName, language),
        title: titleOfRequest(row),
        day: dueOn,
        link: `${context.config.publicUrl}/r/${link}`,
      })
      await insertMessages(tx, [{ id: newId(), kind: 'recognition', to: email, ...words }], context.now)
    })
    context.wake('mail')
    return { url: `${context.config.publicUrl}/r/${link}` }
  },

  'recognition.fetch': async ({ token, form }, context) => {
    const place = found(await findRecognition(context.database, token))
    return context.database.tenant(place.tenant, async (tx) => decisionFile(context, tx, found(await readRecognition(tx, place.id)), form))
  },

  'recognition.follow': ({ token }, context) => withLink(context, token, async () => undefined),

  'recognition.supply': ({ token, words }, context) =>
    withLink(context, token, async (tx, row) => {
      if (row.state !== 'evidence-asked' || !row.pausedAt)
        throw new ProblemError('request.conflict', 'Nothing is asked of you at the moment.')
      const stood = Math.ceil((Date.parse(context.now) - Date.parse(row.pausedAt)) / 86_400_000)
      await stepRecognition(tx, row.id, { state: 'submitted', answer: words, pausedAt: null, dueOn: daysLater(row.dueOn, stood) })
      await appendEvent(tx, { at: context.now, actor: 'learner', name: 'recognition.supply', subject: row.id })
    }),

  'recognition.appeal': ({ token, words }, context) =>
    withLink(context, token, async (tx, row) => {
      if (row.state !== 'decided') throw new ProblemError('request.conflict', 'There is no decision that an appeal could be about.')
      if (!row.appealUntil || context.now.slice(0, 10) > row.appealUntil)
        throw new ProblemError('recognition.too-late', 'The last day for an appeal has passed.')
      await stepRecognition(tx, row.id, {
        state: 'appealed',
        appeal: words,
        appealedAt: context.now,
        dueOn: daysLater(context.now, 28),
      })
      await appendEvent(tx, { at: context.now, actor: 'learner', name: 'recognition.appeal', subject: row.id })
    }),
}
