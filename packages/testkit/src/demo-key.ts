/** Keys for trying: a demonstration authority, a seal key and a status key under it, and the registry that trusts them. Never qualified. */
import type { Organisation, TrustRegistry } from '@cairn/core'
import { textIn } from '@cairn/core'
import { demonstrationName, type KeyFile, leastCost, organizationIdentifiersOf, wrapKey } from '@cairn/keys'
import { didKeyOfSpki, parseCertificate } from '@cairn/seals'
import { createAuthority, issueSealCertificate, type SealCertificateOptions } from './authority.ts'
import type { KeyAlgorithm } from './certificate.ts'
import type { RunningAuthority } from './running-authority.ts'

/** For whom the demonstration keys are made. */
export interface DemoKeyOptions {
  organisation: Pick<Organisation, 'id' | 'legalName' | 'country' | 'identifiers'>
  /** By default the organisation's own, else one that says it is a demonstration. */
  organizationIdentifier?: string
  passphrase: string
  algorithm?: KeyAlgorithm
  /** A running neighbourhood whose seal authority issues the seal's certificate, so that it names where it can be asked about; a new authority otherwise. */
  neighbourhood?: Pick<RunningAuthority, 'issue' | 'anchor'>
  /** When the certificates begin; they end two years later (R-KEY-3). */
  now?: Date
}

/** A demonstration: the seal key, the key for status lists, and the registry in which both count. */
export interface DemoKey {
  keyFile: KeyFile
  statusKeyFile: KeyFile
  trust: TrustRegistry
  organizationIdentifier: string
}

/** Makes demonstration keys. Every certificate carries a mark that a production server refuses. */
export function createDemoKey(options: DemoKeyOptions): DemoKey {
  const { organisation, passphrase, algorithm = 'ES256' } = options
  const now = options.now ?? new Date()
  const from = new Date(now.getTime() - 5 * 60_000)
  const legalName = textIn(organisation.legalName, 'en')
  const organizationIdentifier =
    options.organizationIdentifier ??
    organizationIdentifiersOf(organisation)[0] ??
    `NTR${organisation.country}-DEMO-${organisation.id.slice(9, 17)}`
  const { neighbourhood } = options
  // Status lists are asked for at every verification, so those who sign them stand under an authority that asks for nothing more.
  const authority = createAuthority(demonstrationName, { algorithm, from, demonstration: true })
  const make = (purpose: 'seal' | 'status') => {
    const wanted: SealCertificateOptions = {
      organisation: legalName,
      organizationIdentifier,
      country: organisation.country,
      commonName: `Demonstration ${purpose} key, not qualified`,
      algorithm,
      from,
      ...(purpose === 'status' ? { keyUsage: ['digitalSignature'] as const } : {}),
    }
    const identity = neighbourhood && purpose === 'seal' ? neighbourhood.issue(wanted) : issueSealCertificate(authority, wanted)
    return wrapKey({
      privateKey: identity.privateKey,
      certificates: identity.certificates,
      passphrase,
      purpose,
      algorithm,
      label: `Demonstration ${purpose} key`,
      // Nothing is lost with it, and a demonstration begins sooner.
      cost: leastCost,
    })
  }
  const keyFile = make('seal')
  // Badges name the key and bring no certificate: the registry lists it beside the organisation.
  const did = didKeyOfSpki(parseCertificate(new Uint8Array(Buffer.from(keyFile.certificates[0]!, 'base64'))).spki)
  return {
    keyFile,
    statusKeyFile: make('status'),
    organizationIdentifier,
    trust: {
      name: `${demonstrationName}, not qualified`,
      readAt: now.toISOString(),
      anchors: [...(neighbourhood ? [neighbourhood.anchor] : []), authority.anchor],
      trustedLists: [],
      issuers: [
        {
          id: organisation.id,
          legalName,
          organizationIdentifier,
          keys: did === undefined ? [] : [did],
          types: ['*'],
          from: from.toISOString().slice(0, 10),
          to: null,
          logRequired: false,
        },
      ],
    },
  }
}
