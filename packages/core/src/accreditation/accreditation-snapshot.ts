/** What a registry of accreditations said at a moment: bodies, and the decisions on them. */
import { z } from 'zod'
import { Instant, PlainDate } from '../moments.ts'

const id = z.string().min(1).max(300)
const day = PlainDate.optional()

/** A body. `partOf` are bodies above it, `succeeds` bodies that became it; days where they are known. */
export const AccreditedBody = z
  .strictObject({
    id,
    names: z.array(z.string().max(500)).max(50),
    identifiers: z.array(z.string().max(200)).max(100),
    partOf: z.array(z.strictObject({ body: id, from: day, to: day })).max(100),
    succeeds: z.array(z.strictObject({ body: id, on: day })).max(100),
  })
  .meta({ id: 'AccreditedBody', title: 'Body in a registry of accreditations' })
export type AccreditedBody = z.infer<typeof AccreditedBody>

/**
 * A decision. `programmes` name what it is about, by title or identifier; without any it is about the whole body. `toAssumed` says that the registry
 * gives no end, and that one was counted by its rule. Empty `levels` (EQF), `fields` (ISCED-F codes) and `places` (alpha-2) limit nothing.
 */
export const AccreditationRecord = z
  .strictObject({
    id,
    bodies: z.array(id).min(1).max(100),
    agency: z.string().max(500),
    decision: z.enum(['positive', 'positive-with-conditions', 'negative', 'not-applicable']),
    obligatory: z.boolean(),
    flagged: z.boolean(),
    from: PlainDate,
    to: PlainDate,
    toAssumed: z.boolean(),
    programmes: z.array(z.string().max(500)).max(500),
    levels: z.array(z.int().min(1).max(8)).max(8),
    fields: z.array(z.string().max(4)).max(200),
    places: z.array(z.string().max(2)).max(200),
    address: z.url().max(1000).optional(),
  })
  .meta({ id: 'AccreditationRecord', title: 'Decision on an accreditation' })
export type AccreditationRecord = z.infer<typeof AccreditationRecord>

/** A snapshot with when it was read, so that a judgement can be repeated. `lowestLevel` is the level of the EQF below which the registry is silent. */
export const AccreditationSnapshot = z
  .strictObject({
    form: z.literal('cairn-accreditations-1'),
    source: z.string().min(1).max(500),
    retrievedAt: Instant,
    lowestLevel: z.int().min(1).max(8),
    bodies: z.array(AccreditedBody).max(20_000),
    records: z.array(AccreditationRecord).max(200_000),
  })
  .meta({ id: 'AccreditationSnapshot', title: 'Snapshot of a registry of accreditations' })
export type AccreditationSnapshot = z.infer<typeof AccreditationSnapshot>
