/** The words of a survey in languages that whoever asks has added. */
import type { SurveyWords } from '@cairn/core'
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { json, present } from './rows.ts'

export interface SurveyTranslationLine {
  language: string
  savedAt: string
  savedName: string
}

/** What was added, by language. */
export async function listSurveyTranslations(tx: TenantTransaction, survey: string): Promise<SurveyTranslationLine[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select language, saved_at as "savedAt", saved_name as "savedName" from survey_translation
    where tenant = ${tx.tenant} and survey = ${survey} order by language`.execute(tx)
  return rows.map(present<SurveyTranslationLine>)
}

export async function readSurveyTranslation(tx: TenantTransaction, survey: string, language: string): Promise<SurveyWords | undefined> {
  const { rows } = await sql<{ words: SurveyWords }>`select words from survey_translation
    where tenant = ${tx.tenant} and survey = ${survey} and language = ${language}`.execute(tx)
  return rows[0]?.words
}

/** Keeps a translation in place of the one before. */
export async function putSurveyTranslation(
  tx: TenantTransaction,
  given: SurveyTranslationLine & { survey: string; words: SurveyWords },
): Promise<void> {
  await sql`insert into survey_translation (tenant, survey, language, words, saved_at, saved_name)
    values (${tx.tenant}, ${given.survey}, ${given.language}, ${json(given.words)}, ${given.savedAt}, ${given.savedName})
    on conflict (tenant, survey, language) do update set words = excluded.words, saved_at = excluded.saved_at, saved_name = excluded.saved_name`.execute(
    tx,
  )
}

/** Takes a translation away; false when there is none. */
export async function removeSurveyTranslation(tx: TenantTransaction, survey: string, language: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from survey_translation where tenant = ${tx.tenant} and survey = ${survey} and language = ${language}`.execute(tx)
  return numAffectedRows === 1n
}
