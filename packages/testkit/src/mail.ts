/** A real SMTP server on loopback that keeps what it is given, and can refuse, hang or go away. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** One message as it arrived. */
export interface ReceivedMail {
  from: string
  to: readonly string[]
  /** The whole message, headers first. */
  raw: string
}

/** A running mail server; `behave` changes what it does with the next messages. */
export interface MailServer {
  readonly url: string
  readonly received: readonly ReceivedMail[]
  behave(manner: 'accept' | 'refuse' | 'hang'): void
  /** Goes away: connections break, new ones are refused by the system. */
  leave(): Promise<void>
  /** Comes back on the same port. */
  comeBack(): Promise<void>
  close(): Promise<void>
}

/** Starts a mail server on a free port of 127.0.0.1. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = []
  let manner: 'accept' | 'refuse' | 'hang' = 'accept'
  const make = () =>
    new SMTPServer({
      closeTimeout: 20,
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo(_address, _session, callback) {
        if (manner === 'refuse') callback(Object.assign(new Error('No such mailbox here'), { responseCode: 550 }))
        else if (manner === 'accept') callback()
      },
      onData(stream, session, callback) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map((to) => to.address),
            raw: Buffer.concat(chunks).toString('utf8'),
          })
          callback()
        })
      },
    })
  const open = (port: number) =>
    new Promise<SMTPServer>((resolve, reject) => {
      const server = make()
      server.on('error', reject)
      server.listen(port, '127.0.0.1', () => {
        // From here on, a connection that a visitor breaks off is the visitor's business.
        server.off('error', reject)
        server.on('error', () => undefined)
        resolve(server)
      })
    })
  const shut = (server: SMTPServer) => new Promise<void>((resolve) => server.close(() => resolve()))
  let running: SMTPServer | undefined = await open(0)
  const { port } = running.server.address() as AddressInfo
  const leave = async () => {
    const before = running
    running = undefined
    if (before) await shut(before)
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    behave(next) {
      manner = next
    },
    leave,
    async comeBack() {
      running ??= await open(port)
    },
    close: leave,
  }
}
