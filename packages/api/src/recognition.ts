/** Operations of recognition: a body's rules, what it recognises for, and what it is asked. */
import { LangString, LanguageTag, MailAddress, Purpose, policyTemplateNames, Uuid } from '@cairn/core'
import { z } from 'zod'
import { FileAnswer, Nothing, operation, page } from './operation.ts'
import {
  AskOptions,
  BodyPolicies,
  DecisionAnswer,
  DecisionForm,
  FollowAnswer,
  ForecastAnswer,
  PolicyAnswer,
  PolicyLine,
  RecognitionAnswer,
  RecognitionLine,
  TargetAnswer,
} from './recognition-answers.ts'

const byId = z.strictObject({ id: Uuid })
const token = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
/** Further links in an address: with a comma between them. */
const listed = z
  .union([z.array(token), z.string().transform((text) => text.split(',').filter(Boolean))])
  .pipe(z.array(token).max(19))
  .default([])
const everyone = ['anonymous'] as const
const designers = ['owner', 'designer'] as const
const deciders = ['owner', 'approver'] as const
const readers = ['owner', 'designer', 'approver', 'auditor'] as const
const words = z.string().trim().min(1).max(4000)
const revision = z.int().min(0)

export const recognitionOperations = {
  'policy.list': operation({
    method: 'GET',
    path: '/policies',
    summary: 'Recognition policies of this institution',
    roles: readers,
    input: Nothing,
    output: z.array(PolicyLine).meta({ id: 'PolicyLines' }),
    problems: [],
  }),
  'policy.create': operation({
    method: 'POST',
    path: '/policies',
    summary: 'Begin a policy from a template',
    roles: designers,
    input: z.strictObject({ template: z.enum(policyTemplateNames).default('empty') }).meta({ id: 'PolicyBegin' }),
    output: PolicyAnswer,
    problems: ['input.invalid'],
  }),
  'policy.read': operation({
    method: 'GET',
    path: '/policies/:id',
    summary: 'Read a draft with what stands in its way',
    roles: readers,
    input: byId,
    output: PolicyAnswer,
    problems: ['request.not-found'],
  }),
  'policy.save': operation({
    method: 'PUT',
    path: '/policies/:id',
    summary: 'Save a draft; it may be incomplete',
    roles: designers,
    input: z.strictObject({ id: Uuid, revision, draft: z.looseObject({}) }).meta({ id: 'PolicySave' }),
    output: PolicyAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'policy.publish': operation({
    method: 'POST',
    path: '/policies/:id/publish',
    summary: 'Publish a version that never changes, or ask a second person to',
    roles: designers,
    input: z.strictObject({ id: Uuid, revision }).meta({ id: 'PolicyPublish' }),
    output: PolicyAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'policy.approve': operation({
    method: 'POST',
    path: '/policies/:id/approve',
    summary: 'The second pair of eyes on a policy',
    roles: deciders,
    input: z.strictObject({ id: Uuid, revision }).meta({ id: 'PolicyApprove' }),
    output: PolicyAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'batch.same-person'],
  }),
  'policy.retire': operation({
    method: 'POST',
    path: '/policies/:id/retire',
    summary: 'Offer a version no more; decisions made under it stand',
    roles: designers,
    input: z.strictObject({ id: Uuid, version: Uuid }).meta({ id: 'PolicyRetire' }),
    output: PolicyAnswer,
    problems: ['request.not-found'],
  }),
  'policy.try': operation({
    method: 'POST',
    path: '/policies/:id/try',
    summary: 'Try a draft on a sample of one of our editions; nothing is kept',
    roles: readers,
    input: z.strictObject({ id: Uuid, target: Uuid, edition: Uuid }).meta({ id: 'PolicyTry' }),
    output: DecisionAnswer,
    problems: ['input.invalid', 'request.not-found'],
  }),
  'policy.published': operation({
    method: 'GET',
    path: '/issuers/:id/policies',
    summary: 'Published policies of a body, each with its hash',
    roles: everyone,
    input: byId,
    output: BodyPolicies,
    problems: ['request.not-found'],
  }),
  'target.list': operation({
    method: 'GET',
    path: '/targets',
    summary: 'What this institution recognises for',
    roles: readers,
    input: Nothing,
    output: z.array(TargetAnswer).meta({ id: 'RecognitionTargets' }),
    problems: [],
  }),
  'target.save': operation({
    method: 'POST',
    path: '/targets',
    summary: 'Save a module, a post, a module of vocational training or a job',
    roles: designers,
    input: z
      .strictObject({ id: Uuid.optional(), title: LangString, content: z.looseObject({}), archived: z.boolean().default(false) })
      .meta({ id: 'TargetSave' }),
    output: TargetAnswer,
    problems: ['input.invalid', 'request.not-found'],
  }),
  'recognition.options': operation({
    method: 'GET',
    path: '/shared/:token/recognition',
    summary: 'Where recognition of shared credentials can be asked for, and what would be sent',
    roles: everyone,
    input: z.strictObject({ token, more: listed }),
    output: AskOptions,
    problems: ['request.not-found', 'recognition.not-sealed'],
  }),
  'recognition.ask': operation({
    method: 'POST',
    path: '/shared/:token/recognition',
    summary: 'Ask a body to recognise a shared credential, or several of one learner together',
    roles: everyone,
    input: z
      .strictObject({
        token,
        more: z.array(token).max(19).default([]),
        body: Uuid,
        target: Uuid,
        purpose: Purpose,
        email: MailAddress,
        language: LanguageTag.default('en'),
        consent: z.literal(true),
      })
      .meta({ id: 'RecognitionAsk' }),
    output: z.strictObject({ url: z.string() }).meta({ id: 'RecognitionAsked' }),
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'recognition.not-sealed'],
  }),
  'recognition.follow': operation({
    method: 'GET',
    path: '/recognitions/by-link/:token',
    summary: 'The learner follows a request',
    roles: everyone,
    input: z.strictObject({ token }),
    output: FollowAnswer,
    problems: ['request.not-found'],
  }),
  'recognition.fetch': operation({
    method: 'GET',
    path: '/recognitions/by-link/:token/file',
    summary: 'The decision as its learner keeps it: sealed by the body, or in a form that other systems keep',
    roles: everyone,
    input: z.strictObject({ token, form: DecisionForm.default('sealed') }),
    output: FileAnswer,
    problems: ['request.not-found', 'request.conflict', 'recognition.nothing-granted', 'key.missing'],
  }),
  'recognition.supply': operation({
    method: 'POST',
    path: '/recognitions/by-link/:token/answer',
    summary: 'The learner answers what was asked; the clock goes on',
    roles: everyone,
    input: z.strictObject({ token, words }).meta({ id: 'RecognitionSupply' }),
    output: FollowAnswer,
    problems: ['request.not-found', 'request.conflict'],
  }),
  'recognition.appeal': operation({
    method: 'POST',
    path: '/recognitions/by-link/:token/appeal',
    summary: 'The learner appeals',
    roles: everyone,
    input: z.strictObject({ token, words }).meta({ id: 'RecognitionAppeal' }),
    output: FollowAnswer,
    problems: ['request.not-found', 'request.conflict', 'recognition.too-late'],
  }),
  'recognition.list': operation({
    method: 'GET',
    path: '/recognitions',
    summary: 'Requests, those that are due first; `q` stands in the name or the address of the learner',
    roles: readers,
    input: z.strictObject({ q: z.string().max(200).optional(), ...page }).meta({ id: 'RecognitionQuery' }),
    output: z.strictObject({ total: z.int(), items: z.array(RecognitionLine) }).meta({ id: 'RecognitionPage' }),
    problems: [],
  }),
  'recognition.read': operation({
    method: 'GET',
    path: '/recognitions/:id',
    summary: 'A request with proposal, reasons and precedents',
    roles: readers,
    input: byId,
    output: RecognitionAnswer,
    problems: ['request.not-found'],
  }),
  'recognition.complete': operation({
    method: 'PUT',
    path: '/recognitions/:id/facts',
    summary: 'Facts that a person found out, where the credential does not say',
    roles: deciders,
    input: z
      .strictObject({
        id: Uuid,
        revision,
        known: z.strictObject({
          holderMatch: z.enum(['verified', 'mismatch']).optional(),
          supervised: z.boolean().optional(),
          idVerified: z.boolean().optional(),
          inPerson: z.boolean().optional(),
          mode: z.enum(['presential', 'online', 'blended']).optional(),
          providerAuthorised: z.boolean().optional(),
          accredited: z.boolean().optional(),
          vetLevel: z.int().min(0).max(20).optional(),
          eqf: z.int().min(1).max(8).optional(),
          competencies: z.array(z.string().min(1).max(500)).max(200).optional(),
          skills: z.array(z.string().min(1).max(500)).max(200).optional(),
          elements: z.array(z.string().min(1).max(500)).max(200).optional(),
        }),
      })
      .meta({ id: 'RecognitionFacts' }),
    output: RecognitionAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'recognition.compare': operation({
    method: 'PUT',
    path: '/recognitions/:id/outcomes',
    summary: 'Our outcomes beside theirs: remembered for the next learner of the same edition',
    roles: deciders,
    input: z
      .strictObject({ id: Uuid, revision, matches: z.record(z.string().min(1).max(500), z.enum(['full', 'partial', 'none'])) })
      .meta({ id: 'RecognitionCompare' }),
    output: RecognitionAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'recognition.question': operation({
    method: 'POST',
    path: '/recognitions/:id/question',
    summary: 'Ask the learner for evidence; the clock stops',
    roles: deciders,
    input: z.strictObject({ id: Uuid, revision, words }).meta({ id: 'RecognitionQuestion' }),
    output: RecognitionAnswer,
    problems: ['request.not-found', 'request.conflict'],
  }),
  'recognition.decide': operation({
    method: 'POST',
    path: '/recognitions/:id/decide',
    summary: 'Decide and answer the learner',
    roles: deciders,
    input: z
      .strictObject({
        id: Uuid,
        revision,
        as: z.enum(['proposed', 'full', 'partial', 'refused']),
        amount: z.number().positive().max(100_000).optional(),
        words: z.string().trim().max(4000).optional(),
      })
      .meta({ id: 'RecognitionDecide' }),
    output: RecognitionAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'recognition.review': operation({
    method: 'POST',
    path: '/recognitions/:id/review',
    summary: 'Answer an appeal',
    roles: deciders,
    input: z
      .strictObject({
        id: Uuid,
        revision,
        verdict: z.enum(['upheld', 'changed']),
        as: z.enum(['full', 'partial', 'refused']).optional(),
        amount: z.number().positive().max(100_000).optional(),
        words,
      })
      .meta({ id: 'RecognitionReview' }),
    output: RecognitionAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'recognition.same-person'],
  }),
  'recognition.export': operation({
    method: 'GET',
    path: '/recognitions/:id/file',
    summary: 'The decision with everything that a replay needs',
    roles: readers,
    input: byId,
    output: FileAnswer,
    problems: ['request.not-found', 'request.conflict'],
  }),
  'recognition.declaration': operation({
    method: 'GET',
    path: '/recognitions/:id/declaration',
    summary: 'The decision sealed, or in a form that other systems keep',
    roles: readers,
    input: z.strictObject({ id: Uuid, form: DecisionForm.default('sealed') }),
    output: FileAnswer,
    problems: ['request.not-found', 'request.conflict', 'recognition.nothing-granted', 'key.missing'],
  }),
  'recognition.forecast': operation({
    method: 'GET',
    path: '/specifications/:id/forecast',
    summary: 'How many published policies would accept this, and what would add some',
    roles: readers,
    input: byId,
    output: ForecastAnswer,
    problems: ['request.not-found'],
  }),
} as const
