/** Key files of every holder: encrypted here, in a device, at a service. */
import { ProblemError } from '@cairn/core'
import type { Signer } from '@cairn/seals'
import { HardwareKey, openHardwareKey } from './hardware-key.ts'
import { KeyFile, openKeyFile, readKeyText } from './key-file.ts'
import { openRemoteKey, RemoteKey } from './remote-key.ts'

/** A key file. `holder` is absent where the key itself is inside, encrypted. */
export type AnyKey = KeyFile | HardwareKey | RemoteKey

/** What opens a key: a passphrase for a file, a PIN for a device or a service, and the client's secret for a service. */
export interface KeySecrets {
  passphrase: string
  clientSecret?: string
  /** Origins of this installation itself, for a service on loopback. */
  ownOrigins?: readonly string[]
}

/** Where a key is: `file`, `pkcs11` or `csc`. */
export const holderOf = (key: AnyKey): 'file' | 'pkcs11' | 'csc' => ('holder' in key ? key.holder : 'file')

/** Reads a key file of any holder from its text. Raises `key.unreadable` with the place that is wrong. */
export function parseAnyKey(text: string): AnyKey {
  return readKeyText<typeof HardwareKey | typeof RemoteKey | typeof KeyFile>(text, (json) => {
    const holder = typeof json === 'object' && json !== null && 'holder' in json ? json.holder : undefined
    return holder === 'pkcs11' ? HardwareKey : holder === 'csc' ? RemoteKey : KeyFile
  })
}

/** Opens a key of any holder. Raises `key.passphrase-wrong`, `key.unreadable`, `key.missing`, `key.holder-away`, `key.holder-refused`. */
export async function openKey(key: AnyKey, { passphrase, clientSecret, ownOrigins }: KeySecrets): Promise<Signer> {
  if (!('holder' in key)) return openKeyFile(key, passphrase)
  if (key.holder === 'pkcs11') return openHardwareKey(key, passphrase)
  if (clientSecret === undefined)
    throw new ProblemError('key.passphrase-wrong', 'The service asks for the secret of its client beside the PIN.')
  return openRemoteKey(key, { clientSecret, pin: passphrase, ...(ownOrigins ? { ownOrigins } : {}) })
}
