/** The ways to sign in that pages use. Answers are the same whether an account exists or not; guessing is slowed down (R-SES-1). */
import type { PageContext, SignInAnswer } from '@cairn/api'
import { type Role, type StaffRole, staffRoles } from '@cairn/core'
import { appendEvent, findInvitation, putMember, readInstitution, takeInvitation } from '@cairn/store'
import { derivedSecret, type Installation } from '../context.ts'
import type { Auth } from './auth.ts'

const minutes = 15
const perAccount = 5
const perAddress = 20

/** Failures of the last quarter of an hour, by account and by address. */
const failures = new Map<string, number[]>()

function tooMany(name: string, most: number): boolean {
  const since = Date.now() - minutes * 60_000
  const recent = (failures.get(name) ?? []).filter((at) => at > since)
  if (recent.length > 0) failures.set(name, recent)
  else failures.delete(name)
  return recent.length >= most
}
const failed = (...names: string[]) => {
  for (const name of names) failures.set(name, [...(failures.get(name) ?? []), Date.now()].slice(-perAddress))
}

const refused = (code: string, detail: string): SignInAnswer => ({ done: false, cookies: [], problem: { code, detail } })
const done = (answer: Response): SignInAnswer => ({ done: true, cookies: answer.headers.getSetCookie() })

/** The address of a seeded person of the demonstration. */
export const demoAddress = (role: StaffRole) => `${role}@demo.example`
/** Their password: known to the server alone, and different on every installation. */
export const demoPassword = (installation: Pick<Installation, 'config'>, role: StaffRole) =>
  derivedSecret(installation.config, `demo-${role}`)

/** The sign-in functions of one request. */
export function signInFor(
  installation: Installation,
  auth: Auth,
  request: { headers: Headers; address: string; person?: { id: string; name: string; email: string } | undefined },
): PageContext['signIn'] {
  const { config, database } = installation
  const { headers, address } = request

  async function password(given: { email: string; password: string }): Promise<SignInAnswer> {
    const account = `account ${given.email.toLowerCase()}`
    if (tooMany(account, perAccount) || tooMany(`from ${address}`, perAddress))
      return refused('request.too-many', `Too many attempts. Please wait ${minutes} minutes, or use a link by e-mail.`)
    const answer = await auth.api.signInEmail({ body: given, headers, asResponse: true })
    if (answer.ok) return done(answer)
    failed(account, `from ${address}`)
    return refused('request.sign-in', 'Address and password do not fit together.')
  }

  return {
    password,
    async link({ email }) {
      if (tooMany(`from ${address}`, perAddress)) return refused('request.too-many', `Too many attempts. Please wait ${minutes} minutes.`)
      failed(`from ${address}`)
      await auth.api.signInMagicLink({ body: { email, callbackURL: '/' }, headers }).catch(() => undefined)
      return { done: true, cookies: [] }
    },
    async demonstration({ role }: { role: Role }) {
      const staff = staffRoles.find((each) => each === role)
      if (!config.demo || !staff) return refused('request.not-allowed', 'There is no demonstration here.')
      return done(
        await auth.api.signInEmail({
          body: { email: demoAddress(staff), password: demoPassword(installation, staff) },
          headers,
          asResponse: true,
        }),
      )
    },
    async out() {
      return done(await auth.api.signOut({ headers, asResponse: true }))
    },
    async invitation({ token, name, password: chosen }) {
      const place = await findInvitation(database, token)
      if (!place) return refused('request.not-found', 'This invitation is not good any more. Ask for a new one.')
      const now = new Date().toISOString()
      return database
        .tenant(place.tenant, async (tx) => {
          const invitation = await takeInvitation(tx, place.id, now)
          if (!invitation || !(await readInstitution(tx)))
            return refused('request.not-found', 'This invitation is not good any more. Ask for a new one.')
          let person = request.person
          let cookies: readonly string[] = []
          if (!person) {
            if (!name || !chosen) return refused('input.invalid', 'Please give your name and a password of at least ten characters.')
            const answer = await auth.api.signUpEmail({
              body: { name, email: invitation.email, password: chosen },
              headers,
              asResponse: true,
            })
            if (!answer.ok) throw new SignUpRefused()
            const { user } = (await answer.clone().json()) as { user: { id: string; name: string; email: string } }
            person = user
            cookies = answer.headers.getSetCookie()
          }
          await putMember(tx, { person: person.id, name: person.name, email: person.email, roles: invitation.roles, since: now })
          await appendEvent(tx, { at: now, actor: person.id, name: 'people.accept', subject: invitation.id })
          return { done: true, cookies }
        })
        .catch((error) => {
          // Thrown, so that the invitation is not used up by a password that was too short.
          if (error instanceof SignUpRefused)
            return refused('input.invalid', 'The account could not be made. Sign in first if you have one; else choose a longer password.')
          throw error
        })
    },
  }
}

class SignUpRefused extends Error {}
