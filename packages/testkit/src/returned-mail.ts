/** A mail server that could not deliver: its report, and how it brings it back. */
import nodemailer from 'nodemailer'

/**
 * A report of delivery (RFC 3464) with these fields for the recipient, such as `Action: failed\r\nStatus: 5.1.1`. `kind` is the media type of the part that
 * programs read, `original` the part with what was sent.
 */
export const deliveryReport = (
  fields: string,
  { kind = 'message/delivery-status', original = 'Content-Type: text/rfc822-headers\r\n\r\nSubject: Yours\r\n' } = {},
): string =>
  [
    'From: MAILER-DAEMON@relay.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"',
    '',
    '--cut\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n',
    `--cut\r\nContent-Type: ${kind}\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n${fields}\r\n`,
    `--cut\r\n${original}`,
    '--cut--\r\n',
  ].join('\r\n')

/** Brings a mail back to a port of 127.0.0.1, from nobody (RFC 5321, 4.5.5) unless somebody is named; the code that it was answered with. */
export async function bringBack(port: number, to: string | readonly string[], raw: string, from = ''): Promise<number> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    const { rejected } = await transport.sendMail({ envelope: { from, to: [to].flat() }, raw })
    return rejected.length > 0 ? 452 : 250
  } catch (error) {
    return (error as { responseCode: number }).responseCode
  } finally {
    transport.close()
  }
}
