/** The few facts of an ELM credential that a verdict hangs on. */
import { type AwardScope, isObject, type Json, type JsonObject, millis, type StatusEntry } from '@cairn/core'
import { langString, list, nodes, text, through } from './nodes.ts'
import { readStatusEntries } from './status-entry.ts'

/** What the verifier binds to the seal and the clock. Moments stay text as signed; one that cannot be read comes through as it is. */
export interface VerdictFacts {
  issuerId?: string
  /** Numbers of the issuer: eIDAS identifier first, then registration, VAT, tax and others. */
  issuerIdentifiers: string[]
  /** The eIDAS identifier alone: what the organizationIdentifier of the sealing certificate must equal. */
  eidasIdentifier?: string
  legalName?: string
  awardingBodyIdentifiers: string[]
  validFrom?: string
  validUntil?: string
  issued?: string
  status?: StatusEntry
  /** Every status entry that can be followed; `status` is the first. */
  statuses: StatusEntry[]
  /** True when a status is published in a form we cannot follow: unknown, never passed. */
  statusUnreadable: boolean
  types: string[]
  /** Where the award belongs; absent where nobody read it. */
  scope?: AwardScope
}

/**
 * Reads the facts for the verdict; never throws. Where several moments stand, the strictest counts: the latest beginning, the earliest end.
 */
export function factsForVerdict(document: JsonObject): VerdictFacts {
  const [issuer] = nodes(document.issuer)
  const { entries, unreadable } = readStatusEntries(document)
  const issuerId = issuer ? text(issuer.id) : text(document.issuer)
  const legalName = Object.values(langString(issuer?.legalName) ?? {})[0]
  const eidasIdentifier = nodes(issuer?.eIDASIdentifier).map((node) => text(node.notation))[0]
  const validFrom = strictest([document.validFrom, document.issuanceDate], (a, b) => a > b)
  const validUntil = strictest([document.validUntil, document.expirationDate], (a, b) => a < b)
  const issued = strictest([document.issued ?? document.issuanceDate], (a, b) => a > b)
  return {
    ...(issuerId !== undefined && { issuerId }),
    issuerIdentifiers: identifiersOf(issuer),
    ...(eidasIdentifier !== undefined && { eidasIdentifier }),
    ...(legalName !== undefined && { legalName }),
    awardingBodyIdentifiers: [
      ...new Set(through(document, 'credentialSubject', 'hasClaim', 'awardedBy', 'awardingBody').flatMap((body) => identifiersOf(body))),
    ],
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(issued !== undefined && { issued }),
    ...(entries[0] && { status: entries[0] }),
    statuses: entries,
    statusUnreadable: unreadable,
    types: list(document.type).filter((type) => typeof type === 'string'),
  }
}

/** Official numbers of an ELM Organisation, eIDAS identifier first. */
export function identifiersOf(organisation: JsonObject | undefined): string[] {
  if (!organisation) return []
  return ['eIDASIdentifier', 'registration', 'vatIdentifier', 'taxIdentifier', 'identifier']
    .flatMap((member) => nodes(organisation[member]))
    .map((identifier) => text(identifier.notation))
    .filter((notation) => notation !== undefined)
}

function strictest(values: readonly (Json | undefined)[], stricter: (a: number, b: number) => boolean): string | undefined {
  let chosen: string | undefined
  for (const value of values.flatMap(list)) {
    const moment = typeof value === 'string' ? value : isObject(value) ? (text(value) ?? 'unreadable') : 'unreadable'
    if (Number.isNaN(millis(moment))) return moment
    if (chosen === undefined || stricter(millis(moment), millis(chosen))) chosen = moment
  }
  return chosen
}
