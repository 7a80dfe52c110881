/** Takes mails that came back: a mail server that knows no mailbox but those of messages on their way, and keeps nothing of what it is handed. */
import type { AddressInfo } from 'node:net'
import { appendEvent, keepReturn } from '@cairn/store'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { Installation } from '../context.ts'
import { sayError } from '../say-error.ts'
import { readReturn } from './read-return.ts'
import { type MessagePlace, readReturnAddress } from './return-address.ts'

/** What a report of delivery has room in; the mail that came back stands in it whole, or its headers alone. */
const largest = 512 * 1024
const patience = 30_000
const visitors = 20
const mostRecipients = 5

/** An answer of the protocol (RFC 5321, 4.2). */
const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

/** Listens for mails to return addresses. Answers the port and how to stop. Raises the port's error. */
export async function takeReturns(
  { database, log, config }: Installation,
  returns: { domain: string },
  listen: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const placeOf = (address: string) => readReturnAddress({ ...config, returns }, address)

  const take = async (raw: Uint8Array, places: readonly MessagePlace[]) => {
    const status = await readReturn(raw)
    if (status === undefined) return
    const now = new Date().toISOString()
    for (const { tenant, id } of places)
      await database.tenant(tenant, async (tx) => {
        const told = await keepReturn(tx, id, status, now)
        if (!told) return
        await appendEvent(tx, { at: now, actor: 'system', name: 'mail.return', subject: told.credential ?? id })
        log.info({ message: id, status }, 'a mail came back')
      })
  }

  const server = new SMTPServer({
    banner: 'Returned mail',
    size: largest,
    maxClients: visitors,
    socketTimeout: patience,
    closeTimeout: 1000,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, { envelope }, callback) {
      if (!placeOf(address)) callback(answer(550, '5.1.1 No such mailbox here'))
      else if (envelope.rcptTo.length >= mostRecipients) callback(answer(452, '4.5.3 Too many recipients'))
      else callback()
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (stream.sizeExceeded) chunks.length = 0
        else chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded) return callback(answer(552, '5.3.4 Too large'))
        take(Buffer.concat(chunks), placesIn(session)).then(
          () => callback(),
          (error) => {
            // Whoever brings it keeps it, and comes again.
            log.error({ err: sayError(error) }, 'a mail that came back was not recorded')
            callback(answer(451, '4.3.0 Try again later'))
          },
        )
      })
    },
  })
  const placesIn = ({ envelope }: SMTPServerSession) => envelope.rcptTo.flatMap(({ address }) => placeOf(address) ?? [])
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.port, listen.host, () => {
      server.off('error', reject)
      // From here on, a connection that breaks is the visitor's business.
      server.on('error', () => undefined)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
