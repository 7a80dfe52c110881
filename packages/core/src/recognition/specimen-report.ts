/** What a report on a credential of a specification would say: for trying rules before anybody has one. */
import { concept } from '../concept.ts'
import { conceptIn } from '../concept-list.ts'
import type { Report } from '../report.ts'
import type { AchievementSpecification } from '../specification.ts'
import { textIn } from '../text-in.ts'
import { fieldsOfEducation } from '../vocabularies/isced-f.ts'

const label = (iri: string | undefined) => (iri === undefined ? undefined : concept(iri)?.label.en)

/**
 * A report as it would be on a credential that `issuer` sealed on `on` with an advanced seal. It is for forecasts alone: nobody holds this credential.
 */
export function specimenReport(
  specification: AchievementSpecification,
  { achievement, issuer, on }: { achievement: string; issuer: string; on: string },
): Report {
  const { workload, level, assessments, participation } = specification
  const title = textIn(specification.title, specification.primaryLanguage)
  return {
    format: 'elm-jades',
    verdict: 'valid',
    results: { seal: 'passed', issuer: 'passed', validity: 'passed', status: 'passed' },
    findings: [],
    registry: { id: issuer, legalName: '' },
    at: `${on}T00:00:00Z`,
    view: {
      id: `${achievement}#specimen`,
      title,
      kind: specification.kind,
      learner: '',
      awardingBody: '',
      issuer: '',
      issued: `${on}T00:00:00Z`,
      awardDate: on,
      language: specification.primaryLanguage,
      outcomes: specification.outcomes.map((outcome) => textIn(outcome.title, specification.primaryLanguage)),
      workload: {
        ...(workload.ects === undefined ? {} : { ects: workload.ects }),
        ...(workload.hours === undefined ? {} : { hours: workload.hours }),
      },
      level: level.eqf === undefined ? {} : { eqf: level.eqf },
      assessments: assessments.map((assessment) => {
        const type = label(assessment.type)
        const supervision = label(assessment.supervision)
        return {
          title: textIn(assessment.title, specification.primaryLanguage),
          ...(type ? { type } : {}),
          ...(supervision ? { supervision } : {}),
        }
      }),
      participation: participation.flatMap((mode) => label(mode) ?? []),
      qualityAssurance: [],
      fields: specification.fields.flatMap((iri) => {
        const found = conceptIn(fieldsOfEducation, iri)
        return found ? [{ code: found.code, label: found.label.en ?? '' }] : []
      }),
      achievement,
      ...(specification.referenceNumbers ? { referenceNumber: specification.referenceNumbers.pattern } : {}),
    },
  }
}
