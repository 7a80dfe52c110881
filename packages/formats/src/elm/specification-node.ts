/** What can be achieved, as an ELM Qualification, LearningAchievementSpecification or LearningActivitySpecification. */
import {
  type AchievementSpecification,
  creditSystems,
  cycles,
  type Edition,
  eqfLevels,
  fieldsOfEducation,
  hoursDuration,
  type JsonObject,
  type LearningOutcome,
  learningActivityTypes,
  learningOpportunityTypes,
  learningSettings,
  modes,
  nqfLevels,
  skillTypes,
} from '@cairn/core'
import { anyConcept, conceptNode, languageNode, listed, listedAll, node, noteNode, webNode } from './build.ts'
import { accreditationNode } from './organisation-node.ts'
import { codes, esco, ownSchemes } from './terms.ts'

/** Whether the record is of an achievement or of an activity alone: who took part or was there has achieved nothing yet. */
export function isActivity(kind: AchievementSpecification['kind']): boolean {
  return kind === 'certificate-of-participation' || kind === 'certificate-of-attendance'
}

const opportunity: Partial<Record<AchievementSpecification['kind'], string>> = {
  'micro-credential': codes.shortLearningProgramme,
  'certificate-of-completion': codes.course,
  diploma: codes.educationalProgramme,
  transcript: codes.educationalProgramme,
}

/** The node that every award of the edition names; its id is the edition's achievement. `body` is the awarding body's node. */
export function achievementNode(edition: Edition, body: JsonObject): JsonObject {
  const { specification, achievement } = edition
  const level = levelMembers(specification)
  const quality = qualityMembers(edition, body)
  const qualification =
    ['micro-credential', 'diploma', 'transcript'].includes(specification.kind) ||
    level.eqfLevel !== undefined ||
    level.nqfLevel !== undefined ||
    quality.length > 0
  const credits = creditNodes(achievement, specification.workload)
  return node({
    id: achievement,
    type: qualification ? 'Qualification' : 'LearningAchievementSpecification',
    title: specification.title,
    description: specification.description,
    dcType: listedAll(learningOpportunityTypes, [`${learningOpportunityTypes.base}${opportunity[specification.kind] ?? ''}`]),
    learningOutcome: specification.outcomes.map((outcome) => outcomeNode(achievement, outcome)),
    learningOutcomeSummary: specification.outcomesSummary && noteNode(`${achievement}#outcomes`, specification.outcomesSummary),
    volumeOfLearning: specification.workload.hours === undefined ? undefined : hoursDuration(specification.workload.hours),
    creditPoint: credits,
    ...level,
    mode: listedAll(modes, specification.participation),
    thematicArea: listedAll(fieldsOfEducation, specification.fields),
    language: specification.taughtIn.map(languageNode),
    learningSetting: settingNode(specification.setting),
    entryRequirement: specification.prerequisites && noteNode(`${achievement}#entry`, specification.prerequisites),
    ...stackabilityMembers(edition, qualification),
    accreditation: quality,
    homepage: specification.homepage === undefined ? [] : [webNode(`${achievement}#homepage`, specification.homepage)],
    additionalNote: extraNotes(edition),
  })
}

/** The activity that led to it, or that is all there was. */
export function activitySpecificationNode(edition: Edition, id: string): JsonObject {
  const { specification } = edition
  const whole = isActivity(specification.kind)
  return node({
    id,
    type: 'LearningActivitySpecification',
    title: specification.activity?.title ?? specification.title,
    description: whole ? specification.description : undefined,
    dcType: listedAll(learningActivityTypes, specification.activity?.type === undefined ? [] : [specification.activity.type]),
    mode: listedAll(modes, specification.participation),
    volumeOfLearning: specification.workload.hours === undefined ? undefined : hoursDuration(specification.workload.hours),
    contactHour: specification.workload.contactHours === undefined ? undefined : [String(specification.workload.contactHours)],
    language: specification.taughtIn.map(languageNode),
    homepage: whole && specification.homepage !== undefined ? [webNode(`${id}#homepage`, specification.homepage)] : [],
    additionalNote: whole ? extraNotes(edition) : [],
  })
}

/** Credits of a workload as CreditPoint nodes. */
export function creditNodes(owner: string, { ects, other }: AchievementSpecification['workload'], suffix = 'credit'): JsonObject[] {
  const nodes: JsonObject[] = []
  if (ects !== undefined)
    nodes.push({
      id: `${owner}#${suffix}-ects`,
      type: 'CreditPoint',
      framework: listed(creditSystems, `${creditSystems.base}${codes.ects}`) ?? null,
      point: String(ects),
    })
  if (other)
    nodes.push({ id: `${owner}#${suffix}-other`, type: 'CreditPoint', framework: anyConcept(other.system), point: String(other.points) })
  return nodes
}

