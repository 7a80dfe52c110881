/** The requirements survey: opened by an institution, answered by the bodies that it invites. */
import type { JsonObject, LangString, SurveyAnswer } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, json, present } from './rows.ts'

export interface SurveyRow {
  id: string
  /** Version of the questions. */
  version: number
  title: LangString
  /** In whose name it is asked. */
  host: string
  languages: string[]
  /** The last day on which answers are taken. */
  closesOn: string
  openedAt: string
  openedName: string
}
export interface SurveyInvitationRow {
  id: string
  survey: string
  name: string
  email?: string
  language: string
  invitedAt: string
  /** Name, country, region and role, as far as they were given. */
  respondent: JsonObject
  answers: Record<string, SurveyAnswer>
  savedAt?: string
}

type Raw = Record<string, unknown>
const columns = sql`id, version, title, host, languages, closes_on::text as "closesOn", opened_at as "openedAt", opened_name as "openedName"`
const invitationColumns = sql`id, survey, name, email, language, invited_at as "invitedAt", respondent, answers, saved_at as "savedAt"`
const surveyOf = present<SurveyRow>
const invitationOf = present<SurveyInvitationRow>

export async function insertSurvey(tx: TenantTransaction, given: SurveyRow): Promise<void> {
  await sql`insert into survey (tenant, id, version, title, host, languages, closes_on, opened_at, opened_name)
    values (${tx.tenant}, ${given.id}, ${given.version}, ${json(given.title)}, ${given.host}, ${given.languages}, ${given.closesOn},
      ${given.openedAt}, ${given.openedName})`.execute(tx)
}

export async function readSurvey(tx: TenantTransaction, id: string): Promise<SurveyRow | undefined> {
  const { rows } = await sql<Raw>`select ${columns} from survey where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return rows[0] && surveyOf(rows[0])
}

/** Surveys, newest first, with how many bodies were invited and how many of them finished: they said whether their answers may be published. */
export async function listSurveys(tx: TenantTransaction): Promise<(SurveyRow & { invited: number; answered: number })[]> {
  const { rows } = await sql<Raw>`select ${columns},
    (select count(*)::int from survey_invitation i where i.tenant = s.tenant and i.survey = s.id) as invited,
    (select count(*)::int from survey_invitation i where i.tenant = s.tenant and i.survey = s.id and i.answers ? 'D5') as answered
    from survey s where tenant = ${tx.tenant} order by opened_at desc limit 100`.execute(tx)
  return rows.map((row) => present(row))
}

/** Changes what may change while bodies answer. */
export async function saveSurvey(
  tx: TenantTransaction,
  given: Pick<SurveyRow, 'id' | 'title' | 'host' | 'languages' | 'closesOn'>,
): Promise<void> {
  await sql`update survey set title = ${json(given.title)}, host = ${given.host}, languages = ${given.languages}, closes_on = ${given.closesOn}
    where tenant = ${tx.tenant} and id = ${given.id}`.execute(tx)
}

/** Invites a body; false when one of this name is invited already. */
export async function insertSurveyInvitation(
  tx: TenantTransaction,
  given: Pick<SurveyInvitationRow, 'id' | 'survey' | 'name' | 'email' | 'language' | 'invitedAt'> & { token: string },
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into survey_invitation (tenant, id, survey, name, email, language, token_hash, invited_at, respondent)
    values (${tx.tenant}, ${given.id}, ${given.survey}, ${given.name}, ${given.email ?? null}, ${given.language}, ${hashToken(given.token)},
      ${given.invitedAt}, ${json({ name: given.name })})
    on conflict (tenant, survey, lower(name)) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Who was invited, by name. */
export async function listSurveyInvitations(tx: TenantTransaction, survey: string): Promise<SurveyInvitationRow[]> {
  const { rows } =
    await sql<Raw>`select ${invitationColumns} from survey_invitation where tenant = ${tx.tenant} and survey = ${survey} order by lower(name), id`.execute(
      tx,
    )
  return rows.map(invitationOf)
}

export async function readSurveyInvitation(tx: TenantTransaction, id: string, lock = false): Promise<SurveyInvitationRow | undefined> {
  const { rows } =
    await sql<Raw>`select ${invitationColumns} from survey_invitation where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] && invitationOf(rows[0])
}

/** Stores what a body has answered so far, in place of what it had. */
export async function saveSurveyAnswers(
  tx: TenantTransaction,
  {
    id,
    language,
    respondent,
    answers,
    savedAt,
  }: Pick<SurveyInvitationRow, 'id' | 'language' | 'respondent' | 'answers'> & { savedAt: string },
): Promise<void> {
  await sql`update survey_invitation set language = ${language}, respondent = ${json(respondent)}, answers = ${json(answers)}, saved_at = ${savedAt}
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** Takes an invitation back with everything that was answered by it; false when it is not there. */
export async function removeSurveyInvitation(tx: TenantTransaction, survey: string, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from survey_invitation where tenant = ${tx.tenant} and survey = ${survey} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

/** Tenant and id behind a body's link. */
export const findSurveyInvitation = (database: Database, token: string) => findPlace(database, 'find_survey_invitation', hashToken(token))
