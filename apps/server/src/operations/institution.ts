/** Operations of the institution: session, home, people, the record of what was done. */
import { type Handlers, type HomeAnswer, operations } from '@cairn/api'
import { MailAddress, mayCall, ProblemError, type StaffRole, textIn } from '@cairn/core'
import { mailText } from '@cairn/documents'
import { checkKeyFor } from '@cairn/keys'
import {
  appendEvent,
  countBatches,
  countUndelivered,
  countWork,
  insertInvitation,
  insertMessages,
  isChainIntact,
  keyActor,
  listApiKeys,
  listEvents,
  listInvitations,
  listKeys,
  listMembers,
  listOpenBatches,
  newestEvent,
  putMember,
  readInstitution,
  removeInvitation,
  removeMember,
  saveInstitution,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId, newToken, tenantOf } from '../context.ts'
import { signsReports } from '../report-key.ts'
import { leafOf } from '../sealing-keys.ts'

type Own = Pick<
  Handlers<Context>,
  | 'session.read'
  | 'home.read'
  | 'institution.read'
  | 'institution.save'
  | 'people.list'
  | 'people.invite'
  | 'people.change'
  | 'people.remove'
  | 'event.list'
>

const invitationDays = 14
/** How long a message that did not arrive is among what needs somebody: not everybody has another address. */
const undeliveredDays = 30
/** How many of the newest entries of the record are checked whenever it is read: hashing a hundred thousand takes a second. */
const checkedEvents = 2000

/** Nobody changes their own rights, nobody gives what they lack, and one owner stays (R-AZ-4). */
async function guard(context: Context, tx: TenantTransaction, person: string, roles: readonly StaffRole[]) {
  if (person === context.caller.person) throw new ProblemError('people.own-rights', 'Ask another owner to change what you may do.')
  const members = await listMembers(tx)
  const member = found(members.find((each) => each.person === person))
  const others = members.filter((each) => each.person !== person && each.roles.includes('owner'))
  if (member.roles.includes('owner') && !roles.includes('owner') && others.length === 0)
    throw new ProblemError('people.last-owner', 'Make somebody else an owner first.')
  return member
}

/** Keys for programs that reached a cap within a day and still open something; only for those who see the keys. */
async function cappedKeys({ caller, now }: Context, tx: TenantTransaction): Promise<number> {
  if (!mayCall(operations['apikey.list'].roles, caller)) return 0
  const yesterday = new Date(Date.parse(now) - 86_400_000).toISOString()
  return (await listApiKeys(tx, now)).filter(({ cappedAt, withdrawnAt }) => !withdrawnAt && cappedAt !== undefined && cappedAt > yesterday)
    .length
}

