/** Operations of stacking: a body's pathways, how far somebody is on them, and asking for the larger award. */
import { LanguageTag, MailAddress, PlainDate, Uuid } from '@cairn/core'
import { z } from 'zod'
import { FileAnswer, Nothing, operation, page } from './operation.ts'
import { PolicyAnswer, PolicyLine } from './recognition-answers.ts'
import {
  OfferedPathway,
  PathwayChoices,
  ProgressAnswer,
  StackFollowAnswer,
  StackRequestAnswer,
  StackRequestLine,
} from './stacking-answers.ts'

const byId = z.strictObject({ id: Uuid })
const token = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
const revision = z.int().min(0)
const everyone = ['anonymous'] as const
const designers = ['owner', 'designer'] as const
const deciders = ['owner', 'approver'] as const
const readers = ['owner', 'designer', 'approver', 'auditor'] as const

/** Credentials as a learner hands them in: links that share them, and files. */
const handed = {
  shares: z.array(token).max(40).default([]),
  files: z.array(z.string().max(1_500_000)).max(20).default([]),
}
const maxBody = 16 * 1024 * 1024

export const stackingOperations = {
  'pathway.list': operation({
    method: 'GET',
    path: '/pathways',
    summary: 'Pathways of this institution',
    roles: readers,
    input: Nothing,
    output: z.array(PolicyLine).meta({ id: 'PathwayLines' }),
    problems: [],
  }),
  'pathway.create': operation({
    method: 'POST',
    path: '/pathways',
    summary: 'Begin a pathway',
    roles: designers,
    input: Nothing,
    output: PolicyAnswer,
    problems: ['input.invalid'],
  }),
  'pathway.read': operation({
    method: 'GET',
    path: '/pathways/:id',
    summary: 'Read a draft with what stands in its way',
    roles: readers,
    input: byId,
    output: PolicyAnswer,
    problems: ['request.not-found'],
  }),
  'pathway.save': operation({
    method: 'PUT',
    path: '/pathways/:id',
    summary: 'Save a draft; it may be incomplete',
    roles: designers,
    input: z.strictObject({ id: Uuid, revision, draft: z.looseObject({}) }).meta({ id: 'PathwaySave' }),
    output: PolicyAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'pathway.publish': operation({
    method: 'POST',
    path: '/pathways/:id/publish',
    summary: 'Publish and seal a version that never changes, or ask a second person to',
    roles: designers,
    input: z.strictObject({ id: Uuid, revision }).meta({ id: 'PathwayPublish' }),
    output: PolicyAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'stacking.slots-cyclic', 'stacking.slot-unknown', 'key.missing'],
  }),
  'pathway.approve': operation({
    method: 'POST',
    path: '/pathways/:id/approve',
    summary: 'The second pair of eyes on a pathway',
    roles: deciders,
    input: z.strictObject({ id: Uuid, revision }).meta({ id: 'PathwayApprove' }),
    output: PolicyAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'batch.same-person', 'key.missing'],
  }),
  'pathway.retire': operation({
    method: 'POST',
    path: '/pathways/:id/retire',
    summary: 'Offer a version no more; awards made by it stand',
    roles: designers,
    input: z.strictObject({ id: Uuid, version: Uuid }).meta({ id: 'PathwayRetire' }),
    output: PolicyAnswer,
    problems: ['request.not-found'],
  }),
  'pathway.choices': operation({
    method: 'GET',
    path: '/pathway-choices',
    summary:
      'Achievements, bodies and outcomes that a slot may take: own editions, those of this installation, and with `members` what members of networks offer',
    roles: readers,
    input: z.strictObject({ members: z.stringbool().optional() }).meta({ id: 'PathwayChoicesAsk' }),
    output: PathwayChoices,
    problems: [],
  }),
  'pathway.offered': operation({
    method: 'GET',
    path: '/offered-pathways',
    summary: 'Pathways that are on offer, of one body when named',
    roles: everyone,
    input: z.strictObject({ body: Uuid.optional() }),
    output: z.array(OfferedPathway).meta({ id: 'OfferedPathways' }),
    problems: [],
  }),
  'pathway.file': operation({
    method: 'GET',
    path: '/offered-pathways/:id/file',
    summary: 'A version as its body sealed it',
    roles: everyone,
    input: byId,
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'stack.progress': operation({
    method: 'POST',
    path: '/stacking/progress',
    summary: 'How far credentials go on the pathways on offer, nearest first; nothing is kept',
    roles: everyone,
    input: z.strictObject(handed).meta({ id: 'StackProgressAsk' }),
    output: ProgressAnswer,
    problems: ['input.invalid'],
    maxBody,
  }),
  'stack.ask': operation({
    method: 'POST',
    path: '/stacking/requests',
    summary: 'Ask the body of a pathway for the larger award',
    roles: everyone,
    input: z
      .strictObject({ ...handed, pathway: Uuid, email: MailAddress, language: LanguageTag.default('en'), consent: z.literal(true) })
      .meta({ id: 'StackAsk' }),
    output: z.strictObject({ url: z.string() }).meta({ id: 'StackAsked' }),
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'stacking.not-eligible'],
    maxBody,
  }),
  'stack.follow': operation({
    method: 'GET',
    path: '/stacking/requests/by-link/:token',
    summary: 'The learner follows a request for a larger award',
    roles: everyone,
    input: z.strictObject({ token }),
    output: StackFollowAnswer,
    problems: ['request.not-found'],
  }),
  'stack.fetch': operation({
    method: 'GET',
    path: '/stacking/requests/by-link/:token/file',
    summary: 'The stack receipt as its learner keeps it',
    roles: everyone,
    input: z.strictObject({ token }),
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
  'stack.list': operation({
    method: 'GET',
    path: '/stacking/requests',
    summary: 'Requests for larger awards, those that wait first; `q` stands in the name or the address of the learner',
    roles: readers,
    input: z.strictObject({ q: z.string().max(200).optional(), ...page }).meta({ id: 'StackRequestQuery' }),
    output: z.strictObject({ total: z.int(), items: z.array(StackRequestLine) }).meta({ id: 'StackRequestLines' }),
    problems: [],
  }),
  'stack.read': operation({
    method: 'GET',
    path: '/stacking/requests/:id',
    summary: 'A request with what counts where, as it stands today',
    roles: readers,
    input: byId,
    output: StackRequestAnswer,
    problems: ['request.not-found'],
  }),
  'stack.award': operation({
    method: 'POST',
    path: '/stacking/requests/:id/award',
    summary: 'Decide to award: the stack receipt is sealed, and the award waits to be confirmed as a batch of one row',
    roles: ['owner'],
    input: z
      .strictObject({
        id: Uuid,
        revision,
        givenName: z.string().trim().min(1).max(200),
        familyName: z.string().trim().max(200).optional(),
        dateOfBirth: PlainDate.optional(),
      })
      .meta({ id: 'StackAward' }),
    output: StackRequestAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'stacking.not-eligible', 'key.missing'],
  }),
  'stack.refuse': operation({
    method: 'POST',
    path: '/stacking/requests/:id/refuse',
    summary: 'Decide not to award, with the reasons in words',
    roles: deciders,
    input: z.strictObject({ id: Uuid, revision, words: z.string().trim().min(1).max(4000) }).meta({ id: 'StackRefuse' }),
    output: StackRequestAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'stack.receipt': operation({
    method: 'GET',
    path: '/stacking/requests/:id/receipt',
    summary: 'The stack receipt',
    roles: readers,
    input: byId,
    output: FileAnswer,
    problems: ['request.not-found'],
  }),
} as const
