/** Asking bodies once a year whether what they answered to a survey is still right: each at most once a year, by mail where there is an address. */
import { textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import {
  appendEvents,
  insertMessages,
  readSurvey,
  type SurveyInvitationRow,
  type TenantTransaction,
  takeSurveyConfirmations,
  tenantsToConfirm,
} from '@cairn/store'
import { found, type Installation, newId } from '../context.ts'
import { surveyLink } from '../survey-answer.ts'
import { yearBefore } from '../survey-reply.ts'

/** How many one transaction takes. */
const most = 250

/** Asks whoever confirmed a year ago or longer. */
export async function askForChanges(installation: Installation, now: string, isStopping = () => false): Promise<void> {
  const yearAgo = yearBefore(now)
  for (const tenant of await tenantsToConfirm(installation.database, yearAgo))
    for (let taken = most; taken === most && !isStopping(); )
      taken = await installation.database.tenant(tenant, (tx) => askSome(installation, tx, { now, yearAgo }))
}

async function askSome(installation: Installation, tx: TenantTransaction, given: { now: string; yearAgo: string }): Promise<number> {
  const rows = await takeSurveyConfirmations(tx, { ...given, most })
  const messages = (await Promise.all(rows.map((row) => messageTo(installation, tx, row)))).flat()
  await insertMessages(tx, messages, given.now)
  await appendEvents(
    tx,
    rows.map(({ id }) => ({ at: given.now, actor: 'system', name: 'survey.ask', subject: id })),
  )
  if (messages.length > 0) installation.wake('mail')
  return rows.length
}

async function messageTo(installation: Installation, tx: TenantTransaction, row: SurveyInvitationRow) {
  const { id, email, language, name, confirmedAt } = row
  if (!email) return []
  const { host, title } = found(await readSurvey(tx, row.survey))
  const words = mailText('survey-confirmation', language, {
    institution: host,
    body: name,
    title: textIn(title, language, 'en'),
    day: confirmedAt!.slice(0, 10),
    link: surveyLink(installation, id),
  })
  return [{ id: newId(), kind: 'survey', to: email, ...words }]
}
