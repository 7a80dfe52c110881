/** One transaction on a connection of the driver's own, for work that the query builder has no words for: COPY, and statements that one piece of code gives another. */
import type pg from 'pg'
import { whenAway } from './database.ts'

/** Commits what the work did, or undoes all of it. Raises what the work raises, and `server.unavailable` or `server.disk-full` for a database that is away or full. */
export function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return whenAway(async () => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const done = await work(client)
      await client.query('commit')
      return done
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  })
}
