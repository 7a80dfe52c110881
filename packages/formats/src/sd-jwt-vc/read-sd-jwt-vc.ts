/** From the processed payload of an SD-JWT VC to what is shown of it. */
import { durationHours, isObject, type Json, type JsonObject, type SignedView } from '@cairn/core'
import { list } from '../elm/nodes.ts'

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
const texts = (value: Json | undefined): string[] => list(value).flatMap((each) => text(each) ?? [])
const objects = (value: Json | undefined): JsonObject[] => list(value).filter(isObject)

/** A NumericDate (RFC 7519, 2) as an instant; `undefined` when it is none. */
export function instantOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'number' || !(Math.abs(value) < 8.64e12)) return undefined
  return new Date(value * 1000).toISOString().replace('.000Z', 'Z')
}

/**
 * The view of an SD-JWT VC from its processed payload alone (R-DISP-1): ours, the European learning credential, and others as far as their claims have
 * usual names. What is not disclosed is absent. Never throws on what `parseJson` gives.
 */
export function readSdJwtVc(payload: JsonObject): SignedView {
  const { given_name: given, family_name: family, name } = payload
  const learner = [text(given), text(family)].filter((part) => part !== undefined).join(' ')
  const validFrom = instantOf(payload.nbf)
  const validUntil = instantOf(payload.exp) ?? text(payload.date_of_expiry)
  const hours = durationHours(text(payload.expected_study_time) ?? '')
  const ects = typeof payload.ects_credits === 'number' ? payload.ects_credits : undefined
  const eqf = payload.level_of_learning_experience
  const [prerequisites] = texts(payload.prerequisites_to_enroll)
  return {
    id: text(payload.jti) ?? '',
    title: text(payload.achievement_title) ?? text(payload.vct) ?? '',
    learner: learner || (text(name) ?? ''),
    awardingBody: text(payload.awarding_body) ?? text(payload.issuing_authority) ?? '',
    issuer: text(payload.issuing_authority) ?? text(payload.iss) ?? '',
    issued: instantOf(payload.iat) ?? text(payload.date_of_issuance) ?? '',
    language: text(payload.language) ?? 'en',
    outcomes: texts(payload.learning_outcomes),
    assessments: assessmentsOf(payload),
    participation: texts(payload.form_of_participation),
    qualityAssurance: texts(payload.types_of_quality_assurance),
    fields: objects(payload.fields_of_education).map((field) => ({ code: text(field.code) ?? '', label: text(field.label) ?? '' })),
    ...said({
      kind: text(payload.achievement_kind),
      description: text(payload.achievement_description),
      referenceNumber: text(payload.reference_number),
      dateOfBirth: text(payload.birthdate),
      awardDate: text(payload.date_of_award),
      validFrom,
      validUntil,
      workload: said({ ects, hours }),
      level: said({
        eqf: typeof eqf === 'number' ? eqf : undefined,
        nqf: payload.national_levels === undefined ? undefined : texts(payload.national_levels),
        cycle: text(payload.higher_education_cycle),
      }),
      prerequisites,
      stackability: text(payload.stackability) ?? stackable(payload.integration_stackability_options),
      furtherInformation: text(payload.further_information),
      homepage: text(payload.homepage),
      achievement: text(payload.achievement_id),
    }),
  }
}

/** Assessments with their grades where they are disclosed; a grade that stands alone is shown under the credential's own title. */
function assessmentsOf(payload: JsonObject): SignedView['assessments'] {
  const given = objects(payload.assessments).map((each) => ({
    title: text(each.title) ?? '',
    ...said({ type: text(each.type), supervision: text(each.supervision), grade: text(each.grade) }),
  }))
  const alone = text(payload.assessment_grade)
  return given.length === 0 && alone !== undefined ? [{ title: text(payload.achievement_title) ?? '', grade: alone }] : given
}

function stackable(value: Json | undefined): string | undefined {
  return value === true ? 'stackable' : value === false ? 'standalone' : undefined
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Members that say something; an object in which none does is absent where it stands inside another. */
function said<T extends object>(members: T): Said<T> {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0),
    ),
  ) as Said<T>
}
