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
  /** True where bodies are asked for changes a year after they confirmed what they said. */
  yearly: boolean
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
  /** Counts the changes of finished answers; nothing while they are not finished. */
  version: number
  /** The version that was last confirmed, and when. */
  confirmedVersion: number
  confirmedAt?: string
  /** When the body was last asked whether anything has changed. */
  askedAt?: string
  /** The policy that the body drafted from its answers here, in which tenant, and from which version. */
  rulesTenant?: string
  rules?: string
  rulesVersion?: number
}
/** What changes when a body saves. */
export type SurveySaving = Pick<
  SurveyInvitationRow,
  'id' | 'language' | 'respondent' | 'answers' | 'version' | 'confirmedVersion' | 'confirmedAt'
> & { savedAt: string }

type Raw = Record<string, unknown>
const columns = sql`id, version, title, host, languages, closes_on::text as "closesOn", yearly, opened_at as "openedAt", opened_name as "openedName"`
const invitationColumns = sql`id, survey, name, email, language, invited_at as "invitedAt", respondent, answers, saved_at as "savedAt", version,
  confirmed_version as "confirmedVersion", confirmed_at as "confirmedAt", asked_at as "askedAt", rules_tenant as "rulesTenant", rules,
  rules_version as "rulesVersion"`
const surveyOf = present<SurveyRow>
const invitationOf = present<SurveyInvitationRow>

export async function insertSurvey(tx: TenantTransaction, given: SurveyRow): Promise<void> {
  await sql`insert into survey (tenant, id, version, title, host, languages, closes_on, yearly, opened_at, opened_name)
    values (${tx.tenant}, ${given.id}, ${given.version}, ${json(given.title)}, ${given.host}, ${given.languages}, ${given.closesOn}, ${given.yearly},
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
  given: Pick<SurveyRow, 'id' | 'title' | 'host' | 'languages' | 'closesOn' | 'yearly'>,
): Promise<void> {
  await sql`update survey set title = ${json(given.title)}, host = ${given.host}, languages = ${given.languages}, closes_on = ${given.closesOn},
      yearly = ${given.yearly}
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

/** Stores what a body has answered so far, in place of what it had; a new version of finished answers is kept for good. */
export async function saveSurveyAnswers(tx: TenantTransaction, given: SurveySaving): Promise<void> {
  const { id, respondent, answers, version, savedAt } = given
  await sql`update survey_invitation set language = ${given.language}, respondent = ${json(respondent)}, answers = ${json(answers)},
    saved_at = ${savedAt}, version = ${version}, confirmed_version = ${given.confirmedVersion}, confirmed_at = ${given.confirmedAt ?? null}
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  if (version > 0)
    await sql`insert into survey_answer_version (tenant, invitation, version, respondent, answers, saved_at)
      values (${tx.tenant}, ${id}, ${version}, ${json(respondent)}, ${json(answers)}, ${savedAt}) on conflict do nothing`.execute(tx)
}

/** Finished answers as they were in a version. */
export async function readSurveyVersion(
  tx: TenantTransaction,
  invitation: string,
  version: number,
): Promise<Pick<SurveyInvitationRow, 'respondent' | 'answers'> | undefined> {
  const { rows } = await sql<Pick<SurveyInvitationRow, 'respondent' | 'answers'>>`select respondent, answers from survey_answer_version
    where tenant = ${tx.tenant} and invitation = ${invitation} and version = ${version}`.execute(tx)
  return rows[0]
}

/** Notes that a body confirmed its answers as they are. */
export async function confirmSurveyAnswers(tx: TenantTransaction, id: string, now: string): Promise<void> {
  await sql`update survey_invitation set confirmed_at = ${now}, confirmed_version = version where tenant = ${tx.tenant} and id = ${id}`.execute(
    tx,
  )
}

/** Notes which policy of which tenant was drafted from a version of the answers. */
export async function noteSurveyRules(
  tx: TenantTransaction,
  id: string,
  { tenant, policy, version }: { tenant: string; policy: string; version: number },
): Promise<void> {
  await sql`update survey_invitation set rules_tenant = ${tenant}, rules = ${policy}, rules_version = ${version}
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** Confirmed a year ago or longer, and not asked since as long. */
const toConfirm = (yearAgo: string) => sql`s.yearly and i.version > 0 and i.confirmed_at <= ${yearAgo}
  and (i.asked_at is null or i.asked_at <= ${yearAgo})`

/** Tenants whose surveys have bodies to ask for changes. */
export async function tenantsToConfirm(database: Database, yearAgo: string): Promise<string[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ tenant: string }>`select distinct i.tenant from survey_invitation i
      join survey s on s.tenant = i.tenant and s.id = i.survey where ${toConfirm(yearAgo)}`.execute(tx)
    return rows.map(({ tenant }) => tenant)
  })
}

/** Notes that bodies are asked for changes, and says whom: each once, whoever asks at the same moment. */
export async function takeSurveyConfirmations(
  tx: TenantTransaction,
  { now, yearAgo, most }: { now: string; yearAgo: string; most: number },
): Promise<SurveyInvitationRow[]> {
  const { rows } = await sql<{ id: string }>`update survey_invitation set asked_at = ${now} where tenant = ${tx.tenant} and id in (
      select i.id from survey_invitation i join survey s on s.tenant = i.tenant and s.id = i.survey
      where i.tenant = ${tx.tenant} and ${toConfirm(yearAgo)} limit ${most} for update of i skip locked) returning ${invitationColumns}`.execute(
    tx,
  )
  return rows.map(invitationOf)
}

/** Takes an invitation back with everything that was answered by it; false when it is not there. */
export async function removeSurveyInvitation(tx: TenantTransaction, survey: string, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from survey_invitation where tenant = ${tx.tenant} and survey = ${survey} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

/** Tenant and id behind a body's link. */
export const findSurveyInvitation = (database: Database, token: string) => findPlace(database, 'find_survey_invitation', hashToken(token))
