/** A recognition policy: a body's rules as data. */
import { z } from 'zod'
import { type RequirementKindName, requirementKindNames, requirementKinds } from './requirement-kinds.ts'
import { Amount, AwardType, Effect, forPeople, Id, Period, Purpose, Rank } from './words.ts'

const anything = z.unknown().optional()

function requirementOf(name: RequirementKindName) {
  return z
    .strictObject({
      ...forPeople,
      id: Id,
      kind: z.literal(name),
      // Kinds with parameters of their own say which are missing.
      params: (requirementKinds[name].params as z.ZodType).prefault({}),
      onFail: Effect,
      onUnknown: Effect.default('evidence'),
      condition: z.string().min(1).max(200).optional(),
      remedy: anything,
      evidenceAccepted: anything,
      why: anything,
      legalBasis: anything,
    })
    .refine(({ onFail, onUnknown, condition }) => condition !== undefined || (onFail !== 'condition' && onUnknown !== 'condition'), {
      message: 'An effect is a condition, and no condition is named.',
      path: ['condition'],
    })
}
const [first, ...others] = requirementKindNames.map(requirementOf)

/** One requirement of a policy. `onUnknown` absent asks for evidence. */
export const Requirement = z.discriminatedUnion('kind', [first!, ...others])
export type Requirement = z.infer<typeof Requirement>

/** Numbers that requirements of one policy share. */
const Numbers = z.strictObject({
  minHours: Amount.nullish(),
  typeFactor: z.partialRecord(AwardType, z.number().min(0).max(10)).nullish(),
  generalCap: Amount.nullish(),
  duplicateMonths: z.int().min(0).max(1200).nullish(),
  recognisedIssuers: z.array(Id).max(10_000).nullish(),
})

/** The number that a kind cannot do without. */
const needed = {
  'certificate-type': 'typeFactor',
  'min-hours': 'minHours',
  'no-duplicate': 'duplicateMonths',
  'issuer-listed': 'recognisedIssuers',
} as const satisfies Partial<Record<RequirementKindName, keyof z.infer<typeof Numbers>>>

/** True when two requirements of one kind list words that have none in common, such as online alone and presential alone. */
function nothingMeetsBoth(one: unknown, other: unknown): boolean {
  return Object.entries(one as object).some(([name, list]) => {
    const others = (other as Record<string, unknown>)[name]
    return oneOfThem.has(name) && Array.isArray(list) && Array.isArray(others) && !list.some((word) => others.includes(word))
  })
}
/** Parameters of which a credential has one: not languages, which may be several. */
const oneOfThem = new Set(['proofs', 'awardTypes', 'modes', 'types'])

/** A policy; its id is the key under which the library holds it. */
export const Policy = z
  .strictObject({
    ...forPeople,
    body: Id,
    rank: Rank,
    purpose: z.union([Purpose, z.array(Purpose).min(1)]).optional(),
    effective: Period,
    requirements: z.array(Requirement).max(200).default([]),
    params: Numbers.default({}),
    forbidsRefusalOn: z.array(z.enum(requirementKindNames)).default([]),
    procedure: z
      .strictObject({
        deadlineDays: z.int().min(1).max(120).optional(),
        appealDays: z.int().min(1).max(3650).optional(),
        appealTo: z.unknown().optional(),
        /** True where recognition in full needs no person. What is less than full always does. */
        automaticFull: z.boolean().optional(),
        contact: anything,
        fee: anything,
      })
      .optional(),
    version: anything,
    scope: anything,
    labels: anything,
    legalBasis: anything,
    approvedBy: anything,
    supersedes: anything,
    proof: anything,
  })
  .check(({ value, issues }) => {
    const fault = (message: string, ...path: (string | number)[]) => issues.push({ code: 'custom', message, path, input: value })
    const { rank, purpose, requirements, params, forbidsRefusalOn } = value
    if (rank !== 'law' && requirements.length === 0) fault('Only a law may have no requirements.', 'requirements')
    if (rank !== 'law' && purpose === undefined) fault('Only a law may have no purpose.', 'purpose')
    const seen = new Set<string>()
    requirements.forEach(({ id, kind, onFail, onUnknown }, at) => {
      if (seen.has(id)) fault('Two requirements have the same id.', 'requirements', at, 'id')
      seen.add(id)
      const number = (needed as Partial<Record<RequirementKindName, keyof typeof params>>)[kind]
      if (number !== undefined && params[number] == null) fault(`A requirement of kind ${kind} needs this number.`, 'params', number)
      const earlier = requirements.slice(0, at).find((each) => each.kind === kind && each.onFail === 'refuse' && onFail === 'refuse')
      if (earlier && nothingMeetsBoth(earlier.params, requirements[at]!.params))
        fault('Nothing can meet this requirement and an earlier one of its kind.', 'requirements', at, 'params')
      if ((onFail === 'refuse' || onUnknown === 'refuse') && forbidsRefusalOn.includes(kind))
        fault('The policy refuses on what it forbids to refuse on.', 'requirements', at, 'onFail')
    })
  })
export type Policy = z.infer<typeof Policy>
