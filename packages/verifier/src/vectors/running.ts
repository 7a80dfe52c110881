/** The college with a neighbourhood that answers on loopback: keys whose certificates name where they can be asked about, and seals of every level. */
import type { TrustRegistry } from '@cairn/core'
import { makeSigner } from '@cairn/keys'
import { type AugmentOptions, augment, type Door, fetchSafely, gather } from '@cairn/online'
import type { SealLevel, Signer } from '@cairn/seals'
import { type RunningAuthority, type SealCertificateOptions, startAuthority } from '@cairn/testkit'
import type { Evidence } from '../evidence.ts'
import { entry, number, registryOf, sealedCredential } from './neighbourhood.ts'

/** When things happen in these tests. */
export const sealedAt = '2026-05-11T09:00:00Z'
export const stampedAt = '2026-05-11T09:00:10Z'

export interface Running {
  authority: RunningAuthority
  registry: TrustRegistry
  door: Door
  key(options?: Partial<SealCertificateOptions>): Signer & { leaf: Uint8Array }
  /** A credential sealed by `signer` and raised to a level, everything at `stampedAt` unless said otherwise. */
  credential(signer: Signer, level: SealLevel, at?: string): Promise<Uint8Array>
  raise(bytes: Uint8Array, level: Exclude<SealLevel, 'B-B'>, at?: string): Promise<Uint8Array>
  /** Evidence as it is gathered at a moment, with everybody at home. */
  evidence(bytes: Uint8Array, at: string): Promise<Evidence>
  /** Evidence without anything but the registry. */
  alone(at: string): Evidence
}

/** Starts a neighbourhood whose authorities last from 2026 to 2040. */
export async function startRunning(algorithm: 'ES256' | 'RS256' = 'ES256'): Promise<Running> {
  const span = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2040-01-01T00:00:00Z') }
  const authority = await startAuthority('Neighbourhood', { ...span, algorithm })
  const registry = { ...registryOf(entry), anchors: [authority.anchor] }
  const door: Door = (address, ask) => fetchSafely(address, { ...ask, ownOrigins: [authority.origin] })
  const raise: Running['raise'] = (bytes, level, at = stampedAt) => {
    authority.setClock(new Date(at))
    const options: AugmentOptions = { timeStamps: { address: authority.timeStampAddress }, registry, door, now: () => at }
    return augment(bytes, level, options)
  }
  return {
    authority,
    registry,
    door,
    raise,
    key: (options = {}) => {
      const made = authority.issue({
        organisation: 'Lakeside Institute',
        organizationIdentifier: number,
        from: span.from,
        to: new Date('2028-01-01T00:00:00Z'),
        ...options,
      })
      return { ...makeSigner(made.privateKey, made.certificates), leaf: made.certificate }
    },
    credential: async (signer, level, at = stampedAt) => {
      const sealed = await sealedCredential({ signer, at: sealedAt })
      return level === 'B-B' ? sealed : raise(sealed, level, at)
    },
    evidence: (bytes, at) => {
      authority.setClock(new Date(at))
      return gather(bytes, registry, door, at)
    },
    alone: (at) => ({ registry, statusLists: {}, retrievedAt: at }),
  }
}
