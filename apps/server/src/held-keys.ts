/** Keys that devices and remote services hold for this installation: files as `cairn keys import` writes them, with what opens them beside each. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ProblemError } from '@cairn/core'
import { type AnyKey, holderOf, type KeySecrets, readAnyKey } from '@cairn/keys'

/** A key in a device or at a service; `name` is that of its file. The secrets never leave the server. */
export interface HeldKey {
  name: string
  key: AnyKey
  secrets: KeySecrets
}

/**
 * Reads a folder: `seal.json` with `seal.pin`, and `seal.client-secret` for a service. None without a folder. Raises `server.misconfigured` for a file
 * that others can read, a secret that is missing, and a key that is no one's to hold.
 */
export function readHeldKeys(folder: string | undefined): HeldKey[] {
  if (folder === undefined) return []
  const names = filesIn(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
  return names.sort().map((name) => {
    const key = keyIn(path.join(folder, `${name}.json`))
    if (holderOf(key) === 'file') refuse(`The key in ${name}.json is a file of its own. Bring it in the console, or put it into a device.`)
    const passphrase = secretIn(path.join(folder, `${name}.pin`), true)
    const clientSecret = secretIn(path.join(folder, `${name}.client-secret`), holderOf(key) === 'csc')
    return { name, key, secrets: { passphrase: passphrase ?? '', ...(clientSecret ? { clientSecret } : {}), ownOrigins: originsOf(key) } }
  })
}

/** Whether two files speak of the same key in the same place. */
export function isSameKey(one: AnyKey, other: AnyKey): boolean {
  return JSON.stringify(placeOf(one)) === JSON.stringify(placeOf(other))
}

function placeOf(key: AnyKey): readonly unknown[] {
  if (!('holder' in key)) return [key.certificates[0]]
  return key.holder === 'pkcs11' ? [key.module, key.token, key.key] : [key.service, key.clientId, key.credential]
}

/** Whoever configures the server names the service, so it may be on this machine. */
function originsOf(key: AnyKey): string[] {
  return 'holder' in key && key.holder === 'csc' ? [new URL(key.service).origin] : []
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return refuse(`CAIRN_KEYS names no folder that can be read: ${folder}`)
  }
}

function keyIn(file: string): AnyKey {
  try {
    return readAnyKey(file)
  } catch (error) {
    if (error instanceof ProblemError) return refuse(`${file} holds no key: ${error.problem.detail}`)
    throw error
  }
}

function secretIn(file: string, isNeeded: boolean): string | undefined {
  if (!existsSync(file)) return isNeeded ? refuse(`${file} is missing: it opens the key beside it.`) : undefined
  if ((statSync(file).mode & 0o077) !== 0) refuse(`Others can read ${file}. Take their rights away: chmod 600.`)
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
}

function refuse(detail: string): never {
  throw new ProblemError('server.misconfigured', detail)
}
