/** Accounts and sessions: better-auth on the same PostgreSQL, in a schema of its own. What a person may do is ours to know (`member`). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { magicLink } from 'better-auth/plugins'
import pg from 'pg'
import type { Config } from '../config.ts'
import { derivedSecret, newId } from '../context.ts'

/** A link that signs in, on its way to a mailbox. */
export type SendLink = (to: string, link: string) => Promise<void>

/** How long a link signs in, in minutes. */
export const linkMinutes = 15

const derive = promisify(argon2)
/** argon2id with 19 MiB and two passes (R-SES-2). */
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 }

async function hash(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { message: password, nonce, ...cost })
  return `argon2id$${nonce.toString('base64url')}$${Buffer.from(tag).toString('base64url')}`
}

async function verify({ hash: kept, password }: { hash: string; password: string }): Promise<boolean> {
  const [kind, nonce, tag] = kept.split('$')
  if (kind !== 'argon2id' || !nonce || !tag) return false
  const found = await derive('argon2id', { message: password, nonce: Buffer.from(nonce, 'base64url'), ...cost })
  return timingSafeEqual(Buffer.from(found), Buffer.from(tag, 'base64url'))
}

function options(config: Config, connection: pg.PoolConfig, sendLink: SendLink) {
  const { hostname, protocol } = new URL(config.publicUrl)
  const pool = new pg.Pool({ ...connection, max: 5, options: '-c search_path=auth' })
  pool.on('error', () => undefined)
  return {
    pool,
    options: {
      database: pool,
      baseURL: config.publicUrl,
      basePath: '/api/auth',
      secret: derivedSecret(config, 'sessions'),
      trustedOrigins: [config.publicUrl],
      telemetry: { enabled: false },
      emailAndPassword: { enabled: true, minPasswordLength: 10, password: { hash, verify } },
      // Thirty minutes idle, twelve hours in all would sign a registrar out over lunch; a day without use is the end here, and risky acts ask again.
      session: { expiresIn: 12 * 3600, updateAge: 300 },
      advanced: { useSecureCookies: protocol === 'https:', cookiePrefix: 'cairn', database: { generateId: () => newId() } },
      rateLimit: { enabled: true, window: 60, max: 60 },
      plugins: [
        magicLink({ expiresIn: linkMinutes * 60, disableSignUp: true, sendMagicLink: ({ email, url }) => sendLink(email, url) }),
        passkey({ rpID: hostname, rpName: 'Cairn', origin: config.publicUrl }),
      ],
    },
  }
}

/** Opens the accounts: makes or mends their tables, then answers. */
export async function openAuth(config: Config, connection: pg.PoolConfig, sendLink: SendLink) {
  const { pool, options: given } = options(config, connection, sendLink)
  await pool.query('create schema if not exists auth')
  const { runMigrations } = await getMigrations(given)
  await runMigrations()
  return { auth: betterAuth(given), close: () => pool.end() }
}

export type Auth = Awaited<ReturnType<typeof openAuth>>['auth']
