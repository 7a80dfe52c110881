/** Operations on credentials: list, send, revoke, claim, share, verify. */
import { CredentialState, RevocationReason, TrustRegistry, Uuid } from '@cairn/core'
import { z } from 'zod'
import {
  ClaimAnswer,
  CredentialAnswer,
  CredentialForm,
  CredentialPage,
  EvidenceAnswer,
  OutboxAnswer,
  ReportAnswer,
  SharedAnswer,
} from './answers.ts'
import { Done, FileAnswer, Nothing, operation, page, staff } from './operation.ts'

const byId = z.strictObject({ id: Uuid })
const token = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
const byToken = z.strictObject({ token })
const everyone = ['anonymous'] as const
const form = CredentialForm.optional()
const formProblems = ['request.not-found', 'request.conflict', 'key.missing', 'proof.suite-not-accepted', 'document.not-rendered'] as const

export const holdingOperations = {
  'credential.list': operation({
    method: 'GET',
    path: '/credentials',
    summary: 'Find credentials',
    roles: staff,
    input: z
      .strictObject({
        q: z.string().max(200).optional(),
        state: CredentialState.optional(),
        edition: Uuid.optional(),
        batch: Uuid.optional(),
        ...page,
      })
      .meta({ id: 'CredentialQuery' }),
    output: CredentialPage,
    problems: [],
  }),
  'credential.read': operation({
    method: 'GET',
    path: '/credentials/:id',
    summary: 'Read a credential and its history',
    roles: staff,
    input: byId,
    output: CredentialAnswer,
    problems: ['request.not-found'],
  }),
  'credential.download': operation({
    method: 'GET',
    path: '/credentials/:id/file',
    summary: 'The sealed file, or the same award in another form',
    roles: staff,
    input: z.strictObject({ id: Uuid, form }).meta({ id: 'CredentialDownload' }),
    output: FileAnswer,
    problems: formProblems,
    fresh: true,
  }),
  'credential.send': operation({
    method: 'POST',
    path: '/credentials/:id/send',
    summary: 'Send the claim link again',
    roles: ['owner', 'awarder'],
    input: byId,
    output: OutboxAnswer,
    problems: ['request.not-found', 'credential.no-address', 'request.conflict'],
  }),
  'credential.revoke': operation({
    method: 'POST',
    path: '/credentials/:id/revoke',
    summary: 'Revoke for ever, with a reason',
    roles: ['owner', 'approver', 'sealer'],
    input: z.strictObject({ id: Uuid, reason: RevocationReason }).meta({ id: 'CredentialRevoke' }),
    output: CredentialAnswer,
    problems: ['request.not-found', 'request.conflict'],
    fresh: true,
  }),
  'credential.share': operation({
    method: 'POST',
    path: '/credentials/:id/share',
    summary: 'A share link made at the counter, for a learner without a device',
    roles: ['owner', 'awarder'],
    input: z.strictObject({ id: Uuid, days: z.int().min(1).max(3650).optional() }).meta({ id: 'CredentialShare' }),
    output: z.strictObject({ url: z.string() }).meta({ id: 'ShareLink' }),
    problems: ['request.not-found'],
  }),
  'outbox.list': operation({
    method: 'GET',
    path: '/outbox',
    summary: 'Messages, newest first',
    roles: ['owner', 'awarder', 'auditor'],
    input: z.strictObject({ ...page }).meta({ id: 'OutboxQuery' }),
    output: z.strictObject({ total: z.int(), sending: z.boolean(), items: z.array(OutboxAnswer) }).meta({ id: 'Outbox' }),
    problems: [],
  }),
  'outbox.retry': operation({
    method: 'POST',
    path: '/outbox/:id/retry',
    summary: 'Try a message again now',
    roles: ['owner', 'awarder'],
    input: byId,
    output: Done,
    problems: ['request.not-found'],
  }),
  'claim.read': operation({
    method: 'GET',
    path: '/claims/:token',
    summary: 'What a claim link opens',
    roles: everyone,
    input: byToken,
    output: ClaimAnswer,
    problems: ['request.not-found'],
  }),
  'claim.accept': operation({
    method: 'POST',
    path: '/claims/:token/accept',
    summary: 'Take what is yours',
    roles: everyone,
    input: byToken,
    output: ClaimAnswer,
    problems: ['request.not-found'],
  }),
  'claim.download': operation({
    method: 'GET',
    path: '/claims/:token/:id',
    summary: 'The learner downloads the sealed file, or the same award in another form',
    roles: everyone,
    input: z.strictObject({ token, id: Uuid, form }).meta({ id: 'ClaimDownload' }),
    output: FileAnswer,
    problems: formProblems,
  }),
  'claim.share': operation({
    method: 'POST',
    path: '/claims/:token/:id/share',
    summary: 'The learner makes a share link',
    roles: everyone,
    input: z.strictObject({ token, id: Uuid, days: z.int().min(1).max(3650).optional() }).meta({ id: 'ClaimShare' }),
    output: z.strictObject({ url: z.string() }).meta({ id: 'ShareMade' }),
    problems: ['request.not-found'],
  }),
  'claim.withdraw': operation({
    method: 'POST',
    path: '/claims/:token/shares/:share/withdraw',
    summary: 'The learner takes a share link back',
    roles: everyone,
    input: z.strictObject({ token, share: Uuid }),
    output: Done,
    problems: ['request.not-found'],
  }),
  'shared.read': operation({
    method: 'GET',
    path: '/shared/:token',
    summary: 'A shared credential and the verdict of this server on it',
    roles: everyone,
    input: byToken,
    output: SharedAnswer,
    problems: ['request.not-found'],
  }),
  'shared.download': operation({
    method: 'GET',
    path: '/shared/:token/file',
    summary: 'The sealed file of a shared credential, byte for byte, or a sheet to print with it inside',
    roles: everyone,
    input: z.strictObject({ token, form: z.enum(['elm', 'pdf']).optional() }).meta({ id: 'SharedDownload' }),
    output: FileAnswer,
    problems: ['request.not-found', 'document.not-rendered'],
  }),
  'shared.evidence': operation({
    method: 'GET',
    path: '/shared/:token/evidence',
    summary: 'What is needed to verify a shared credential without asking anybody else',
    roles: everyone,
    input: byToken,
    output: EvidenceAnswer,
    problems: ['request.not-found'],
  }),
  'registry.read': operation({
    method: 'GET',
    path: '/registry',
    summary: 'The trust registry that this verifier uses',
    roles: everyone,
    input: Nothing,
    output: TrustRegistry,
    problems: [],
  }),
  'verify.file': operation({
    method: 'POST',
    path: '/verify',
    summary: 'Verify anything on the server',
    roles: everyone,
    input: z.strictObject({ base64: z.string().max(14_000_000) }).meta({ id: 'VerifyFile' }),
    output: ReportAnswer,
    problems: ['input.too-large', 'request.too-many', 'proof.too-complex', 'server.unavailable'],
    maxBody: 14 * 1024 * 1024,
  }),
  'verify.evidence': operation({
    method: 'POST',
    path: '/verify/evidence',
    summary: 'The evidence needed to verify a document in the browser',
    roles: everyone,
    input: z
      .strictObject({
        statusLists: z.array(z.string().max(2000)).max(8),
        /** Certificates behind the seal, base64 of their DER: statements on those that lead to an anchor come along. */
        certificates: z.array(z.string().max(20_000)).max(6).default([]),
      })
      .meta({ id: 'VerifyEvidence' }),
    output: EvidenceAnswer,
    problems: ['request.too-many'],
  }),
} as const
