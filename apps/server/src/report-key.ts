/** The key with which this installation signs the reports that it is asked for (CAIRN_REPORT_KEY; a demonstration has one of its own). */
import { randomBytes, randomUUID } from 'node:crypto'
import { ProblemError } from '@cairn/core'
import { openKey, readAnyKey } from '@cairn/keys'
import type { Signer } from '@cairn/seals'
import type { Config } from './config.ts'
import { openOnce } from './open-once.ts'

/** Opened once: deriving a key from a passphrase is slow on purpose. */
const opened = new Map<string, Promise<Signer>>()

type ReportConfig = Pick<Config, 'reportKey' | 'demo'>

/** True where reports are signed: by the key that is named, or by a throw-away key of a demonstration. */
export const signsReports = ({ reportKey, demo }: ReportConfig): boolean => reportKey !== undefined || demo

/** The key of a demonstration lasts as long as its process; nothing trusts it. */
let demonstration: Promise<Signer> | undefined

async function makeDemonstrationKey(): Promise<Signer> {
  const { createDemoKey } = await import('@cairn/testkit')
  const passphrase = randomBytes(24).toString('base64url')
  const organisation = {
    id: `urn:uuid:${randomUUID()}`,
    legalName: { en: 'Verifier of a demonstration' },
    country: 'EU',
    identifiers: [],
    accreditations: [],
    higherEducation: false,
  }
  return openKey(createDemoKey({ organisation, passphrase }).keyFile, { passphrase })
}

/** The signer. Raises `key.missing` where none is configured, and what opening it raises. */
export async function reportSigner({ reportKey, demo }: ReportConfig): Promise<Signer> {
  if (!reportKey && demo) {
    demonstration ??= makeDemonstrationKey()
    return demonstration
  }
  if (!reportKey) throw new ProblemError('key.missing', 'This installation signs no reports: no key is named in CAIRN_REPORT_KEY.')
  const { file, passphrase } = reportKey
  return openOnce(opened, file, async () => openKey(readAnyKey(file), { passphrase }))
}
