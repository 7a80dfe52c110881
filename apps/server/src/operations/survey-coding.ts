/** Operations on answers in words: two people code them blind to each other, a third settles where they differ. */
import { type CodingAnswer, type CodingsAnswer, type Handlers, operations } from '@cairn/api'
import { type Caller, codesDiffer, mayCall, ProblemError, sumUpCodes, survey } from '@cairn/core'
import {
  appendEvent,
  listMembers,
  listSurveyInvitations,
  putSurveyCode,
  putSurveyCoding,
  readSurvey,
  type SurveyCodingRow,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found } from '../context.ts'
import { readSurveyTexts, type SurveyText } from '../survey-codes.ts'

type Own = Pick<Handlers<Context>, 'coding.list' | 'coding.read' | 'coding.plan' | 'coding.give' | 'coding.settle'>
const mayCode = (person: Pick<Caller, 'roles'>) => mayCall(operations['coding.give'].roles, person)

/** Everything that the operations look at. Raises `request.not-found`. */
async function readGround(tx: TenantTransaction, id: string) {
  found(await readSurvey(tx, id))
  const ground = await readSurveyTexts(tx, id, await listSurveyInvitations(tx, id))
  const members = await listMembers(tx)
  return { ...ground, members }
}
type Ground = Awaited<ReturnType<typeof readGround>>

function lineOf({ texts, plans, members }: Ground, question: string): CodingsAnswer['questions'][number] {
  const own = texts.filter((each) => each.question === question)
  const plan = plans.get(question)
  const coder = (place: 'first' | 'second', person: string) => ({
    person,
    name: members.find((each) => each.person === person)?.name ?? '',
    done: own.filter((each) => each[place] !== undefined).length,
  })
  return {
    ...(sumUpCodes(question, own) as CodingsAnswer['questions'][number]),
    headings: plan?.codes ?? [],
    coders: plan ? [coder('first', plan.first), coder('second', plan.second)] : [],
  }
}

const placeOf = (plan: SurveyCodingRow | undefined, person: string | undefined): CodingAnswer['as'] =>
  !plan ? 'nobody' : person === plan.first ? 'first' : person === plan.second ? 'second' : 'third'
const isLocked = ({ first, second }: SurveyText) => first !== undefined && second !== undefined

async function answer(context: Context, tx: TenantTransaction, id: string, question: string): Promise<CodingAnswer> {
  const ground = await readGround(tx, id)
  const as = placeOf(ground.plans.get(question), context.caller.person)
  const own = ground.texts.filter((each) => each.question === question)
  const coding = as === 'first' || as === 'second'
  const open = own.every(isLocked)
  return {
    ...lineOf(ground, question),
    as,
    // By a key that says nothing of the body.
    items: own
      .toSorted((one, other) => (one.invitation < other.invitation ? -1 : 1))
      .map((each) => {
        const { invitation, text, first, second, third } = each
        const mine = coding ? each[as] : third
        const shown = isLocked(each) && (!coding || open) ? { first: first!, second: second!, ...(third ? { third } : {}) } : {}
        return { invitation, text, ...(mine ? { mine } : {}), locked: isLocked(each), ...shown }
      }),
  }
}

/** Keeps codes of the caller. Raises `input.invalid` for a heading or text that is not there, and what `refuse` raises. */
async function keep(
  context: Context,
  tx: TenantTransaction,
  { texts, plans }: Ground,
  given: { question: string; codes: Readonly<Record<string, string>>; settles: boolean },
  refuse: (text: SurveyText, code: string, at: string) => void,
): Promise<void> {
  const plan = found(plans.get(given.question))
  for (const [invitation, code] of Object.entries(given.codes)) {
    const at = `/codes/${invitation}`
    const text = texts.find((each) => each.question === given.question && each.invitation === invitation)
    if (!text) throw new ProblemError('input.invalid', 'There is no such text.', at)
    if (!plan.codes.includes(code)) throw new ProblemError('input.invalid', 'There is no such heading.', at)
    refuse(text, code, at)
    const row = { invitation, question: given.question, person: context.caller.person!, code, settles: given.settles, ofText: text.hash }
    await putSurveyCode(tx, row, context.now)
  }
}

/** Refuses whoever has another place. Raises `request.not-allowed`. */
function refuseOthers(context: Context, { plans }: Ground, question: string, places: readonly CodingAnswer['as'][]) {
  const place = placeOf(found(plans.get(question)), context.caller.person)
  if (!places.includes(place))
    throw new ProblemError('request.not-allowed', 'The two who are named give codes, and somebody else settles where they differ.')
  return place as 'first' | 'second' | 'third'
}

export const surveyCodingHandlers: Own = {
  'coding.list': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const ground = await readGround(tx, id)
      const asked = new Set([...ground.texts.map(({ question }) => question), ...ground.plans.keys()])
      return {
        questions: survey.questions.filter((each) => asked.has(each.id)).map((each) => lineOf(ground, each.id)),
        people: ground.members.filter(mayCode).map(({ person, name, email }) => ({ person, name: name || email })),
      }
    }),

  'coding.read': ({ id, question }, context) => asTenant(context, (tx) => answer(context, tx, id, question)),

  'coding.plan': ({ id, question, headings, first, second }, context) =>
    asTenant(context, async (tx) => {
      const { texts, members } = await readGround(tx, id)
      const coders = members.filter(mayCode)
      for (const [place, person] of Object.entries({ first, second }))
        if (!coders.some((each) => each.person === person))
          throw new ProblemError('input.invalid', 'Somebody who works here as owner, designer or approver.', `/${place}`)
      const used = texts.filter((each) => each.question === question).flatMap((each) => [each.first, each.second, each.third])
      const lost = used.find((code) => code !== undefined && !headings.includes(code))
      if (lost !== undefined) throw new ProblemError('survey.heading-used', `“${lost}” was given already.`, '/headings')
      await putSurveyCoding(tx, id, { question, codes: headings, first, second }, context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'survey.plan-coding', subject: id })
      return answer(context, tx, id, question)
    }),

  'coding.give': ({ id, question, codes }, context) =>
    asTenant(context, async (tx) => {
      const ground = await readGround(tx, id)
      const place = refuseOthers(context, ground, question, ['first', 'second'])
      await keep(context, tx, ground, { question, codes, settles: false }, (text, code, at) => {
        if (isLocked(text) && text[place] !== code)
          throw new ProblemError('survey.coded-by-both', 'Both have coded this text; a third look settles it.', at)
      })
      return answer(context, tx, id, question)
    }),

  'coding.settle': ({ id, question, codes }, context) =>
    asTenant(context, async (tx) => {
      const ground = await readGround(tx, id)
      refuseOthers(context, ground, question, ['third'])
      await keep(context, tx, ground, { question, codes, settles: true }, (text, _, at) => {
        if (!codesDiffer(text)) throw new ProblemError('input.invalid', 'The two do not differ here.', at)
      })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'survey.settle-coding', subject: id })
      return answer(context, tx, id, question)
    }),
}
