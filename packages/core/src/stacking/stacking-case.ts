/** What a stacking case holds, as the page on the wire format says it; unknown members are refused save those for people. */
import { z } from 'zod'
import { PlainDate } from '../moments.ts'

const words = {
  title: z.unknown().optional(),
  note: z.unknown().optional(),
  modelledOn: z.unknown().optional(),
  consent: z.unknown().optional(),
  test: z.unknown().optional(),
}
const Name = z.string().min(1).max(500)
const Tags = z.array(Name).max(200)
const Amount = z.number().min(0).max(1e6)
const Count = z.int().min(0).max(10_000)
const Share = z.number().min(0).max(1)
const Eqf = z.int().min(1).max(8)
const Fact = <T extends z.ZodType>(schema: T) => schema.nullish()

/** One place of a pathway. `accept` are tags, and `any` takes all; credits are minimum and maximum of what counts there. */
export const StackingSlot = z.strictObject({
  id: Name,
  accept: Tags,
  minCount: Fact(Count),
  maxCount: Fact(Count),
  minCredits: Fact(Amount),
  maxCredits: Fact(Amount),
  currencyYears: Fact(z.number().min(0).max(200)),
  afterSlots: Fact(z.array(Name).max(100)),
  ...words,
})
export type StackingSlot = z.infer<typeof StackingSlot>

/** The rules of a pathway of slots: hard ones that are never broken, and goals. */
export const StackingRules = z.strictObject({
  totalMin: Fact(Amount),
  residencyMin: Fact(Amount),
  levelMin: Fact(
    z
      .strictObject({ eqf: Eqf, credits: Fact(Amount), share: Fact(Share) })
      .refine((rule) => (rule.credits == null) !== (rule.share == null), 'It needs either credits or a share.'),
  ),
  categoryMin: Fact(z.strictObject({ tag: Name, share: Share })),
  overlapGroups: Fact(z.array(z.array(Name).max(500)).max(1000)),
  externalMax: Fact(Amount),
  sharedMax: Fact(Amount),
  rplMax: Fact(Amount),
  providerMax: Fact(z.record(Name, Amount)),
})
export type StackingRules = z.infer<typeof StackingRules>

/** A credential for slots. `provider` OWN is the receiving body; `grade` 0 to 1; absent `assessed` and `usedIn` mean assessed and unused. */
export const StackingCredential = z.strictObject({
  id: Name,
  credits: Fact(Amount),
  tags: Fact(Tags),
  issueDate: Fact(PlainDate),
  provider: Fact(Name),
  eqf: Fact(Eqf),
  grade: Fact(Share),
  assessed: Fact(z.boolean()),
  awardType: Fact(z.enum(['successful-completion', 'participation', 'attendance'])),
  usedIn: Fact(z.array(Name).max(100)),
  ...words,
})
export type StackingCredential = z.infer<typeof StackingCredential>

/** Something that may still be taken: it counts as issued after everything held; an absent `provider` is OWN. */
export const StackingOffer = z.strictObject({
  id: Name,
  credits: Amount,
  tags: Tags,
  hours: Amount,
  provider: Fact(Name),
  eqf: Fact(Eqf),
  ...words,
})
export type StackingOffer = z.infer<typeof StackingOffer>

const SlotPathway = z.strictObject({ award: Name, slots: z.array(StackingSlot).min(1).max(100), rules: Fact(StackingRules), ...words })
const LadderPathway = z.strictObject({
  award: Name,
  ladder: z.strictObject({ modules: z.record(Name, z.array(Name).min(1).max(500)), ...words }),
  rules: Fact(z.strictObject({ expiry: Fact(z.literal('none')) })),
  ...words,
})
const HoursPathway = z.strictObject({
  award: Name,
  accumulate: z.strictObject({ needHours: Amount, policy: Name, target: Fact(Name), ...words }),
  rules: Fact(z.strictObject({})),
  ...words,
})

/** A credential for a ladder: the elements it shows. */
export const LadderCredential = z.strictObject({
  id: Name,
  elements: Fact(z.array(Name).max(500)),
  issueDate: Fact(PlainDate),
  awardType: Fact(z.enum(['successful-completion', 'participation', 'attendance'])),
  assessed: Fact(z.boolean()),
  ...words,
})
export type LadderCredential = z.infer<typeof LadderCredential>

/** A certificate whose hours are added up. */
export const HoursCredential = z.strictObject({
  id: Name,
  achievement: Fact(Name),
  awardType: Fact(Name),
  hours: Fact(Amount),
  issueDate: Fact(PlainDate),
  competency: Fact(Name),
  ...words,
  title: Fact(Name),
})
export type HoursCredential = z.infer<typeof HoursCredential>

const head = { id: Name, type: z.literal('stacking'), asOf: PlainDate, category: z.unknown().optional(), ...words }
const Catalogue = Fact(z.array(StackingOffer).max(2000))

export const SlotCase = z.strictObject({
  ...head,
  pathway: SlotPathway,
  credentials: z.array(StackingCredential).max(1000),
  catalogue: Catalogue,
})
/** A case whose pathway is made of slots. */
export type SlotCase = z.infer<typeof SlotCase>
export const LadderCase = z.strictObject({
  ...head,
  pathway: LadderPathway,
  credentials: z.array(LadderCredential).max(1000),
  catalogue: Catalogue,
})
/** A case whose pathway is a ladder of modules. */
export type LadderCase = z.infer<typeof LadderCase>
export const HoursCase = z.strictObject({
  ...head,
  pathway: HoursPathway,
  credentials: z.array(HoursCredential).max(5000),
  catalogue: Catalogue,
})
/** A case that adds hours up. */
export type HoursCase = z.infer<typeof HoursCase>

/** One case that was read: which of the three ways to stack, and the case itself. */
export type StackingCase = { way: 'slots'; case: SlotCase } | { way: 'ladder'; case: LadderCase } | { way: 'accumulate'; case: HoursCase }
