/** Operations of the trust registry: who may seal what, proposed by one person and decided by another. */
import { TrustRecord, Uuid } from '@cairn/core'
import { z } from 'zod'
import { ProblemAnswer } from './answers.ts'
import { FileAnswer, Nothing, operation, staff } from './operation.ts'

const keepers = ['owner'] as const
const byId = z.strictObject({ id: Uuid })
const note = z.string().trim().max(1000).optional()

/** What a certificate of an entry says, for people. `sha256` is the fingerprint of its DER in hexadecimal. */
export const TrustCertificate = z
  .strictObject({
    subject: z.string(),
    issuedBy: z.string(),
    from: z.string(),
    to: z.string(),
    sha256: z.string(),
    demonstration: z.boolean(),
  })
  .meta({ id: 'TrustCertificate', title: 'Certificate of an entry' })
export type TrustCertificate = z.infer<typeof TrustCertificate>

const step = { at: z.string(), name: z.string() }

/**
 * A change of the registry. Without a record the entry is taken out; `decided` is absent while it waits; `own` tells that the reader proposed it.
 * `lookAlikes` are names of other entries that a person would mistake for this one (R-ISS-2).
 */
export const TrustChange = z
  .strictObject({
    id: Uuid,
    entry: Uuid,
    legalName: z.string(),
    record: TrustRecord.optional(),
    source: z.enum(['before', 'person', 'key', 'file', 'demonstration']),
    note: z.string().optional(),
    proposed: z.strictObject(step),
    own: z.boolean(),
    lookAlikes: z.array(z.string()).optional(),
    decided: z
      .strictObject({ ...step, decision: z.enum(['approved', 'refused']), alone: z.boolean(), note: z.string().optional() })
      .optional(),
  })
  .meta({ id: 'TrustChange', title: 'Change of the trust registry' })
export type TrustChange = z.infer<typeof TrustChange>

const entry = {
  id: Uuid,
  record: TrustRecord,
  demonstration: z.boolean(),
  takenOutAt: z.string().optional(),
}

/** The registry as its keepers see it. `keeper` tells that the reader may change it, `alone` that nobody else could decide on what they propose. */
export const RegistryAnswer = z
  .strictObject({
    name: z.string(),
    readAt: z.string(),
    keeper: z.boolean(),
    alone: z.boolean(),
    entries: z.array(z.strictObject(entry)),
    waiting: z.array(TrustChange),
  })
  .meta({ id: 'RegistryAnswer', title: 'Trust registry with its changes' })
export type RegistryAnswer = z.infer<typeof RegistryAnswer>

/** One entry: what holds, its certificates, and everything that ever happened to it. */
export const RegistryEntry = z
  .strictObject({
    ...entry,
    keeper: z.boolean(),
    alone: z.boolean(),
    certificates: z.array(TrustCertificate),
    history: z.array(TrustChange),
  })
  .meta({ id: 'RegistryEntry', title: 'Entry with its history' })
export type RegistryEntry = z.infer<typeof RegistryEntry>

/** What came of a file: how many entries are proposed now, how many stood there already, and who signed. */
export const RegistryImported = z
  .strictObject({ proposed: z.int(), same: z.int(), signer: z.string() })
  .meta({ id: 'RegistryImported', title: 'Imported registry' })

/** What is read elsewhere: trusted lists with what came of the last asking, and registries of accreditations with when each was read. */
export const KnownElsewhere = z
  .strictObject({
    /** Whether the configuration names trusted lists. */
    configured: z.boolean(),
    keeper: z.boolean(),
    checkedAt: z.string().optional(),
    lists: z.array(
      z.strictObject({
        territory: z.string(),
        kind: z.enum(['list-of-lists', 'national']),
        schemeOperator: z.string(),
        sequence: z.int(),
        issued: z.string(),
        nextUpdate: z.string().nullable(),
        retrievedAt: z.string(),
        freshness: z.enum(['current', 'overdue', 'expired']),
        services: z.int(),
        address: z.string(),
      }),
    ),
    problems: z.array(z.strictObject({ address: z.string(), territory: z.string().optional(), problem: ProblemAnswer })),
    accreditations: z.array(
      z.strictObject({
        id: Uuid,
        source: z.string(),
        retrievedAt: z.string(),
        bodies: z.int(),
        records: z.int(),
        takenAt: z.string(),
        takenName: z.string(),
      }),
    ),
  })
  .meta({ id: 'KnownElsewhere', title: 'Lists and registries from elsewhere' })
