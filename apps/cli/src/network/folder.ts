/** The folder of one member: what it holds of a network, as plain files. */
import { createHash, createHmac } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  AgreementFile,
  type AgreementState,
  appendEntry,
  type Json,
  type LedgerEntry,
  type LedgerEvent,
  NetworkDirectory,
  networkTypes,
  ProblemError,
  parseJson,
  readAgreement,
  readLedger,
  usedIn,
} from '@cairn/core'
import { openSigned } from '@cairn/seals'
import { z } from 'zod'
import { parseAs, readGiven } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'

/** Who this folder belongs to, and whose seal stands under the directory. */
const Settings = z.strictObject({ network: z.string(), me: z.string(), coordinator: z.boolean(), pinned: z.string(), head: z.string() })
type Settings = z.infer<typeof Settings>

/** SHA-256 of a text in UTF-8, as base64url. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** A member's folder. */
export interface NetworkFolder {
  settings: Settings
  directory: NetworkDirectory
  at(...names: string[]): string
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Writes a file whole or not at all. */
export function writeWhole(place: string, text: string, mode = 0o644): void {
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(`${place}.part`, text, { mode })
  renameSync(`${place}.part`, place)
}

/** The folder that `--folder` names. */
export function placeOf(given: Given): string {
  const place = given.text('folder')
  if (place === undefined) throw new UsageError('Which folder? Give --folder DIR.')
  return place
}

/** Opens the folder. Raises a usage error where there is none. */
export function openFolder(given: Given): NetworkFolder {
  const place = placeOf(given)
  const at = (...names: string[]) => path.join(place, ...names)
  if (!existsSync(at('network.json'))) throw new UsageError('The folder belongs to no network yet: cairn network init or join.')
  return {
    settings: parseAs(Settings, parseJson(readGiven(at('network.json'))), 'settings of the network'),
    directory: parseAs(NetworkDirectory, parseJson(readGiven(at('directory.json'))), 'directory'),
    at,
  }
}

/** Lays the folder down. Raises a usage error where there is one already. */
export function createFolder(place: string, settings: Settings, directory: NetworkDirectory, networkKey: string): void {
  const at = (name: string) => path.join(place, name)
  if (existsSync(at('network.json'))) throw new UsageError('The folder belongs to a network already.')
  writeWhole(at('network-key'), `${networkKey}\n`, 0o600)
  writeWhole(at('directory.json'), json(directory))
  writeWhole(at('network.json'), json(settings))
}

/** Keeps a newer directory. */
export const keepDirectory = ({ at }: NetworkFolder, directory: NetworkDirectory): void => writeWhole(at('directory.json'), json(directory))

/** Keeps the head of the ledger that was signed last, so that a ledger that lost its end is noticed. */
export const keepHead = ({ at, settings }: NetworkFolder, head: string): void => writeWhole(at('network.json'), json({ ...settings, head }))

/** HMAC with the key that members of the network share. */
export function macOf({ at }: NetworkFolder): (text: string) => string {
  const key = Buffer.from(readFileSync(at('network-key'), 'utf8').trim(), 'base64url')
  return (text) => createHmac('sha256', key).update(text).digest('base64url')
}

/** The ledger, proven from its first entry on. Raises `network.ledger-altered`. */
export function ledgerOf({ at, settings }: NetworkFolder): LedgerEntry[] {
  const place = at('ledger.jsonl')
  const text = existsSync(place) ? readFileSync(place, 'utf8') : ''
  return readLedger(
    text.split('\n').flatMap((line): Json[] => (line === '' ? [] : [parseJson(line)])),
    hash,
    settings.head,
  )
}

/** Adds an entry to the ledger, `again` where an answer takes the place of an earlier one. */
export function addToLedger(folder: NetworkFolder, event: LedgerEvent, { again = false } = {}): void {
  const ledger = appendEntry(ledgerOf(folder), event, hash, { again })
  appendFileSync(folder.at('ledger.jsonl'), `${JSON.stringify(ledger.at(-1))}\n`)
}

/** Tokens used up here, and those in the signed lists of others that were put into `used/`. */
export async function usedTokens(folder: NetworkFolder, read: (bytes: Uint8Array) => Promise<readonly string[]>): Promise<Set<string>> {
  const used = usedIn(ledgerOf(folder))
  const place = folder.at('used')
  for (const file of existsSync(place) ? readdirSync(place).sort() : [])
    for (const token of await read(readGiven(path.join(place, file)))) used.add(token)
  return used
}

/** An agreement file with its signatures, checked. */
export async function readAgreementFile(
  place: string,
  directory: NetworkDirectory,
): Promise<AgreementState & { file: { signatures: readonly string[] } }> {
  const file = parseAs(AgreementFile, parseJson(readGiven(place)), 'agreement')
  const signatures = await Promise.all(file.signatures.map((each) => openSigned(Buffer.from(each), networkTypes.agreement)))
  return { ...readAgreement(file.agreement as Json, signatures, directory, hash), file }
}

/** The agreement of this hash that the folder holds. Raises `network.not-in-force` where there is none. */
export async function agreementOf(folder: NetworkFolder, wanted: string): Promise<AgreementState> {
  const place = folder.at('agreements', `${wanted}.json`)
  if (!/^[A-Za-z0-9_-]{43}$/.test(wanted) || !existsSync(place))
    throw new ProblemError('network.not-in-force', 'The folder holds no agreement of this hash.')
  const state = await readAgreementFile(place, folder.directory)
  if (state.hash !== wanted) throw new ProblemError('network.hash-differs', 'The agreement was altered after it was put there.')
  return state
}
