/** A database that takes the beginning of a transaction and says no word is given up: whoever waits is told so, and the next does not get its connection. */
import type pg from 'pg'

/** How long a beginning may take, in milliseconds: it waits for no lock and no disk, so that only a server that hangs takes as long. */
const patience = 5000

/** How every transaction of ours begins (see `openDatabase`). */
export const beginning = 'begin;'

/** Has a connection break off when a transaction that it begins is not begun in time. */
export function beginInTime(client: pg.ClientBase): void {
  const { connection } = client as unknown as { connection: pg.Connection }
  const usual = client.query.bind(client) as (...given: unknown[]) => unknown
  client.query = ((...given: unknown[]) => {
    const answer = usual(...given)
    if (typeof given[0] !== 'string' || !given[0].startsWith(beginning) || !(answer instanceof Promise)) return answer
    let begun = false
    // What came while this process itself stood still is read first.
    const late = setTimeout(() => setImmediate(() => begun || connection.stream.destroy(silence())), patience)
    const end = () => {
      begun = true
      clearTimeout(late)
    }
    answer.then(end, end)
    return answer
  }) as typeof client.query
}

const silence = () => Object.assign(new Error('The database is silent.'), { code: 'ETIMEDOUT' })
