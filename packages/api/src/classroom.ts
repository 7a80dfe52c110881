/** Operations of a classroom: a short code on the screen, learners who claim, a teacher who confirms who was there. */
import { LangString, Learner, PlainDate, Uuid } from '@cairn/core'
import { z } from 'zod'
import { BatchAnswer } from './answers.ts'
import { Nothing, operation } from './operation.ts'

const awarders = ['owner', 'awarder'] as const
const everyone = ['anonymous'] as const
const byId = z.strictObject({ id: Uuid })
const token = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)
/** Eight signs that cannot be mistaken for one another. */
const code = z.string().regex(/^[2-9A-HJ-NP-Z]{8}$/)

const room = {
  id: Uuid,
  edition: Uuid,
  title: z.string(),
  code: z.string(),
  /** What the QR code on the screen leads to. */
  url: z.string(),
  openedAt: z.string(),
  openedBy: z.string(),
  closesAt: z.string(),
  open: z.boolean(),
  batch: Uuid.optional(),
}

/** A classroom with everybody who claimed. */
export const ClassroomAnswer = z
  .strictObject({
    ...room,
    claims: z.array(
      z.strictObject({
        id: Uuid,
        learner: z.string(),
        dateOfBirth: z.string().optional(),
        identifier: z.string().optional(),
        email: z.string().optional(),
        claimedAt: z.string(),
        present: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Classroom' })
export type ClassroomAnswer = z.infer<typeof ClassroomAnswer>

/** What a learner may say of themselves in a classroom. */
const ClaimingLearner = Learner.pick({
  givenName: true,
  familyName: true,
  dateOfBirth: true,
  identifier: true,
  email: true,
  language: true,
})

export const classroomOperations = {
  'classroom.list': operation({
    method: 'GET',
    path: '/classrooms',
    summary: 'Classrooms, newest first',
    roles: awarders,
    input: Nothing,
    output: z.array(z.strictObject({ ...room, claims: z.int() })).meta({ id: 'Classrooms' }),
    problems: [],
  }),
  'classroom.open': operation({
    method: 'POST',
    path: '/classrooms',
    summary: 'Open a classroom for some hours: a short code by which learners claim',
    roles: awarders,
    input: z.strictObject({ edition: Uuid, hours: z.int().min(1).max(24).default(3) }).meta({ id: 'ClassroomOpen' }),
    output: ClassroomAnswer,
    problems: ['request.not-found'],
  }),
  'classroom.read': operation({
    method: 'GET',
    path: '/classrooms/:id',
    summary: 'A classroom, and who claimed',
    roles: awarders,
    input: byId,
    output: ClassroomAnswer,
    problems: ['request.not-found'],
  }),
  'classroom.close': operation({
    method: 'POST',
    path: '/classrooms/:id/close',
    summary: 'Take no more claims',
    roles: awarders,
    input: byId,
    output: ClassroomAnswer,
    problems: ['request.not-found'],
  }),
  'classroom.confirm': operation({
    method: 'POST',
    path: '/classrooms/:id/presence',
    summary: 'Say who was there: they become a batch that is confirmed like every other',
    roles: awarders,
    input: z.strictObject({ id: Uuid, present: z.array(Uuid).min(1).max(2000), awardDate: PlainDate }).meta({ id: 'ClassroomConfirm' }),
    output: BatchAnswer,
    problems: ['input.invalid', 'request.not-found', 'request.conflict'],
  }),
  'join.read': operation({
    method: 'GET',
    path: '/join/:code',
    summary: 'What a code is for',
    roles: everyone,
    input: z.strictObject({ code }),
    output: z
      .strictObject({ institution: LangString, title: z.string(), stone: z.string(), needsBirth: z.boolean(), closesAt: z.string() })
      .meta({ id: 'Join' }),
    problems: ['request.not-found'],
  }),
  'join.claim': operation({
    method: 'POST',
    path: '/join/:code',
    summary: 'I was there',
    roles: everyone,
    input: z.strictObject({ code, learner: ClaimingLearner }).meta({ id: 'JoinClaim' }),
    output: z.strictObject({ token: z.string() }).meta({ id: 'JoinClaimed' }),
    problems: ['input.invalid', 'request.not-found', 'request.conflict', 'request.too-many'],
  }),
  'join.follow': operation({
    method: 'GET',
    path: '/joined/:token',
    summary: 'What became of a claim',
    roles: everyone,
    input: z.strictObject({ token }),
    output: z
      .strictObject({
        institution: LangString,
        title: z.string(),
        learner: z.string(),
        /** `absent`: the teacher has confirmed others. */
        state: z.enum(['waiting', 'confirmed', 'sealed', 'absent']),
      })
      .meta({ id: 'Joined' }),
    problems: ['request.not-found'],
  }),
  'join.take': operation({
    method: 'POST',
    path: '/joined/:token/take',
    summary: 'A claim link for who was there, once it is sealed',
    roles: everyone,
    input: z.strictObject({ token }),
    output: z.strictObject({ url: z.string() }).meta({ id: 'JoinTaken' }),
    problems: ['request.not-found', 'request.conflict'],
  }),
} as const
