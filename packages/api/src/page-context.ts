/** What the server hands to a page: the caller's own client of the table, and the ways to sign in. Types only. */
import type { Role } from '@cairn/core'
import type { SessionAnswer } from './answers.ts'
import type { Client } from './client.ts'

/** The answer of a sign-in: cookies to set (whole `Set-Cookie` values), or the problem in plain words. */
export interface SignInAnswer {
  done: boolean
  cookies: readonly string[]
  problem?: { code: string; detail: string }
}

/** One's own account: how one signs in, and where one is signed in. Moments are RFC 3339. */
export interface AccountAnswer {
  passkeys: readonly { id: string; name: string; addedAt: string }[]
  hasPassword: boolean
  /** `browser` is what the browser said of itself; `here` marks the session of this very request. */
  sessions: readonly { id: string; browser: string; begunAt: string; usedAt: string; here: boolean }[]
}

/** Found on `globalThis[Symbol.for('cairn.request')]`, an `AsyncLocalStorage` that the server runs each page in. */
export interface PageContext {
  /** The operations, called in process with the caller's roles and tenant. */
  api: Client
  session: SessionAnswer
  signIn: {
    password(given: { email: string; password: string }): Promise<SignInAnswer>
    /** Sends a link by mail; the answer is the same whether the address is known or not. */
    link(given: { email: string }): Promise<SignInAnswer>
    /** Takes the token of a mailed link, `/sign-in/<token>`. That page asks for a press on a button first: programs that open links in mails must not use them up. */
    token(given: { token: string }): Promise<SignInAnswer>
    /** Demonstration mode only: signs in as the seeded person of that role. */
    demonstration(given: { role: Role }): Promise<SignInAnswer>
    out(): Promise<SignInAnswer>
    /** Accepts an invitation by its token, from `/invitation/<token>`, for the person who is signed in, or makes the account with this name and password. */
    invitation(given: { token: string; name?: string; password?: string }): Promise<SignInAnswer>
  }
  /** One's own account. Each raises `request.sign-in` without a session; what changes something also `request.confirm-again` (R-SES-2). */
  account: {
    read(): Promise<AccountAnswer>
    renamePasskey(given: { id: string; name: string }): Promise<void>
    removePasskey(given: { id: string }): Promise<void>
    /** `current` is asked for where there is a password already. Every other session ends. */
    changePassword(given: { current: string; next: string }): Promise<void>
    endSession(given: { id: string }): Promise<void>
    endOtherSessions(): Promise<void>
  }
  /** The nonce of the content security policy of this answer. */
  nonce: string
}