function outcomeNode(achievement: string, outcome: LearningOutcome): JsonObject {
  const id = `${achievement}#outcome-${outcome.key}`
  const skills = outcome.skills.filter((skill) => skill.id.startsWith(esco.base))
  const others = [...outcome.skills.filter((skill) => !skill.id.startsWith(esco.base)), ...outcome.competencies]
  return node({
    id,
    type: 'LearningOutcome',
    title: outcome.title,
    dcType: listed(skillTypes, outcome.type && `${skillTypes.base}${outcome.type}`),
    relatedESCOSkill: skills.map((skill) => conceptNode(skill.id, esco.skills, skill.label)),
    relatedSkill: others.map(anyConcept),
    additionalNote: outcome.description ? [noteNode(`${id}-note`, outcome.description)] : [],
  })
}

/** Levels the EU list of national levels does not have go where any concept may stand. */
function levelMembers({ level }: AchievementSpecification): {
  eqfLevel?: JsonObject
  nqfLevel?: JsonObject[]
  educationLevel?: JsonObject[]
} {
  const eqfLevel = listed(eqfLevels, level.eqf === undefined ? undefined : `${eqfLevels.base}${level.eqf}`)
  const nqfLevel = listedAll(
    nqfLevels,
    level.nqf.map(({ concept }) => concept.id),
  )
  const foreign = level.nqf.filter(({ concept }) => !listed(nqfLevels, concept.id)).map(({ concept }) => anyConcept(concept))
  const educationLevel = [...listedAll(cycles, level.cycle === undefined ? [] : [`${cycles.base}${level.cycle}`]), ...foreign]
  return {
    ...(eqfLevel && { eqfLevel }),
    ...(nqfLevel.length > 0 && { nqfLevel }),
    ...(educationLevel.length > 0 && { educationLevel }),
  }
}

function settingNode(setting: AchievementSpecification['setting']): JsonObject | undefined {
  return setting && listed(learningSettings, `${learningSettings.base}${setting === 'formal' ? codes.formal : codes.nonFormal}`)
}

function stackabilityMembers(
  { specification, achievement }: Edition,
  qualification: boolean,
): { isPartialQualification?: boolean; isPartOf?: JsonObject[] } {
  const { stackability } = specification
  if (!stackability) return {}
  const isPartOf = stackability.towards.map((target, index) => ({
    id: target.id && /^[a-z][a-z0-9+.-]*:\S+$/i.test(target.id) ? target.id : `${achievement}#towards-${index + 1}`,
    type: 'Qualification',
    title: target.title,
  }))
  return { ...(qualification && { isPartialQualification: stackability.type === 'stackable' }), isPartOf }
}

/** Accreditations as given; internal assurance alone is a record of the awarding body about itself, which ELM can say in no other way. */
function qualityMembers(edition: Edition, body: JsonObject): JsonObject[] {
  const quality = edition.specification.qualityAssurance
  if (!quality) return []
  const given = quality.accreditations.map((each, index) => accreditationNode(`${edition.achievement}#accreditation-${index + 1}`, each))
  if (given.length > 0 || quality.type !== 'internal') return given
  return [
    {
      id: `${edition.achievement}#internal-quality`,
      type: 'Accreditation',
      title: quality.statement ?? { en: 'Internal quality assurance' },
      dcType: conceptNode(
        `http://data.europa.eu/snb/accreditation/${codes.programmeQualityAssurance}`,
        'http://data.europa.eu/snb/accreditation/25831c2',
        { en: 'Program Quality Assurance' },
      ),
      accreditingAgent: body,
    },
  ]
}

const qualityLabels: Record<string, string> = {
  internal: 'Internal quality assurance',
  'external-obligatory': 'External quality assurance, obligatory',
  'external-voluntary': 'External quality assurance, voluntary',
  'sector-label': 'Label of a sector',
  none: 'No quality assurance',
}

/** What ELM has no member for: the type of quality assurance, why no level applies, how open stacking is, further information. */
function extraNotes({ specification, achievement }: Edition): JsonObject[] {
  const { qualityAssurance, level, stackability, furtherInformation } = specification
  const own = (scheme: string, code: string, en: string) => conceptNode(`${scheme}:${code}`, scheme, { en })
  const notes: JsonObject[] = []
  if (qualityAssurance) {
    const label = qualityLabels[qualityAssurance.type]!
    const about = own(ownSchemes.qualityAssurance, qualityAssurance.type, label)
    notes.push(noteNode(`${achievement}#note-quality`, qualityAssurance.statement ?? { en: label }, about))
  }
  if (level.notApplicable)
    notes.push(noteNode(`${achievement}#note-level`, level.notApplicable, own(ownSchemes.level, 'not-applicable', 'No level applies')))
  if (stackability?.open)
    notes.push(noteNode(`${achievement}#note-stackability`, stackability.open, own(ownSchemes.stackability, 'open', 'Open to stacking')))
  if (furtherInformation) notes.push(noteNode(`${achievement}#note-further`, furtherInformation))
  return notes
}
