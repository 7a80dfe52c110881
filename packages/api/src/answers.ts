/** What the operations answer with: the views of the console, each parsed by the same schema on both sides. */
import {
  AccreditationSnapshot,
  AchievementSpecification,
  CredentialRecord,
  CredentialState,
  Edition,
  Kind,
  LangString,
  Organisation,
  RevocationReason,
  StaffRole,
  TrustRegistry,
  Uuid,
  WalletType,
} from '@cairn/core'
import { z } from 'zod'

/** A problem as it travels. */
export const ProblemAnswer = z
  .strictObject({ code: z.string(), detail: z.string(), pointer: z.string().optional() })
  .meta({ id: 'Problem' })

/** A finding of the lint, beside the field it means. */
export const RuleFinding = z
  .strictObject({ rule: z.string(), severity: z.enum(['B', 'W', 'P']), problem: ProblemAnswer })
  .meta({ id: 'RuleFinding', title: 'Finding' })
export type RuleFinding = z.infer<typeof RuleFinding>

/** Who is signed in, and where. */
export const SessionAnswer = z
  .strictObject({
    signedIn: z.boolean(),
    person: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }).optional(),
    institution: z.strictObject({ id: Uuid, name: LangString }).optional(),
    roles: z.array(StaffRole),
    demo: z.boolean(),
    publicUrl: z.string(),
    /** True where this installation signs reports of what it verified. */
    signsReports: z.boolean(),
  })
  .meta({ id: 'Session' })
export type SessionAnswer = z.infer<typeof SessionAnswer>

/** What needs me: the home screen. */
export const HomeAnswer = z
  .strictObject({
    tasks: z.array(
      z.strictObject({
        kind: z.enum([
          'no-key',
          'key-expires',
          'key-at-cap',
          'batch-to-fix',
          'batch-to-confirm',
          'batch-to-approve',
          'mail-failed',
          'institution-incomplete',
        ]),
        count: z.int(),
        id: z.string().optional(),
        title: z.string().optional(),
      }),
    ),
    counts: z.strictObject({ specifications: z.int(), editions: z.int(), credentials: z.int(), revoked: z.int(), waiting: z.int() }),
  })
  .meta({ id: 'Home' })
export type HomeAnswer = z.infer<typeof HomeAnswer>

/** The institution and its rules of work. */
export const InstitutionAnswer = z
  .strictObject({ id: Uuid, organisation: Organisation, fourEyes: z.boolean(), walletType: WalletType, revision: z.int() })
  .meta({ id: 'Institution' })
export type InstitutionAnswer = z.infer<typeof InstitutionAnswer>

/** A person who works here, or was invited to. */
export const PersonAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(StaffRole),
    state: z.enum(['member', 'invited']),
    since: z.string(),
  })
  .meta({ id: 'Person' })
export type PersonAnswer = z.infer<typeof PersonAnswer>

/** A specification in a list. */
export const SpecificationLine = z
  .strictObject({
    id: Uuid,
    kind: Kind,
    title: z.string(),
    savedAt: z.string(),
    editions: z.int(),
    latestEdition: Uuid.optional(),
    awarded: z.int(),
    archived: z.boolean(),
    stone: z.string(),
  })
  .meta({ id: 'SpecificationLine' })

/** A draft with everything the designer shows beside it. */
export const SpecificationAnswer = z
  .strictObject({
    id: Uuid,
    revision: z.int(),
    savedAt: z.string(),
    draft: AchievementSpecification,
    findings: z.array(RuleFinding),
    editions: z.array(z.strictObject({ id: Uuid, version: z.int(), publishedAt: z.string() })),
  })
  .meta({ id: 'Specification' })
export type SpecificationAnswer = z.infer<typeof SpecificationAnswer>

/** An edition in a list. */
export const EditionLine = z
  .strictObject({
    id: Uuid,
    specification: Uuid,
    kind: Kind,
    title: z.string(),
    version: z.int(),
    publishedAt: z.string(),
    /** True where somebody may be awarded some of the outcomes. */
    inPart: z.boolean(),
  })
  .meta({ id: 'EditionLine' })

export const EditionAnswer = z
  .strictObject({ edition: Edition, specification: Uuid, awarded: z.int(), revoked: z.int() })
  .meta({ id: 'EditionAnswer' })

export const batchStates = ['draft', 'checked', 'awaiting-approval', 'confirmed', 'sealing', 'done', 'failed', 'cancelled'] as const

