/** A key as the command line shows it. */
import { type AnyKey, certificateFacts, holderOf } from '@cairn/keys'
import { visible } from '../problem-line.ts'

/** The facts of a key, for `--json`. */
export function shown(key: AnyKey) {
  const { subject, issuedBy, notBefore, notAfter, organizationIdentifier, demonstration, fingerprint } = certificateFacts(
    Buffer.from(key.certificates[0]!, 'base64'),
  )
  return {
    label: key.label,
    holder: holderOf(key),
    purpose: key.purpose,
    algorithm: key.algorithm,
    subject,
    organizationIdentifier,
    issuedBy,
    from: notBefore,
    to: notAfter,
    fingerprint,
    demonstration,
  }
}

/** The same in one line for people. */
export function keyLine(key: AnyKey): string {
  const facts = shown(key)
  const who = facts.organizationIdentifier ? `${facts.subject} (${facts.organizationIdentifier})` : facts.subject
  const until = `${facts.from.slice(0, 10)} to ${facts.to.slice(0, 10)}`
  const where = { file: '', pkcs11: ', in a device', csc: ', at a remote service' }[facts.holder]
  return `${visible(who)}, ${facts.purpose}, ${facts.algorithm}, ${until}, by ${visible(facts.issuedBy)}${where}${facts.demonstration ? ', demonstration, not qualified' : ''}`
}

/** What somebody should know of the end of a certificate; nothing while it is far. */
export function endNotice(key: AnyKey, now: Date): string | undefined {
  const end = Date.parse(shown(key).to)
  const days = Math.floor((end - now.getTime()) / 86_400_000)
  if (end < now.getTime()) return 'Its certificate has ended; nothing can be sealed with it.'
  if (days < 7) return `Its certificate ends in ${days} ${days === 1 ? 'day' : 'days'}; then nothing can be sealed with it.`
  if (days < 30) return `Its certificate ends in ${days} days. Ask for the next one now.`
  return days < 90 ? `Its certificate ends in ${days} days. Plan for the next one.` : undefined
}
