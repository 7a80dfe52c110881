/** The acceptance matrix: who accepts which certificate, and what follows for whoever issues one. */
import { featureIds, LangString, referenceCertificateIds, Uuid } from '@cairn/core'
import { z } from 'zod'
import { FileAnswer, operation } from './operation.ts'
import { DecisionAnswer } from './recognition-answers.ts'

const readers = ['owner', 'designer', 'approver', 'auditor'] as const
const form = z.enum(['module', 'post', 'vet', 'job'])
const outcome = z.enum(['full', 'partial', 'conditional', 'refused', 'needs-human'])
const feature = z.enum(featureIds)
/** An edition by its id, or a reference certificate by its name. */
const certificateId = z.union([Uuid, z.enum(referenceCertificateIds)])

const column = z.strictObject({ id: Uuid, body: z.strictObject({ id: Uuid, name: LangString }), title: LangString })
const certificate = z.strictObject({
  id: certificateId,
  /** Absent on a reference certificate, which the pages name. */
  edition: z.strictObject({ title: LangString, issuer: LangString }).optional(),
})
const counts = { asked: z.int(), accepts: z.int(), asks: z.int(), refuses: z.int() }
const profile = z.strictObject({
  share: z.number(),
  needed: z.int(),
  asked: z.int(),
  accepts: z.int(),
  reached: z.boolean(),
  features: z.array(feature).readonly(),
  proof: z.strictObject({ tried: z.int(), most: z.int() }),
})

/** One certificate against every policy; `null` where the policy cannot be asked. `gains`: what one more fact on it would win. */
export const MatrixRowAnswer = z
  .strictObject({
    certificate,
    cells: z.array(outcome.nullable()),
    ...counts,
    gains: z.array(z.strictObject({ feature, adds: z.int() })),
  })
  .meta({ id: 'MatrixRow' })
export type MatrixRowAnswer = z.infer<typeof MatrixRowAnswer>

/** What the matrix shows, or how far its computing is. */
export const MatrixAnswer = z
  .strictObject({
    form,
    /** Forms of which somebody can be asked. */
    forms: z.array(form),
    day: z.string(),
    /** Of the policies, targets and editions: another hash, another matrix. */
    hash: z.string(),
    policies: z.array(column),
    /** Editions that are not in it, because there are too many; policies that cannot be read any more. */
    left: z.strictObject({ editions: z.int(), policies: z.int() }),
    computing: z.strictObject({ done: z.int(), of: z.int() }).optional(),
    reference: z.array(MatrixRowAnswer),
    /** Editions, a page of them. */
    total: z.int(),
    rows: z.array(MatrixRowAnswer),
    profiles: z.array(z.strictObject({ certificate, profiles: z.array(profile) })),
    outliers: z.array(
      z.strictObject({ policy: column, requirement: z.string(), kind: z.string(), certificates: z.int(), acceptedElsewhere: z.number() }),
    ),
    rare: z.array(z.strictObject({ policy: column, kind: z.string() })),
  })
  .meta({ id: 'Matrix' })
export type MatrixAnswer = z.infer<typeof MatrixAnswer>

/** One cell with its reasons. */
export const MatrixCellAnswer = z
  .strictObject({ policy: column, certificate, target: LangString, decision: DecisionAnswer })
  .meta({ id: 'MatrixCell' })
export type MatrixCellAnswer = z.infer<typeof MatrixCellAnswer>

export const matrixOperations = {
  'matrix.read': operation({
    method: 'GET',
    path: '/matrix',
    summary: 'Reference certificates and editions against every published policy: who accepts, and what one more fact would gain',
    roles: readers,
    input: z.strictObject({ form: form.optional(), page: z.coerce.number().int().min(1).max(100).default(1) }).meta({ id: 'MatrixQuery' }),
    output: MatrixAnswer,
    problems: ['server.unavailable'],
  }),
  'matrix.cell': operation({
    method: 'GET',
    path: '/matrix/:policy/:certificate',
    summary: 'What one policy says of one certificate, and why',
    roles: readers,
    input: z.strictObject({ form, policy: Uuid, certificate: certificateId }),
    output: MatrixCellAnswer,
    problems: ['request.not-found'],
  }),
  'matrix.file': operation({
    method: 'GET',
    path: '/matrix/file',
    summary: 'The matrix as a table, or with everything that is read from it',
    roles: readers,
    input: z.strictObject({ form, as: z.enum(['csv', 'json']).default('csv') }),
    output: FileAnswer,
    problems: ['request.not-found', 'server.unavailable'],
  }),
} as const
