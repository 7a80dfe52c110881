/** The trust registry of this installation, and evidence gathered with it. */
import type { EvidenceAnswer } from '@cairn/api'
import { keepLast, ProblemError, TrustRegistry } from '@cairn/core'
import { type Door, fetchSafely, gather } from '@cairn/online'
import { type Certificate, parseCertificate, toBase64 } from '@cairn/seals'
import { type CredentialRow, readPublishedList, readPublishedTokenList, readRegistry } from '@cairn/store'
import { namingCertificates } from '@cairn/trustlists'
import { type DocumentNeeds, type Evidence, needsOfDocument } from '@cairn/verifier'
import { accreditationsAbout } from './accreditations.ts'
import type { Installation } from './context.ts'
import { createKeptReading } from './kept-reading.ts'
import { withNewestLists } from './newest-lists.ts'
import { recentStatements } from './recent-statements.ts'
import { listAddress } from './status-publishing.ts'
import { knownServices } from './trusted-lists.ts'

/** The registry as last read, by database: every page that is shown needs it, and it changes on few days of a year. */
const registries = createKeptReading<TrustRegistry>(2000)

/** Makes the next reader read the registry anew: called where an entry was written. Other nodes see it within two seconds. */
export const forgetRegistry = registries.forget

/** The registry as the verifier is handed it, named and dated. */
export function ownRegistry(installation: Installation, now: string): Promise<TrustRegistry> {
  return registries.get(installation, now, () => readOwn(installation, now))
}

async function readOwn({ database, config, neighbourhood }: Installation, now: string): Promise<TrustRegistry> {
  const host = new URL(config.publicUrl).host
  const { anchors, timeStampAnchors, issuers } = await readRegistry(database, config.demo, now.slice(0, 10))
  return TrustRegistry.parse({
    name: `Registry of ${host}${config.demo ? ', demonstration' : ''}`,
    readAt: now,
    // The authorities of a demonstration are believed by it, whatever was sealed before they came.
    anchors: [...new Set([...anchors, ...(neighbourhood ? [neighbourhood.anchor] : [])])],
    ...(timeStampAnchors ? { timeStampAnchors } : {}),
    issuers,
  })
}

/** Lists as they were last published. The verifier keeps what it read of the same bytes, so a list is unpacked once and not for every visitor. */
const kept = new Map<string, { sequence: number; bytes: Uint8Array }>()
const keptAtMost = 64

function sameBytesAsBefore(id: string, { sequence, signed }: { sequence: number; signed: Uint8Array }): Uint8Array {
  const before = kept.get(id)
  if (before?.sequence === sequence && Buffer.compare(before.bytes, signed) === 0) return before.bytes
  return keepLast(kept, id, { sequence, bytes: signed }, keptAtMost).bytes
}

/** Our own lists come from the database, others through the safe door; a neighbourhood on this machine is the demonstration's own. */
export function statusDoor({ database, config, neighbourhood }: Pick<Installation, 'database' | 'config' | 'neighbourhood'>): Door {
  const own = `${config.publicUrl}/status/`
  const ownOrigins = [...config.networkOrigins, ...(neighbourhood ? [neighbourhood.origin] : [])]
  const outside: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins })
  return async (address, ask) => {
    if (!address.startsWith(own)) return outside(address, ask)
    const [id = '', form] = address.slice(own.length).split('/')
    if (form === 'token') {
      const found = /^[0-9a-f-]{36}$/.test(id) ? await readPublishedTokenList(database, id) : undefined
      return found ? { bytes: new TextEncoder().encode(found.token) } : outside(address, ask)
    }
    const list = /^[0-9a-f-]{36}$/.test(id) ? await readPublishedList(database, id) : undefined
    return list ? { bytes: sameBytesAsBefore(id, list) } : outside(address, ask)
  }
}

/**
 * The registry with what is known elsewhere of the certificates that signed (DER) and of the bodies that awarded (ids and numbers): services of trusted
 * lists, which speak for certificates, and registries of accreditations. Only the part that can matter, for the whole is large.
 */
