/** Passkeys in the browser: the two ceremonies, without a library. What stands in the way is handed back as words. */
import { m } from '#lib/paraglide/messages.js'

/** How a ceremony ended. `again` asks for a fresh sign-in first. */
export type Ceremony = { done: true } | { done: false; words: string; again?: boolean }

/** True in a browser that can do both ceremonies; false on the server. */
export function passkeysHere(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential
  )
}

/** Makes a passkey on this device, for the person who is signed in, under a name of their own. */
export function addPasskey(name: string): Promise<Ceremony> {
  return perform(async () => {
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('generate-register-options'))
    const made = (await navigator.credentials.create({ publicKey: options })) as PublicKeyCredential | null
    if (!made) throw new DOMException('nothing made', 'NotAllowedError')
    await ask('verify-registration', { response: made.toJSON(), name })
  })
}

/** Signs in with a passkey of this device. */
export function signInWithPasskey(): Promise<Ceremony> {
  return perform(async () => {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('generate-authenticate-options'))
    options.userVerification = 'required'
    const given = (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential | null
    if (!given) throw new DOMException('nothing given', 'NotAllowedError')
    await ask('verify-authentication', { response: given.toJSON() })
  })
}

class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

async function ask(step: string, body?: object) {
  const answer = await fetch(
    `/api/auth/passkey/${step}`,
    body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {},
  )
  const said = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Refused(String(said?.code ?? answer.status))
  return said
}

async function perform(work: () => Promise<void>): Promise<Ceremony> {
  try {
    await work()
    return { done: true }
  } catch (failure) {
    if (failure instanceof Refused) {
      if (failure.code === 'SESSION_NOT_FRESH' || failure.code === 'UNAUTHORIZED')
        return { done: false, words: m.problem_request_confirm_again(), again: true }
      const words: Record<string, () => string> = {
        PASSKEY_NOT_FOUND: m.passkey_unknown,
        CHALLENGE_NOT_FOUND: m.passkey_too_late,
        NOT_VERIFIED: m.passkey_not_verified,
        'request.too-many': m.problem_request_too_many,
        'server.unavailable': m.problem_server_unavailable,
      }
      return { done: false, words: (words[failure.code] ?? m.passkey_failed)() }
    }
    const name = failure instanceof DOMException ? failure.name : ''
    if (name === 'NotAllowedError' || name === 'AbortError') return { done: false, words: m.passkey_cancelled() }
    if (name === 'InvalidStateError') return { done: false, words: m.passkey_already() }
    return { done: false, words: m.passkey_failed() }
  }
}
