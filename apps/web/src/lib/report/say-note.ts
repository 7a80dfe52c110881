/** The plain facts that stand with a check, in the reader's language. */
import { sayDay } from '#lib/page/dates.ts'
import { m } from '#lib/paraglide/messages.js'

const notes: Readonly<Record<string, () => string>> = {
  'no end': m.said_no_end,
  'no status published': m.said_no_status,
  'not revoked': m.said_status_passed,
  'revocation list': m.said_not_listed,
  'made for another occasion': m.said_other_occasion,
  'a newer copy may exist: the badge names a refresh service': m.said_refresh,
}

/** The note in words; a name, an algorithm and whatever else is a value stays as it is. */
export function sayNote(note: string): string {
  if (Object.hasOwn(notes, note)) return notes[note]!()
  const list = /^status list of (\S+)$/.exec(note)?.[1]
  if (list) return m.said_list_of({ date: sayDay(list) })
  const host = /^the same stands at (\S+)$/.exec(note)?.[1]
  if (host) return m.said_hosted({ host })
  return /^\d{4}-\d{2}-\d{2}/.test(note) ? sayDay(note) : note
}
