/** Operations of the institution: session, home, people, keys, audit record. */
import { Organisation, PlainDate, StaffRole, Uuid, WalletType } from '@cairn/core'
import { z } from 'zod'
import { EventAnswer, HeldKeyAnswer, HomeAnswer, InstitutionAnswer, KeyAnswer, KeyTested, PersonAnswer, SessionAnswer } from './answers.ts'
import { Done, Nothing, operation, page, staff } from './operation.ts'

const owner = ['owner'] as const
const sealsFrom = PlainDate.optional()
const byId = z.strictObject({ id: Uuid })

export const institutionOperations = {
  'session.read': operation({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    roles: ['anonymous'],
    input: Nothing,
    output: SessionAnswer,
    problems: [],
  }),
  'home.read': operation({
    method: 'GET',
    path: '/home',
    summary: 'What needs me',
    roles: staff,
    input: Nothing,
    output: HomeAnswer,
    problems: [],
  }),
  'institution.read': operation({
    method: 'GET',
    path: '/institution',
    summary: 'Read the institution',
    roles: staff,
    input: Nothing,
    output: InstitutionAnswer,
    problems: [],
  }),
  'institution.save': operation({
    method: 'PUT',
    path: '/institution',
    summary: 'Save the institution',
    roles: owner,
    input: z
      .strictObject({ organisation: Organisation, fourEyes: z.boolean(), walletType: WalletType.optional(), revision: z.int().min(0) })
      .meta({ id: 'InstitutionSave' }),
    output: InstitutionAnswer,
    problems: ['input.invalid', 'request.conflict'],
    fresh: true,
  }),
  'people.list': operation({
    method: 'GET',
    path: '/people',
    summary: 'Who works here',
    roles: ['owner', 'auditor'],
    input: Nothing,
    output: z.array(PersonAnswer).meta({ id: 'People' }),
    problems: [],
  }),
  'people.invite': operation({
    method: 'POST',
    path: '/people',
    summary: 'Invite a person',
    roles: owner,
    input: z.strictObject({ email: z.string().max(254), roles: z.array(StaffRole).min(1) }).meta({ id: 'PersonInvite' }),
    output: PersonAnswer,
    problems: ['input.invalid', 'request.conflict'],
    fresh: true,
  }),
  'people.change': operation({
    method: 'PUT',
    path: '/people/:id',
    summary: "Change a person's roles",
    roles: owner,
    input: z.strictObject({ id: z.string().max(100), roles: z.array(StaffRole).min(1) }).meta({ id: 'PersonChange' }),
    output: PersonAnswer,
    problems: ['request.not-found', 'people.own-rights', 'people.last-owner'],
    fresh: true,
  }),
  'people.remove': operation({
    method: 'DELETE',
    path: '/people/:id',
    summary: 'Let a person go',
    roles: owner,
    input: z.strictObject({ id: z.string().max(100) }).meta({ id: 'PersonRemove' }),
    output: Done,
    problems: ['request.not-found', 'people.own-rights', 'people.last-owner'],
    fresh: true,
  }),
  'key.list': operation({
    method: 'GET',
    path: '/keys',
    summary: 'Sealing keys',
    roles: ['owner', 'sealer', 'approver', 'awarder', 'auditor'],
    input: Nothing,
    output: z.array(KeyAnswer).meta({ id: 'Keys' }),
    problems: [],
  }),
  'key.import': operation({
    method: 'POST',
    path: '/keys',
    summary: 'Bring a sealing key as PKCS#12',
    roles: ['owner', 'sealer'],
    input: z
      .strictObject({ label: z.string().min(1).max(100), base64: z.string().max(200_000), passphrase: z.string().max(1000), sealsFrom })
      .meta({ id: 'KeyImport' }),
    output: KeyAnswer,
    problems: ['input.invalid', 'key.unreadable', 'key.passphrase-wrong', 'key.organisation-mismatch', 'key.expired'],
    fresh: true,
  }),
  'key.demonstrate': operation({
    method: 'POST',
    path: '/keys/demonstration',
    summary: 'A demonstration key for trying, never qualified',
    roles: ['owner', 'sealer'],
    input: Nothing,
    output: KeyAnswer,
    problems: ['request.not-allowed'],
  }),
  'key.held': operation({
    method: 'GET',
    path: '/keys/held',
    summary: 'Keys in devices and at services that this institution may take into use',
    roles: ['owner', 'sealer'],
    input: Nothing,
    output: z.array(HeldKeyAnswer).meta({ id: 'HeldKeys' }),
    problems: [],
  }),
  'key.take': operation({
    method: 'POST',
    path: '/keys/held',
    summary: 'Take a key of a device or a service into use; it signs once to prove itself',
    roles: ['owner', 'sealer'],
    input: z.strictObject({ name: z.string().min(1).max(200), sealsFrom }).meta({ id: 'KeyTake' }),
    output: KeyAnswer,
    problems: [
      'request.not-found',
      'request.conflict',
      'key.organisation-mismatch',
      'key.expired',
      'key.holder-away',
      'key.holder-refused',
      'key.unreadable',
      'key.passphrase-wrong',
    ],
    fresh: true,
  }),
  'key.test': operation({
    method: 'POST',
    path: '/keys/:id/test',
    summary: 'Let a key sign something nobody can use, and check it',
    roles: ['owner', 'sealer'],
    input: byId,
    output: KeyTested,
    problems: ['request.not-found', 'key.holder-away', 'key.holder-refused', 'key.unreadable', 'key.passphrase-wrong'],
  }),
  'key.plan': operation({
    method: 'POST',
    path: '/keys/:id/turn',
    summary: 'From which day on a key seals; the one before it seals until then and is kept',
    roles: ['owner', 'sealer'],
    input: z.strictObject({ id: Uuid, sealsFrom: PlainDate }).meta({ id: 'KeyTurn' }),
    output: KeyAnswer,
    problems: ['request.not-found'],
    fresh: true,
  }),
  'key.retire': operation({
    method: 'POST',
    path: '/keys/:id/retire',
    summary: 'Use a key no more',
    roles: ['owner', 'sealer'],
    input: byId,
    output: KeyAnswer,
    problems: ['request.not-found'],
    fresh: true,
  }),
  'event.list': operation({
    method: 'GET',
    path: '/events',
    summary:
      'The record of what was done; of one `subject` where it is named. Its chain is checked from the entry `checkedFrom` on: the newest 2,000, or with `whole` all',
    roles: ['owner', 'auditor'],
    input: z.strictObject({ subject: Uuid.optional(), whole: z.stringbool().optional(), ...page }).meta({ id: 'EventQuery' }),
    output: z
      .strictObject({ total: z.int(), intact: z.boolean(), checkedFrom: z.int(), items: z.array(EventAnswer) })
      .meta({ id: 'Events' }),
    problems: [],
  }),
} as const
