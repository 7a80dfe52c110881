/** Sharing credit with institutions elsewhere: networks, agreements, what learners let go from one to the other, and how it went. */
import { counting, Grant, LangString, LanguageTag, MailAddress, Uuid, WebAddress } from '@cairn/core'
import { z } from 'zod'
import { FileAnswer, Nothing, operation } from './operation.ts'

const readers = ['owner', 'designer', 'approver', 'auditor'] as const
const owners = ['owner'] as const
const signers = ['owner', 'approver'] as const
const everyone = ['anonymous'] as const
const byId = z.strictObject({ id: Uuid })
const sha256 = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'A SHA-256 as base64url.')
const memberId = z.string().min(1).max(500)
const token = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const quarter = z.string().regex(/^\d{4}-Q[1-4]$/, 'A quarter such as 2026-Q2.')

/** A network in a list. */
export const NetworkLine = z
  .strictObject({ id: Uuid, network: z.string(), coordinator: z.boolean(), members: z.int(), state: z.enum(['asked', 'member', 'left']) })
  .meta({ id: 'NetworkLine' })

/** What a network knows of an institution that is in it or asks to be. */
const institution = { id: z.string(), name: z.string(), country: z.string(), contact: z.string(), keys: z.array(z.string()) }

const counters = z.strictObject({
  sent: z.int(),
  recognised: z.int(),
  refused: z.int(),
  credits: z.number(),
  hours: z.number(),
  medianDays: z.number().nullable(),
  corrected: z.int(),
  creditsBack: z.number(),
  hoursBack: z.number(),
})

/** One agreement: its hash is what every party signs. */
const agreement = z.strictObject({
  hash: z.string(),
  title: LangString,
  text: LangString,
  parties: z.array(z.strictObject({ id: z.string(), name: z.string(), signed: z.boolean() })),
  effective: z.tuple([z.string(), z.string().nullable()]),
  noticeDays: z.int(),
  answerDays: z.int(),
  counts: z.enum(counting),
  data: z.array(z.string()),
  lines: z.array(
    z.strictObject({ achievement: z.string(), of: z.string(), to: z.string().optional(), title: LangString.optional(), gives: Grant }),
  ),
  inForce: z.boolean(),
  proposed: z.strictObject({ by: z.string(), name: z.string(), at: z.string() }).optional(),
})

/** What a receiver answered. */
const answered = z.strictObject({
  outcome: z.enum(['recognised', 'refused']),
  grants: z.array(Grant),
  reasons: z.array(z.string()),
  answered: z.string(),
  confirmedBy: z.string().optional(),
  appealTo: z.string(),
})

/** A network as its member sees it. */
export const NetworkAnswer = z
  .strictObject({
    id: Uuid,
    network: z.string(),
    /** How the directory names this institution. */
    me: z.string(),
    state: z.enum(['asked', 'member', 'left']),
    coordinator: z.boolean(),
    /** Where the directory stands, and the SHA-256 of the coordinator's certificate: what newcomers are told. */
    directory: z.string(),
    pinned: z.string(),
    serial: z.int(),
    members: z.array(z.strictObject({ ...institution, joined: z.string(), left: z.string().optional() })),
    /** False where the directory does not name the key that seals today. */
    keyNamed: z.boolean(),
    /** False after leaving as long as the coordinator was not told. */
    leavingTold: z.boolean(),
    /** Who asks to be taken in; `newKey` of a member whose new key the coordinator has to compare. */
    applicants: z.array(z.strictObject({ ...institution, askedAt: z.string(), newKey: z.boolean() })),
    agreements: z.array(agreement),
    transfers: z.array(
      z.strictObject({
        id: Uuid,
        incoming: z.boolean(),
        peer: z.string(),
        title: z.string(),
        madeAt: z.string(),
        outcome: z.enum(['recognised', 'refused']).optional(),
        /** Every answer, first to last: where an appeal changed one, the last counts. */
        answers: z.array(answered),
        request: Uuid.optional(),
        waiting: z.boolean(),
        problem: z.string().optional(),
      }),
    ),
    balances: z.array(
      z.strictObject({
        peer: z.string(),
        quarter: z.string(),
        issuedAt: z.string(),
        given: counters,
        taken: counters,
        /** Where the books of both differ; absent while the other side's is not there. */
        differences: z.array(z.string()).optional(),
      }),
    ),
    fourEyes: z.boolean(),
  })
  .meta({ id: 'Network' })
