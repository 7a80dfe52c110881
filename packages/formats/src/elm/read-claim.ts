/** What a claim says was achieved: outcomes, size, level, assessment, participation, quality assurance. */
import type { Json, JsonObject, SignedView } from '@cairn/core'
import { durationHours } from '@cairn/core'
import { conceptLabel, conceptLabels, iri, nodes, notes, text, textOf, through } from './nodes.ts'
import { codes, ownSchemes } from './terms.ts'

/** The part of the view that a claim and its specification give. */
export type ClaimView = Pick<
  SignedView,
  | 'kind'
  | 'outcomes'
  | 'workload'
  | 'level'
  | 'assessments'
  | 'participation'
  | 'qualityAssurance'
  | 'fields'
  | 'prerequisites'
  | 'stackability'
  | 'furtherInformation'
  | 'homepage'
  | 'evidence'
  | 'achievement'
>

/** Reads a claim (LearningAchievement or LearningActivity) in the wished languages. */
export function readClaim(claim: JsonObject | undefined, languages: readonly string[]): ClaimView {
  const [specification] = nodes(claim?.specifiedBy)
  const activities = [...through(claim, 'influencedBy'), ...(claim?.type === 'LearningActivity' ? [claim] : [])]
  const kind = nodes(claim?.dcType)
    .map((type) => text(type.id))
    .find((id) => id?.startsWith(`${ownSchemes.kind}:`))
  const outcomes = through(specification, 'learningOutcome').flatMap((outcome) => textOf(outcome.title, languages) ?? [])
  const workload = readWorkload(claim, specification, activities)
  const level = readLevel(specification, languages)
  const participation = [specification, ...activities.flatMap((activity) => nodes(activity.specifiedBy))].flatMap((node) =>
    conceptLabels(node?.mode, languages),
  )
  const [prerequisites] = notes(specification?.entryRequirement, languages)
  const stackability = readStackability(specification, languages)
  const [furtherInformation] = notes(plainNotes(specification), languages)
  const homepage = through(specification, 'homepage').map((page) => text(page.contentURL))[0]
  const evidence = through(claim, 'supplementaryDocument').map((page) => text(page.contentURL))[0]
  const achievement = iri(claim?.specifiedBy)
  return {
    ...(kind && { kind: kind.slice(ownSchemes.kind.length + 1) }),
    outcomes: outcomes.length > 0 ? outcomes : notes(specification?.learningOutcomeSummary, languages),
    ...(workload && { workload }),
    ...(level && { level }),
    assessments: through(claim, 'provenBy').map((assessment) => readAssessment(assessment, languages)),
    participation: [...new Set(participation)],
    qualityAssurance: readQualityAssurance(claim, specification, languages),
    fields: nodes(specification?.thematicArea).map((field) => ({
      code: text(field.id)?.replace(/^.*\//, '') ?? '',
      label: conceptLabel(field, languages) ?? '',
    })),
    ...(prerequisites && { prerequisites }),
    ...(stackability && { stackability }),
    ...(furtherInformation && { furtherInformation }),
    ...(homepage && { homepage }),
    ...(evidence && { evidence }),
    ...(achievement && { achievement }),
  }
}

/** Hours and ECTS of a claim: the specification's, else what was received, else the activity's. */
function readWorkload(
  claim: JsonObject | undefined,
  specification: JsonObject | undefined,
  activities: readonly JsonObject[],
): { ects?: number; hours?: number } | undefined {
  const credits = [...nodes(specification?.creditPoint), ...nodes(claim?.creditReceived)].filter((credit) =>
    iri(credit.framework)?.endsWith(codes.ects),
  )
  const ects = Number(text(credits[0]?.point) ?? Number.NaN)
  const durations = [
    specification?.volumeOfLearning,
    ...activities.flatMap((activity) => [activity.workload, ...through(activity, 'specifiedBy').map((node) => node.volumeOfLearning)]),
  ]
  const hours = durations.map((duration) => durationHours(text(duration) ?? '')).find((found) => found !== undefined)
  if (Number.isNaN(ects) && hours === undefined) return undefined
  return { ...(!Number.isNaN(ects) && { ects }), ...(hours !== undefined && { hours }) }
}

function readLevel(specification: JsonObject | undefined, languages: readonly string[]): SignedView['level'] {
  const eqf = /\/eqf\/([1-8])$/.exec(iri(specification?.eqfLevel) ?? '')?.[1]
  const nqf = conceptLabels(specification?.nqfLevel, languages)
  const cycle = nodes(specification?.educationLevel)
    .map((node) => /(short|first|second|third)/.exec(text(node.id) ?? '')?.[1])
    .find((found) => found !== undefined)
  const other = nodes(specification?.educationLevel).filter((node) => !text(node.id)?.includes('qf-ehea'))
  const national = [...nqf, ...other.flatMap((node) => conceptLabel(node, languages) ?? [])]
  if (!eqf && national.length === 0 && !cycle) return undefined
  return { ...(eqf && { eqf: Number(eqf) }), ...(national.length > 0 && { nqf: national }), ...(cycle && { cycle }) }
}

function readAssessment(assessment: JsonObject, languages: readonly string[]): SignedView['assessments'][number] {
  const [specification] = nodes(assessment.specifiedBy)
  const type = conceptLabel(nodes(specification?.dcType)[0], languages)
  const supervision = conceptLabel(nodes(assessment.idVerification)[0], languages)
  const [grade] = notes(assessment.grade, languages)
  return {
    title: textOf(assessment.title, languages) ?? textOf(specification?.title, languages) ?? '',
    ...(type && { type }),
    ...(supervision && { supervision }),
    ...(grade && { grade }),
  }
}

function readQualityAssurance(
  claim: JsonObject | undefined,
  specification: JsonObject | undefined,
  languages: readonly string[],
): string[] {
  const accreditations = [...through(specification, 'accreditation'), ...through(claim, 'awardedBy', 'awardingBody', 'accreditation')]
  const titles = accreditations.flatMap((accreditation) => textOf(accreditation.title, languages) ?? [])
  const said = notes(notesAbout(specification, ownSchemes.qualityAssurance), languages)
  return [...new Set([...said, ...titles])]
}

/** Text to show: a sentence of the issuer, else the titles it counts towards, else `standalone` or `stackable` from the flag. */
function readStackability(specification: JsonObject | undefined, languages: readonly string[]): string | undefined {
  const [said] = notes(notesAbout(specification, ownSchemes.stackability), languages)
  const towards = through(specification, 'isPartOf').flatMap((target) => textOf(target.title, languages) ?? [])
  if (said || towards.length > 0) return [...towards, ...(said ? [said] : [])].join('; ')
  const partial = specification?.isPartialQualification
  return partial === false ? 'standalone' : partial === true ? 'stackable' : undefined
}

/** Notes of a specification whose subject is a concept of this scheme. */
export function notesAbout(specification: JsonObject | undefined, scheme: string): Json[] {
  return nodes(specification?.additionalNote).filter((note) => iri(note.subject)?.startsWith(`${scheme}:`))
}
function plainNotes(specification: JsonObject | undefined): Json[] {
  return nodes(specification?.additionalNote).filter((note) => note.subject === undefined)
}
