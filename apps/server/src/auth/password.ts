/** Passwords: argon2id of Node itself, 19 MiB and two passes (R-SES-2). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { ProblemError } from '@cairn/core'

const derive = promisify(argon2)
const parameters = { parallelism: 1, tagLength: 32, memory: 19 * 1024, passes: 2 } as const

/** Shortest and longest password, in characters. Length is the one rule: others only make passwords worse. */
export const passwordLength = { least: 12, most: 200 } as const

/** Raises `input.invalid` for a password that is too short or too long. */
export function checkPassword(password: string): void {
  const { least, most } = passwordLength
  const { length } = [...password]
  if (length >= least && length <= most) return
  throw new ProblemError('input.invalid', `A password has ${least} to ${most} characters.`, '/password')
}

/** A password as it is stored: the PHC string format, parameters first, so that they can grow. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { ...parameters, message: password.normalize('NFKC'), nonce })
  const { memory, passes, parallelism } = parameters
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** True when the password is the one that was stored; false too for a text that is no stored password. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/.exec(hash)
  if (!match) return false
  const [, memory, passes, parallelism, nonce, tag] = match
  const wanted = Buffer.from(tag!, 'base64')
  const given = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(nonce!, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: wanted.length,
  })
  return timingSafeEqual(given, wanted)
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
