/** The library of recognition: policies, targets, accreditation records, agreements and relations of skills. */
import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import type { Json, JsonObject } from '../json.ts'
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { AccreditationRecord } from './accreditation.ts'
import type { SkillRelation } from './facts.ts'
import { Policy } from './policy.ts'
import { formOf, type Target, targetForms } from './target.ts'
import { Amount, forPeople, Id, Period } from './words.ts'

/** What is granted. `amount` and `unit` go together; `target` names what it is granted for. */
export const Grant = z.strictObject({
  kind: z.enum([
    'specified-credit',
    'unspecified-credit',
    'exemption',
    'admission',
    'prerequisite',
    'grade-A',
    'grade-B',
    'grade-C',
    'career-hours',
    'cpd-hours',
    'job-match',
  ]),
  amount: Amount.optional(),
  unit: z.enum(['ECTS', 'hours']).optional(),
  target: Id.optional(),
  category: z.enum(['job-specific', 'general']).optional(),
})
export type Grant = z.infer<typeof Grant>

/** An agreement: for an achievement of one party, a grant by the other, within its dates. */
export const Agreement = z
  .strictObject({
    parties: z.array(Id).min(2).max(500),
    effective: Period,
    lines: z.array(z.strictObject({ ...forPeople, achievement: Id, edition: Id.nullish(), gives: Grant })).max(5000),
  })
  // The other words of an agreement are for people.
  .loose()
export type Agreement = z.infer<typeof Agreement>

const Relations = z.array(z.strictObject({ ...forPeople, narrower: Id, broader: Id })).max(100_000)

/** The library as it was read. Maps are by id. */
export interface Library {
  policies: ReadonlyMap<string, Policy>
  targets: ReadonlyMap<string, Target>
  accreditations: readonly AccreditationRecord[]
  agreements: ReadonlyMap<string, Agreement>
  skillRelations: readonly SkillRelation[]
  /** The text that the hash of a policy is taken of: RFC 8785 without `proof`. */
  policyTexts: ReadonlyMap<string, string>
}

/**
 * Reads a library; members it does not know are left to others. Raises `input.invalid` with a pointer for each fault of what it does know:
 * an unknown kind, unit or code, a negative amount, a policy that contradicts itself.
 */
export function readLibrary(json: Json): Library {
  const members = objectAt(json, '')
  const policies = new Map<string, Policy>()
  const policyTexts = new Map<string, string>()
  for (const [id, policy] of entriesOf(members, 'policies')) {
    policies.set(id, readAs(Policy, policy, pointer('policies', id)))
    const { proof: _, ...signed } = policy as JsonObject
    policyTexts.set(id, canonicalJson(signed))
  }
  const targets = new Map<string, Target>()
  for (const [id, target] of entriesOf(members, 'targets')) targets.set(id, readTarget(target, pointer('targets', id)))
  const agreements = new Map<string, Agreement>()
  for (const [id, agreement] of entriesOf(members, 'agreements'))
    agreements.set(id, readAs(Agreement, agreement, pointer('agreements', id)))
  return {
    policies,
    targets,
    agreements,
    policyTexts,
    accreditations: readAs(z.array(AccreditationRecord).max(100_000), members.accreditationRegistry ?? [], '/accreditationRegistry'),
    skillRelations: readAs(Relations, members.escoRelations ?? [], '/escoRelations'),
  }
}

function readTarget(json: Json, at: string): Target {
  const form = formOf(objectAt(json, at))
  if (!form) throw new ProblemError('input.invalid', 'A target holds credits, competencies, elements or essential skills.', at)
  return { form, ...readAs(targetForms[form], json, at) } as Target
}

function objectAt(json: Json | undefined, at: string): JsonObject {
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new ProblemError('input.invalid', 'An object was expected.', at)
  return json
}

const entriesOf = (members: JsonObject, name: string) => Object.entries(objectAt(members[name] ?? {}, `/${name}`))
const pointer = (name: string, id: string) => `/${name}/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`