/** A batch of awards on its way: columns, counts, who confirmed and who approved. */
export const BatchAnswer = z
  .strictObject({
    id: Uuid,
    edition: Uuid,
    title: z.string(),
    state: z.enum(batchStates),
    source: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    confirmedBy: z.string().optional(),
    approvedBy: z.string().optional(),
    encoding: z.string().optional(),
    separator: z.string().optional(),
    header: z.array(z.string()),
    /** Field by column number; `null` where a column is left out. */
    mapping: z.array(z.string().nullable()),
    /** Rows that are not left out; those that are `warned` are ready, and worth a look. */
    counts: z.strictObject({
      rows: z.int(),
      ready: z.int(),
      wrong: z.int(),
      duplicate: z.int(),
      warned: z.int(),
      sealed: z.int(),
      delivered: z.int(),
    }),
    problems: z.array(ProblemAnswer),
    key: z.strictObject({ id: Uuid, label: z.string() }).optional(),
    needsApproval: z.boolean(),
    /** Sealing begins not before; notices wait so many minutes after the last seal, and not before a moment. */
    sealAt: z.string().optional(),
    noticeMinutes: z.int().optional(),
    noticeAfter: z.string().optional(),
    /** True when a row takes the place of a credential. */
    replacing: z.boolean(),
  })
  .meta({ id: 'Batch' })
export type BatchAnswer = z.infer<typeof BatchAnswer>

/** One row of a batch; `problems` point at the column's field. */
export const BatchRow = z
  .strictObject({
    n: z.int(),
    cells: z.array(z.string()),
    problems: z.array(ProblemAnswer),
    /** What somebody should look at, and what stops nothing. */
    warnings: z.array(ProblemAnswer).optional(),
    duplicateOf: z.string().optional(),
    credential: Uuid.optional(),
  })
  .meta({ id: 'BatchRow' })
export type BatchRow = z.infer<typeof BatchRow>

/** A credential with its history. */
export const CredentialAnswer = z
  .strictObject({
    record: CredentialRecord,
    batch: Uuid.optional(),
    status: z.strictObject({ list: z.string(), index: z.int() }).optional(),
    /** The level of the seal, when it was raised to it, until when that protects it, and the code of what stood in the way at the last try. */
    seal: z
      .strictObject({
        level: z.string(),
        raisedAt: z.string().optional(),
        protectedUntil: z.string().optional(),
        problem: z.string().optional(),
      })
      .optional(),
    shares: z.array(z.strictObject({ id: z.string(), createdAt: z.string(), expiresAt: z.string().optional(), withdrawn: z.boolean() })),
    events: z.array(z.strictObject({ at: z.string(), name: z.string(), actor: z.string() })),
  })
  .meta({ id: 'CredentialAnswer' })
export type CredentialAnswer = z.infer<typeof CredentialAnswer>

/** A page of credentials and how many there are. */
export const CredentialPage = z.strictObject({ total: z.int(), items: z.array(CredentialRecord) }).meta({ id: 'CredentialPage' })

/** A sealing key as the console shows it; the key itself never leaves the server. */
export const KeyAnswer = z
  .strictObject({
    id: Uuid,
    label: z.string(),
    purpose: z.enum(['seal', 'status']),
    state: z.enum(['active', 'retired']),
    /** Where the key is: encrypted here, in a device, at a remote service. */
    holder: z.enum(['file', 'pkcs11', 'csc']),
    /** True for the key that seals today. */
    current: z.boolean(),
    /** From when on it seals, where that was planned. */
    sealsFrom: z.string().optional(),
    algorithm: z.string(),
    subject: z.string(),
    organizationIdentifier: z.string().optional(),
    issuedBy: z.string(),
    from: z.string(),
    to: z.string(),
    demonstration: z.boolean(),
    sealed: z.int(),
    problems: z.array(ProblemAnswer),
  })
  .meta({ id: 'Key' })
export type KeyAnswer = z.infer<typeof KeyAnswer>

/** A key that the configuration of the server names and that this institution may take into use. */
export const HeldKeyAnswer = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    holder: z.enum(['pkcs11', 'csc']),
    subject: z.string(),
    issuedBy: z.string(),
    to: z.string(),
  })
  .meta({ id: 'HeldKey' })

