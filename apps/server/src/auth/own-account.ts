/** One's own account, as its page uses it: passkeys, password, and where one is signed in. Nobody reaches another person's. */
import type { PageContext } from '@cairn/api'
import { ProblemError } from '@cairn/core'
import { countFailures, forgetFailures, recordFailure } from '@cairn/store'
import { found, type Installation } from '../context.ts'
import type { Call } from '../operations.ts'
import { recordOwn } from './account-ports.ts'
import type { Accounts } from './accounts.ts'
import { requireFresh } from './fresh.ts'
import { checkPassword, hashPassword, verifyPassword } from './password.ts'
import { idleMinutes } from './session.ts'

interface PasskeyRow {
  id: string
  name?: string | null
  createdAt?: Date | null
}

/** Wrong passwords within a quarter of an hour after which changing it has to wait. */
const mostFailures = 5
const window = 15 * 60_000

/** The account of whoever calls. */
export function accountFor({ config, database }: Installation, accounts: Accounts, call: Call): PageContext['account'] {
  const me = (): string => {
    if (!call.caller.person) throw new ProblemError('request.sign-in', 'Please sign in first.')
    return call.caller.person
  }
  const freshMe = (): string => {
    const person = me()
    requireFresh(config, call.confirmedAt, Date.now())
    return person
  }
  const context = () => accounts.auth.$context
  const mine = (person: string, id?: string) => [
    { field: 'userId', value: person },
    ...(id === undefined ? [] : [{ field: 'id', value: id }]),
  ]
  const sessionsOf = async (person: string) => {
    const longAgo = Date.now() - idleMinutes * 60_000
    const all = await (await context()).internalAdapter.listSessions(person, { onlyActiveSessions: true })
    return all.filter(({ updatedAt }) => new Date(updatedAt).getTime() >= longAgo)
  }
  const credentialOf = async (person: string) => {
    const found = await (await context()).internalAdapter.findAccounts(person)
    return found.find(({ providerId }) => providerId === 'credential')
  }
  /** Ends sessions; the record comes first, so that nothing ends unseen. */
  async function end(person: string, sessions: readonly { id: string; token: string }[]): Promise<void> {
    const { internalAdapter } = await context()
    for (const { id, token } of sessions) {
      await recordOwn(database, person, 'session.end', id)
      await internalAdapter.deleteSession(token)
    }
  }
  const others = async (person: string) => (await sessionsOf(person)).filter(({ id }) => id !== call.session)

  return {
    async read() {
      const person = me()
      const passkeys = await (await context()).adapter.findMany<PasskeyRow>({ model: 'passkey', where: mine(person) })
      const sessions = await sessionsOf(person)
      return {
        passkeys: passkeys
          .map(({ id, name, createdAt }) => ({ id, name: name ?? '', addedAt: createdAt ? new Date(createdAt).toISOString() : '' }))
          .sort((one, other) => one.addedAt.localeCompare(other.addedAt)),
        hasPassword: Boolean((await credentialOf(person))?.password),
        sessions: sessions
          .map(({ id, userAgent, createdAt, updatedAt }) => ({
            id,
            browser: userAgent ?? '',
            begunAt: new Date(createdAt).toISOString(),
            usedAt: new Date(updatedAt).toISOString(),
            here: id === call.session,
          }))
          .sort((one, other) => Number(other.here) - Number(one.here) || other.usedAt.localeCompare(one.usedAt)),
      }
    },

    async renamePasskey({ id, name }) {
      const person = freshMe()
      const called = name.trim()
      if (called === '' || called.length > 100) throw new ProblemError('input.invalid', 'A name has 1 to 100 characters.', '/name')
      const { adapter } = await context()
      found((await adapter.findOne<PasskeyRow>({ model: 'passkey', where: mine(person, id) })) ?? undefined)
      await recordOwn(database, person, 'passkey.rename', id)
      await adapter.update({ model: 'passkey', where: mine(person, id), update: { name: called } })
    },

    async removePasskey({ id }) {
      const person = freshMe()
      const { adapter } = await context()
      found((await adapter.findOne<PasskeyRow>({ model: 'passkey', where: mine(person, id) })) ?? undefined)
      await recordOwn(database, person, 'passkey.remove', id)
      await adapter.delete({ model: 'passkey', where: mine(person, id) })
    },

    async changePassword({ current, next }) {
      const person = freshMe()
      const { internalAdapter } = await context()
      const credential = await credentialOf(person)
      const guess = `password ${person}`
      if (credential?.password) {
        const [failures = 0] = await countFailures(database, [guess], new Date(Date.now() - window).toISOString())
        if (failures >= mostFailures) throw new ProblemError('request.too-many', 'Too many tries. Please wait a quarter of an hour.')
        if (!(await verifyPassword({ hash: credential.password, password: current }))) {
          await recordFailure(database, [guess], new Date().toISOString())
          throw new ProblemError('account.password-wrong', 'This is not your present password. It stays as it is.', '/current')
        }
      }
      checkPassword(next)
      await recordOwn(database, person, 'password.change')
      const password = await hashPassword(next)
      if (credential) await internalAdapter.updateAccount(credential.id, { password })
      else await internalAdapter.linkAccount({ userId: person, providerId: 'credential', accountId: person, password })
      await forgetFailures(database, guess)
      // Whoever knew the old one is not let stay.
      await end(person, await others(person))
    },

    async endSession({ id }) {
      const person = me()
      await end(person, [found((await sessionsOf(person)).find((session) => session.id === id))])
    },

    async endOtherSessions() {
      const person = me()
      await end(person, await others(person))
    },
  }
}
