/** Facts of an ELM document for the rules of Annex I; pointers go into the document. */
import {
  type Annex1Facts,
  type AssessmentFact,
  type DateFact,
  durationHours,
  isObject,
  type JsonObject,
  languageTag,
  nqfLevel,
  type OutcomeFact,
  type Said,
} from '@cairn/core'
import { iri, langString, nodes, text } from '../nodes.ts'
import { notesAbout } from '../read-claim.ts'
import { codes, ownSchemes } from '../terms.ts'
import { accreditationFacts, bodyFacts, learnerFacts, mandateFact } from './party-facts.ts'
import { type Place, placesAt, valuesAt } from './places.ts'

/** The facts of a document, as of a day. */
export function factsOfDocument(document: JsonObject, on: string): Annex1Facts {
  const root: Place = { node: document, pointer: '' }
  const [subject] = placesAt(root, 'credentialSubject')
  const claims = placesAt(subject, 'hasClaim')
  const claim = claims.find(({ node }) => node.type === 'LearningAchievement') ?? claims[0]
  const claimAt = claim?.pointer ?? `${subject?.pointer ?? '/credentialSubject'}/hasClaim`
  const [specification] = placesAt(claim, 'specifiedBy')
  const at = specification?.pointer ?? `${claimAt}/specifiedBy`
  const activities = placesAt(claim, 'influencedBy')
  const [body] = placesAt(claim, 'awardedBy', 'awardingBody')
  const [issuer] = placesAt(root, 'issuer')
  const [display] = placesAt(root, 'displayParameter')
  const outcomes = placesAt(specification, 'learningOutcome')
  return {
    stage: 'document',
    on,
    primaryLanguage: languageTag(iri(display?.node.primaryLanguage) ?? '') ?? 'en',
    title: { value: langString(claim?.node.title) ?? {}, pointer: `${claimAt}/title` },
    learner: learnerFacts(subject),
    issuer: issuer && bodyFacts(issuer),
    awardingBody: (body && bodyFacts(body)) ?? { value: undefined, pointer: `${claimAt}/awardedBy/awardingBody` },
    mandate: mandateFact(root, issuer, body),
    issued: { value: text(document.issued) ?? text(document.issuanceDate), pointer: '/issued' },
    dates: datesOf(root, claim, activities),
    outcomes: { value: outcomes.map(outcomeFact), pointer: `${at}/learningOutcome` },
    outcomesSummary: specification?.node.learningOutcomeSummary !== undefined,
    workload: workloadOf(claim, specification, activities, at),
    level: levelOf(specification, at),
    assessments: { value: placesAt(claim, 'provenBy').map(assessmentFact), pointer: `${claimAt}/provenBy` },
    participation: {
      value: [specification, ...activities, ...activities.flatMap((activity) => placesAt(activity, 'specifiedBy'))].flatMap((place) =>
        valuesAt(place, 'mode').map(({ value, pointer }) => ({ value: iri(value) ?? '', pointer })),
      ),
      pointer: `${at}/mode`,
    },
    quality: {
      value: {
        type: notesAbout(specification?.node, ownSchemes.qualityAssurance)
          .map((note) => (isObject(note) ? iri(note.subject)?.slice(ownSchemes.qualityAssurance.length + 1) : undefined))
          .find((type) => type !== undefined),
        records: [...placesAt(specification, 'accreditation'), ...placesAt(root, 'evidence', 'accreditation')].map(accreditationFacts),
      },
      pointer: `${at}/accreditation`,
    },
    fields: nodes(specification?.node.thematicArea).flatMap((field) => text(field.id) ?? []),
    setting: iri(specification?.node.learningSetting)?.endsWith(codes.formal) ? 'formal' : undefined,
    stackability: stackabilityOf(specification, at),
    safetyCritical: false,
    texts: [claim, specification, ...outcomes].flatMap((place) => {
      const title = langString(place?.node.title)
      return place && title ? [{ value: title, pointer: `${place.pointer}/title` }] : []
    }),
    keys: [],
    parts: { value: placesAt(claim, 'hasPart').length, pointer: `${claimAt}/hasPart` },
    description: {
      value: claim?.node.description !== undefined || specification?.node.description !== undefined,
      pointer: `${claimAt}/description`,
    },
  }
}

function datesOf(root: Place, claim: Place | undefined, activities: readonly Place[]): DateFact[] {
  const named = (name: string, place: number, from: readonly Place[], member: string): DateFact[] =>
    from.flatMap((each) => {
      const value = text(each.node[member])
      return value === undefined ? [] : [{ name, place, when: { value, pointer: `${each.pointer}/${member}` } }]
    })
  const periods = [...activities, ...(claim ? [claim] : [])].flatMap((activity) => placesAt(activity, 'temporal'))
  return [
    ...named('beginning of learning', 1, periods, 'startDate'),
    ...named('end of learning', 2, periods, 'endDate'),
    ...named('assessment', 3, placesAt(claim, 'provenBy'), 'dateIssued'),
    ...named('award', 4, placesAt(claim, 'awardedBy').slice(0, 1), 'awardingDate'),
    ...named('date of issuing', 5, [root], 'issued'),
    ...named('beginning of validity', 6, [root], 'validFrom'),
    ...named('end of validity', 7, [root], 'validUntil'),
  ]
}

