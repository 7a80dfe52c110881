/** What a learner's page shows of an achievement, whether it comes from signed bytes or from a specification. Plain data in the reader's words. */
import {
  type AchievementSpecification,
  assessmentTypes,
  broadField,
  type ConceptList,
  drawStone,
  fieldsOfEducation,
  labelIn,
  modes,
  type Organisation,
  type SignedView,
  stoneOf,
  supervisions,
  textIn,
} from '@cairn/core'
import { m } from '#lib/paraglide/messages.js'
import { sayDay } from './dates.ts'
import { levelComparisons } from './names.ts'

/** The face of an achievement. */
export interface Face {
  stone: string
  /** The institution's own badge, a PNG in base64, in place of the stone. */
  badge?: string
  title: string
  language: string
  description: string
  outcomes: readonly { title: string; description?: string }[]
  size: readonly string[]
  level: readonly string[]
  assessments: readonly { title: string; lines: readonly string[] }[]
  participation: readonly string[]
  quality: readonly string[]
  fields: readonly string[]
  prerequisites: string
  stack: string
  further: string
  homepage?: string
}

/** The face of a credential: values of the signed bytes alone (R-DISP-1). */
export function faceOfView(view: SignedView): Face {
  const { ects, hours } = view.workload ?? {}
  const { eqf, nqf = [], cycle } = view.level ?? {}
  const field = view.fields.map(({ code }) => broadField(code)).find((code) => code !== undefined)
  return {
    stone: drawStone({
      id: view.achievement ?? view.id,
      title: view.title,
      ...(field === undefined ? {} : { field }),
      ...(eqf === undefined ? {} : { eqf }),
      ...(ects === undefined ? {} : { ects }),
      ...(hours === undefined ? {} : { hours }),
      outcomes: view.outcomes.length,
    }).svg,
    title: view.title,
    language: view.language,
    description: view.description ?? '',
    outcomes: view.outcomes.map((title) => ({ title })),
    size: sizeLines(ects, hours),
    level: [...levelLines(eqf), ...nqf, ...(cycle ? [cycleName(cycle)] : [])],
    assessments: view.assessments.map(({ title, type, supervision, grade }) => ({
      title,
      lines: [type, supervision, grade === undefined ? undefined : m.grade({ grade })].filter((line) => line !== undefined),
    })),
    participation: view.participation,
    quality: view.qualityAssurance,
    fields: view.fields.map(({ label }) => label),
    prerequisites: view.prerequisites ?? '',
    stack: view.stackability === 'standalone' ? m.stack_standalone() : (view.stackability ?? ''),
    further: view.furtherInformation ?? '',
    // Foreign documents may name any address; only web addresses become links.
    ...(/^https?:/i.test(view.homepage ?? '') ? { homepage: view.homepage! } : {}),
  }
}

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
        forms.map((form) => label(modes, form)).join(', '),
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
          spec.stackability.towards.map(({ title }) => say(title)).join(', '),
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

const cycleNames: Readonly<Record<string, () => string>> = {
  short: m.cycle_short,
  first: m.cycle_first,
  second: m.cycle_second,
  third: m.cycle_third,
}
const cycleName = (cycle: string) => cycleNames[cycle]?.() ?? cycle

function sizeLines(ects: number | undefined, hours: number | undefined): string[] {
  if (ects !== undefined) return [m.size_ects({ ects, hours: hours ?? ects * 25 }), m.size_compare()]
  return hours === undefined ? [] : [m.size_hours({ hours })]
}

function levelLines(eqf: number | undefined): string[] {
  const compared = eqf === undefined ? undefined : levelComparisons[eqf - 1]
  return eqf === undefined ? [] : [m.level_eqf({ eqf }), ...(compared ? [compared()] : [])]
}
