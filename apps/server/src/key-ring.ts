/** Opened sealing keys. Opening costs a third of a second on purpose, so a key is opened once and kept. */
import { KeyFile, openKeyFile } from '@cairn/keys'
import type { Signer } from '@cairn/seals'

/** Keys by their row's id. */
export interface KeyRing {
  /** What protects key files at rest: from the server's secret, never stored. */
  readonly passphrase: string
  open(id: string, file: unknown): Signer
  forget(id: string): void
}

/** Makes a ring over one passphrase. */
export function createKeyRing(passphrase: string): KeyRing {
  const opened = new Map<string, Signer>()
  return {
    passphrase,
    open(id, file) {
      const signer = opened.get(id) ?? openKeyFile(KeyFile.parse(file), passphrase)
      opened.set(id, signer)
      return signer
    },
    forget(id) {
      opened.delete(id)
    },
  }
}
