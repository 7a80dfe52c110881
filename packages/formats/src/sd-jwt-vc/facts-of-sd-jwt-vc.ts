/** The few facts of an SD-JWT VC that a verdict hangs on. */
import { isObject, type Json, type JsonObject } from '@cairn/core'
import type { VerdictFacts } from '../elm/facts-for-verdict.ts'
import { list } from '../elm/nodes.ts'
import { instantOf } from './read-sd-jwt-vc.ts'

/** Where a token says that its status stands (Token Status List, 6.2). */
export interface TokenStatusEntry {
  address: string
  index: number
}

/** Facts as for every form, and the entry in a token status list. */
export interface SdJwtVcFacts extends VerdictFacts {
  tokenStatus?: TokenStatusEntry
}

/** Reads the facts; never throws. A moment that cannot be read comes through as text that is none, so that nobody takes it for absent. */
export function factsOfSdJwtVc(payload: JsonObject): SdJwtVcFacts {
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined)
  const moment = (value: Json | undefined) => (value === undefined ? undefined : (instantOf(value) ?? 'unreadable'))
  const validFrom = moment(payload.nbf)
  const validUntil = moment(payload.exp) ?? dayEnd(payload.date_of_expiry)
  const issued = moment(payload.iat)
  const { entry, unreadable } = tokenStatusOf(payload.status)
  const issuerId = text(payload.iss)
  const eidasIdentifier = text(payload.issuing_authority_id)
  const legalName = text(payload.issuing_authority)
  return {
    ...(issuerId !== undefined && { issuerId }),
    issuerIdentifiers: eidasIdentifier === undefined ? [] : [eidasIdentifier],
    ...(eidasIdentifier !== undefined && { eidasIdentifier }),
    ...(legalName !== undefined && { legalName }),
    awardingBodyIdentifiers: list(payload.awarding_body_ids).flatMap((each) => text(each)?.replace(/^[a-z]+:/, '') ?? []),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
    ...(issued !== undefined && { issued }),
    statuses: [],
    statusUnreadable: unreadable,
    types: [payload.vct, ...list(payload.aka_vcts)].filter((type) => typeof type === 'string'),
    ...(entry && { tokenStatus: entry }),
  }
}

/** A day as the end of that day. */
function dayEnd(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return value === undefined ? undefined : 'unreadable'
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59Z` : value
}

/** `status.status_list`; where only another mechanism stands, the status cannot be followed, and is so unknown. */
export function tokenStatusOf(status: Json | undefined): { entry?: TokenStatusEntry; unreadable: boolean } {
  if (status === undefined) return { unreadable: false }
  if (!isObject(status) || !isObject(status.status_list)) return { unreadable: true }
  const { idx, uri } = status.status_list
  if (typeof idx !== 'number' || !Number.isSafeInteger(idx) || idx < 0 || typeof uri !== 'string') return { unreadable: true }
  return { entry: { address: uri, index: idx }, unreadable: false }
}
