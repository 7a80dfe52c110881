/** An edition made ready for Open Badges 3.0: the achievement that all learners share, worked out once. */
import {
  awardingBodyOf,
  awardLint,
  dayOf,
  type Edition,
  type JsonObject,
  type Kind,
  lintSpecification,
  type Organisation,
  textIn,
} from '@cairn/core'
import type { DisplayImage } from '../elm/template.ts'
import { passedIn } from '../elm/words.ts'
import { present } from '../present.ts'
import { refuseIncomplete } from '../refuse-incomplete.ts'

/** The contexts of every badge that we issue, in their order. */
export const openBadgeContexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
] as const

/** What preparing an edition gives. */
export interface PreparedOpenBadge {
  readonly edition: Edition
  /** The issuer as every badge names it. */
  readonly issuer: JsonObject
  readonly achievement: JsonObject
  /** Assessments in order: the id of their result description, and whether the award's grade is theirs. */
  readonly results: readonly { readonly id: string; readonly graded: boolean }[]
  readonly title: string
  readonly credits: number | undefined
  readonly lint: ReturnType<typeof awardLint>
  /** Documents with marks, one for every combination of facts that learners have; filled as they come. */
  readonly specimens: Map<string, Specimen>
}

/** A document with marks in place of the learner's facts, and its text cut at them. */
export interface Specimen {
  readonly document: JsonObject
  readonly mark: string
  readonly texts: readonly string[]
  readonly slots: readonly string[]
}

/** What is said beside the edition: who signs, by the name that goes with the key, and a picture of the achievement. */
export interface OpenBadgeIssuer {
  /** `did:key:…` or `did:web:…`: verifiers hold it against the proof. */
  readonly id: string
  readonly organisation: Organisation
  readonly image?: DisplayImage
}

/** Words of the Open Badges 3.0 list of achievement types, and extensions of it where it has none. */
const achievementTypes: Record<Kind, string> = {
  'micro-credential': 'MicroCredential',
  'certificate-of-completion': 'CertificateOfCompletion',
  'certificate-of-participation': 'Certificate',
  'certificate-of-attendance': 'Certificate',
  badge: 'Badge',
  diploma: 'Diploma',
  transcript: 'ext:Transcript',
}
const eqf = 'http://data.europa.eu/snb/eqf/'

/**
 * Prepares an edition's badges once. The achievement's id is the edition's, the same for all learners and in every other form.
 * @throws ProblemError `specification.not-complete` when a rule blocks the edition
 */
export function prepareOpenBadge(edition: Edition, given: OpenBadgeIssuer): PreparedOpenBadge {
  const { specification, institution } = edition
  refuseIncomplete(lintSpecification(specification, { institution, on: dayOf(edition.publishedAt) }), 'signed')
  const languages = [specification.primaryLanguage, 'en']
  const said = (text: Parameters<typeof textIn>[0]) => textIn(text, ...languages) || undefined
  const title = textIn(specification.title, ...languages)
  const body = awardingBodyOf(edition)
  const results = specification.assessments.map(({ key, graded }) => ({ id: `${edition.achievement}#result-${key}`, graded }))
  const achievement = present({
    id: edition.achievement,
    type: ['Achievement'],
    achievementType: achievementTypes[specification.kind],
    name: title,
    description: said(specification.description) ?? title,
    criteria: { narrative: narrative(edition, said) },
    creator: body.id === given.organisation.id ? undefined : profile(body.id, body, said),
    creditsAvailable: specification.workload.ects,
    inLanguage: specification.primaryLanguage,
    version: String(edition.version),
    image: given.image && { id: `data:${given.image.mediaType};base64,${given.image.base64}`, type: 'Image' },
    alignment: alignments(edition, said),
    resultDescription: specification.assessments.map((assessment, index) => ({
      id: results[index]!.id,
      type: ['ResultDescription'],
      name: textIn(assessment.title, ...languages),
      resultType: assessment.graded ? 'Result' : 'Status',
    })),
  })
  return {
    edition,
    issuer: profile(given.id, given.organisation, said),
    achievement,
    results,
    title,
    credits: specification.workload.ects,
    lint: awardLint(specification, institution),
    specimens: new Map(),
  }
}

type Said = (text: Parameters<typeof textIn>[0]) => string | undefined

/** A Profile: the organisation behind the identifier, with its official numbers and the identifier it has in our other forms. */
function profile(id: string, organisation: Organisation, said: Said): JsonObject {
  const numbers = organisation.identifiers.map(({ kind, value }) => ({
    type: 'IdentifierEntry',
    identifier: value,
    identifierType: `ext:${kind}`,
  }))
  const own = id === organisation.id ? [] : [{ type: 'IdentifierEntry', identifier: organisation.id, identifierType: 'identifier' }]
  return present({
    id,
    type: ['Profile'],
    name: said(organisation.legalName),
    url: organisation.homepage,
    email: organisation.email,
    address: { type: ['Address'], addressCountryCode: organisation.country },
    otherIdentifier: [...own, ...numbers],
  })
}

/** Everything a badge has no member of its own for, as its reader sees it: Markdown, one paragraph a matter. */
function narrative({ specification }: Edition, said: Said): string {
  const criteria = specification.assessments.map(({ title, criteria }) => [said(title), said(criteria)].filter(Boolean).join(': '))
  const matters = [
    criteria
      .filter((line) => line !== '')
      .map((line) => `- ${line}`)
      .join('\n'),
    said(specification.prerequisites),
    said(specification.qualityAssurance?.statement),
    said(specification.furtherInformation),
  ]
  return matters.filter(Boolean).join('\n\n') || (said(specification.description) ?? said(specification.title) ?? '')
}

/** Outcomes, the skills and competencies they name, level and fields, each as an alignment with an address of its own. */
function alignments({ achievement, specification }: Edition, said: Said): JsonObject[] {
  const alignment = (targetName: string, targetUrl: string, targetType: string, more: JsonObject = {}) => ({
    type: ['Alignment'],
    targetName,
    targetUrl,
    targetType,
    ...more,
  })
  const outcomes = specification.outcomes.flatMap(({ key, title, skills, competencies }) => [
    alignment(said(title) ?? key, `${achievement}#outcome-${key}`, 'ext:LearningOutcome'),
    ...[...skills, ...competencies].map(({ id, label, scheme, code }) =>
      alignment(said(label) ?? id, id, 'ext:Skill', {
        ...(scheme ? { targetFramework: scheme } : {}),
        ...(code ? { targetCode: code } : {}),
      }),
    ),
  ])
  const level = specification.level.eqf
  return [
    ...outcomes,
    ...(level === undefined
      ? []
      : [alignment(`EQF ${level}`, `${eqf}${level}`, 'ext:Level', { targetFramework: 'European Qualifications Framework' })]),
    ...specification.fields.map((field) =>
      alignment(field.replace(/^.*\//, ''), field, 'ext:FieldOfEducation', { targetFramework: 'ISCED-F 2013' }),
    ),
  ]
}

/** What a result says when an assessment has no grade. */
export const passedWord = (language: string): string => textIn(passedIn(language), language, 'en')
