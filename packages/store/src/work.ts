/** How much there is to do, of all tenants together: what whoever runs the installation watches. Ids and counts alone. */
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Counts at one moment; ages in seconds. */
export interface Work {
  batchesWaiting: number
  messagesWaiting: number
  messagesOldestAge: number
  /** Mails that came back within a day: many of them tell of an address list, or of a mail server that others do not trust. */
  messagesReturned: number
  sealsWaiting: number
  tellingsWaiting: number
  listsLate: number
}

/** Reads what waits; each count by an index of what waits alone. */
export function readWork(database: Database, now: string): Promise<Work> {
  return database.system(async (tx) => {
    const { rows } = await sql<Record<keyof Work, string>>`select
      (select count(*) from batch where state in ('confirmed', 'sealing')) as "batchesWaiting",
      (select count(*) from outbox where sent_at is null and next_at <= ${now}) as "messagesWaiting",
      (select coalesce(extract(epoch from ${now}::timestamptz - min(next_at)), 0) from outbox where sent_at is null and next_at <= ${now}) as "messagesOldestAge",
      (select count(*) from outbox where returned_at > ${now}::timestamptz - interval '1 day') as "messagesReturned",
      (select count(*) from credential_seal where next_at <= ${now}) as "sealsWaiting",
      (select count(*) from webhook_delivery where sent_at is null and next_at <= ${now}) as "tellingsWaiting",
      (select count(*) from status_list where valid_until < ${now}) as "listsLate"`.execute(tx)
    return Object.fromEntries(Object.entries(rows[0]!).map(([name, count]) => [name, Number(count)])) as unknown as Work
  })
}
