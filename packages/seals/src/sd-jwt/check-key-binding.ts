/** Whether whoever shows an SD-JWT holds the key that it names (RFC 9901, 4.3 and 7.3; R-SD-2). */
import { isObject, type Json, type JsonObject, millis, type Problem, ProblemError, problem } from '@cairn/core'
import { digestText } from '#token-text'
import { keyOfJwk, type PublicKey } from '../vc-jose/jwk.ts'
import { isSignedBy, readToken } from './read-token.ts'
import type { SdJwtRead } from './sd-jwt.ts'

/** What a verifier asked the holder: audience and nonce when there are any, and how old the proof may be. */
export interface KeyBindingAsked {
  audience?: string | undefined
  nonce?: string | undefined
  /** The moment of judging (RFC 3339). */
  now: string
  /** Seconds a proof may be old, and ahead of our clock. Left out, its age is not looked at. */
  age?: { old: number; ahead: number } | undefined
}

const largest = 16 * 1024

/**
 * Problems of the KB-JWT; empty when it proves that the holder of `cnf.jwk` showed exactly these disclosures, to this audience, for this nonce, now.
 * `payload` is the processed payload. Never raises on what a token can hold.
 */
export async function checkKeyBinding(read: SdJwtRead, payload: JsonObject, asked: KeyBindingAsked): Promise<Problem[]> {
  if (read.keyBinding === undefined) return [problem('holder.missing', 'There is no proof of the holder.')]
  try {
    return await check(read.keyBinding, read, holderKey(payload), asked)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code, detail } = error.problem
    return [code.startsWith('holder.') ? error.problem : problem('holder.proof-malformed', detail)]
  }
}

/** The holder's key of `cnf` (RFC 7800, 3.2). Raises `holder.not-bound`. */
export function holderKey({ cnf }: JsonObject): PublicKey {
  const jwk = isObject(cnf) ? cnf.jwk : undefined
  if (jwk === undefined) throw new ProblemError('holder.not-bound', 'There is no key under cnf.', '/cnf/jwk')
  try {
    return keyOfJwk(jwk)
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError('holder.not-bound', error.problem.detail, '/cnf/jwk')
    throw error
  }
}

async function check(text: string, read: SdJwtRead, key: PublicKey, asked: KeyBindingAsked): Promise<Problem[]> {
  const token = readToken(text, ['kb+jwt'], largest)
  if (token.header.x5c !== undefined) return [problem('holder.proof-malformed', 'The proof brings a key of its own.')]
  if (!(await isSignedBy(token, key))) return [problem('holder.proof-broken', 'The key under cnf did not make this proof.')]
  const { iat, aud, nonce, sd_hash: shown, exp, nbf } = token.payload
  if (typeof iat !== 'number' || typeof aud !== 'string' || typeof nonce !== 'string' || typeof shown !== 'string')
    return [problem('holder.proof-malformed', 'iat, aud, nonce and sd_hash have to be there.')]
  const found: Problem[] = []
  const expected = digestText(read.hash, read.presented)
  if (shown !== expected) found.push(problem('holder.other-presentation', 'sd_hash is one of other disclosures.', '/sd_hash'))
  if (asked.audience !== undefined && aud !== asked.audience) found.push(problem('holder.other-audience', 'aud is another one.', '/aud'))
  if (asked.nonce !== undefined && nonce !== asked.nonce) found.push(problem('holder.other-nonce', 'nonce is another one.', '/nonce'))
  const now = millis(asked.now) / 1000
  const { old, ahead } = asked.age ?? { old: Number.POSITIVE_INFINITY, ahead: Number.POSITIVE_INFINITY }
  if (now - iat > old) found.push(problem('holder.proof-age', `The proof is more than ${old} seconds old.`, '/iat'))
  else if (iat - now > ahead) found.push(problem('holder.proof-age', 'The proof is of a time to come.', '/iat'))
  else if (asked.age && ((exp !== undefined && !(secondsOf(exp) >= now)) || (nbf !== undefined && !(secondsOf(nbf) - ahead <= now))))
    found.push(problem('holder.proof-age', 'The proof says that it does not count now.', '/exp'))
  return found
}

const secondsOf = (value: Json) => (typeof value === 'number' ? value : Number.NaN)