export type KnownElsewhere = z.infer<typeof KnownElsewhere>

export const registryOperations = {
  'registry.list': operation({
    method: 'GET',
    path: '/registry/entries',
    summary: 'The trust registry with what waits for a decision',
    roles: staff,
    input: Nothing,
    output: RegistryAnswer,
    problems: [],
  }),
  'registry.entry': operation({
    method: 'GET',
    path: '/registry/entries/:id',
    summary: 'An entry with its history',
    roles: staff,
    input: byId,
    output: RegistryEntry,
    problems: ['request.not-found'],
  }),
  'registry.propose': operation({
    method: 'POST',
    path: '/registry/changes',
    summary: 'Propose a new entry, a change of one, or without a record to take it out',
    roles: keepers,
    input: z.strictObject({ entry: Uuid.optional(), record: TrustRecord.optional(), note }).meta({ id: 'TrustProposal' }),
    output: TrustChange,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'request.not-allowed', 'key.unreadable'],
    fresh: true,
  }),
  'registry.decide': operation({
    method: 'POST',
    path: '/registry/decisions',
    summary: 'Approve or refuse what somebody else proposed',
    roles: keepers,
    input: z
      .strictObject({ changes: z.array(Uuid).min(1).max(500), decision: z.enum(['approved', 'refused']), note })
      .meta({ id: 'TrustDecision' }),
    output: z.array(TrustChange).meta({ id: 'TrustDecided' }),
    problems: ['request.not-found', 'request.conflict', 'request.not-allowed', 'trust.own-proposal'],
    fresh: true,
  }),
  'registry.import': operation({
    method: 'POST',
    path: '/registry/import',
    summary: 'Propose the entries of a signed registry file',
    roles: keepers,
    input: z
      .strictObject({
        base64: z.string().max(8_000_000),
        /** SHA-256 of the signer's certificate, for one whom this registry does not know. */
        sha256: z.string().max(200).optional(),
      })
      .meta({ id: 'RegistryImport' }),
    output: RegistryImported,
    problems: ['request.not-allowed', 'trust.file-unreadable', 'trust.file-not-trusted'],
    fresh: true,
    maxBody: 9 * 1024 * 1024,
  }),
  'registry.lists': operation({
    method: 'GET',
    path: '/registry/lists',
    summary: 'Trusted lists and registries of accreditations as they were read last',
    roles: staff,
    input: Nothing,
    output: KnownElsewhere,
    problems: [],
  }),
  'registry.gather': operation({
    method: 'POST',
    path: '/registry/lists',
    summary: 'Read the trusted lists of the configuration now',
    roles: keepers,
    input: Nothing,
    output: KnownElsewhere,
    problems: ['request.not-allowed', 'request.too-many'],
  }),
  'accreditation.take': operation({
    method: 'POST',
    path: '/registry/accreditations',
    summary: 'Keep what a registry of accreditations said, in the shape of DEQAR',
    roles: keepers,
    input: z.strictObject({ base64: z.string().max(90_000_000) }).meta({ id: 'AccreditationTake' }),
    output: KnownElsewhere,
    problems: ['request.not-allowed', 'input.invalid', 'input.too-large'],
    fresh: true,
    maxBody: 92 * 1024 * 1024,
  }),
  'registry.export': operation({
    method: 'GET',
    path: '/registry/file',
    summary: 'The registry as a file: JSON for cairn verify --trust, or signed for another installation',
    roles: staff,
    input: z.strictObject({ form: z.enum(['json', 'signed']).default('json') }).meta({ id: 'RegistryExport' }),
    output: FileAnswer,
    problems: ['key.missing'],
  }),
} as const
