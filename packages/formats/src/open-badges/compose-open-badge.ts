/** One learner's Open Badge from a prepared edition: text put together, and the values by which a graph that is ready can be filled. */
import { type AwardGiven, fullName, type JsonObject, lastDayOf, ProblemError, refuseBlocked, type StatusEntry, saidDay } from '@cairn/core'
import { present } from '../present.ts'
import { openBadgeContexts, type PreparedOpenBadge, type Specimen } from './prepare-open-badge.ts'

/** When it is issued (RFC 3339) and where its status stands: the entry of the award's other forms. */
export interface OpenBadgeIssuing {
  issued: string
  status?: StatusEntry | undefined
}

/** A badge to be signed. `specimen` is the same document with `mark` + name + `:` in place of the values of `slots`. */
export interface ComposedOpenBadge {
  readonly id: string
  /** JSON text. */
  readonly text: string
  readonly specimen: JsonObject
  readonly mark: string
  readonly slots: Readonly<Record<string, string>>
}

/** The learner's own facts as text, by slot; what is absent has no slot. */
type Facts = Record<string, string>

/** No IRI of ours holds anything that N-Quads could misread. */
const plainIri = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/

/**
 * Composes the badge of an award: its id is the award's id, its achievement the edition's, its status entry the one of the other forms. Name, number and
 * birth date of the learner are identities of the subject; the e-mail address stays out.
 * @throws ProblemError with the rules that block this award
 */
export function composeOpenBadge(
  prepared: PreparedOpenBadge,
  award: AwardGiven & { id: string },
  { issued, status }: OpenBadgeIssuing,
): ComposedOpenBadge {
  refuseBlocked(prepared.lint(award, saidDay(issued)!))
  const facts = factsOf(prepared, award, issued, status)
  const shape = `${Object.keys(facts).join(' ')} ${status?.purpose ?? ''}`
  const specimen = prepared.specimens.get(shape) ?? makeSpecimen(prepared, facts, status?.purpose)
  prepared.specimens.set(shape, specimen)
  let text = specimen.texts[0]!
  for (let at = 0; at < specimen.slots.length; at++)
    text += JSON.stringify(facts[specimen.slots[at]!]!).slice(1, -1) + specimen.texts[at + 1]!
  return { id: award.id, text, specimen: specimen.document, mark: specimen.mark, slots: facts }
}

function factsOf(
  { edition }: PreparedOpenBadge,
  award: AwardGiven & { id: string },
  issued: string,
  status: StatusEntry | undefined,
): Facts {
  const { specification } = edition
  const { learner } = award
  const until = lastDayOf(specification, award)
  const start = award.learningStart ?? specification.activity?.from
  const end = award.learningEnd ?? specification.activity?.to
  if (status && !plainIri.test(status.list))
    throw new ProblemError('input.invalid', 'The address of the status list is none.', '/status/list')
  const all: Record<string, string | undefined> = {
    id: award.id,
    issued,
    awarded: `${award.awardDate}T00:00:00Z`,
    until: until && `${until}T23:59:59Z`,
    name: fullName(learner),
    number: learner.identifier,
    national: learner.nationalId && `${learner.nationalId.country} ${learner.nationalId.value}`,
    birth: learner.dateOfBirth,
    start,
    end,
    reference: award.referenceNumber,
    grade: award.grade,
    list: status?.list,
    entry: status && `${status.list}#${status.index}`,
    index: status && String(status.index),
  }
  return Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined))
}

function makeSpecimen(prepared: PreparedOpenBadge, facts: Facts, purpose: string | undefined): Specimen {
  const shared = JSON.stringify([prepared.issuer, prepared.achievement, prepared.title])
  let number = 0
  while (shared.includes(`urn:slot${number}:`)) number++
  const mark = `urn:slot${number}:`
  const document = build(prepared, Object.fromEntries(Object.keys(facts).map((name) => [name, `${mark}${name}:`])), purpose)
  const pieces = JSON.stringify(document).split(new RegExp(`${mark}([a-z]+):`))
  return { document, mark, texts: pieces.filter((_, index) => index % 2 === 0), slots: pieces.filter((_, index) => index % 2 === 1) }
}

function build({ issuer, achievement, results, title, credits }: PreparedOpenBadge, facts: Facts, purpose: string | undefined): JsonObject {
  const identity = (identityType: string, value: string | undefined) =>
    value === undefined ? [] : [{ type: 'IdentityObject', hashed: false, identityHash: value, identityType }]
  return present({
    '@context': [...openBadgeContexts],
    id: facts.id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: title,
    issuer,
    validFrom: facts.issued,
    validUntil: facts.until,
    awardedDate: facts.awarded,
    credentialSubject: present({
      type: ['AchievementSubject'],
      identifier: [
        ...identity('name', facts.name),
        ...identity('identifier', facts.number),
        ...identity('nationalIdentityNumber', facts.national),
        ...identity('ext:dateOfBirth', facts.birth),
      ],
      activityStartDate: facts.start,
      activityEndDate: facts.end,
      licenseNumber: facts.reference,
      creditsEarned: credits,
      result: results.map(({ id, graded }) =>
        graded && facts.grade !== undefined
          ? { type: ['Result'], resultDescription: id, value: facts.grade }
          : { type: ['Result'], resultDescription: id, status: 'Completed' },
      ),
      achievement,
    }),
    credentialStatus:
      facts.entry === undefined
        ? undefined
        : present({
            id: facts.entry,
            type: 'BitstringStatusListEntry',
            statusPurpose: purpose,
            statusListIndex: facts.index,
            statusListCredential: facts.list,
          }),
  })
}