export type NetworkAnswer = z.infer<typeof NetworkAnswer>

/** What can be agreed with a member: what it offers, and what it recognises for. */
export const PartnerAnswer = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    offers: z.array(
      z.strictObject({ achievement: z.string(), title: LangString, hours: z.number().optional(), credits: z.number().optional() }),
    ),
    targets: z.array(
      z.strictObject({ target: z.string(), title: LangString, form: z.enum(['module', 'post']), credits: z.number().optional() }),
    ),
  })
  .meta({ id: 'Partner' })
export type PartnerAnswer = z.infer<typeof PartnerAnswer>

/** Where a learner's credential can go, and where it went. */
export const TransferOptions = z
  .strictObject({
    title: z.string(),
    learner: z.string(),
    email: z.string().optional(),
    partners: z.array(
      z.strictObject({
        network: Uuid,
        agreement: z.string(),
        agreementTitle: LangString,
        member: z.strictObject({ id: z.string(), name: z.string(), country: z.string() }),
        gives: Grant,
        data: z.array(z.string()),
        answerDays: z.int(),
      }),
    ),
    made: z.array(
      z.strictObject({
        id: Uuid,
        member: z.string(),
        at: z.string(),
        waiting: z.boolean(),
        problem: z.string().optional(),
        receipt: z.strictObject({ purpose: z.string(), fields: z.array(z.string()), until: z.string(), email: z.string().optional() }),
        answer: answered.optional(),
        /** What was answered before, first to last, where an appeal changed it. */
        earlier: z.array(answered),
        hasDecision: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'TransferOptions' })
export type TransferOptions = z.infer<typeof TransferOptions>

const ofCredential = { token, id: Uuid }

export const sharingOperations = {
  'network.list': operation({
    method: 'GET',
    path: '/networks',
    summary: 'Networks for sharing credit that this institution takes part in',
    roles: readers,
    input: Nothing,
    output: z.array(NetworkLine).meta({ id: 'NetworkLines' }),
    problems: [],
  }),
  'network.create': operation({
    method: 'POST',
    path: '/networks',
    summary: 'Begin a network, as its coordinator and first member',
    roles: owners,
    input: z.strictObject({ name: z.string().trim().min(3).max(200), contact: MailAddress }).meta({ id: 'NetworkBegin' }),
    output: NetworkAnswer,
    problems: ['input.invalid', 'request.conflict', 'key.missing'],
    fresh: true,
  }),
  'network.join': operation({
    method: 'POST',
    path: '/networks/join',
    summary: 'Ask the coordinator of a network to be taken in',
    roles: owners,
    input: z
      .strictObject({ directory: WebAddress, coordinator: sha256, sharedKey: sha256, contact: MailAddress })
      .meta({ id: 'NetworkJoin' }),
    output: NetworkAnswer,
    problems: [
      'input.invalid',
      'request.conflict',
      'fetch.refused',
      'fetch.failed',
      'network.not-trusted',
      'network.not-taken',
      'key.missing',
    ],
    fresh: true,
  }),
  'network.read': operation({
    method: 'GET',
    path: '/networks/:id',
    summary: 'A network: members, agreements, what went and came, balances',
    roles: readers,
    input: byId,
    output: NetworkAnswer,
    problems: ['request.not-found'],
  }),
  'network.refresh': operation({
    method: 'POST',
    path: '/networks/:id/refresh',
    summary: 'Take the newest directory and the signatures of the other parties, and publish the own offers anew',
    roles: owners,
    input: byId,
    output: NetworkAnswer,
    problems: ['request.not-found', 'fetch.refused', 'fetch.failed', 'network.not-trusted'],
  }),
  'network.reveal': operation({
    method: 'POST',
    path: '/networks/:id/shared-key',
    summary: 'The key that members share, for the coordinator to hand to a newcomer',
    roles: owners,
    input: byId,
    output: z.strictObject({ sharedKey: z.string() }).meta({ id: 'NetworkSharedKey' }),
    problems: ['request.not-found', 'request.not-allowed'],
    fresh: true,
  }),
  'network.admit': operation({
    method: 'POST',
    path: '/networks/:id/admit',
    summary: 'Take a newcomer into the directory',
    roles: owners,
    input: z.strictObject({ id: Uuid, member: memberId, key: sha256 }).meta({ id: 'NetworkAdmit' }),
    output: NetworkAnswer,
    problems: ['request.not-found', 'request.conflict', 'network.out-of-order', 'key.missing'],
    fresh: true,
  }),
  'network.leave': operation({
    method: 'POST',
    path: '/networks/:id/leave',
    summary: 'Leave; what was decided before stays',
    roles: owners,
    input: byId,
    output: NetworkAnswer,
    problems: ['request.not-found', 'request.conflict', 'fetch.refused', 'fetch.failed', 'network.not-trusted'],
    fresh: true,
  }),
  'network.partner': operation({
    method: 'GET',
    path: '/networks/:id/partner',
    summary: 'What a member, or this institution itself, offers and recognises for',
    roles: owners,
    input: z.strictObject({ id: Uuid, member: memberId }),
    output: PartnerAnswer,
    problems: ['request.not-found', 'fetch.refused', 'fetch.failed', 'network.not-member', 'network.not-trusted'],
  }),
  'network.draft': operation({
    method: 'POST',
    path: '/networks/:id/agreements',
    summary: 'Write an agreement with a member, or a hub with several, and sign it, or ask a second person to',
    roles: owners,
    input: z
      .strictObject({
        id: Uuid,
        members: z.array(memberId).min(1).max(50),
        title: LangString,
        text: LangString,
        from: day,
        to: day.optional(),
        noticeDays: z.int().min(0).max(3650).default(90),
        answerDays: z.int().min(1).max(120).default(30),
        counts: z.enum(counting).default('once-in-network'),
        lines: z
          .array(
            z.strictObject({
              of: memberId,
              achievement: memberId,
              to: memberId,
              target: memberId,
              amount: z.number().positive().max(10_000),
            }),
          )
          .min(1)
          .max(1000),
      })
      .meta({ id: 'NetworkAgreementDraft' }),
    output: NetworkAnswer,
    problems: [
      'input.invalid',
      'request.not-found',
      'request.conflict',
      'fetch.refused',
      'fetch.failed',
      'network.not-member',
      'network.not-trusted',
      'key.missing',
    ],
  }),
  'network.sign': operation({
    method: 'POST',
    path: '/networks/:id/agreements/:hash/sign',
    summary: 'Sign the hash of an agreement; where four eyes are asked for, the second person does',
    roles: signers,
    input: z.strictObject({ id: Uuid, hash: sha256 }),
    output: NetworkAnswer,
    problems: ['request.not-found', 'request.conflict', 'batch.same-person', 'network.not-trusted', 'key.missing'],
    fresh: true,
  }),
  'network.settle': operation({
    method: 'POST',
    path: '/networks/:id/balances',
    summary: 'Sign the counters of a pair for a quarter, and compare them with the other side',
    roles: owners,
    input: z.strictObject({ id: Uuid, member: memberId, quarter }).meta({ id: 'NetworkSettle' }),
    output: NetworkAnswer,
    problems: ['input.invalid', 'request.not-found', 'network.not-trusted', 'network.ledger-altered', 'key.missing'],
  }),
  'transfer.options': operation({
    method: 'GET',
    path: '/claims/:token/:id/transfer',
    summary: 'Where agreements let a learner send a credential, and where it went',
    roles: everyone,
    input: z.strictObject(ofCredential),
    output: TransferOptions,
    problems: ['request.not-found'],
  }),
  'transfer.make': operation({
    method: 'POST',
    path: '/claims/:token/:id/transfer',
    summary: 'The learner sends a credential to a member of a network, and gets a receipt of the consent',
    roles: everyone,
    input: z
      .strictObject({
        ...ofCredential,
        network: Uuid,
        agreement: sha256,
        member: memberId,
        email: MailAddress,
        language: LanguageTag.default('en'),
        consent: z.literal(true),
      })
      .meta({ id: 'TransferMake' }),
    output: TransferOptions,
    problems: [
      'input.invalid',
      'request.not-found',
      'request.conflict',
      'network.not-in-force',
      'network.used-before',
      'network.not-trusted',
      'key.missing',
    ],
  }),
  'transfer.receipt': operation({
    method: 'GET',
    path: '/claims/:token/:id/transfer/:transfer/file',
    summary: 'The receipt of the consent, or the decision as the receiver sealed it',
    roles: everyone,
    input: z.strictObject({ ...ofCredential, transfer: Uuid, what: z.enum(['receipt', 'decision']).default('receipt') }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
} as const