/** That a key signed, how long it took in milliseconds, and that its signature held. */
export const KeyTested = z.strictObject({ id: Uuid, algorithm: z.string(), milliseconds: z.int() }).meta({ id: 'KeyTested' })

/** A message of the outbox. Without a mail server it shows what would have gone. */
export const OutboxAnswer = z
  .strictObject({
    id: Uuid,
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    createdAt: z.string(),
    sentAt: z.string().optional(),
    attempts: z.int(),
    problem: z.string().optional(),
    state: z.enum(['sent', 'returned', 'waiting', 'refused', 'given-up']),
    /** That it came back after it went: when, with which status (RFC 3463), and when its learner was written to again. */
    returned: z.strictObject({ at: z.string(), status: z.string(), resentAt: z.string().optional() }).optional(),
    /** The credential that it tells of. */
    credential: Uuid.optional(),
    nextAt: z.string().optional(),
    link: z.string().optional(),
  })
  .meta({ id: 'OutboxMessage' })
export type OutboxAnswer = z.infer<typeof OutboxAnswer>

/** A line of the audit record. */
export const EventAnswer = z
  .strictObject({
    seq: z.int(),
    at: z.string(),
    actor: z.string(),
    /** The name of the person who works here, or of the key, while there is one. */
    who: z.string().optional(),
    name: z.string(),
    subject: z.string().optional(),
    hash: z.string(),
  })
  .meta({ id: 'Event' })

/** What a visitor needs to verify a credential without asking again: the sealed bytes, and the evidence around them. */
export const EvidenceAnswer = z
  .strictObject({
    registry: TrustRegistry,
    /** Signed status lists by address, base64. */
    statusLists: z.record(z.string(), z.string()),
    /** Documents of controllers, parts of Open Badges 2.0, metadata and keys of issuers, descriptions of types: by identifier or address, base64. */
    didDocuments: z.record(z.string(), z.string()).optional(),
    hosted: z.record(z.string(), z.string()).optional(),
    issuerMetadata: z.record(z.string(), z.string()).optional(),
    typeMetadata: z.record(z.string(), z.string()).optional(),
    retrievedAt: z.string(),
    /** Revocation lists and OCSP answers, base64 of their DER. */
    revocation: z.strictObject({ crls: z.array(z.string()), ocsps: z.array(z.string()) }).optional(),
    /** Certificates from which paths may be built, base64 of their DER. */
    certificates: z.array(z.string()).optional(),
    accreditations: z.array(AccreditationSnapshot).optional(),
  })
  .meta({ id: 'Evidence' })
export type EvidenceAnswer = z.infer<typeof EvidenceAnswer>

/** A report as it travels; the verifier's own type is `Report` of the domain. */
export const ReportAnswer = z
  .looseObject({ format: z.string(), verdict: z.enum(['valid', 'invalid', 'indeterminate']) })
  .meta({ id: 'Report' })

/** The forms that one award is given in: sealed, on a sheet to print, as an Open Badge alone or in a picture, for wallets. */
export const CredentialForm = z
  .enum(['elm', 'pdf', 'open-badge', 'open-badge-png', 'open-badge-svg', 'sd-jwt-vc'])
  .meta({ id: 'CredentialForm' })
export type CredentialForm = z.infer<typeof CredentialForm>

/** A shared credential. */
export const SharedAnswer = z
  .strictObject({
    fileName: z.string(),
    report: ReportAnswer,
    registry: z.strictObject({ name: z.string(), readAt: z.string() }),
    sharedAt: z.string(),
    expiresAt: z.string().optional(),
    revoked: z.strictObject({ at: z.string(), reason: RevocationReason }).optional(),
    /** Where the credential stands that took its place, for whoever has this link. */
    newer: z.string().optional(),
  })
  .meta({ id: 'Shared' })
export type SharedAnswer = z.infer<typeof SharedAnswer>

/** What a claim link opens. */
export const ClaimAnswer = z
  .strictObject({
    institution: LangString,
    learner: z.string(),
    claimedAt: z.string().optional(),
    credentials: z.array(
      z.strictObject({
        id: Uuid,
        title: z.string(),
        state: CredentialState,
        awardDate: z.string(),
        stone: z.string(),
        shares: z.array(
          z.strictObject({
            id: z.string(),
            url: z.string().optional(),
            createdAt: z.string(),
            expiresAt: z.string().optional(),
            withdrawn: z.boolean(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Claim' })
export type ClaimAnswer = z.infer<typeof ClaimAnswer>
