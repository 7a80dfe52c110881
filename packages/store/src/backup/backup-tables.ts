/** Which tables a backup has, in an order in which rows can be put back, and how each is named in SQL. */
import type pg from 'pg'

/** One table. */
export interface BackupTable {
  /** `schema.table`. */
  name: string
  columns: string[]
}

/** Sessions and half-used links are left out: after a restore everybody signs in anew. What the restore itself writes is no content either. */
const leftOut = new Set(['auth.session', 'auth.verification', 'cairn.migration', 'cairn.restoration', 'cairn.sign_in_failure'])

/** An identifier in quotes. */
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')

/** Every table with content; one that another refers to comes before it. A partitioned table counts as one. */
export async function backupTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `select n.nspname || '.' || c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select distinct fn.nspname || '.' || fc.relname from pg_constraint k join pg_class fc on fc.oid = k.confrelid join pg_namespace fn on fn.oid = fc.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('cairn', 'auth') and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  const waiting = new Map(rows.filter(({ name }) => !leftOut.has(name)).map((row) => [row.name, row]))
  const ordered: BackupTable[] = []
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ needs }) => !needs.some((name) => waiting.has(name)))
    if (free.length === 0) throw new Error(`Tables refer to one another in a circle: ${[...waiting.keys()].join(', ')}`)
    for (const { name, columns } of free) {
      ordered.push({ name, columns })
      waiting.delete(name)
    }
  }
  return ordered
}
