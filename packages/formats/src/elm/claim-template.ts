/** The claim of an award, with marks where the learner's own facts go. */
import { type Assessment, assessmentTypes, type Edition, hoursDuration, type JsonObject, modes, type Part, supervisions } from '@cairn/core'
import { conceptNode, listed, listedAll, node, noteNode, webNode } from './build.ts'
import { againNode } from './organisation-node.ts'
import { members, type PreparedText, prepareText, slot } from './slots.ts'
import { achievementNode, activitySpecificationNode, creditNodes, isActivity } from './specification-node.ts'
import { ownSchemes } from './terms.ts'
import { passedIn } from './words.ts'

const kindLabels: Record<string, string> = {
  'micro-credential': 'Micro-credential',
  'certificate-of-completion': 'Certificate of completion',
  'certificate-of-participation': 'Certificate of participation',
  'certificate-of-attendance': 'Certificate of attendance',
  badge: 'Badge',
  diploma: 'Diploma',
  transcript: 'Transcript of records',
}

/** A claim: LearningAchievement with activity and assessments, or LearningActivity for who took part or was there. */
export function claimTemplate(edition: Edition, body: JsonObject): JsonObject {
  const { specification } = edition
  const awardedBy = awardingTemplate(body)
  const again = awardingTemplate(againNode(body))
  const kind = conceptNode(`${ownSchemes.kind}:${specification.kind}`, ownSchemes.kind, { en: kindLabels[specification.kind]! })
  const first = { id: slot('id#claim'), title: specification.title, description: specification.description, dcType: [kind], awardedBy }
  if (isActivity(specification.kind))
    return node({
      type: 'LearningActivity',
      ...first,
      workload: durationOf(specification.workload.hours),
      specifiedBy: activitySpecificationNode(edition, edition.achievement),
      ...members('period'),
      ...members('evidence'),
      ...members('remark'),
    })
  const graded = gradedKeys(specification.assessments)
  return node({
    type: 'LearningAchievement',
    ...first,
    creditReceived:
      specification.assessments.length > 0 || specification.parts.length > 0
        ? creditNodes(edition.achievement, specification.workload, 'received')
        : [],
    influencedBy: [activityTemplate(edition, again)],
    provenBy: specification.assessments.map((assessment) => assessmentTemplate(edition, assessment, again, graded.has(assessment.key))),
    specifiedBy: achievementNode(edition, againNode(body)),
    ...members('parts'),
    ...members('evidence'),
    ...members('remark'),
  })
}

/** Keys of the assessments that the award's grade belongs to: those marked as graded, else the first. */
function gradedKeys(assessments: readonly Assessment[]): ReadonlySet<string> {
  const graded = assessments.filter((assessment) => assessment.graded)
  return new Set((graded.length > 0 ? graded : assessments.slice(0, 1)).map((assessment) => assessment.key))
}

/** The parts of a diploma or transcript by their keys, each cut at its marks. */
export function partTemplates(edition: Edition, body: JsonObject): Map<string, PreparedText> {
  return new Map(
    edition.specification.parts.map((part) => [part.key, prepareText(partTemplate(edition, part, awardingTemplate(againNode(body))))]),
  )
}

function awardingTemplate(body: JsonObject): JsonObject {
  return { id: slot('id#awarding'), type: 'AwardingProcess', awardingBody: [body], awardingDate: slot('awardDate') }
}

function activityTemplate(edition: Edition, awardedBy: JsonObject): JsonObject {
  const { specification, achievement } = edition
  return node({
    id: slot('id#activity'),
    type: 'LearningActivity',
    title: specification.activity?.title ?? specification.title,
    awardedBy,
    workload: durationOf(specification.workload.hours),
    specifiedBy: activitySpecificationNode(edition, `${achievement}#activity`),
    ...members('period'),
  })
}

function assessmentTemplate(edition: Edition, assessment: Assessment, awardedBy: JsonObject, graded: boolean): JsonObject {
  const id = `${edition.achievement}#assessment-${assessment.key}`
  return node({
    id: slot(`id#assessment-${assessment.key}`),
    type: 'LearningAssessment',
    title: assessment.title,
    awardedBy,
    grade: {
      id: slot(`id#grade-${assessment.key}`),
      type: 'Note',
      noteLiteral: graded ? slot('grade') : passedIn(edition.specification.primaryLanguage),
    },
    idVerification: listed(supervisions, assessment.supervision),
    specifiedBy: node({
      id,
      type: 'LearningAssessmentSpecification',
      title: assessment.title,
      description: assessment.criteria,
      dcType: listed(assessmentTypes, assessment.type),
      mode: listedAll(modes, assessment.modes),
      gradingScheme: assessment.gradingScheme && gradingNode(`${id}-grading`, assessment),
      supplementaryDocument: assessment.criteriaUrl === undefined ? [] : [webNode(`${id}-criteria`, assessment.criteriaUrl)],
    }),
    ...members('assessed'),
  })
}

/** A grading scheme needs a title; a long text is its description under the assessment's title. */
function gradingNode(id: string, { gradingScheme, title }: Assessment): JsonObject {
  const short = Object.values(gradingScheme!).every((text) => text.length <= 100)
  return short ? { id, type: 'GradingScheme', title: gradingScheme! } : { id, type: 'GradingScheme', title, description: gradingScheme! }
}

function partTemplate(edition: Edition, part: Part, awardedBy: JsonObject): JsonObject {
  const id = part.specification ?? `${edition.achievement}#part-${part.key}`
  const workload = { ...(part.ects !== undefined && { ects: part.ects }) }
  return node({
    id: slot(`id#part-${part.key}`),
    type: 'LearningAchievement',
    title: part.title,
    awardedBy,
    creditReceived: creditNodes(id, workload, 'received'),
    specifiedBy: node({
      id,
      type: 'Qualification',
      title: part.title,
      volumeOfLearning: durationOf(part.hours),
      creditPoint: creditNodes(id, workload),
    }),
    ...members(`part:${part.key}`),
  })
}

/** JSON text of the assessment of a part that has a grade; its title is the part's. */
export function partGradeTemplate(part: Part, body: JsonObject): PreparedText {
  return prepareText({
    id: slot(`id#part-${part.key}-assessment`),
    type: 'LearningAssessment',
    title: part.title,
    awardedBy: awardingTemplate(againNode(body)),
    grade: { id: slot(`id#part-${part.key}-grade`), type: 'Note', noteLiteral: slot('part-grade') },
  })
}

/** A remark to the award where there is no assessment that could carry the grade. */
export function remarkTemplate(): PreparedText {
  return prepareText([{ ...noteNode('', {}), id: slot('id#remark'), noteLiteral: slot('grade') }])
}

function durationOf(hours: number | undefined): string | undefined {
  return hours === undefined ? undefined : hoursDuration(hours)
}
