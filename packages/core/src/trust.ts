/** Who may seal what, and how their seal is known: the trust file of `--trust`, and the same shape in the database. */
import { z } from 'zod'
import { Instant, PlainDate } from './moments.ts'

/**
 * One issuer that somebody vouches for. `types` names credential types, `*` any. `kinds`, `levels` (EQF), `fields` (ISCED-F codes, which hold what begins
 * with them) and `places` (ISO 3166-1 alpha-2) limit what it may seal; absent they limit nothing. `statusLists` are the beginnings of the addresses at
 * which its status lists stand; a list elsewhere is not believed.
 */
export const TrustEntry = z
  .strictObject({
    id: z.string().min(1).max(500),
    legalName: z.string().min(1).max(500),
    organizationIdentifier: z.string().max(200).optional(),
    keys: z.array(z.string().max(500)).max(50).default([]),
    types: z.array(z.string().max(200)).max(50).default(['*']),
    from: PlainDate.nullish(),
    to: PlainDate.nullish(),
    logRequired: z.boolean().default(false),
    kinds: z.array(z.string().max(100)).max(20).optional(),
    levels: z.array(z.int().min(1).max(8)).max(8).optional(),
    fields: z
      .array(z.string().regex(/^\d{2,4}$/, 'A code of ISCED-F, such as 0613'))
      .max(100)
      .optional(),
    places: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'A country code of two letters'))
      .max(100)
      .optional(),
    statusLists: z
      .array(z.url({ protocol: /^https?$/ }).max(1000))
      .max(20)
      .optional(),
  })
  .meta({ id: 'TrustEntry', title: 'Trust entry' })
export type TrustEntry = z.infer<typeof TrustEntry>

/** What an entry of the registry stands for: an issuer, an authority that vouches for the certificates of issuers, or one whose time stamps count. */
export const trustKinds = ['issuer', 'authority', 'time-stamps'] as const
export type TrustKind = (typeof trustKinds)[number]

const certificateText = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9+/]+=*$/)

/** An entry as the registry keeps it, with the certificates (base64 DER) that vouch. Of an authority the entry gives name, identifier and time alone. */
export const TrustRecord = z
  .strictObject({ kind: z.enum(trustKinds), entry: TrustEntry, anchors: z.array(certificateText).max(50) })
  .meta({ id: 'TrustRecord', title: 'Entry of the trust registry' })
export type TrustRecord = z.infer<typeof TrustRecord>

/** What a certificate must have for a qualifier to speak of it (ETSI TS 119 612, 5.5.9.2.2). An empty list of requirements is met by `all`. */
export interface CertificateCriteria {
  assert: 'all' | 'atLeastOne' | 'none'
  /** Bits of key usage by name, each with the value it must have. */
  keyUsage: Record<string, boolean>[]
  /** Policies (object identifiers) that must all be there. */
  policies: string[][]
  /** Extended key usages that must all be there. */
  extendedKeyUsage: string[][]
  /** True when there is a requirement that is not known here: whether the whole is met may then be unknown. */
  others: boolean
  lists: CertificateCriteria[]
}
const oidList = z.array(z.string().max(100)).max(100)
/** Schema of {@link CertificateCriteria}. */
export const CertificateCriteria: z.ZodType<CertificateCriteria> = z
  .strictObject({
    assert: z.enum(['all', 'atLeastOne', 'none']),
    keyUsage: z.array(z.record(z.string().max(40), z.boolean())).max(100),
    policies: z.array(oidList).max(1000),
    extendedKeyUsage: z.array(oidList).max(100),
    others: z.boolean(),
    get lists() {
      return z.array(CertificateCriteria).max(100)
    },
  })
  .meta({ id: 'CertificateCriteria' })

/** The status of a service from a moment on; `uses` and `qualifiers` are addresses as ETSI TS 119 612 gives them (5.5.9.2, 5.5.9.4). */
export const ServicePeriod = z.strictObject({
  status: z.string().max(500),
  from: Instant,
  uses: z.array(z.string().max(500)).max(20),
  qualifiers: z.array(z.strictObject({ names: z.array(z.string().max(500)).max(20), criteria: CertificateCriteria })).max(500),
  /** False when the list demands something of its readers that is not known here: the period then counts for nothing. */
  understood: z.boolean(),
})
export type ServicePeriod = z.infer<typeof ServicePeriod>

/** One trust service of a national list (ETSI TS 119 612, 5.5). `history` begins with the latest; certificates are base64 DER. */
export const TrustedService = z
  .strictObject({
    ...ServicePeriod.shape,
    territory: z.string().max(10),
    type: z.string().max(500),
    name: z.string().max(1000),
    providerName: z.string().max(1000),
    /** Official identifiers of the provider, such as `VATCY-10029914L`. */
    identifiers: z.array(z.string().max(500)).max(50),
    certificates: z.array(z.string().max(20_000)).max(50),
    history: z.array(ServicePeriod).max(200),
    /** When the service was no longer in the list; it counts for what happened before. */
    until: Instant.optional(),
  })
  .meta({ id: 'TrustedService', title: 'Trusted service' })
export type TrustedService = z.infer<typeof TrustedService>

/** The registry handed to the verifier: anchors as base64 DER, trusted lists by file or address, issuers. */
export const TrustRegistry = z
  .strictObject({
    name: z.string().max(300).optional(),
    readAt: z.string().max(40).optional(),
    anchors: z.array(z.string().max(20_000)).max(1000).default([]),
    /** Anchors of time-stamp authorities alone: they vouch for time stamps and for no seal. */
    timeStampAnchors: z.array(z.string().max(20_000)).max(1000).optional(),
    trustedLists: z.array(z.string().max(2000)).max(100).default([]),
    /** Who signs the lists that `trustedLists` names, base64 DER: a list signed by anybody else is not believed. */
    trustedListSigners: z.array(z.string().max(20_000)).max(100).optional(),
    issuers: z.array(TrustEntry).max(10_000).default([]),
    /** Services of national trusted lists whose signatures were checked, for what a certificate was worth on a day. */
    trustedServices: z.array(TrustedService).max(50_000).optional(),
  })
  .meta({ id: 'TrustRegistry', title: 'Trust registry' })
export type TrustRegistry = z.infer<typeof TrustRegistry>