function outcomeFact({ node, pointer }: Place): Said<OutcomeFact> {
  return { value: { text: langString(node.title) ?? {}, assessments: undefined }, pointer }
}

/** A pass is no grade that would need a scheme. */
const pass = /^(?:pass(?:ed)?|completed|splněno|prospěl\w*|bestanden|réussi|validé|apto|aprobado|superato|zaliczon[eoya]|geslaagd)\.?$/i

function assessmentFact({ node, pointer }: Place): Said<AssessmentFact> {
  const [specification] = nodes(node.specifiedBy)
  const type = iri(specification?.dcType) ?? iri(node.dcType)
  const supervision = iri(node.idVerification)
  const [scheme] = nodes(specification?.gradingScheme)
  const grades = nodes(node.grade).flatMap((grade) => Object.values(langString(grade.noteLiteral) ?? {}))
  return {
    value: {
      ...(type !== undefined && { type }),
      ...(supervision !== undefined && { supervision }),
      criteria: [specification?.description, specification?.supplementaryDocument, scheme?.description].some((each) => each !== undefined),
      graded: grades.length > 0 && !grades.some((grade) => pass.test(grade.trim())),
      scheme: scheme !== undefined,
    },
    pointer: specification && node.specifiedBy && !Array.isArray(node.specifiedBy) ? `${pointer}/specifiedBy` : pointer,
  }
}

function workloadOf(
  claim: Place | undefined,
  specification: Place | undefined,
  activities: readonly Place[],
  at: string,
): Annex1Facts['workload'] {
  const credits = [...placesAt(specification, 'creditPoint'), ...placesAt(claim, 'creditReceived')]
  const ects = credits.find(({ node }) => iri(node.framework)?.endsWith(codes.ects))
  const points = Number(text(ects?.node.point) ?? Number.NaN)
  const durations = [
    ...valuesAt(specification, 'volumeOfLearning'),
    ...activities.flatMap((activity) => [
      ...valuesAt(activity, 'workload'),
      ...placesAt(activity, 'specifiedBy').flatMap((place) => valuesAt(place, 'volumeOfLearning')),
    ]),
    ...(claim?.node.type === 'LearningActivity' ? valuesAt(claim, 'workload') : []),
  ].map(({ value, pointer }) => ({ value: text(value) ?? '', pointer }))
  const total = durations.find(({ value }) => (durationHours(value) ?? 0) > 0)
  return {
    value: {
      ects: ects && points > 0 ? { value: points, pointer: `${ects.pointer}/point` } : undefined,
      hours: total && { value: durationHours(total.value)!, pointer: total.pointer },
      other: credits.some((credit) => credit !== ects && text(credit.node.point) !== undefined),
      durations,
    },
    pointer: `${at}/volumeOfLearning`,
  }
}

function levelOf(specification: Place | undefined, at: string): Annex1Facts['level'] {
  const [eqf] = valuesAt(specification, 'eqfLevel')
  const level = Number(/\/eqf\/(\d+)$/.exec(iri(eqf?.value) ?? '')?.[1])
  const cycles = valuesAt(specification, 'educationLevel')
  const cycle = cycles.find(({ value }) => /qf-?ehea/i.test(iri(value) ?? ''))
  const name = /(short|first|second|third)/.exec(iri(cycle?.value) ?? '')?.[1]
  return {
    value: {
      eqf: eqf && !Number.isNaN(level) ? { value: level, pointer: eqf.pointer } : undefined,
      nqf: valuesAt(specification, 'nqfLevel').map(({ value, pointer }) => ({
        value: { iri: iri(value) ?? '', ...nqfLevel(iri(value) ?? '') },
        pointer,
      })),
      cycle: cycle && name ? { value: name, pointer: cycle.pointer } : undefined,
      notApplicable: notesAbout(specification?.node, ownSchemes.level).length > 0,
    },
    pointer: `${at}/eqfLevel`,
  }
}

function stackabilityOf(specification: Place | undefined, at: string): Annex1Facts['stackability'] {
  const partial = specification?.node.isPartialQualification
  if (typeof partial !== 'boolean') return undefined
  const targets = placesAt(specification, 'isPartOf').length
  const open = notesAbout(specification?.node, ownSchemes.stackability).length > 0
  return { value: { stackable: partial, targets, open }, pointer: `${at}/isPartialQualification` }
}