export async function withKnownElsewhere(
  installation: Installation,
  registry: TrustRegistry,
  { bodies, signers }: Pick<DocumentNeeds, 'bodies' | 'signers'>,
  now: string,
): Promise<Pick<Evidence, 'registry' | 'accreditations'>> {
  const services = signers.length === 0 ? [] : await knownServices(installation, now)
  const accreditations = bodies.length === 0 ? [] : await accreditationsAbout(installation, bodies, now)
  return {
    registry: services.length > 0 ? { ...registry, trustedServices: namingCertificates(services, signers.flatMap(readable)) } : registry,
    ...(accreditations.length > 0 ? { accreditations } : {}),
  }
}

/** The registry with every service of the trusted lists, for raising seals: nobody knows yet which of them a chain will lead to. */
export async function raisingRegistry(installation: Installation, now: string): Promise<TrustRegistry> {
  const registry = await ownRegistry(installation, now)
  const trustedServices = await knownServices(installation, now)
  return trustedServices.length > 0 ? { ...registry, trustedServices } : registry
}

function readable(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (error instanceof ProblemError) return []
    throw error
  }
}

/** Evidence for a document. */
export async function evidenceFor(installation: Installation, bytes: Uint8Array, now: string): Promise<Evidence> {
  const own = await ownRegistry(installation, now)
  const needs = await needsOfDocument(bytes, { registry: own, statusLists: {}, retrievedAt: now })
  const known = await withKnownElsewhere(installation, own, needs, now)
  const door = withNewestLists(installation, statusDoor(installation))
  return { ...(await gather(bytes, known.registry, door, now)), ...known }
}

/** Which of our own credentials evidence is for: the key that sealed it, its level, its list, and how its bytes are had where they are needed. */
export interface OwnSeal {
  key: string
  level: string
  list: string
  bytes: () => Promise<Uint8Array>
}

/** A row of ours as evidence is asked for it. */
export function ownSeal({ key, level, statusList }: CredentialRow, bytes: OwnSeal['bytes']): OwnSeal {
  return { key, level, list: statusList, bytes }
}

/**
 * Evidence for a credential of our own. Its list is known and comes from the database; statements on the certificates are the same for every
 * credential of one key, level and list, so they are asked for once in a while and not for every visitor.
 */
export async function evidenceForOwn(installation: Installation, { key, level, list, bytes }: OwnSeal, now: string): Promise<Evidence> {
  const [registry, published] = await Promise.all([ownRegistry(installation, now), readPublishedList(installation.database, list)])
  const statusLists = published ? { [listAddress(installation, list)]: sameBytesAsBefore(list, published) } : {}
  const name = `${installation.config.publicUrl} ${key} ${level} ${list}`
  const { trustedServices, ...others } = await recentStatements(name, now, async () => evidenceFor(installation, await bytes(), now))
  return { registry: trustedServices ? { ...registry, trustedServices } : registry, statusLists, retrievedAt: now, ...others }
}

/** Evidence as it travels to a browser: bytes in base64, and nothing that is empty beside the lists. */
export function evidenceAnswer({ registry, statusLists, retrievedAt, revocation, certificates, ...others }: Evidence): EvidenceAnswer {
  const { didDocuments, hosted, issuerMetadata, typeMetadata, accreditations } = others
  const records = Object.entries({ didDocuments, hosted, issuerMetadata, typeMetadata })
    .filter(([, record]) => record && Object.keys(record).length > 0)
    .map(([name, record]) => [name, inBase64(record!)])
  return {
    registry,
    retrievedAt,
    statusLists: inBase64(statusLists),
    ...Object.fromEntries(records),
    ...(revocation ? { revocation: { crls: revocation.crls.map(toBase64), ocsps: revocation.ocsps.map(toBase64) } } : {}),
    ...(certificates ? { certificates: certificates.map(toBase64) } : {}),
    ...(accreditations ? { accreditations: [...accreditations] } : {}),
  }
}

const inBase64 = (record: Readonly<Record<string, Uint8Array>>) =>
  Object.fromEntries(Object.entries(record).map(([name, bytes]) => [name, toBase64(bytes)]))

/** Authorities of time stamps, in the order in which they are asked: those of the configuration, else that of a demonstration. */
export const timeStampSources = ({ config, neighbourhood }: Pick<Installation, 'config' | 'neighbourhood'>): readonly string[] =>
  config.timeStampAuthorities.length > 0 ? config.timeStampAuthorities : neighbourhood ? [neighbourhood.timeStampAddress] : []
