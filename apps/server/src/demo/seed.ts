/** The demonstration's first content, made once through the same operations that everybody uses. */
import { type StaffRole, staffRoles, todayOf } from '@cairn/core'
import { findMemberships, insertInstitution, putMember } from '@cairn/store'
import type { Accounts } from '../auth/accounts.ts'
import { demoAddress } from '../auth/sign-in.ts'
import { type Installation, newId } from '../context.ts'
import { addDemonstrationKeys } from '../operations/keys.ts'
import { clientFor } from '../operations.ts'
import { forgetRegistry } from '../registry.ts'
import { demoAttendance, demoInstitutions, demoLearners, demoMicroCredential, demoPeople } from './content.ts'

/** Seeds institution, people, keys, specifications and a few credentials. Does nothing when it was done before; true when it did something. */
export async function seedDemonstration(installation: Installation, accounts: Accounts): Promise<boolean> {
  const people = new Map<StaffRole, string>()
  for (const role of staffRoles) people.set(role, await account(accounts, role))
  if ((await findMemberships(installation.database, people.get('owner')!)).length > 0) return false
  const tenant = newId()
  const organisation = demoInstitutions[installation.config.demoInstitution]
  const now = new Date().toISOString()
  await installation.database.tenant(tenant, async (tx) => {
    await insertInstitution(tx, organisation, false, now)
    await addDemonstrationKeys({ ...installation, now, caller: { roles: [] } }, tx, organisation)
    for (const role of staffRoles)
      await putMember(tx, { person: people.get(role)!, name: demoPeople[role], email: demoAddress(role), roles: [role], since: now })
  })
  forgetRegistry(installation)
  await designAndAward(installation, tenant, people.get('owner')!)
  return true
}

/** The account of a role. It has no password: the one click is the only way in. */
async function account(accounts: Accounts, role: StaffRole): Promise<string> {
  const email = demoAddress(role)
  return ((await accounts.find(email)) ?? (await accounts.create({ email, name: demoPeople[role] }))).id
}

async function designAndAward(installation: Installation, tenant: string, person: string): Promise<void> {
  const caller = { tenant, person, name: demoPeople.owner, roles: ['owner' as const] }
  const api = clientFor(installation, { caller, confirmedAt: new Date() })
  const begin = async (make: (id: string) => ReturnType<typeof demoMicroCredential>) => {
    const { kind, title, primaryLanguage } = make(`urn:uuid:${newId()}`)
    const begun = await api['specification.create']({ kind, title, primaryLanguage })
    return api['specification.save']({ id: begun.id, revision: begun.revision, draft: make(begun.draft.id) })
  }
  await begin(demoAttendance)
  const draft = await begin(demoMicroCredential)
  const { edition } = await api['specification.publish']({ id: draft.id, revision: draft.revision })
  const day = todayOf(demoInstitutions[installation.config.demoInstitution], new Date().toISOString())
  const columns = ['givenName', 'familyName', 'dateOfBirth', 'email', 'language', 'grade', 'awardDate'] as const
  const lines = demoLearners.map((learner) =>
    columns.map((name) => (name === 'awardDate' ? day : ((learner as Record<string, string>)[name] ?? ''))).join(','),
  )
  const table = [columns.join(','), ...lines].join('\n')
  const batch = await api['batch.create']({
    edition: edition.id,
    fileName: 'first-learners.csv',
    base64: Buffer.from(table).toString('base64'),
  })
  await api['batch.confirm']({ id: batch.id, ready: batch.counts.ready })
}
