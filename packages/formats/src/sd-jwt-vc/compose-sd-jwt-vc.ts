/** One learner's SD-JWT VC from a prepared edition: its claims, and which of them only the holder may reveal. */
import { type AwardGiven, type JsonObject, lastDayOf, millis, refuseBlocked, type StatusEntry, saidDay } from '@cairn/core'
import { present } from '../present.ts'
import { tokenListAddress } from '../status-lists/token-status-list.ts'
import type { PreparedSdJwtVc } from './prepare-sd-jwt-vc.ts'
import { claimTerms } from './terms.ts'

/** When it is issued (RFC 3339), where its status will stand, and the holder's public key as JWK when it is bound to one. */
export interface SdJwtVcIssuing {
  issued: string
  status?: StatusEntry | undefined
  holder?: JsonObject | undefined
}

/** A frame as issuing takes it: what is hidden, and what is hidden inside that. */
export interface ComposedFrame {
  readonly hide: readonly (string | number)[]
  readonly decoys?: number
  readonly within?: Readonly<Record<string, ComposedFrame>>
}

/** Claims ready to be issued. */
export interface ComposedSdJwtVc {
  readonly id: string
  readonly claims: JsonObject
  readonly frame: ComposedFrame
}

const seconds = (moment: string) => Math.floor(millis(moment) / 1000)

/**
 * Composes the claims of an award. `jti` is the award's id, `nbf` the moment of issue, `exp` the last second of the last day; the status entry is the
 * one of the other forms, in the token status list that goes with it.
 * @throws ProblemError with the rules that block this award
 */
export function composeSdJwtVc(
  prepared: PreparedSdJwtVc,
  award: AwardGiven & { id: string },
  { issued, status, holder }: SdJwtVcIssuing,
): ComposedSdJwtVc {
  refuseBlocked(prepared.lint(award, saidDay(issued)!))
  const { shared, issuer, type, edition } = prepared
  const { specification } = edition
  const { learner } = award
  const until = lastDayOf(specification, award)
  const assessments = prepared.assessments.map(({ claims, graded }) => ({
    ...claims,
    grade: graded ? (award.grade ?? prepared.passed) : prepared.passed,
  }))
  const parts = partsOf(prepared, award)
  const own = present({
    family_name: learner.familyName,
    given_name: learner.givenName,
    birthdate: learner.dateOfBirth,
    learner_identification: learner.identifier,
    national_identifier: learner.nationalId && { ...learner.nationalId },
    date_of_issuance: saidDay(issued)!,
    date_of_award: award.awardDate,
    date_of_expiry: until,
    reference_number: award.referenceNumber,
    assessment_grade: award.grade,
    assessments,
    assessment_date: award.assessmentDate,
    learning_period: periodOf(award, specification.activity),
    parts,
  })
  const claims: JsonObject = {
    iss: issuer.organisation.id,
    jti: award.id,
    iat: seconds(issued),
    nbf: seconds(issued),
    ...(until === undefined ? {} : { exp: seconds(`${until}T23:59:59Z`) }),
    vct: type.vct,
    ...(type.integrity === undefined ? {} : { 'vct#integrity': type.integrity }),
    ...(type.also === undefined || type.also.length === 0 ? {} : { aka_vcts: [...type.also] }),
    ...(status === undefined ? {} : { status: { status_list: { idx: status.index, uri: tokenListAddress(status.list) } } }),
    ...(holder === undefined ? {} : { cnf: { jwk: holder } }),
    ...shared,
    ...own,
  }
  return { id: award.id, claims, frame: frameOf(claims, assessments.length, parts) }
}

/** What only the holder reveals; a grade inside the assessments, or inside a part, is hidden on its own, so that a course can be shown without it. */
function frameOf(claims: JsonObject, assessments: number, parts: readonly JsonObject[]): ComposedFrame {
  const hide = claimTerms.filter(({ name, hidden }) => hidden && claims[name] !== undefined).map(({ name }) => name)
  const graded = (places: readonly number[]): ComposedFrame => ({
    hide: [],
    within: Object.fromEntries(places.map((place) => [place, { hide: ['grade'] }])),
  })
  const places = parts.flatMap((part, place) => (part.grade === undefined ? [] : [place]))
  return {
    hide,
    within: {
      ...(assessments > 0 && { assessments: graded(Array.from({ length: assessments }, (_, place) => place)) }),
      ...(places.length > 0 && { parts: graded(places) }),
    },
  }
}

function partsOf({ edition }: PreparedSdJwtVc, award: AwardGiven): JsonObject[] {
  const { specification } = edition
  const earned = specification.parts.filter(({ key }) => award.parts === undefined || award.parts[key] !== undefined)
  return earned.map(({ key, title, ects, hours }) =>
    present({
      title: title[specification.primaryLanguage] ?? Object.values(title)[0],
      ects,
      hours,
      grade: award.parts?.[key] || undefined,
    }),
  )
}

function periodOf(
  { learningStart, learningEnd }: AwardGiven,
  activity: { from?: string | undefined; to?: string | undefined } | undefined,
): JsonObject | undefined {
  const from = learningStart ?? activity?.from
  const to = learningEnd ?? activity?.to
  return from === undefined && to === undefined ? undefined : present({ from, to })
}
