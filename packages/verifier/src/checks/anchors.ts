/** Whom the registry in the evidence lets vouch for others. */
import { ProblemError } from '@cairn/core'
import { type Certificate, parseCertificateText } from '@cairn/seals'
import { serviceAnchors } from '@cairn/trustlists'
import type { Evidence } from '../evidence.ts'

/**
 * Anchors of the registry, and the authorities that its trusted lists let vouch when the evidence was gathered. An anchor that cannot be read vouches
 * for nobody.
 */
export function anchorsOf({ registry, retrievedAt }: Evidence): Certificate[] {
  const byLists = serviceAnchors(registry.trustedServices ?? [], retrievedAt)
  const byConfiguration = readable(registry.anchors)
  return byLists.length > 0 ? [...byConfiguration, ...byLists] : byConfiguration
}

/** Whom the registry lets vouch for time stamps: the same, and those who may do nothing else. */
export function timeStampAnchorsOf(evidence: Evidence): Certificate[] {
  return [...anchorsOf(evidence), ...readable(evidence.registry.timeStampAnchors ?? [])]
}

function readable(texts: readonly string[]): Certificate[] {
  return texts.flatMap((text) => {
    try {
      return [parseCertificateText(text)]
    } catch (error) {
      if (error instanceof ProblemError) return []
      throw error
    }
  })
}
