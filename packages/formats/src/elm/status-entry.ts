/** Where an ELM credential says its status stands. */
import type { Json, JsonObject, StatusEntry } from '@cairn/core'
import { iri, list, nodes, text } from './nodes.ts'
import { statusNamespace } from './terms.ts'

/** Status entries that can be followed, and whether there is one that cannot: that is unknown, never fine (fail closed). */
export interface StatusFacts {
  entries: StatusEntry[]
  unreadable: boolean
}

/** Reads `credentialStatus` in either spelling: terms as full IRIs (ours), or short (W3C Bitstring Status List 1.0 under its own context). */
export function readStatusEntries(document: JsonObject): StatusFacts {
  const given = list(document.credentialStatus)
  const entries = nodes(document.credentialStatus).map(readEntry)
  const good = entries.filter((entry) => entry !== undefined)
  return { entries: good, unreadable: good.length < given.length }
}

function readEntry(node: JsonObject): StatusEntry | undefined {
  const member = (name: string): Json | undefined => node[`${statusNamespace}${name}`] ?? node[name]
  const address = iri(member('statusListCredential'))
  const index = text(member('statusListIndex'))
  const purpose = text(member('statusPurpose')) ?? 'revocation'
  if (!address || !index || !/^\d{1,15}$/.test(index) || (purpose !== 'revocation' && purpose !== 'suspension')) return undefined
  return { list: address, index: Number(index), purpose }
}
