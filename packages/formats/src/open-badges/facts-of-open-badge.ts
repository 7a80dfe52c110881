/** The facts of an Open Badge 3.0 that a verdict hangs on. */
import type { JsonObject } from '@cairn/core'
import { factsForVerdict, type VerdictFacts } from '../elm/facts-for-verdict.ts'
import { list, nodes, text } from '../elm/nodes.ts'

/** Facts for the verdict, and the 1EdTech revocation lists that the credential names by their addresses. */
export interface OpenBadgeFacts extends VerdictFacts {
  revocationLists: readonly string[]
  credentialId?: string
  /** Types of services that would give a newer copy. */
  refreshServices: readonly string[]
}

const revocationList = '1EdTechRevocationList'

/** Reads the facts; never throws. Entries of a 1EdTech revocation list are told apart from those of status lists (Open Badges 3.0, 9.3). */
export function factsOfOpenBadge(document: JsonObject): OpenBadgeFacts {
  const statuses = list(document.credentialStatus)
  const isRevocationList = (entry: (typeof statuses)[number]) =>
    nodes(entry).some((node) => list(node.type).includes(revocationList) && /^https?:\/\//.test(text(node.id) ?? ''))
  const others = statuses.filter((entry) => !isRevocationList(entry))
  return {
    ...factsForVerdict({ ...document, credentialStatus: others }),
    ...(text(document.id) !== undefined && { credentialId: text(document.id)! }),
    revocationLists: statuses.filter(isRevocationList).flatMap((entry) => nodes(entry).map((node) => text(node.id)!)),
    refreshServices: nodes(document.refreshService).flatMap((node) => list(node.type).filter((type) => typeof type === 'string')),
  }
}

/**
 * What a 1EdTech revocation list says of a credential: `revoked` with the reason, when it lists the id as revoked. `undefined` for a document that
 * is no such list of this issuer.
 */
export function revocationIn(document: JsonObject, credential: string, issuer: string | undefined): { revoked: boolean } | undefined {
  const entries = document.revokedCredential ?? document.revokedCredentials
  const named = nodes(document.issuer).map((node) => text(node.id))[0] ?? text(document.issuer)
  if (named === undefined || named !== issuer || !Array.isArray(entries)) return undefined
  const entry = entries.find((each) => each === credential || nodes(each).some((node) => text(node.id) === credential))
  if (entry === undefined) return { revoked: false }
  const [node] = nodes(entry)
  return { revoked: node?.revoked !== false }
}
