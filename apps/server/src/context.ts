/** What an operation is given besides its input: who calls, the time, new ids, and the ways to the outside. */
import { hkdfSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { type Caller, ProblemError } from '@cairn/core'
import { addFonts } from '@cairn/documents'
import type { Database, TenantTransaction } from '@cairn/store'
import type { Logger } from 'pino'
import { type AcceptanceDesk, createAcceptanceDesk } from './acceptance/acceptance-desk.ts'
import { type Hold, noHold } from './backup/hold.ts'
import { type Journal, noJournal } from './backup/journal.ts'
import type { Config } from './config.ts'
import { createDiskRoom, type DiskRoom } from './disk-room.ts'
import { createFailPoint, type FailPoint } from './fail-point.ts'
import { readHeldKeys } from './held-keys.ts'
import { createJudge, type Judge } from './judging/judge-apart.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'

/** The authorities of a demonstration, on this machine. */
export type Neighbourhood = Awaited<ReturnType<typeof import('@cairn/testkit')['startAuthority']>>

/** What lives as long as the server. */
export interface Installation {
  config: Config
  database: Database
  log: Logger
  keys: KeyRing
  /** Judges what strangers hand in, apart from this thread. */
  judge: Judge
  /** Computes acceptance matrices, and keeps them. */
  acceptance: AcceptanceDesk
  /** Only in a demonstration. */
  neighbourhood?: Neighbourhood
  /** Wakes the job that seals, or the one that sends; both also look by themselves. */
  wake(job: 'seal' | 'mail'): void
  /** Says which arrow of the way was reached, for tests that end the process there. */
  passes(point: FailPoint): void
  /** What a restore must not undo is written there before it is committed. */
  journal: Journal
  /** True while a restored installation waits for its confirmation. */
  isHeld: Hold
  /** Room for what is written. */
  disk: DiskRoom
}

/** One call. */
export interface Context extends Installation {
  caller: Caller
  /** The key of a program, where no person calls. */
  key?: { id: string }
  /** RFC 3339. */
  now: string
}

/** A new id: UUIDv7, so that rows lie in the order of their making. */
export function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** A token for a link: 192 random bits (R-LINK-1). */
export const newToken = (): string => randomBytes(24).toString('base64url')

/** A key of its own for each purpose, from the one secret. */
export function derivedSecret(config: Pick<Config, 'secret'>, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', config.secret, 'cairn', purpose, 32)).toString('base64url')
}

/** Raises `server.misconfigured` for a file that is no font (R-CFG-1): a sheet without a learner's name would be found out too late. */
function useFonts(files: readonly string[]): void {
  try {
    addFonts(files)
  } catch (error) {
    throw error instanceof ProblemError ? new ProblemError('server.misconfigured', `CAIRN_FONTS: ${error.problem.detail}`) : error
  }
}

/** Puts together what lives as long as the server, or a thread of it with the sealing keys that it was lent. */
export function createInstallation(
  given: Omit<Installation, 'disk' | 'keys' | 'judge' | 'acceptance' | 'passes' | 'journal' | 'isHeld'> &
    Partial<Pick<Installation, 'journal' | 'isHeld'>>,
  lentKeys?: ReadonlyMap<string, KeyObject>,
): Installation {
  useFonts(given.config.fonts)
  const made = {
    keys: createKeyRing(derivedSecret(given.config, 'seal-keys'), readHeldKeys(given.config.keys), lentKeys),
    disk: createDiskRoom(given.config),
    judge: createJudge(),
    acceptance: createAcceptanceDesk(),
    passes: createFailPoint(given.config.failAt),
  }
  return { journal: noJournal, isHeld: noHold, ...given, ...made }
}

/** The caller's tenant. Raises `request.sign-in` when there is none. */
export function tenantOf({ caller }: Pick<Context, 'caller'>): string {
  if (!caller.tenant) throw new ProblemError('request.sign-in', 'Please sign in first.')
  return caller.tenant
}

/** Work in the caller's own tenant. */
export function asTenant<T>(context: Context, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  return context.database.tenant(tenantOf(context), work)
}

/** The value, or `request.not-found`: the same answer for what is missing and what belongs to somebody else. */
export function found<T>(value: T | undefined, what = 'There is nothing of this id.'): T {
  if (value === undefined) throw new ProblemError('request.not-found', what)
  return value
}
