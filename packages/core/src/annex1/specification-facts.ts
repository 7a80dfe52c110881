/** Facts of a specification that is being designed here; pointers go into the specification. */
import type { Accreditation, Organisation } from '../organisation.ts'
import type { AchievementSpecification } from '../specification.ts'
import type { LangString } from '../text.ts'
import { nqfLevel } from '../vocabularies/nqf.ts'
import type { AccreditationFact, Annex1Facts, BodyFact, Said } from './facts.ts'

/** The facts that the rules look at; `on` is the day of the question. */
export function factsOfSpecification(specification: AchievementSpecification, institution: Organisation, on: string): Annex1Facts {
  const { outcomes, assessments, workload, level, qualityAssurance, stackability, validity } = specification
  const body = specification.awardingBody ?? institution
  const assessmentKeys = new Set(assessments.map(({ key }) => key))
  return {
    stage: 'design',
    on,
    primaryLanguage: specification.primaryLanguage,
    title: said(specification.title, '/title'),
    awardingBody: said(bodyFact(body, '/awardingBody'), '/awardingBody'),
    dates: [
      ...(specification.activity?.from
        ? [{ name: 'beginning of learning', place: 1, when: said(specification.activity.from, '/activity/from') }]
        : []),
      ...(specification.activity?.to ? [{ name: 'end of learning', place: 2, when: said(specification.activity.to, '/activity/to') }] : []),
    ],
    outcomes: said(
      outcomes.map((outcome, index) =>
        said(
          { text: outcome.title, assessments: outcome.assessedBy.filter((key) => assessmentKeys.has(key)).length },
          `/outcomes/${index}`,
        ),
      ),
      '/outcomes',
    ),
    outcomesSummary: specification.outcomesSummary !== undefined,
    workload: said(
      {
        ects: saidIf(workload.ects, '/workload/ects'),
        hours: saidIf(workload.hours, '/workload/hours'),
        contactHours: saidIf(workload.contactHours, '/workload/contactHours'),
        other: workload.other !== undefined,
        durations: [],
      },
      '/workload',
    ),
    level: said(
      {
        eqf: saidIf(level.eqf, '/level/eqf'),
        nqf: level.nqf.map(({ concept, country }, index) =>
          said({ iri: concept.id, ...nqfLevel(concept.id), country }, `/level/nqf/${index}`),
        ),
        cycle: saidIf(level.cycle, '/level/cycle'),
        notApplicable: level.notApplicable !== undefined,
      },
      '/level',
    ),
    assessments: said(
      assessments.map((assessment, index) =>
        said(
          {
            type: assessment.type,
            supervision: assessment.supervision,
            criteria: assessment.criteria !== undefined || assessment.criteriaUrl !== undefined,
            graded: assessment.graded,
            scheme: assessment.gradingScheme !== undefined,
          },
          `/assessments/${index}`,
        ),
      ),
      '/assessments',
    ),
    participation: said(
      specification.participation.map((mode, index) => said(mode, `/participation/${index}`)),
      '/participation',
    ),
    quality: said(
      {
        type: qualityAssurance?.type,
        records: (qualityAssurance?.accreditations ?? []).map(accreditationFact),
        nextReview: saidIf(qualityAssurance?.nextReview, '/qualityAssurance/nextReview'),
      },
      '/qualityAssurance',
    ),
    fields: specification.fields,
    setting: specification.setting,
    stackability:
      stackability &&
      said(
        { stackable: stackability.type === 'stackable', targets: stackability.towards.length, open: stackability.open !== undefined },
        '/stackability',
      ),
    validity: validity && said({ reason: validity.reason !== undefined }, '/validity'),
    safetyCritical: specification.safetyCritical,
    texts: textsOf(specification),
    keys: [
      said(
        outcomes.map(({ key }) => key),
        '/outcomes',
      ),
      said(
        assessments.map(({ key }) => key),
        '/assessments',
      ),
      said(
        specification.parts.map(({ key }) => key),
        '/parts',
      ),
    ],
    parts: said(specification.parts.length, '/parts'),
    ...(specification.awardedInPart && {
      shares: outcomes.map(({ workload: share = {} }, index) => said(share, `/outcomes/${index}/workload`)),
    }),
    description: said(specification.description !== undefined, '/description'),
    answered: Object.entries(specification.annex2).flatMap(([principle, answer]) => (answer?.trim() ? [principle] : [])),
  }
}

/** An organisation as the rules see it. */
export function bodyFact(body: Organisation, pointer: string): BodyFact {
  return {
    names: Object.values(body.legalName),
    identifiers: body.identifiers.length,
    country: said(body.country, `${pointer}/country`),
    accreditations: body.accreditations.map(accreditationFact),
    higherEducation: body.higherEducation,
  }
}

/** An accreditation as the rules see it. */
export function accreditationFact(accreditation: Accreditation): AccreditationFact {
  return {
    decision: accreditation.decision,
    from: accreditation.issued,
    ...(accreditation.validUntil !== undefined && { to: accreditation.validUntil }),
    eqfLevels: accreditation.eqfLevels ?? [],
    fields: accreditation.fields ?? [],
    countries: accreditation.countries ?? [],
  }
}

function textsOf(specification: AchievementSpecification): Said<LangString>[] {
  const { outcomes, assessments, parts } = specification
  const single = ['description', 'outcomesSummary', 'prerequisites', 'furtherInformation'] as const
  return [
    ...single.map((name) => saidIf(specification[name], `/${name}`)),
    saidIf(specification.activity?.title, '/activity/title'),
    saidIf(specification.qualityAssurance?.statement, '/qualityAssurance/statement'),
    saidIf(specification.level.notApplicable, '/level/notApplicable'),
    saidIf(specification.stackability?.open, '/stackability/open'),
    saidIf(specification.validity?.reason, '/validity/reason'),
    ...outcomes.flatMap(({ title, description }, index) => [
      said(title, `/outcomes/${index}/title`),
      saidIf(description, `/outcomes/${index}/description`),
    ]),
    ...assessments.flatMap(({ title, criteria, gradingScheme }, index) => [
      said(title, `/assessments/${index}/title`),
      saidIf(criteria, `/assessments/${index}/criteria`),
      saidIf(gradingScheme, `/assessments/${index}/gradingScheme`),
    ]),
    ...parts.map(({ title }, index) => said(title, `/parts/${index}/title`)),
  ].filter((text) => text !== undefined)
}

/** A fact with the place it stands in. */
export function said<T>(value: T, pointer: string): Said<T> {
  return { value, pointer }
}

/** A fact that may be unsaid. */
export function saidIf<T>(value: T | undefined, pointer: string): Said<T> | undefined {
  return value === undefined ? undefined : { value, pointer }
}
