/** A word from one process to the others that there is work, by LISTEN and NOTIFY. A word that is lost costs seconds: the jobs also look by themselves. */
import pg from 'pg'
import type { Database } from './database.ts'

const channel = 'cairn_work'
/** How long after a broken connection it is opened again, in milliseconds. */
const listenAgainAfter = 5000

/** Says the name of a job to whoever listens. It costs the act that causes the work nothing when nobody can be told. */
export async function callWorkers({ pool }: Pick<Database, 'pool'>, job: string): Promise<void> {
  await pool.query('select pg_notify($1, $2)', [channel, job]).catch(() => undefined)
}

/** Listens on a connection of its own until it is closed, through restarts of the database. A pooler that hands connections around tells nothing, and that is no error. */
export function listenForCalls(connection: pg.PoolConfig, heard: (job: string) => void): { close(): Promise<void> } {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const later = () => {
    if (closed || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void begin()
    }, listenAgainAfter)
  }
  const begin = async () => {
    const next = new pg.Client({ ...connection, keepAlive: true })
    client = next
    next.on('error', later)
    next.on('end', later)
    next.on('notification', ({ payload }) => heard(payload ?? ''))
    await next
      .connect()
      .then(() => next.query(`listen ${channel}`))
      .catch(later)
  }
  void begin()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
