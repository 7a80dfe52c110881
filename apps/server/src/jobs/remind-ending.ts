/** Reminding learners whose credential will end: a month before, and a week before, each at most once. */
import { textIn } from '@cairn/core'
import {
  appendEvents,
  insertClaims,
  insertMessages,
  type ReminderDays,
  readInstitution,
  takeReminders,
  tenantsToRemind,
} from '@cairn/store'
import { found, type Installation, newId, newToken } from '../context.ts'
import { mailWriter } from '../mail/own-words.ts'

/** When learners are reminded. A credential that was sealed within the time is not reminded of. */
const reminders: readonly ReminderDays[] = [
  { event: 'ends-30', days: 30, beyond: 7 },
  { event: 'ends-7', days: 7, beyond: 0 },
]
/** How many one transaction takes. */
const most = 250

/** Writes the reminders that are due on a day; each brings a claim link of its own, since links are kept as hashes alone. */
export async function remindEnding(installation: Installation, now: string, isStopping = () => false): Promise<void> {
  const today = now.slice(0, 10)
  for (const reminder of reminders)
    for (const tenant of await tenantsToRemind(installation.database, today, reminder))
      for (let taken = most; taken === most && !isStopping(); ) taken = await remindSome(installation, tenant, { today, now, reminder })
}

function remindSome(
  { database, config, wake }: Installation,
  tenant: string,
  given: { today: string; now: string; reminder: ReminderDays },
): Promise<number> {
  const { now } = given
  return database.tenant(tenant, async (tx) => {
    const rows = await takeReminders(tx, { ...given, most })
    if (rows.length === 0) return 0
    const { organisation } = found(await readInstitution(tx))
    const claims = rows.map(({ id }) => ({ id: newId(), credential: id, token: newToken() }))
    await insertClaims(tx, claims, now)
    const write = await mailWriter(tx)
    const messages = rows.map(({ id, learner, email, language = 'en', title, validUntil }, at) => {
      const institution = textIn(organisation.legalName, language)
      const link = `${config.publicUrl}/claim/${claims[at]!.token}`
      return {
        id: newId(),
        kind: 'reminder',
        credential: id,
        event: given.reminder.event,
        to: email,
        ...write('expiry', language, { learner, institution, title, day: validUntil, link }),
      }
    })
    await insertMessages(tx, messages, now)
    await appendEvents(
      tx,
      rows.map(({ id }) => ({ at: now, actor: 'system', name: 'credential.remind', subject: id })),
    )
    wake('mail')
    return rows.length
  })
}
