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
  close(): Promise<void>
}

/** Starts a mail server on a free port of 127.0.0.1. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = []
  let manner: 'accept' | 'refuse' | 'hang' = 'accept'
  const server = new SMTPServer({
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
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    behave(next) {
      manner = next
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
