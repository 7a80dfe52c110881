/** Telling the owners that a key for a program has reached a cap: by mail, in the record and so to programs that listen, and at home in the console (R-KEY-5). */
import { textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import {
  appendEvent,
  insertMessages,
  keyActor,
  listApiKeys,
  listMembers,
  markCapped,
  readInstitution,
  type TenantTransaction,
} from '@cairn/store'
import { found, type Installation, newId } from './context.ts'

/** Tells each owner, at most once an hour for a key; the record names the key. */
export async function tellOfCap({ config }: Pick<Installation, 'config'>, tx: TenantTransaction, id: string): Promise<void> {
  const now = new Date().toISOString()
  if (!(await markCapped(tx, id, now))) return
  await appendEvent(tx, { at: now, actor: keyActor(id), name: 'apikey.cap', subject: id })
  const key = found((await listApiKeys(tx, now, id))[0])
  const { organisation } = found(await readInstitution(tx))
  const language = Object.keys(organisation.legalName)[0] ?? 'en'
  const words = mailText('key-cap', language, {
    key: key.label,
    institution: textIn(organisation.legalName, language),
    inHour: key.usedHour,
    inDay: key.usedDay,
    link: `${config.publicUrl}/api-keys`,
  })
  const owners = (await listMembers(tx)).filter(({ roles }) => roles.includes('owner'))
  await insertMessages(
    tx,
    owners.map(({ email }) => ({ id: newId(), kind: 'api-key', to: email, ...words })),
    now,
  )
}

/** The same for a call that was refused, and with it undone: in a transaction of its own. */
export async function tellOfRefusal(installation: Installation, tenant: string, key: string): Promise<void> {
  await installation.database.tenant(tenant, (tx) => tellOfCap(installation, tx, key))
  installation.wake('mail')
}
