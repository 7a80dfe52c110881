/** What is awarded by a specification, as a learner would hand it in for recognition, before there is any such learner. */
import {
  type AchievementSpecification,
  caseFromReports,
  type Decision,
  type Json,
  type JsonObject,
  type RecognitionCase,
  readLibrary,
  recognise,
  specimenReport,
  type TargetForm,
} from '@cairn/core'
import type { TargetRow } from '@cairn/store'
import { formOfTarget, hashText } from './recognition-case.ts'

/** What it is asked for: `achievement` and `issuer` are ids, `target` and `policies` names in a library, `asOf` a day. */
export interface SpecimenGround {
  id: string
  achievement: string
  issuer: string
  asOf: string
  target: string
  form: TargetForm
  policies: readonly string[]
}

/** A case of one specimen, shown by its holder. */
export function specimenCase(specification: AchievementSpecification, ground: SpecimenGround): RecognitionCase {
  const { achievement, issuer, ...asked } = ground
  const report = specimenReport(specification, { achievement, issuer, on: asked.asOf })
  return caseFromReports([report], { ...asked, known: { [report.view!.id]: { holderMatch: 'verified' } } })
}

/** What one policy of a body gives a specimen for one of its targets. Raises `input.invalid` for rules that cannot be read. */
export function decideSpecimen(
  specification: AchievementSpecification,
  {
    policy,
    target,
    body,
    ...named
  }: { policy: JsonObject; target: TargetRow; body: string } & Pick<SpecimenGround, 'id' | 'achievement' | 'issuer' | 'asOf'>,
): Decision {
  const library = readLibrary({ policies: { [named.id]: policy }, targets: { target: { ...target.content, body } } } as unknown as Json)
  const asked = { ...named, target: 'target', form: formOfTarget(target), policies: [named.id] }
  return recognise(specimenCase(specification, asked), library, hashText)
}
