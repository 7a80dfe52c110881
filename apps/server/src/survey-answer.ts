/** A survey as its host sees it. */
import { operations, type SurveyAnswer, type SurveyLineAnswer } from '@cairn/api'
import { mayCall } from '@cairn/core'
import { listSurveyInvitations, listSurveyTranslations, readSurvey, type SurveyRow, type TenantTransaction } from '@cairn/store'
import { type Context, found, type Installation } from './context.ts'
import { linkToken } from './recognition-case.ts'
import { consentOf, isAsked, isDone, isOpen } from './survey-reply.ts'

/** A survey as a line of a list. */
export const surveyLine = (
  context: Context,
  { version: _, openedName, ...row }: SurveyRow,
  counts: { invited: number; answered: number },
) => ({ ...row, openedBy: openedName, open: isOpen(row, context.now), ...counts }) satisfies SurveyLineAnswer

/** The link of an invited body. */
export const surveyLink = (context: Pick<Installation, 'config'>, id: string) =>
  `${context.config.publicUrl}/survey/${linkToken(context, id)}`

/** A survey with whom it asks. Raises `request.not-found`. */
export async function surveyAnswer(context: Context, tx: TenantTransaction, id: string): Promise<SurveyAnswer> {
  const row = found(await readSurvey(tx, id))
  const invitations = await listSurveyInvitations(tx, id)
  // Whoever has a link can answer for the body.
  const maySeeLinks = mayCall(operations['survey.invite'].roles, context.caller)
  return {
    ...surveyLine(context, row, { invited: invitations.length, answered: invitations.filter(isDone).length }),
    translations: (await listSurveyTranslations(tx, id)).map(({ savedName, ...each }) => ({ ...each, savedBy: savedName })),
    invitations: invitations.map((each) => {
      const consent = consentOf(each)
      return {
        id: each.id,
        name: each.name,
        ...(each.email ? { email: each.email } : {}),
        state: isDone(each) ? ('done' as const) : each.savedAt ? ('begun' as const) : ('invited' as const),
        ...(consent ? { consent } : {}),
        ...(each.savedAt ? { savedAt: each.savedAt } : {}),
        ...(each.version > 0 ? { version: each.version } : {}),
        ...(each.confirmedAt ? { confirmedAt: each.confirmedAt } : {}),
        ...(isAsked(each) ? { askedAt: each.askedAt! } : {}),
        ...(maySeeLinks ? { url: surveyLink(context, each.id) } : {}),
      }
    }),
  }
}
