/** Large values on their way to PostgreSQL without a copy: the driver would gather all of a statement in one buffer, and grow it again for each statement. */
import type pg from 'pg'

/** A value of so many bytes is written from where it lies. */
const large = 8192

/**
 * Has a connection write large values as they lie in memory; statements without any stay the driver's. The bytes belong to the connection until the statement
 * is answered.
 */
export function bindInPieces(client: pg.ClientBase): void {
  const { connection } = client as unknown as { connection: pg.Connection }
  const usual = connection.bind.bind(connection)
  connection.bind = (binding, more) => {
    const { values = [], portal = '', statement = '', binary = false, valueMapper = (value: unknown) => value } = binding ?? {}
    if (!values.some((value) => value instanceof Buffer && value.length >= large)) return usual(binding, more)
    const bytes = values.map((value, at) => {
      const mapped = valueMapper(value, at)
      return mapped === null || mapped === undefined || mapped instanceof Buffer ? mapped : Buffer.from(mapped as string)
    })
    // Bind (PostgreSQL, 54.7): portal, statement, a format for each value, the values with their lengths, one format for all results.
    const head = Buffer.from('B    ', 'latin1')
    const formats = Buffer.alloc(2 + 2 * bytes.length + 2)
    formats.writeInt16BE(bytes.length, 0)
    // Text is 0, binary is 1: a value that came as bytes.
    for (const [at, value] of values.entries()) formats.writeInt16BE(value instanceof Buffer ? 1 : 0, 2 + 2 * at)
    formats.writeInt16BE(bytes.length, formats.length - 2)
    const pieces = [head, Buffer.from(`${portal}\0${statement}\0`), formats]
    for (const value of bytes) {
      const length = Buffer.alloc(4)
      length.writeInt32BE(value ? value.length : -1, 0)
      pieces.push(length, ...(value ? [value] : []))
    }
    pieces.push(Buffer.from([0, 1, 0, binary ? 1 : 0]))
    head.writeInt32BE(
      pieces.reduce((sum, { length }) => sum + length, -1),
      1,
    )
    // The driver corks the stream around a statement, so these leave together.
    for (const piece of joinSmall(pieces)) connection.stream.write(piece)
  }
}

/** Runs of small pieces as one. */
function joinSmall(pieces: readonly Buffer[]): Buffer[] {
  const joined: Buffer[] = []
  let run: Buffer[] = []
  const end = () => {
    if (run.length > 0) joined.push(Buffer.concat(run))
    run = []
  }
  for (const piece of pieces)
    if (piece.length < large) run.push(piece)
    else {
      end()
      joined.push(piece)
    }
  end()
  return joined
}
