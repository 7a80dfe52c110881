/** The ways to sign in, as pages use them. Every refusal looks the same, whether the address is known or not (R-SES-1). */
import type { PageContext, SignInAnswer } from '@cairn/api'
import { type Problem, type ProblemCode, ProblemError, type Role } from '@cairn/core'
import {
  appendEvent,
  countFailures,
  findInvitation,
  forgetFailures,
  listMembers,
  putMember,
  recordFailure,
  takeInvitation,
} from '@cairn/store'
import type { Installation } from '../context.ts'
import type { Call } from '../operations.ts'
import type { Accounts } from './accounts.ts'
import { checkPassword, passwordLength } from './password.ts'

/** Failures within a quarter of an hour after which an account, or a place, has to wait. */
const mostFailures = { account: 5, address: 20, links: 5 } as const
const window = 15 * 60_000

/** Where a request comes from. */
export interface Visitor {
  headers: Headers
  /** IP address. */
  address: string
  call: Call
}

const done = (answer: Response): SignInAnswer => ({ done: true, cookies: answer.headers.getSetCookie() })
const refuse = (code: ProblemCode, detail: string): SignInAnswer => ({ done: false, cookies: [], problem: { code, detail } })
const wrong = 'Address and password do not fit together.'
const usedUp = 'This link was used before, or its time is over. Ask for a new one.'

/** The address of a seeded person of the demonstration, in a domain that can never exist (RFC 2606). */
export const demoAddress = (role: Role): string => `${role}@demo.example`

/** The ways to sign in for one visitor. */
export function signInFor(installation: Installation, accounts: Accounts, { headers, address, call }: Visitor): PageContext['signIn'] {
  const { database, config } = installation
  const { api } = accounts.auth
  const place = `address ${address}`

  /** Raises `request.too-many` when one of these subjects failed too often. */
  async function guard(limits: Record<string, number>): Promise<void> {
    const counts = await countFailures(database, Object.keys(limits), new Date(Date.now() - window).toISOString())
    if (Object.values(limits).some((limit, at) => counts[at]! >= limit))
      throw new ProblemError('request.too-many', 'Too many tries. Please wait a quarter of an hour, or use a link by mail.')
  }
  const fail = (subjects: readonly string[]) => recordFailure(database, subjects, new Date().toISOString())
  const signInAs = async (email: string) => done(await api.signInAs({ body: { email }, headers, asResponse: true }))

  /** What can be said in words becomes an answer; the rest is for the error handler. */
  const saying =
    <G>(work: (given: G) => Promise<SignInAnswer>) =>
    async (given: G): Promise<SignInAnswer> => {
      try {
        return await work(given)
      } catch (error) {
        if (!(error instanceof ProblemError) || error.problem.code === 'server.unavailable') throw error
        const { code, detail }: Problem = error.problem
        return refuse(code, detail)
      }
    }

  return {
    password: saying(async ({ email, password }) => {
      const account = `account ${email.trim().toLowerCase()}`
      await guard({ [account]: mostFailures.account, [place]: mostFailures.address })
      if (password.length > passwordLength.most || !email.includes('@')) {
        await fail([account, place])
        return refuse('sign-in.refused', wrong)
      }
      const answer = await api.signInEmail({ body: { email: email.trim(), password }, headers, asResponse: true })
      if (answer.status >= 500) throw new ProblemError('server.unavailable', 'Signing in is not possible at the moment.')
      if (!answer.ok) {
        await fail([account, place])
        return refuse('sign-in.refused', wrong)
      }
      await forgetFailures(database, account)
      return done(answer)
    }),

    link: saying(async ({ email }) => {
      const asked = `link ${email.trim().toLowerCase()}`
      await guard({ [asked]: mostFailures.links, [place]: mostFailures.address })
      await fail([asked])
      const answer = await api.signInMagicLink({ body: { email: email.trim() }, headers, asResponse: true })
      if (answer.status >= 500) throw new ProblemError('server.unavailable', 'Signing in is not possible at the moment.')
      return { done: true, cookies: [] }
    }),

    token: saying(async ({ token }) => {
      await guard({ [place]: mostFailures.address })
      const answer = await api.magicLinkVerify({ query: { token }, headers, asResponse: true })
      if (answer.ok) return done(answer)
      await fail([place])
      return refuse('sign-in.refused', usedUp)
    }),

    demonstration: saying(async ({ role }) => {
      if (!config.demo) throw new ProblemError('request.not-allowed', 'Only a demonstration has this door.')
      return signInAs(demoAddress(role))
    }),

    out: async () => done(await api.signOut({ headers, asResponse: true })),

    invitation: saying(async ({ token, name, password }) => {
      await guard({ [place]: mostFailures.address })
      const invitation = await findInvitation(database, token)
      if (!invitation) {
        await fail([place])
        return refuse('sign-in.refused', usedUp)
      }
      const now = new Date().toISOString()
      const { caller } = call
      const email = await database.tenant(invitation.tenant, async (tx) => {
        const taken = await takeInvitation(tx, invitation.id, now)
        if (!taken) throw new ProblemError('sign-in.refused', usedUp)
        const person = await personFor(taken.email, name, password)
        // An invitation never takes rights away from somebody who is here already.
        if ((await listMembers(tx)).some((member) => member.person === person.id))
          throw new ProblemError('request.conflict', 'You work here already.')
        await putMember(tx, { person: person.id, name: person.name, email: taken.email, roles: taken.roles, since: now })
        await appendEvent(tx, { at: now, actor: person.id, name: 'people.join', subject: invitation.id })
        return taken.email
      })
      return caller.person ? { done: true, cookies: [] } : signInAs(email)

      /** The account that an invitation is for: the one signed in, when the address is its own, else a new one. */
      async function personFor(invited: string, givenName: string | undefined, secret: string | undefined) {
        if (caller.person) {
          if (caller.email?.toLowerCase() !== invited.toLowerCase())
            throw new ProblemError('request.not-allowed', 'This invitation is for another address. Sign out, then open it again.')
          return { id: caller.person, name: caller.name ?? '' }
        }
        if (await accounts.find(invited))
          throw new ProblemError('request.sign-in', 'There is an account of this address. Sign in first, then open the invitation again.')
        const called = givenName?.trim() ?? ''
        if (called === '' || called.length > 200) throw new ProblemError('input.invalid', 'Please say your name.', '/name')
        if (secret !== undefined) checkPassword(secret)
        const made = await accounts.create({ email: invited, name: called, ...(secret === undefined ? {} : { password: secret }) })
        return { id: made.id, name: called }
      }
    }),
  }
}
