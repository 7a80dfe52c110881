/** Headings for what bodies said in their own words, and the codes that people gave. */
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { hashToken, present } from './rows.ts'

/** The headings of one question, and the two people who give them. */
export interface SurveyCodingRow {
  question: string
  codes: string[]
  first: string
  second: string
}
/** A code that somebody gave to a text, known by its hash: a text that was changed since has none. */
export interface SurveyCodeRow {
  invitation: string
  question: string
  person: string
  code: string
  /** True of a third look. */
  settles: boolean
  ofText: Buffer
}

/** How a text is known. */
export const hashOfAnswer = hashToken

export async function listSurveyCodings(tx: TenantTransaction, survey: string): Promise<SurveyCodingRow[]> {
  const { rows } = await sql<SurveyCodingRow>`select question, codes, first, second from survey_coding
    where tenant = ${tx.tenant} and survey = ${survey}`.execute(tx)
  return rows
}

export async function putSurveyCoding(tx: TenantTransaction, survey: string, given: SurveyCodingRow, now: string): Promise<void> {
  await sql`insert into survey_coding (tenant, survey, question, codes, first, second, saved_at)
    values (${tx.tenant}, ${survey}, ${given.question}, ${given.codes}, ${given.first}, ${given.second}, ${now})
    on conflict (tenant, survey, question) do update set codes = excluded.codes, first = excluded.first, second = excluded.second,
      saved_at = excluded.saved_at`.execute(tx)
}

export async function listSurveyCodes(tx: TenantTransaction, survey: string): Promise<SurveyCodeRow[]> {
  const { rows } = await sql<Record<string, unknown>>`select c.invitation, c.question, c.person, c.code, c.settles, c.of_text as "ofText"
    from survey_code c join survey_invitation i on i.tenant = c.tenant and i.id = c.invitation
    where c.tenant = ${tx.tenant} and i.survey = ${survey} order by c.given_at`.execute(tx)
  return rows.map(present<SurveyCodeRow>)
}

/** Keeps a code in place of the one that the same person gave before. */
export async function putSurveyCode(tx: TenantTransaction, given: SurveyCodeRow, now: string): Promise<void> {
  await sql`insert into survey_code (tenant, invitation, question, person, code, settles, of_text, given_at)
    values (${tx.tenant}, ${given.invitation}, ${given.question}, ${given.person}, ${given.code}, ${given.settles}, ${given.ofText}, ${now})
    on conflict (tenant, invitation, question, person) do update set code = excluded.code, settles = excluded.settles, of_text = excluded.of_text,
      given_at = excluded.given_at`.execute(tx)
}
