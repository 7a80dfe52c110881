/** What a learner's page shows of a specification. Plain data in the reader's words. */
import {
  type AchievementSpecification,
  assessmentTypes,
  type ConceptList,
  drawStone,
  fieldsOfEducation,
  labelIn,
  modes,
  type Organisation,
  stoneOf,
  supervisions,
  textIn,
} from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'
import { sayDay, sayList } from './dates.ts'
import { cycleName, type Face, levelLines, sizeLines } from './face-of-view.ts'

/** The face of a specification, in the reader's language where it has it. */
export function faceOfSpecification(spec: AchievementSpecification, achievement: string, locale: string, body?: Organisation): Face {
  const say = (text: Parameters<typeof textIn>[0]) => textIn(text, locale, spec.primaryLanguage)
  const label = (list: ConceptList, iri: string) => labelIn(list, iri, locale)
  const { ects, hours, contactHours, other } = spec.workload
  const { eqf, nqf, cycle, notApplicable } = spec.level
  const quality = spec.qualityAssurance
  const accreditations = [...(quality?.accreditations ?? []), ...(body?.accreditations ?? [])]
  return {
    stone: drawStone(stoneOf(spec, achievement)).svg,
    ...(spec.badge ? { badge: spec.badge } : {}),
    title: say(spec.title),
    language: locale in spec.title ? locale : spec.primaryLanguage,
    description: say(spec.description),
    outcomes: spec.outcomes.map(({ title, description }) => ({ title: say(title), description: say(description) })),
    size: [
      ...sizeLines(ects, hours),
      ...(contactHours === undefined ? [] : [m.size_contact({ hours: contactHours })]),
      ...(other ? [`${other.points} ${say(other.system.label)}`] : []),
    ],
    level: [
      ...levelLines(eqf),
      ...nqf.map(({ concept }) => say(concept.label)),
      ...(cycle ? [cycleName(cycle)] : []),
      ...(notApplicable ? [say(notApplicable)] : []),
    ],
    assessments: spec.assessments.map(({ title, type, supervision, modes: forms, criteria, gradingScheme }) => ({
      title: say(title),
      lines: [
        type ? label(assessmentTypes, type) : '',
        supervision ? label(supervisions, supervision) : '',
        sayList(forms.map((form) => label(modes, form))),
        say(criteria),
        say(gradingScheme),
      ].filter(Boolean),
    })),
    participation: spec.participation.map((iri) => label(modes, iri)),
    quality: [
      ...(quality ? [qualityNames[quality.type]()] : []),
      say(quality?.statement),
      ...accreditations.map(({ title, agency, issued }) => `${say(title)}: ${say(agency.legalName)}, ${sayDay(issued)}`),
    ].filter(Boolean),
    fields: spec.fields.map((iri) => label(fieldsOfEducation, iri)),
    prerequisites: say(spec.prerequisites),
    stack: spec.stackability
      ? [
          spec.stackability.type === 'standalone' ? m.stack_standalone() : m.stack_stackable(),
          sayList(spec.stackability.towards.map(({ title }) => say(title))),
          say(spec.stackability.open),
        ]
          .filter(Boolean)
          .join(' ')
      : '',
    further: say(spec.furtherInformation),
    ...(/^https?:/i.test(spec.homepage ?? '') ? { homepage: spec.homepage! } : {}),
  }
}

/** Words for the types of quality assurance. */
export const qualityNames = {
  internal: m.quality_internal,
  'external-obligatory': m.quality_external_obligatory,
  'external-voluntary': m.quality_external_voluntary,
  'sector-label': m.quality_sector_label,
  none: m.quality_none,
} as const
