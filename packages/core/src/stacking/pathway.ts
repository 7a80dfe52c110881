/** A pathway as a body publishes it: slots that say in facts of credentials what they take, and rules over all of them (domain rules 3.2). */
import { z } from 'zod'
import type { Json } from '../json.ts'
import { type Problem, ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { LangString, Urn, Uuid } from '../text.ts'
import { readStackingCase } from './read-stacking-case.ts'
import { StackingRules, StackingSlot } from './stacking-case.ts'

const Words = z.array(z.string().min(1).max(500)).max(200)

/** What a slot takes. Every member that is given has to be met, each by any one of its entries; with none given, everything fits. */
export const SlotPredicate = z.strictObject({
  /** Ids of achievements, as their issuers publish them. */
  achievements: Words.optional(),
  /** Words of which one stands in an outcome of the credential. */
  outcomes: Words.optional(),
  /** Beginnings of ISCED-F codes. */
  fields: z
    .array(z.string().regex(/^\d{2,4}$/, 'An ISCED-F code of two to four digits.'))
    .max(100)
    .optional(),
  /** Ids of the bodies that award. */
  providers: Words.optional(),
  /** Kinds of record, such as `micro-credential`. */
  tags: Words.optional(),
  /** EQF level at least. */
  levelMin: z.int().min(1).max(8).optional(),
})
export type SlotPredicate = z.infer<typeof SlotPredicate>

const Slot = StackingSlot.omit({ accept: true, title: true, note: true, modelledOn: true, consent: true, test: true }).extend({
  title: LangString,
  takes: SlotPredicate,
})

/** A pathway. `award` is the edition that is awarded; `version` counts up, and a version never changes. */
export const Pathway = z.strictObject({
  title: LangString,
  description: LangString.optional(),
  body: Urn,
  award: Uuid.optional(),
  version: z.string().max(20).optional(),
  supersedes: Urn.optional(),
  slots: z.array(Slot).min(1).max(40),
  rules: StackingRules.omit({ overlapGroups: true, categoryMin: true }),
  /** What the body calls the achievements and bodies whose ids stand in it; for readers, it counts nothing. */
  names: z.record(z.string().min(1).max(500), z.string().min(1).max(700)).optional(),
})
export type Pathway = z.infer<typeof Pathway>
export type PathwaySlot = Pathway['slots'][number]

/**
 * Reads a pathway. Raises `input.invalid` with a pointer for each fault, and `stacking.*` for slots in a circle, a slot that is not there, limits that
 * exclude one another, or two slots of one id.
 */
export function readPathway(json: Json): Pathway {
  const pathway = readAs(Pathway, json)
  const seen = new Set<string>()
  for (const [at, { id }] of pathway.slots.entries()) {
    if (seen.has(id)) throw new ProblemError('stacking.id-twice', 'Two slots have the same id.', `/slots/${at}/id`)
    seen.add(id)
  }
  // The engine's own reader finds what contradicts itself; its pointers begin at the case.
  try {
    readStackingCase({ id: 'draft', type: 'stacking', asOf: '2000-01-01', pathway: engineForm(pathway) as never, credentials: [] })
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    throw new ProblemError(error.problem.code, error.problem.detail, error.problem.pointer?.replace(/^\/pathway/, ''))
  }
  return pathway
}

/** What stands in the way of publishing a pathway, each with its place. */
export function pathwayProblems(json: Json): readonly Problem[] {
  try {
    readPathway(json)
    return []
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return error.problems
  }
}

/** The tag by which the engine knows that a credential fits a slot. */
export const slotTag = (id: string): string => `slot:${id}`

/** The pathway as the engine reads it: each slot takes the credentials that its predicate was found to hold for. */
export function engineForm({ title, slots, rules }: Pathway) {
  return {
    award: Object.values(title)[0] ?? '-',
    slots: slots.map(({ takes: _, title: __, ...slot }) => ({ ...slot, accept: [slotTag(slot.id)] })),
    rules,
  }
}
