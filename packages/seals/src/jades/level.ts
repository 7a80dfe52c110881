/** The baseline level of a signature by what it holds (TS 119 182-1, 6.3). It says what is there, not that it is true. */
import type { SignatureRead } from './read-signature.ts'
import { carriedValues } from './unsigned.ts'

export type SealLevel = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA'

/** The level, or `undefined` when even the members of B-B are not all there. */
export function levelOf(signature: SignatureRead): SealLevel | undefined {
  const { header, claimedAt, unsigned } = signature
  const references = [header['x5t#S256'], header['x5t#o'], header.sigX5ts].filter((each) => each !== undefined)
  if (claimedAt === undefined || references.length !== 1) return undefined
  const stamped = unsigned.findIndex(({ name }) => name === 'sigTst')
  if (stamped < 0) return 'B-B'
  const { certificates, crls, ocsps } = carriedValues(unsigned)
  if (certificates.length + crls.length + ocsps.length === 0 || unsigned.some(({ name }) => onlyBelow.has(name))) return 'B-T'
  return unsigned.some(({ name }) => name === 'arcTst') ? 'B-LTA' : 'B-LT'
}

/** References and their time stamps have no place from B-LT on, where the values themselves are. */
const onlyBelow = new Set(['xRefs', 'rRefs', 'axRefs', 'arRefs', 'rfsTst', 'sigRTst'])
