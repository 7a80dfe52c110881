/** Three issuers on one server, and a learner with four awards of theirs: for tests of stacking. */
import type { Client } from '@cairn/api'
import type { Organisation, StaffRole } from '@cairn/core'
import { insertInstitution, putMember } from '@cairn/store'
import { demoAddress } from '../auth/sign-in.ts'
import { newId } from '../context.ts'
import { clientFor } from '../operations.ts'
import type { RunningServer } from '../start-server.ts'

const names = ['Valley Weather Service', 'Harbour Training Centre'] as const
const waits = (until: () => Promise<boolean>) =>
  (async () => {
    for (let tries = 0; tries < 300; tries++) {
      if (await until()) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('Nothing was sealed in time.')
  })()

/** What the preparation gives: tenants, clients, and means to award and share. */
export interface ThreeIssuers {
  college: string
  others: readonly [string, string]
  organisations: readonly [Organisation, Organisation]
  as(tenant: string, role?: StaffRole): Client
  anybody(): Client
  /** Publishes an edition of a tenant, made of the demonstration's first specification. */
  edition(tenant: string, title: string, ects: number): Promise<string>
  /** Awards and seals, and gives the token of a link that shares it. */
  shared(tenant: string, edition: string, givenName?: string): Promise<string>
  /** Confirms and seals a batch of one row, and gives the token of a link that shares its credential. */
  sealed(tenant: string, batch: string): Promise<string>
}

/** Adds two institutions with demonstration keys to a server that runs in demonstration mode. */
export async function prepareThreeIssuers(server: RunningServer): Promise<ThreeIssuers> {
  const { database } = server.installation
  const { rows } = await database.pool.query('select person, email, tenant from cairn.member')
  const people = new Map<string, string>(rows.map((row) => [row.email, row.person]))
  const college: string = rows[0].tenant
  const others = [newId(), newId()] as const
  const organisation = (at: 0 | 1) =>
    ({
      id: `urn:uuid:${newId()}`,
      legalName: { en: names[at] },
      country: 'CZ',
      identifiers: [{ kind: 'registration', value: `0000003${at}`, country: 'CZ' }],
      accreditations: [],
      higherEducation: false,
    }) satisfies Organisation
  const organisations = [organisation(0), organisation(1)] as const
  const as = (tenant: string, role: StaffRole = 'owner'): Client =>
    clientFor(server.installation, {
      caller: { tenant, person: people.get(demoAddress(role))!, name: `The ${role}`, roles: [role] },
      confirmedAt: new Date(),
    })
  for (const [at, tenant] of others.entries()) {
    await database.tenant(tenant, async (tx) => {
      await insertInstitution(tx, organisations[at]!, false, new Date().toISOString())
      for (const role of ['owner', 'approver'] as const) {
        const person = people.get(demoAddress(role))!
        await putMember(tx, { person, name: role, email: demoAddress(role), roles: [role], since: new Date().toISOString() })
      }
    })
    await as(tenant)['key.demonstrate']({})
  }
  const sealed: ThreeIssuers['sealed'] = async (tenant, id) => {
    const api = as(tenant)
    const confirmed = await api['batch.confirm']({ id, ready: 1 })
    if (confirmed.state === 'awaiting-approval') await as(tenant, 'approver')['batch.approve']({ id, ready: 1 })
    await waits(async () => (await api['batch.read']({ id })).state === 'done')
    const { rows } = await api['batch.rows']({ id })
    return (await api['credential.share']({ id: rows[0]!.credential! })).url.split('/').at(-1)!
  }
  return {
    college,
    others,
    organisations,
    as,
    anybody: () => clientFor(server.installation, { caller: { roles: ['anonymous'] } }),

    async edition(tenant, title, ects) {
      const [first] = await as(college)['specification.list']({})
      const { draft } = await as(college)['specification.read']({ id: first!.id })
      const begun = await as(tenant)['specification.create']({ kind: 'micro-credential', title: { en: title }, primaryLanguage: 'en' })
      const { awardingBody: _, referenceNumbers: __, ...kept } = draft
      const changed = { ...kept, id: begun.draft.id, title: { en: title }, primaryLanguage: 'en', workload: { ects, hours: ects * 25 } }
      const saved = await as(tenant)['specification.save']({ id: begun.id, revision: begun.revision, draft: changed })
      return (await as(tenant)['specification.publish']({ id: begun.id, revision: saved.revision })).edition.id
    },

    async shared(tenant, edition, givenName = 'Ana') {
      const learner = { givenName, familyName: 'Horáková', dateOfBirth: '1999-02-03' }
      const batch = await as(tenant)['award.make']({ edition, given: { learner, awardDate: new Date().toISOString().slice(0, 10) } })
      return sealed(tenant, batch.id)
    },
    sealed,
  }
}
