/** One learner's credential from a prepared edition: JSON text put together, nothing serialised twice. */
import { type AwardGiven, fullName, type Learner, lastDayOf, refuseBlocked, type StatusEntry, saidDay, type Unsealed } from '@cairn/core'
import { countryNode, moment, webNode } from './build.ts'
import { composeInStencil, type Space } from './elm-stencil.ts'
import type { PreparedElm } from './prepared.ts'
import { fillText } from './slots.ts'
import { elmCredentialStatus, statusNamespace } from './terms.ts'

/** When it is issued (RFC 3339) and where its status will stand. */
export interface Issuing {
  issued: string
  status?: StatusEntry | undefined
}

/**
 * Composes the credential of an award: the exact text that will be sealed. Its id is the award's id; `validFrom` is the moment of issue.
 * E-mail and language of the learner stay out of it, for nobody who reads it needs them. Its bytes are written where `space` says.
 * @throws ProblemError with the rules that block this award: nobody is named, days in the wrong order, an award to come
 */
export const composeElm = (prepared: PreparedElm, award: AwardGiven & { id: string }, issuing: Issuing, space?: Space): Unsealed =>
  composeInStencil(prepared.document.stencil, award.id, fillElm(prepared, award, issuing), space)

/** What fills the edition's stencil in the credential of an award, for whoever composes it later. Raises what {@link composeElm} raises. */
export function fillElm(prepared: PreparedElm, award: AwardGiven & { id: string }, { issued, status }: Issuing): string[] {
  refuseBlocked(prepared.lint(award, saidDay(issued)!))
  const { specification } = prepared.edition
  const language = JSON.stringify(specification.primaryLanguage)
  const inLanguage = (text: string) => `{${language}:${JSON.stringify(text)}}`
  const until = lastDayOf(specification, award)
  const hasAssessment = specification.assessments.length > 0
  let partGrade = ''

  const value = (slot: string): string => {
    if (slot === 'id') return `"${award.id}"`
    if (slot.startsWith('id#')) return `"${award.id}${slot.slice(2)}"`
    if (slot.startsWith('part:')) return gradeOfPart(slot.slice(5))
    switch (slot) {
      case 'issued':
        return JSON.stringify(issued)
      case 'awardDate':
        return `"${moment(award.awardDate)}"`
      case 'validUntil':
        return until === undefined ? '' : `,"validUntil":"${until}T23:59:59Z","expirationDate":"${until}T23:59:59Z"`
      case 'identifier':
        return award.referenceNumber === undefined
          ? ''
          : `,"identifier":[${JSON.stringify(referenceNode(award.id, award.referenceNumber))}]`
      case 'status':
        return status === undefined ? '' : `,"credentialStatus":${JSON.stringify(statusNode(status))}`
      case 'person':
        return personMembers(award.id, award.learner, inLanguage)
      case 'period':
        return periodMember(award, specification.activity)
      case 'assessed':
        return award.assessmentDate === undefined ? '' : `,"dateIssued":"${moment(award.assessmentDate)}"`
      case 'grade':
        return award.grade === undefined ? prepared.passed : inLanguage(award.grade)
      case 'part-grade':
        return inLanguage(partGrade)
      case 'remark':
        return hasAssessment || award.grade === undefined ? '' : `,"additionalNote":${fillText(prepared.remark, value)}`
      case 'evidence':
        return award.evidence === undefined
          ? ''
          : `,"supplementaryDocument":[${JSON.stringify(webNode(`${award.id}#evidence`, award.evidence))}]`
      case 'parts':
        return partsMember()
      default:
        throw new Error(`There is no slot ${slot}.`)
    }
  }
  const gradeOfPart = (key: string): string => {
    partGrade = award.parts?.[key] ?? ''
    return partGrade === '' ? '' : `,"provenBy":[${fillText(prepared.partGrades.get(key)!, value)}]`
  }
  const partsMember = (): string => {
    const earned = [...prepared.parts].filter(([key]) => award.parts === undefined || award.parts[key] !== undefined)
    return earned.length === 0 ? '' : `,"hasPart":[${earned.map(([, part]) => fillText(part, value)).join(',')}]`
  }
  return prepared.document.slots.map(value)
}

function personMembers(id: string, learner: Learner, inLanguage: (text: string) => string): string {
  const { givenName, familyName, dateOfBirth, identifier, nationalId } = learner
  return (
    `,"givenName":${inLanguage(givenName)}` +
    (familyName === undefined ? '' : `,"familyName":${inLanguage(familyName)}`) +
    `,"fullName":${inLanguage(fullName(learner))}` +
    (dateOfBirth === undefined ? '' : `,"dateOfBirth":"${moment(dateOfBirth)}"`) +
    (nationalId === undefined
      ? ''
      : `,"nationalID":${JSON.stringify({ id: `${id}#national-id`, type: 'LegalIdentifier', notation: nationalId.value, spatial: countryNode(nationalId.country) })}`) +
    (identifier === undefined
      ? ''
      : `,"identifier":[${JSON.stringify({ id: `${id}#learner-number`, type: 'Identifier', notation: identifier, schemeName: 'Learner number' })}]`)
  )
}

function periodMember(
  award: AwardGiven & { id: string },
  activity: { from?: string | undefined; to?: string | undefined } | undefined,
): string {
  const start = moment(award.learningStart ?? activity?.from)
  const end = moment(award.learningEnd ?? activity?.to)
  if (start === undefined && end === undefined) return ''
  const id = `${award.id}#period`
  return `,"temporal":[${JSON.stringify({ id, type: 'PeriodOfTime', ...(start && { startDate: start }), ...(end && { endDate: end }) })}]`
}

function referenceNode(id: string, notation: string) {
  return { id: `${id}#reference`, type: 'Identifier', notation, schemeName: 'Reference number' }
}

/** W3C Bitstring Status List entry with its terms as full IRIs, which the ELM contexts and the application profile 1.2 accept (section 2.1). */
function statusNode({ list, index, purpose }: StatusEntry) {
  return {
    id: `${list}#${index}`,
    type: [elmCredentialStatus, `${statusNamespace}BitstringStatusListEntry`],
    [`${statusNamespace}statusPurpose`]: purpose,
    [`${statusNamespace}statusListIndex`]: String(index),
    [`${statusNamespace}statusListCredential`]: { id: list },
  }
}
