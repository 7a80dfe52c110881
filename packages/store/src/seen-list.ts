/** Status lists of others as they were last found good, so that nobody can show an older state again (R-ST-2). */
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { instant } from './rows.ts'

/** A list at an address, and the moment that it is of (RFC 3339). */
export interface SeenList {
  address: string
  at: string
  bytes: Uint8Array
}

/** The newest state that was seen of a list. */
export async function readSeenList(database: Database, address: string): Promise<SeenList | undefined> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ at: Date; bytes: Buffer }>`select at, bytes from seen_list where address = ${address}`.execute(tx)
    return rows[0] && { address, at: instant(rows[0].at)!, bytes: new Uint8Array(rows[0].bytes) }
  })
}

/** Keeps a state that is newer than what was seen before. One that was seen is looked up alone: everybody who verifies by a list brings it again. */
export async function keepSeenList(database: Database, { address, at, bytes }: SeenList): Promise<void> {
  await database.platform(async (tx) => {
    const { rows } = await sql`select from seen_list where address = ${address} and at >= ${at}`.execute(tx)
    if (rows.length > 0) return
    await sql`insert into seen_list as s (address, at, bytes) values (${address}, ${at}, ${Buffer.from(bytes)})
      on conflict (address) do update set at = excluded.at, bytes = excluded.bytes where s.at < excluded.at`.execute(tx)
  })
}

/** Forgets states from before a moment. */
export async function forgetOldLists(database: Database, before: string): Promise<void> {
  await database.platform((tx) => sql`delete from seen_list where at < ${before}`.execute(tx))
}
