/** An edition made ready for SD-JWT VC: every claim that all learners share, worked out once. */
import {
  awardingBodyOf,
  awardLint,
  dayOf,
  type Edition,
  hoursDuration,
  type Issuer,
  type JsonObject,
  lintSpecification,
  type Organisation,
  parseJson,
  textIn,
} from '@cairn/core'
import { claimTemplate } from '../elm/claim-template.ts'
import { type ClaimView, readClaim } from '../elm/read-claim.ts'
import { fillText, prepareText } from '../elm/slots.ts'
import { bodies } from '../elm/template.ts'
import { passedIn } from '../elm/words.ts'
import { present } from '../present.ts'
import { refuseIncomplete } from '../refuse-incomplete.ts'
import { learningCredentialType } from './terms.ts'

/** The type of a credential. `integrity` is that of the published description of the type, `also` are other types it belongs to (`aka_vcts`). */
export interface CredentialType {
  vct: string
  integrity?: string
  also?: readonly string[]
}

/** What preparing an edition gives. */
export interface PreparedSdJwtVc {
  readonly edition: Edition
  readonly issuer: Issuer
  readonly type: CredentialType
  /** Claims that all learners share. */
  readonly shared: JsonObject
  /** Assessments in order; `graded` ones carry the award's grade. */
  readonly assessments: readonly { claims: JsonObject; graded: boolean }[]
  readonly passed: string
  readonly lint: ReturnType<typeof awardLint>
}

const gradeMark = '@grade'

/**
 * Prepares an edition's credentials once. What they say of the achievement is taken from the same claim that the European Digital Credential makes, so
 * that the forms of one award cannot differ.
 * @throws ProblemError `specification.not-complete` when a rule blocks the edition
 */
export function prepareSdJwtVc(edition: Edition, issuer: Issuer, type: CredentialType = { vct: learningCredentialType }): PreparedSdJwtVc {
  const { specification, institution } = edition
  refuseIncomplete(lintSpecification(specification, { institution, on: dayOf(edition.publishedAt) }), 'signed')
  const languages = [specification.primaryLanguage, 'en']
  const view = viewOf(edition, issuer, languages)
  const body = awardingBodyOf(edition)
  const said = (text: Parameters<typeof textIn>[0]) => textIn(text, ...languages) || undefined
  const cycle = view.level?.cycle
  const shared = present({
    achievement_title: said(specification.title),
    achievement_description: said(specification.description),
    achievement_kind: specification.kind,
    achievement_id: edition.achievement,
    issuing_authority: said(issuer.organisation.legalName),
    issuing_country: issuer.organisation.country,
    issuing_authority_id: issuer.organizationIdentifier,
    awarding_body: said(body.legalName),
    awarding_body_ids: numbersOf(body),
    learning_outcomes: [...view.outcomes],
    expected_study_time: view.workload?.hours === undefined ? undefined : hoursDuration(view.workload.hours),
    ects_credits: view.workload?.ects,
    level_of_learning_experience: view.level?.eqf,
    national_levels: [...(view.level?.nqf ?? [])],
    higher_education_cycle: cycle,
    form_of_participation: [...view.participation],
    types_of_quality_assurance: [...view.qualityAssurance],
    fields_of_education: view.fields.map(({ code, label }) => ({ code, label })),
    language_of_classes: [...specification.taughtIn],
    language: specification.primaryLanguage,
    prerequisites_to_enroll: view.prerequisites === undefined ? undefined : [view.prerequisites],
    integration_stackability_options: specification.stackability && specification.stackability.type === 'stackable',
    stackability: view.stackability,
    further_information: view.furtherInformation,
    homepage: view.homepage,
  })
  return {
    edition,
    issuer,
    type,
    shared,
    assessments: view.assessments.map(({ grade, ...claims }) => ({ claims: { ...claims }, graded: grade === gradeMark })),
    passed: textIn(passedIn(specification.primaryLanguage), ...languages),
    lint: awardLint(specification, institution),
  }
}

/** The claim of the edition, read as anybody reads it, with marks in place of the learner's own facts. */
function viewOf(edition: Edition, issuer: Issuer, languages: readonly string[]): ClaimView {
  const template = prepareText(claimTemplate(edition, bodies(edition, issuer).body))
  const filled = fillText(template, (slot) => {
    if (slot === 'grade') return JSON.stringify(gradeMark)
    return /^id(#|$)/.test(slot) || slot === 'awardDate' || slot === 'passed' ? '"urn:x:y"' : ''
  })
  return readClaim(parseJson(filled) as JsonObject, languages)
}

/** Official numbers, that of the sealing register first, as `register:value`. */
function numbersOf({ identifiers }: Organisation): string[] {
  return identifiers.map(({ kind, value }) => `${kind}:${value}`)
}
