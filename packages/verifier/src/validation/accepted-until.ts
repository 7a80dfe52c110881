/** Until when a signature may be relied on, by the policy's table of algorithms (EN 319 102-1, 5.2.8.4.3; the style of TS 119 312). */
import { millis } from '@cairn/core'
import { type Certificate, rsaBits, type SignatureScheme } from '@cairn/seals'
import type { AlgorithmRule, Policy } from '../policy.ts'

/** Milliseconds since 1970 after which it no longer counts; `Infinity` without end, `-Infinity` for what is not accepted at all. */
export function acceptedUntil({ algorithms }: Policy, scheme: SignatureScheme, key: Certificate): number {
  const ends = [endOf(algorithms.filter(({ algorithm, bits = 0 }) => algorithm === scheme.kind && keyBits(scheme, key) >= bits))]
  if ('hash' in scheme) ends.push(endOf(algorithms.filter(({ algorithm }) => algorithm === scheme.hash)))
  return Math.min(...ends)
}

/** Of several rules that fit, the one for the largest keys is first in the policy's spirit: the latest end counts. */
function endOf(rules: readonly AlgorithmRule[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...rules.map(({ until }) => (until === null ? Number.POSITIVE_INFINITY : millis(until))))
}

const curveBits = { 'P-256': 256, 'P-384': 384, 'P-521': 521 }
const sizes = new WeakMap<Certificate, number>()

function keyBits(scheme: SignatureScheme, key: Certificate): number {
  if (scheme.kind === 'ed25519') return 256
  if (scheme.kind === 'ecdsa') return key.curve ? curveBits[key.curve] : 0
  if (key.keyKind !== 'rsa') return 0
  const known = sizes.get(key) ?? rsaBits(key.spki)
  sizes.set(key, known)
  return known
}
