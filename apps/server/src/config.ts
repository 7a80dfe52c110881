/** The configuration, parsed once from the environment. Nothing else reads `process.env`. */
import { createPrivateKey, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import type { SealLevel } from '@cairn/seals'
import { z } from 'zod'
import { type FailAt, readFailAt } from './fail-point.ts'
import { type PublicFilesPlace, readPublicFilesPlace } from './files/public-files-place.ts'
import { type ListsWanted, readListsWanted } from './lists-wanted.ts'

const flag = z.enum(['0', '1', 'true', 'false', '']).transform((text) => text === '1' || text === 'true')

/** Every variable that the server knows. */
export const ConfigSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  CAIRN_PUBLIC_URL: z.url().optional(),
  DATABASE_URL: z.string().optional(),
  CAIRN_DATA: z.string().default('./data'),
  CAIRN_JOURNAL: z.string().optional(),
  CAIRN_SECRET: z.string().min(32, 'At least 32 characters.').optional(),
  CAIRN_DEMO: flag.optional(),
  CAIRN_DEV: flag.default(false),
  CAIRN_JOBS: flag.default(true),
  CAIRN_DRAIN_SECONDS: z.coerce.number().int().min(0).max(300).optional(),
  SMTP_URL: z.string().optional(),
  CAIRN_MAIL_FROM: z.string().max(254).optional(),
  CAIRN_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/i)
    .optional(),
  CAIRN_DKIM_KEY_FILE: z.string().optional(),
  CAIRN_RETURNS: z
    .string()
    .regex(/^(?=.{1,190}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*$/, 'A domain in small letters, such as returns.example.org.')
    .optional(),
  CAIRN_RETURNS_HOST: z.string().default('127.0.0.1'),
  CAIRN_RETURNS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  CAIRN_PROXIES: z.string().default(''),
  CAIRN_WEBHOOK_ORIGINS: z.string().default(''),
  CAIRN_NETWORK_ORIGINS: z.string().default(''),
  CAIRN_DEMO_INSTITUTION: z.enum(['college', 'training-centre']).default('college'),
  CAIRN_METRICS_HOST: z.string().default('127.0.0.1'),
  CAIRN_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  CAIRN_SECURITY_CONTACT: z.url().optional(),
  CAIRN_FAIL_AT: z.string().optional(),
  CAIRN_TSA_URLS: z.string().default(''),
  CAIRN_KEYS: z.string().optional(),
  CAIRN_FONTS: z.string().default(''),
  CAIRN_TRUSTED_LISTS: z.string().optional(),
  CAIRN_OPERATORS: z.string().default(''),
  CAIRN_SEAL_LEVEL: z.enum(['', 'B', 'T', 'LT', 'LTA']).default(''),
  CAIRN_SHEET_LEVEL: z.enum(['', 'none', 'B', 'T', 'LT', 'LTA']).default(''),
  CAIRN_REPORT_KEY: z.string().optional(),
  CAIRN_REPORT_PASSPHRASE: z.string().optional(),
  CAIRN_TLS_CERT: z.string().optional(),
  CAIRN_TLS_KEY: z.string().optional(),
  CAIRN_VC_API: flag.default(false),
  CAIRN_PUBLIC_FILES: z.string().optional(),
  CAIRN_S3_ENDPOINT: z.string().optional(),
  CAIRN_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .default('us-east-1'),
  CAIRN_S3_ACCESS_KEY_ID: z.string().optional(),
  CAIRN_S3_SECRET_ACCESS_KEY: z.string().optional(),
  CAIRN_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** The configuration as the server uses it. */
export interface Config {
  port: number
  host: string
  /** Without a slash at the end. */
  publicUrl: string
  databaseUrl?: string
  data: string
  /** The file of the journal; best on another disk than the data. */
  journal: string
  secret: string
  demo: boolean
  /** Which of two invented institutions a demonstration begins with: two on one machine can share credit. */
  demoInstitution: 'college' | 'training-centre'
  dev: boolean
  /** Whether this node seals, sends and publishes itself; without, `cairn work` does it elsewhere. */
  jobs: boolean
  /** How long a node that was told to stop still answers while it says that it is not ready, so that nobody is sent to it any more. */
  drainSeconds: number
  smtpUrl?: string
  mailFrom: string
  /** Where mails that cannot be delivered are sent back to, and where this process takes them. */
  returns?: { domain: string; listen?: { host: string; port: number } }
  /** The key by which mails are signed for the domain of `mailFrom` (RFC 6376). */
  dkim?: { domainName: string; keySelector: string; privateKey: string }
  /** Addresses of proxies whose word about the visitor's address counts. */
  proxies: string[]
  metricsPort?: number
  /** Where the port of the metrics is reached from; by default from this machine alone. */
  metricsHost: string
  /** Origins inside one's own network that webhooks may go to; elsewhere only public https addresses are told anything. */
  webhookOrigins: string[]
  /** Origins inside one's own network where other members of a network for sharing credit are; elsewhere only public https addresses are asked. */
  networkOrigins: string[]
  /** Where to report a hole: an address for `security.txt`. */
  securityContact: string
  /** A folder with the keys that devices and remote services hold; see held-keys.ts. */
  keys?: string
  /** Font files for letters that those shipped lack. */
  fonts: readonly string[]
  /** Trusted lists to read, and the certificates that sign them. */
  trustedLists?: ListsWanted
  /** Mail addresses of owners who keep the trust registry, where several institutions share this installation. */
  operators: string[]
  /** Time-stamp authorities (RFC 3161), in the order in which they are asked. */
  timeStampAuthorities: string[]
  /** The level that every seal is raised to after it was made (TS 119 182-1, 6.1). */
  sealLevel: SealLevel
  /** The level at which sheets to print are sealed themselves (EN 319 142-1, 6.1); `none` leaves them unsealed. */
  sheetLevel: 'none' | SealLevel
  /** The key file that signs verification reports, and what opens it. */
  reportKey?: { file: string; passphrase: string }
  /** Certificate and key (PEM) to serve https with; without them a proxy in front does. */
  tls?: { cert: Buffer; key: Buffer }
  /** Where public files are written for a web server or a CDN to hand out. */
  publicFiles?: PublicFilesPlace
  /** The W3C VC API with throw-away keys, for the public suites. */
  vcApi: boolean
  log: string
  /** Where tests have this process end itself; see fail-point.ts. */
  failAt?: FailAt
}

/**
 * Reads the configuration. Demonstration mode is on when nothing says otherwise: neither a database nor a public address is named.
 * Raises `server.misconfigured` (R-CFG-1) for what would not be safe to run.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = ConfigSchema.safeParse(environment)
  if (!given.success) {
    const [issue] = given.error.issues
    throw new ProblemError('server.misconfigured', `${issue!.path.join('.')}: ${issue!.message}`)
  }
  const env = given.data
  const publicUrl = (env.CAIRN_PUBLIC_URL ?? `${env.CAIRN_TLS_CERT ? 'https' : 'http'}://localhost:${env.PORT}`).replace(/\/+$/, '')
  const { hostname, protocol } = new URL(publicUrl)
  const local = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  const demo = env.CAIRN_DEMO ?? (!env.DATABASE_URL && !env.CAIRN_PUBLIC_URL)
  if (!local && protocol !== 'https:')
    throw new ProblemError('server.misconfigured', 'CAIRN_PUBLIC_URL must begin with https:// outside this machine.')
  if (!local && env.CAIRN_DEMO === undefined && demo)
    throw new ProblemError('server.misconfigured', 'Demonstration mode on a public address must be asked for with CAIRN_DEMO=1.')
  if (!demo && !env.CAIRN_SECRET)
    throw new ProblemError('server.misconfigured', 'CAIRN_SECRET is missing: at least 32 random characters, kept apart from the database.')
  // A word, a row of one letter, the example of a manual: 32 characters that anybody tries first.
  if (!demo && env.CAIRN_SECRET && new Set(env.CAIRN_SECRET).size < 12)
    throw new ProblemError('server.misconfigured', 'CAIRN_SECRET is too easy to guess. Make one with: openssl rand -base64 48')
  if (!demo && env.CAIRN_FAIL_AT !== undefined)
    throw new ProblemError('server.misconfigured', 'CAIRN_FAIL_AT ends the server on purpose: it is for tests on demonstration data only.')
  if (env.CAIRN_VC_API && !local)
    throw new ProblemError('server.misconfigured', 'CAIRN_VC_API is for suites on this machine: its keys are nobody’s.')
  const timeStampAuthorities = listOf(env.CAIRN_TSA_URLS)
  for (const address of timeStampAuthorities)
    if (!/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
      throw new ProblemError('server.misconfigured', 'CAIRN_TSA_URLS are addresses of time-stamp authorities with commas between them.')
  const webhookOrigins = originsOf('CAIRN_WEBHOOK_ORIGINS', env.CAIRN_WEBHOOK_ORIGINS)
  const networkOrigins = originsOf('CAIRN_NETWORK_ORIGINS', env.CAIRN_NETWORK_ORIGINS)
  const hasAuthority = demo || timeStampAuthorities.length > 0
  if (env.CAIRN_SEAL_LEVEL && env.CAIRN_SEAL_LEVEL !== 'B' && !hasAuthority)
    throw new ProblemError(
      'server.misconfigured',
      `CAIRN_SEAL_LEVEL=${env.CAIRN_SEAL_LEVEL} needs a time-stamp authority in CAIRN_TSA_URLS.`,
    )
  const mailFrom = env.CAIRN_MAIL_FROM ?? `cairn@${local ? 'localhost.localdomain' : hostname}`
  if (!['', 'none', 'B'].includes(env.CAIRN_SHEET_LEVEL) && !hasAuthority)
    throw new ProblemError(
      'server.misconfigured',
      `CAIRN_SHEET_LEVEL=${env.CAIRN_SHEET_LEVEL} needs a time-stamp authority in CAIRN_TSA_URLS.`,
    )
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl,
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    data: path.resolve(env.CAIRN_DATA),
    journal: path.resolve(env.CAIRN_JOURNAL ?? path.join(env.CAIRN_DATA, 'journal.jsonl')),
    secret: env.CAIRN_SECRET ?? ownSecret(path.resolve(env.CAIRN_DATA)),
    demo,
    demoInstitution: env.CAIRN_DEMO_INSTITUTION,
    dev: env.CAIRN_DEV,
    jobs: env.CAIRN_JOBS,
    // A database of its own means that there may be other nodes, and somebody before them who has to notice.
    drainSeconds: env.CAIRN_DRAIN_SECONDS ?? (env.DATABASE_URL && !local ? 5 : 0),
    ...(env.SMTP_URL ? { smtpUrl: env.SMTP_URL } : {}),
    mailFrom,
    ...dkimOf(env, mailFrom),
    ...returnsOf(env),
    proxies: listOf(env.CAIRN_PROXIES),
    timeStampAuthorities,
    ...(env.CAIRN_KEYS === undefined ? {} : { keys: path.resolve(env.CAIRN_KEYS) }),
    fonts: listOf(env.CAIRN_FONTS).map((file) => path.resolve(file)),
    ...(env.CAIRN_TRUSTED_LISTS === undefined ? {} : { trustedLists: readListsWanted(path.resolve(env.CAIRN_TRUSTED_LISTS)) }),
    operators: listOf(env.CAIRN_OPERATORS).map((address) => address.toLowerCase()),
    sealLevel: `B-${env.CAIRN_SEAL_LEVEL || (hasAuthority ? 'LTA' : 'B')}`,
    sheetLevel: env.CAIRN_SHEET_LEVEL === 'none' ? 'none' : `B-${env.CAIRN_SHEET_LEVEL || 'B'}`,
    webhookOrigins,
    networkOrigins,
    metricsHost: env.CAIRN_METRICS_HOST,
    ...(env.CAIRN_METRICS_PORT === undefined ? {} : { metricsPort: env.CAIRN_METRICS_PORT }),
    securityContact: env.CAIRN_SECURITY_CONTACT ?? `mailto:security@${local ? 'localhost' : hostname}`,
    ...(env.CAIRN_REPORT_KEY
      ? { reportKey: { file: path.resolve(env.CAIRN_REPORT_KEY), passphrase: env.CAIRN_REPORT_PASSPHRASE ?? '' } }
      : {}),
    ...tlsOf(env.CAIRN_TLS_CERT, env.CAIRN_TLS_KEY),
    ...(env.CAIRN_PUBLIC_FILES ? { publicFiles: readPublicFilesPlace({ ...env, CAIRN_PUBLIC_FILES: env.CAIRN_PUBLIC_FILES }) } : {}),
    vcApi: env.CAIRN_VC_API,
    log: env.CAIRN_LOG,
    ...(env.CAIRN_FAIL_AT === undefined ? {} : { failAt: readFailAt(env.CAIRN_FAIL_AT) }),
  }
}

/** Certificate and key of an own https, both or neither. Raises `server.misconfigured`. */
function tlsOf(cert: string | undefined, key: string | undefined): Pick<Config, 'tls'> {
  if (!cert && !key) return {}
  if (!cert || !key) throw new ProblemError('server.misconfigured', 'CAIRN_TLS_CERT and CAIRN_TLS_KEY go together: files in PEM.')
  try {
    return { tls: { cert: readFileSync(cert), key: readFileSync(key) } }
  } catch {
    throw new ProblemError('server.misconfigured', 'A file of CAIRN_TLS_CERT or CAIRN_TLS_KEY cannot be read.')
  }
}

/** Where mails come back to: the domain of their return addresses, and where this process takes them, if it does. Raises `server.misconfigured`. */
function returnsOf(env: z.infer<typeof ConfigSchema>): Pick<Config, 'returns'> {
  const { CAIRN_RETURNS: domain, CAIRN_RETURNS_HOST: host, CAIRN_RETURNS_PORT: port } = env
  if (domain) return { returns: { domain, ...(port === undefined ? {} : { listen: { host, port } }) } }
  if (port === undefined) return {}
  throw new ProblemError('server.misconfigured', 'CAIRN_RETURNS_PORT needs the domain of the return addresses, in CAIRN_RETURNS.')
}

/** The key that mails are signed with, for the domain they come from. Both variables or neither; the file is a private RSA key in PEM. */
function dkimOf(env: z.infer<typeof ConfigSchema>, mailFrom: string): Pick<Config, 'dkim'> {
  const { CAIRN_DKIM_SELECTOR: keySelector, CAIRN_DKIM_KEY_FILE: file } = env
  if (!keySelector && !file) return {}
  const refuse = (why: string): never => {
    throw new ProblemError('server.misconfigured', `CAIRN_DKIM_SELECTOR and CAIRN_DKIM_KEY_FILE: ${why}`)
  }
  if (!keySelector || !file) return refuse('one of them is missing.')
  const domainName = /@([^@>\s]+)>?$/.exec(mailFrom)?.[1] ?? refuse('CAIRN_MAIL_FROM names no domain.')
  try {
    const privateKey = readFileSync(file, 'utf8')
    if (createPrivateKey(privateKey).asymmetricKeyType !== 'rsa') return refuse('the key is no RSA key.')
    return { dkim: { domainName, keySelector, privateKey } }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    return refuse('the file holds no private key that can be read.')
  }
}

const listOf = (text: string) => text.split(',').flatMap((each) => each.trim() || [])

/** Origins of a variable. Raises `server.misconfigured` for what is none. */
function originsOf(name: string, text: string): string[] {
  const origins = listOf(text)
  for (const origin of origins)
    if (URL.parse(origin)?.origin !== origin)
      throw new ProblemError('server.misconfigured', `${name} are origins such as http://register.internal:9000, with commas between them.`)
  return origins
}

/** The secret of a demonstration, made once and kept beside its data, for its owner's eyes alone. */
function ownSecret(data: string): string {
  const file = path.join(data, 'secret')
  if (existsSync(file)) {
    if ((statSync(file).mode & 0o077) !== 0)
      throw new ProblemError('server.misconfigured', `Others can read ${file}. Take their rights away: chmod 600.`)
    return readFileSync(file, 'utf8').trim()
  }
  mkdirSync(data, { recursive: true, mode: 0o755 })
  const secret = randomBytes(32).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}
