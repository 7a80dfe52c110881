/** Failures to sign in, counted in the database so that several nodes count together and a restart forgets nothing (R-SES-1). */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { hashToken } from './rows.ts'

/** Counts failures of each subject since a moment. Subjects are stored as hashes: an address that was tried is personal data. */
export async function countFailures(database: Database, subjects: readonly string[], since: string): Promise<number[]> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ subject: Buffer; failures: string }>`select subject, count(*) as failures from sign_in_failure
      where subject = any(${subjects.map(hashToken)}::bytea[]) and at > ${since} group by subject`.execute(tx)
    return subjects.map((subject) => Number(rows.find((row) => row.subject.equals(hashToken(subject)))?.failures ?? 0))
  })
}

/** Records one failure for each subject. */
export async function recordFailure(database: Database, subjects: readonly string[], now: string): Promise<void> {
  await database.platform((tx) =>
    sql`insert into sign_in_failure (subject, at) select subject, ${now} from unnest(${subjects.map(hashToken)}::bytea[]) as s(subject)`.execute(
      tx,
    ),
  )
}

/** Forgets a subject's failures after it signed in. */
export async function forgetFailures(database: Database, subject: string): Promise<void> {
  await database.platform((tx) => sql`delete from sign_in_failure where subject = ${hashToken(subject)}`.execute(tx))
}

/** Forgets every failure before a moment. */
export async function forgetOldFailures(database: Database, before: string): Promise<void> {
  await database.platform((tx) => sql`delete from sign_in_failure where at < ${before}`.execute(tx))
}