export const institutionHandlers: Own = {
  'session.read': async (_, context) => {
    const { caller, config } = context
    const base = {
      demo: config.demo,
      publicUrl: config.publicUrl,
      signsReports: signsReports(config),
      roles: caller.roles.filter((role): role is StaffRole => !['learner', 'operator', 'anonymous'].includes(role)),
    }
    if (!caller.person) return { ...base, signedIn: false }
    const person = { id: caller.person, name: caller.name ?? '', email: caller.email ?? '' }
    if (!caller.tenant) return { ...base, signedIn: true, person }
    const { organisation } = await asTenant(context, async (tx) => found(await readInstitution(tx)))
    return { ...base, signedIn: true, person, institution: { id: tenantOf(context), name: organisation.legalName } }
  },

  'home.read': (_, context) =>
    asTenant(context, async (tx) => {
      const { organisation, fourEyes } = found(await readInstitution(tx))
      const keys = (await listKeys(tx)).filter((key) => key.state === 'active' && key.purpose === 'seal')
      const batches = await listOpenBatches(tx)
      const counts = await countBatches(
        tx,
        batches.map(({ id }) => id),
      )
      const expiring = keys.filter((key) => checkKeyFor(organisation, leafOf(key), context.now).length > 0)
      const work = await countWork(tx)
      const capped = await cappedKeys(context, tx)
      // For those who can write to a learner again.
      const writes = context.caller.roles.some((role) => role === 'owner' || role === 'awarder')
      const since = new Date(Date.parse(context.now) - undeliveredDays * 86_400_000).toISOString()
      const undelivered = writes ? await countUndelivered(tx, since) : 0
      const open = batches.flatMap((batch): HomeAnswer['tasks'] => {
        const count = counts.get(batch.id)
        if (!count) return []
        if (batch.state === 'awaiting-approval')
          return batch.confirmedBy === context.caller.person
            ? []
            : [{ kind: 'batch-to-approve' as const, count: count.ready, id: batch.id, title: batch.source }]
        const kind = count.wrong > 0 || batch.problems.length > 0 ? ('batch-to-fix' as const) : ('batch-to-confirm' as const)
        return [{ kind, count: count.wrong || count.ready, id: batch.id, title: batch.source }]
      })
      return {
        tasks: [
          ...(organisation.identifiers.length === 0 ? [{ kind: 'institution-incomplete' as const, count: 1 }] : []),
          ...(keys.length === 0 ? [{ kind: 'no-key' as const, count: 1 }] : []),
          ...(expiring.length > 0 ? [{ kind: 'key-expires' as const, count: expiring.length }] : []),
          ...(capped > 0 ? [{ kind: 'key-at-cap' as const, count: capped }] : []),
          ...(undelivered > 0 ? [{ kind: 'mail-failed' as const, count: undelivered }] : []),
          ...open.filter(({ kind }) => fourEyes || kind !== 'batch-to-approve'),
        ],
        counts: work,
      }
    }),

  'institution.read': (_, context) => asTenant(context, async (tx) => ({ id: tenantOf(context), ...found(await readInstitution(tx)) })),

  'institution.save': ({ organisation, fourEyes, walletType, revision }, context) =>
    asTenant(context, async (tx) => {
      const before = found(await readInstitution(tx))
      if (!(await saveInstitution(tx, { ...organisation, id: before.organisation.id }, { fourEyes, walletType }, revision)))
        throw new ProblemError('request.conflict', 'Somebody else saved this meanwhile. Reload, then put your changes in again.')
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'institution.save' })
      return { id: tenantOf(context), ...found(await readInstitution(tx)) }
    }),

  'people.list': (_, context) =>
    asTenant(context, async (tx) => [
      ...(await listMembers(tx)).map(({ person, ...member }) => ({ id: person, ...member, state: 'member' as const })),
      ...(await listInvitations(tx, context.now)).map(({ id, email, roles, createdAt }) => ({
        id,
        name: email,
        email,
        roles,
        state: 'invited' as const,
        since: createdAt,
      })),
    ]),

  'people.invite': async ({ email, roles }, context) => {
    if (!MailAddress.safeParse(email).success) throw new ProblemError('input.invalid', 'This is no mail address.', '/email')
    const answer = await asTenant(context, async (tx) => {
      if ((await listMembers(tx)).some((member) => member.email.toLowerCase() === email.toLowerCase()))
        throw new ProblemError('request.conflict', 'This person works here already.', '/email')
      const { organisation } = found(await readInstitution(tx))
      const token = newToken()
      const id = newId()
      const expiresAt = new Date(Date.parse(context.now) + invitationDays * 86_400_000).toISOString()
      await insertInvitation(tx, { id, email, roles, createdAt: context.now, expiresAt, token })
      const words = mailText('invitation', 'en', {
        institution: textIn(organisation.legalName, 'en'),
        inviter: context.caller.name ?? '',
        link: `${context.config.publicUrl}/invitation/${token}`,
      })
      await insertMessages(tx, [{ id: newId(), kind: 'invitation', to: email, ...words }], context.now)
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'people.invite', subject: id })
      return { id, name: email, email, roles, state: 'invited' as const, since: context.now }
    })
    context.wake('mail')
    return answer
  },

  'people.change': ({ id, roles }, context) =>
    asTenant(context, async (tx) => {
      const member = await guard(context, tx, id, roles)
      await putMember(tx, { ...member, roles })
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'people.change', subject: id })
      return { id, name: member.name, email: member.email, roles, state: 'member' as const, since: member.since }
    }),

  'people.remove': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const invited = /^[0-9a-f-]{36}$/.test(id) && (await removeInvitation(tx, id))
      if (!invited) {
        await guard(context, tx, id, [])
        await removeMember(tx, id)
      }
      await appendEvent(tx, { at: context.now, actor: context.caller.person!, name: 'people.remove', subject: id })
      return { done: true as const }
    }),

  'event.list': ({ whole, ...query }, context) =>
    asTenant(context, async (tx) => {
      const { total, items } = await listEvents(tx, query)
      const checkedFrom = whole ? 1 : Math.max(1, (await newestEvent(tx)) - checkedEvents + 1)
      const names = new Map([
        ...(await listMembers(tx)).map(({ person, name }) => [person, name] as const),
        ...(await listApiKeys(tx, context.now)).map(({ id, label }) => [keyActor(id), label] as const),
      ])
      const named = items.map((item) => ({ ...item, ...(names.has(item.actor) ? { who: names.get(item.actor)! } : {}) }))
      return { total, items: named, intact: await isChainIntact(tx, checkedFrom), checkedFrom }
    }),
}
