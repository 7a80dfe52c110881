/** The database: one pool, and three ways in. A tenant's transaction sees one tenant; the platform's only what its functions answer. */
import { ProblemError } from '@cairn/core'
import { type Driver, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { beginInTime, beginning } from './begin-in-time.ts'
import { bindInPieces } from './bind-in-pieces.ts'

/** Tables are addressed in SQL; rows are typed where they are read. */
// biome-ignore lint/suspicious/noExplicitAny: Kysely's marker for a schema that is not modelled in types
type Schema = any

/** A transaction in which one tenant is set; the functions of the nouns take it. */
export type TenantTransaction = Transaction<Schema> & { readonly tenant: string }
/** A transaction before a tenant is known. */
export type PlatformTransaction = Transaction<Schema>

/** The open database. */
export interface Database {
  readonly pool: pg.Pool
  /** One transaction for one tenant, under a role that row-level security binds. */
  tenant<T>(tenant: string, work: (transaction: TenantTransaction) => Promise<T>): Promise<T>
  /** One transaction under a role that can call look-ups by token and read what is public, and nothing else. */
  platform<T>(work: (transaction: PlatformTransaction) => Promise<T>): Promise<T>
  /** One transaction with the rights of the login: migrations and the platform's own jobs. */
  system<T>(work: (transaction: PlatformTransaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * A pool on `connection` that looks for tables in `searchPath`. A connection that breaks is an answer to whoever uses it, never the end of the
 * process: idle ones report to the pool, and those in the middle of a transaction to themselves, so both are listened to.
 */
export function openPool(connection: pg.PoolConfig, searchPath: string): pg.Pool {
  const pool = new pg.Pool({ max: 20, connectionTimeoutMillis: 5000, ...connection, options: `-c search_path=${searchPath}` })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    bindInPieces(client)
    beginInTime(client)
  })
  return pool
}

/** A transaction begins with its settings in one message: on its own, `begin` is a way there and back for nothing. */
class BegunDialect extends PostgresDialect {
  override createDriver(): Driver {
    return Object.assign(super.createDriver(), { beginTransaction: async () => undefined })
  }
}

/** Opens the database. A server that goes away costs the queries under way, never the process. */
export function openDatabase(connection: pg.PoolConfig): Database {
  const pool = openPool(connection, 'cairn,public')
  const kysely = new Kysely<Schema>({ dialect: new BegunDialect({ pool }) })
  const run = <T>(settings: string, work: (transaction: Transaction<Schema>) => Promise<T>) =>
    whenAway(() =>
      kysely.transaction().execute(async (transaction) => {
        await sql.raw(`${beginning} ${settings}`).execute(transaction)
        return work(transaction)
      }),
    )
  return {
    pool,
    tenant: (tenant, work) =>
      run(`select set_config('app.tenant', ${pg.escapeLiteral(tenant)}, true), set_config('role', 'cairn_app', true)`, (transaction) =>
        work(Object.assign(transaction, { tenant })),
      ),
    platform: (work) => run(`select set_config('role', 'cairn_platform', true)`, work),
    system: (work) => run('', work),
    async close() {
      await kysely.destroy()
      // Kysely ends the pool only when it has used it itself.
      if (!pool.ending) await pool.end()
    },
  }
}

/** Codes of the network, of PostgreSQL on its way down or up, without a free connection, out of memory, or read-only after a change of primary. */
const away = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN ENOTFOUND 53200 53300 57P01 57P02 57P03 25006'.split(' '),
)
const full = new Set(['53100', 'ENOSPC'])
const broken = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

function isAway({ code = '', syscall, message = '' }: Partial<NodeJS.ErrnoException>): boolean {
  // ENOENT alone may be any file; of a connection it is a unix socket whose server is gone.
  return away.has(code) || code.startsWith('08') || (code === 'ENOENT' && syscall === 'connect') || broken.test(message)
}

/** Runs work on the database; one that is away or full becomes `server.unavailable` or `server.disk-full`, for callers to try again. */
export async function whenAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const known = (error ?? {}) as NodeJS.ErrnoException
    if (isAway(known)) throw new ProblemError('server.unavailable', 'The database does not answer. Please try again in a moment.')
    if (full.has(known.code ?? '')) throw new ProblemError('server.disk-full', 'There is no room left to store this. Nothing was changed.')
    throw error
  }
}
