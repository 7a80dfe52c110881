/** Whom the registry in the evidence lets vouch for others. */
import { ProblemError } from '@cairn/core'
import { type Certificate, parseCertificateText } from '@cairn/seals'
import type { Evidence } from '../evidence.ts'

/** Anchors of the registry; one that cannot be read vouches for nobody. */
export function anchorsOf({ registry }: Evidence): Certificate[] {
  return registry.anchors.flatMap((text) => {
    try {
      return [parseCertificateText(text)]
    } catch (error) {
      if (error instanceof ProblemError) return []
      throw error
    }
  })
}
