/** Reminders before a credential ends. */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'

/** A credential that will end, and whose learner was just noted as reminded. */
export interface EndingRow {
  id: string
  learner: string
  email: string
  language?: string
  title: string
  /** Its last day. */
  validUntil: string
}

/** So many days before the end, and the event by which that is remembered. */
export interface ReminderDays {
  event: string
  days: number
  /** Not when fewer days are left: then the next event speaks. */
  beyond: number
}

const due = (
  today: string,
  { event, days, beyond }: ReminderDays,
) => sql`c.valid_until between ${today}::date + ${beyond + 1}::int and ${today}::date + ${days}::int
  and c.email is not null and c.sealed_at < c.valid_until - ${days}::int and c.revoked_at is null
  and not exists (select from reminder r where r.tenant = c.tenant and r.credential = c.id and r.event = ${event})`

/** Tenants that have learners to remind. */
export async function tenantsToRemind(database: Database, today: string, reminder: ReminderDays): Promise<string[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ tenant: string }>`select distinct c.tenant from credential c where ${due(today, reminder)}`.execute(tx)
    return rows.map(({ tenant }) => tenant)
  })
}

/** Notes reminders and says whose: each credential is noted once for an event, whoever asks at the same moment. */
export async function takeReminders(
  tx: TenantTransaction,
  given: { today: string; now: string; reminder: ReminderDays; most: number },
): Promise<EndingRow[]> {
  const { rows } = await sql<{
    id: string
    learner: string
    email: string
    language: string | null
    title: string
    valid_until: string
  }>`with due as (select c.id from credential c where c.tenant = ${tx.tenant} and ${due(given.today, given.reminder)} limit ${given.most}),
      noted as (insert into reminder (tenant, credential, event, at) select ${tx.tenant}, id, ${given.reminder.event}, ${given.now} from due
        on conflict do nothing returning credential)
    select c.id, c.learner, c.email, c.language, c.title, to_char(c.valid_until, 'YYYY-MM-DD') as valid_until
    from noted n join credential c on c.tenant = ${tx.tenant} and c.id = n.credential`.execute(tx)
  return rows.map(({ valid_until, language, ...row }) => ({
    ...row,
    validUntil: valid_until,
    ...(language === null ? {} : { language }),
  }))
}
