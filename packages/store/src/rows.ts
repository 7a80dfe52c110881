/** Small things that every noun's SQL needs. */
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'

/** A moment of the database as RFC 3339. */
export const instant = (moment: Date | null | undefined): string | undefined => moment?.toISOString()

/** Tokens are stored as their hash alone (R-LINK-1). */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** JSON for a jsonb parameter. */
export const json = (value: unknown): string => JSON.stringify(value)

/** A page of a list, counted from 1. */
export interface Page {
  page: number
  size: number
}
export const onPage = ({ page, size }: Page): RawBuilder<unknown> => sql`limit ${size} offset ${(page - 1) * size}`

/** How many rows a list has in all, `found` of them on this page: counted only where the page does not tell. `listed` begins with `from`. */
export async function totalOf(tx: TenantTransaction, { page, size }: Page, found: number, listed: RawBuilder<unknown>): Promise<number> {
  if (found < size && (found > 0 || page === 1)) return (page - 1) * size + found
  const { rows } = await sql<{ total: string }>`select count(*) as total ${listed}`.execute(tx)
  return Number(rows[0]!.total)
}

/** True where every word stands in the column `find` of a table, whatever its marks and its case; always where there is none. */
export function holds(words: string | undefined): RawBuilder<unknown> {
  const wanted = (words ?? '').split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return sql`true`
  const patterns = wanted.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  return sql`find like all (array(select fold(w) from unnest(${patterns}::text[]) w))`
}

/** A row whose columns are named as its fields are: moments as RFC 3339, and nothing where there is nothing. */
export const present = <Row>(raw: Record<string, unknown>): Row =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) => (value === null ? [] : [[name, value instanceof Date ? instant(value) : value]])),
  ) as Row

/** Where a row is kept. */
export interface Place {
  tenant: string
  id: string
}

/** Tenant and id behind a token's hash or a code, by one of the functions that need no tenant. */
export async function findPlace(database: Database, look: string, key: Buffer | string): Promise<Place | undefined> {
  const { rows } = await database.platform((tx) => sql<Place>`select tenant, id from ${sql.ref(look)}(${key})`.execute(tx))
  return rows[0]
}
