/** Opened sealing keys. Opening costs a third of a second on purpose, or a way to a device or a service, so a key is opened once and kept. */

import { ProblemError } from '@cairn/core'
import { type AnyKey, openKey, parseAnyKey } from '@cairn/keys'
import type { Signer } from '@cairn/seals'
import { type HeldKey, isSameKey } from './held-keys.ts'

/** Keys by their row's id. */
export interface KeyRing {
  /** What protects key files at rest: from the server's secret, never stored. */
  readonly passphrase: string
  /** Keys that devices and services hold, as the configuration names them. */
  readonly held: readonly HeldKey[]
  /** Raises what opening raises, and `key.holder-away` for a key that the configuration does not name any more. */
  open(id: string, file: unknown): Promise<Signer>
  /** Lets go of an opened key, so that the next use opens it anew. */
  forget(id: string): void
}

/** The file of a key as a row holds it, of any holder. */
export function keyOf(file: unknown): AnyKey {
  return parseAnyKey(JSON.stringify(file))
}

/** The leaf certificate of a key, as DER. */
export function certificateOf(key: AnyKey): Uint8Array {
  return new Uint8Array(Buffer.from(key.certificates[0]!, 'base64'))
}

/** Lets go of a device or a service, where one signs. */
export function closeSigner(signer: Signer): void {
  if ('close' in signer && typeof signer.close === 'function') signer.close()
}

/** Makes a ring over one passphrase, and the keys that are held elsewhere. */
export function createKeyRing(passphrase: string, held: readonly HeldKey[] = []): KeyRing {
  const opened = new Map<string, Promise<Signer>>()
  const open = (file: unknown): Promise<Signer> => {
    const key = keyOf(file)
    if (!('holder' in key)) return openKey(key, { passphrase })
    const holder = held.find((each) => isSameKey(each.key, key))
    if (!holder) throw new ProblemError('key.holder-away', 'The configuration of the server does not name this key any more (CAIRN_KEYS).')
    return openKey(key, holder.secrets)
  }
  return {
    passphrase,
    held,
    async open(id, file) {
      const opening = opened.get(id) ?? (async () => open(file))()
      opened.set(id, opening)
      try {
        return await opening
      } catch (error) {
        opened.delete(id)
        throw error
      }
    },
    forget(id) {
      const closing = opened.get(id)
      opened.delete(id)
      void closing?.then(closeSigner, () => undefined)
    },
  }
}
