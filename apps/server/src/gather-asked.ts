/** Evidence that a browser asks for by address, without showing the document: only of issuers that the registry knows (R-SSRF-2). */
import type { EvidenceAsked } from '@cairn/api'
import { ProblemError, type TrustRegistry } from '@cairn/core'
import { type Door, fetchStatements, type Statements } from '@cairn/online'
import { fromBase64, parseCertificateText } from '@cairn/seals'
import { chainOf, controllerAddress, type Evidence, isOfRegistry, standardPolicy } from '@cairn/verifier'
import type { Installation } from './context.ts'
import { withNewestLists } from './newest-lists.ts'
import { statusDoor, withKnownElsewhere } from './registry.ts'

/**
 * Gathers what was asked for. Lists of our own come from the database; anything else is fetched, through the safe door, when its host is that of an
 * issuer in the registry. What cannot be had, and what is nobody's whom we know, is left out.
 */
export async function gatherAsked(
  installation: Installation,
  registry: TrustRegistry,
  asked: EvidenceAsked,
  now: string,
  door: Door = statusDoor(installation),
): Promise<Evidence> {
  const beside = await withKnownElsewhere(
    installation,
    registry,
    { bodies: asked.bodies ?? [], signers: (asked.signers ?? []).flatMap((text) => fromBase64(text) ?? []) },
    now,
  )
  const lists = statusDoor(installation)
  const newest = withNewestLists(installation, door)
  const own = `${installation.config.publicUrl}/status/`
  const known = (address: string, identifier = address) => /^https:\/\//.test(address) && isOfRegistry(address, identifier, registry)
  const evidence: Evidence = {
    ...beside,
    retrievedAt: now,
    statusLists: await each(asked.statusLists, (address) =>
      address.startsWith(own) ? lists(address) : known(address) ? newest(address, { accept: listTypes }) : undefined,
    ),
    didDocuments: await each(asked.controllers ?? [], (identifier) => {
      const address = controllerAddress(identifier)
      return address !== undefined && known(address, identifier) ? door(address, { accept: documentTypes }) : undefined
    }),
    hosted: await each(asked.hosted ?? [], (address) => (known(address) ? door(address, { accept: documentTypes }) : undefined)),
    issuerMetadata: await each(asked.issuerMetadata ?? [], (address) => (known(address) ? door(address, { accept: jsonType }) : undefined)),
    typeMetadata: await each(asked.types ?? [], (address) => (known(address) ? door(address, { accept: jsonType }) : undefined)),
  }
  const statements: Statements = { crls: [], ocsps: [] }
  for (const chain of asked.chains ?? []) await askAfter(chain, evidence, statements, door, now)
  return statements.crls.length + statements.ocsps.length > 0 ? { ...evidence, revocation: statements } : evidence
}

const jsonType = 'application/json'
const documentTypes = 'application/json, application/ld+json, application/did+json;q=0.9, */*;q=0.5'
const listTypes = 'application/vc+jwt, application/statuslist+jwt, application/json;q=0.9, */*;q=0.5'

/** Statements on certificates whose chain leads to an anchor of the registry; others are nobody's whom we know. */
async function askAfter(chain: readonly string[], evidence: Evidence, found: Statements, door: Door, now: string): Promise<void> {
  try {
    const certificates = chain.map(parseCertificateText)
    const trusted = await chainOf('seal', certificates[0]!, certificates, evidence, undefined, standardPolicy, now)
    if (trusted) await fetchStatements(trusted.links, door, found)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
  }
}

async function each(
  names: readonly string[],
  get: (name: string) => Promise<{ bytes: Uint8Array }> | undefined,
): Promise<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {}
  await Promise.all(
    [...new Set(names)].map(async (name) => {
      try {
        const answer = await get(name)
        if (answer) found[name] = answer.bytes
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
      }
    }),
  )
  return found
}
