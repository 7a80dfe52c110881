/** Opened sealing keys. Opening costs a third of a second on purpose, or a way to a device or a service, so a key is opened once and kept. */
import type { KeyObject } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { type AnyKey, openKey, parseAnyKey, signerOf, unwrapKey } from '@cairn/keys'
import type { Signer } from '@cairn/seals'
import { type HeldKey, isSameKey } from './held-keys.ts'
import { openOnce } from './open-once.ts'

/** Keys by their row's id. */
export interface KeyRing {
  /** What protects key files at rest: from the server's secret, never stored. */
  readonly passphrase: string
  /** Keys that devices and services hold, as the configuration names them. */
  readonly held: readonly HeldKey[]
  /** Raises what opening raises, and `key.holder-away` for a key that the configuration does not name any more. */
  open(id: string, file: unknown): Promise<Signer>
  /** The opened key itself, for another thread of this server, which need not open it again; nothing where a device or a service holds it. */
  lend(id: string, file: unknown): Promise<KeyObject | undefined>
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

interface Opened {
  signer: Signer
  /** Of a file. */
  privateKey?: KeyObject
}

/** Makes a ring over one passphrase, the keys that are held elsewhere, and those that another thread has opened and lent, by their row's id. */
export function createKeyRing(
  passphrase: string,
  held: readonly HeldKey[] = [],
  lent: ReadonlyMap<string, KeyObject> = new Map(),
): KeyRing {
  const opened = new Map<string, Promise<Opened>>()
  const openNew = async (id: string, file: unknown): Promise<Opened> => {
    const key = keyOf(file)
    if (!('holder' in key)) {
      const privateKey = lent.get(id) ?? (await unwrapKey(key, passphrase))
      return { signer: signerOf(key, privateKey), privateKey }
    }
    const holder = held.find((each) => isSameKey(each.key, key))
    if (!holder) throw new ProblemError('key.holder-away', 'The configuration of the server does not name this key any more (CAIRN_KEYS).')
    return { signer: await openKey(key, holder.secrets) }
  }
  const open = (id: string, file: unknown): Promise<Opened> => openOnce(opened, id, () => openNew(id, file))
  return {
    passphrase,
    held,
    open: async (id, file) => (await open(id, file)).signer,
    lend: async (id, file) => ('holder' in keyOf(file) ? undefined : (await open(id, file)).privateKey),
    forget(id) {
      const closing = opened.get(id)
      opened.delete(id)
      void closing?.then(
        ({ signer }) => closeSigner(signer),
        () => undefined,
      )
    },
  }
}
