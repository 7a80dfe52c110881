/** The key with which this installation signs the reports that it is asked for (CAIRN_REPORT_KEY). */
import { ProblemError } from '@cairn/core'
import { openKey, readAnyKey } from '@cairn/keys'
import type { Signer } from '@cairn/seals'
import type { Config } from './config.ts'

/** Opened once: deriving a key from a passphrase is slow on purpose. */
const opened = new Map<string, Promise<Signer>>()

/** The signer. Raises `key.missing` where none is configured, and what opening it raises. */
export async function reportSigner({ reportKey }: Pick<Config, 'reportKey'>): Promise<Signer> {
  if (!reportKey) throw new ProblemError('key.missing', 'This installation signs no reports: no key is named in CAIRN_REPORT_KEY.')
  const { file, passphrase } = reportKey
  const signer = opened.get(file) ?? Promise.resolve(openKey(readAnyKey(file), { passphrase }))
  opened.set(file, signer)
  try {
    return await signer
  } catch (error) {
    opened.delete(file)
    throw error
  }
}
