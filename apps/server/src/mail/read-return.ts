/** What a mail that came back says: a report of delivery (RFC 3464) that names an end, in a status code (RFC 3463). */
import PostalMime from 'postal-mime'

/** The code of what nobody gave one for (RFC 3463, 3.1). */
const someFailure = '5.0.0'

/**
 * The status code with which a mail finally failed, such as `5.1.1`; `undefined` for everything else that is sent to such an address: delays, absences,
 * confirmations, and what is no mail at all. Of several recipients, which ours never have, the first that failed is told.
 */
export async function readReturn(raw: Uint8Array): Promise<string | undefined> {
  let email: Awaited<ReturnType<typeof PostalMime.parse>>
  try {
    email = await PostalMime.parse(raw, {
      forceRfc822Attachments: true,
      maxNestingDepth: 8,
      maxHeadersSize: 65_536,
      attachmentEncoding: 'utf8',
    })
  } catch {
    return undefined
  }
  const report = email.attachments.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType))
  if (report) return failedIn(String(report.content))
  // Some servers write for people alone, and name in a header of their own whom they could not reach.
  return email.headers.some(({ key }) => key === 'x-failed-recipients') ? someFailure : undefined
}

/** Fields of the message stand first, then those of each recipient, with a blank line between (RFC 3464, 2.1). */
function failedIn(report: string): string | undefined {
  for (const group of report.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/)) {
    if (!/^action:[ \t]*failed\b/im.test(group)) continue
    const status = /^status:[ \t]*([245]\.\d{1,3}\.\d{1,3})/im.exec(group)?.[1]
    return status?.startsWith('5') ? status : someFailure
  }
  return undefined
}
