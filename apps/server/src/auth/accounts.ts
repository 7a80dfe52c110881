/** Accounts, sessions and passkeys: better-auth on the same PostgreSQL, in a schema of its own. What a person may do is not here but in `member`. */
import { passkey } from '@better-auth/passkey'
import { openPool } from '@cairn/store'
import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { getMigrations } from 'better-auth/db/migration'
import { magicLink } from 'better-auth/plugins/magic-link'
import type pg from 'pg'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { derivedSecret, newId } from '../context.ts'
import { freshMinutes } from './fresh.ts'
import { hashPassword, passwordLength, verifyPassword } from './password.ts'

/** A session ends twelve hours after signing in, whatever is done (R-SES-2). */
export const sessionHours = 12
/** How long a mailed link can be used, in minutes. */
export const linkMinutes = 15

/** What accounts need of the rest of the server. */
export interface AccountPorts {
  /** Sends the token of a sign-in link to an account of that address, or does nothing when there is none. */
  sendLink(email: string, token: string): Promise<void>
  /** Writes the audit event of a sign-in or of a new passkey; when it cannot be written, it does not happen (R-LOG-1). */
  recordOwn(person: string, name: 'session.begin' | 'passkey.add'): Promise<void>
}

/** Signs in an account that is already known to be the right one. Never mounted: only this process can call it. */
const signInAs = {
  id: 'sign-in-as',
  endpoints: {
    signInAs: createAuthEndpoint(
      '/sign-in-as',
      { method: 'POST', body: z.object({ email: z.string() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const found = await ctx.context.internalAdapter.findUserByEmail(ctx.body.email)
        if (!found) throw ctx.error('UNAUTHORIZED')
        const session = await ctx.context.internalAdapter.createSession(found.user.id)
        await setSessionCookie(ctx, { session, user: found.user })
        return ctx.json({ done: true })
      },
    ),
  },
} satisfies BetterAuthPlugin

/** Opens accounts on the database behind `connection`. */
export async function openAccounts(connection: pg.PoolConfig, config: Config, ports: AccountPorts) {
  const pool = openPool({ max: 5, ...connection }, 'auth')
  const { hostname, origin, protocol } = new URL(config.publicUrl)
  const secure = protocol === 'https:'
  const auth = betterAuth({
    appName: 'Cairn',
    baseURL: origin,
    basePath: '/api/auth',
    secret: derivedSecret(config, 'sessions'),
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: [origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: sessionHours * 3600, disableSessionRefresh: true, freshAge: freshMinutes(config) * 60 },
    // Limits are ours: they hold for pages and for the API alike, and several nodes count together.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      cookiePrefix: secure ? '__Host-cairn' : 'cairn',
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: { session: { create: { before: async (session) => ports.recordOwn(session.userId, 'session.begin') } } },
    plugins: [
      magicLink({
        disableSignUp: true,
        storeToken: 'hashed',
        expiresIn: linkMinutes * 60,
        sendMagicLink: ({ email, token }) => ports.sendLink(email, token),
      }),
      passkey({
        rpID: hostname,
        rpName: 'Cairn',
        origin,
        // It stands alone, without a password: the device has to know who is using it.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification, user }) => {
            if (!verification.registrationInfo?.userVerified) throw new APIError('BAD_REQUEST', { code: 'NOT_VERIFIED' })
            await ports.recordOwn(user.id, 'passkey.add')
          },
        },
        authentication: {
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED', { code: 'NOT_VERIFIED' })
          },
        },
      }),
      signInAs,
    ],
  })
  const lock = await pool.connect()
  try {
    // One node at a time: the others find everything done.
    await lock.query('select pg_advisory_lock(724110313)')
    await lock.query('create schema if not exists auth')
    const { runMigrations } = await getMigrations(auth.options)
    await runMigrations()
  } finally {
    await lock.query('select pg_advisory_unlock(724110313)').catch(() => undefined)
    lock.release()
  }
  return {
    auth,
    /** Name of the session cookie: a request without it needs no look at the database. */
    cookie: `${secure ? '__Host-cairn' : 'cairn'}.session_token`,
    /** Marks a session as in use. */
    touch: async (token: string) => void (await pool.query('update session set "updatedAt" = now() where token = $1', [token])),
    /** The account of an address; undefined when there is none. */
    async find(email: string): Promise<{ id: string; email: string; name: string } | undefined> {
      return (await (await auth.$context).internalAdapter.findUserByEmail(email.toLowerCase()))?.user
    },
    /** Makes an account whose address is proven; with a password when one is given. */
    async create(given: { email: string; name: string; password?: string }): Promise<{ id: string }> {
      const { internalAdapter } = await auth.$context
      const user = await internalAdapter.createUser(
        { email: given.email.toLowerCase(), name: given.name, emailVerified: true },
        { method: 'invitation' },
      )
      if (given.password !== undefined)
        await internalAdapter.linkAccount({
          userId: user.id,
          providerId: 'credential',
          accountId: user.id,
          password: await hashPassword(given.password),
        })
      return { id: user.id }
    },
    close: () => pool.end(),
  }
}

export type Accounts = Awaited<ReturnType<typeof openAccounts>>
