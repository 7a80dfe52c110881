/** What recognition is asked for: a module, a post, a module of vocational training or a job, told apart by what it holds. */
import { z } from 'zod'
import { EqfLevel, forPeople, Id, Period, Share } from './words.ts'

const common = { ...forPeople, body: Id }
const noneTwice = (ids: readonly string[]) => new Set(ids).size === ids.length
const Ids = z.array(Id).max(2000).refine(noneTwice, 'One of them stands there twice.')

/** A module of a programme. `credits` are ECTS; the weights of its outcomes add up to 1 or less. */
export const ModuleTarget = z.strictObject({
  ...common,
  credits: z.number().positive().max(1000),
  eqf: EqfLevel.nullish(),
  iscedF: z
    .string()
    .regex(/^\d{2,4}$/, 'An ISCED-F code such as 0613.')
    .nullish(),
  outcomes: z
    .array(z.strictObject({ ...forPeople, id: Id, weight: Share, mandatory: z.boolean().default(false) }))
    .max(500)
    .refine((outcomes) => noneTwice(outcomes.map(({ id }) => id)), 'Two outcomes have the same id.')
    .refine((outcomes) => outcomes.reduce((sum, { weight }) => sum + weight, 0) <= 1 + 1e-9, 'The weights add up to more than 1.'),
})
export type ModuleTarget = z.infer<typeof ModuleTarget>

/** A post or a step of a career: competencies of a framework, and the period in which certificates count. */
export const PostTarget = z.strictObject({
  ...common,
  competencies: Ids,
  framework: Id.nullish(),
  period: Period.nullish(),
})
export type PostTarget = z.infer<typeof PostTarget>

/** A module of vocational training, whose elements are accredited one by one. */
export const VetTarget = z.strictObject({ ...common, level: z.int().min(0).max(20).nullish(), elements: Ids.min(1) })
export type VetTarget = z.infer<typeof VetTarget>

/** A job: skills by concept (ESCO). */
export const JobTarget = z.strictObject({ ...common, essential: Ids, optional: Ids.default([]), safetyCritical: Ids.default([]) })
export type JobTarget = z.infer<typeof JobTarget>

/** The schema of each form. */
export const targetForms = { module: ModuleTarget, post: PostTarget, vet: VetTarget, job: JobTarget }
export type TargetForm = keyof typeof targetForms

/** A target with its form. */
export type Target =
  | ({ form: 'module' } & ModuleTarget)
  | ({ form: 'post' } & PostTarget)
  | ({ form: 'vet' } & VetTarget)
  | ({ form: 'job' } & JobTarget)

/** The member that makes a target what it is. */
const marks = { module: 'credits', post: 'competencies', vet: 'elements', job: 'essential' } as const

/** Which form it is by what it holds; `undefined` when none or several fit. */
export function formOf(members: object): TargetForm | undefined {
  const found = (Object.keys(marks) as TargetForm[]).filter((form) => marks[form] in members)
  return found.length === 1 ? found[0] : undefined
}
