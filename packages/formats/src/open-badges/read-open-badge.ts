/** From an Open Badge 3.0 (or another credential of its family: CLR 2.0, endorsement) to what is shown of it. Tolerant; never throws. */
import { isObject, type Json, type JsonObject, type SignedView } from '@cairn/core'
import { didOf, list, nodes, text, through } from '../elm/nodes.ts'

/**
 * The view of an Open Badge from its document (R-DISP-1): one value or many everywhere. A comprehensive learner record shows its achievements as
 * outcomes; an endorsement shows what was said.
 */
export function readOpenBadge(document: JsonObject): SignedView {
  const subjects = nodes(document.credentialSubject)
  const subject = subjects[0] ?? {}
  const achievements = through(subject, 'achievement')
  const [achievement] = achievements
  const [issuer] = nodes(document.issuer)
  const creator = through(achievement, 'creator')[0]
  const issuerName = words(issuer?.name) ?? text(issuer?.id) ?? text(document.issuer) ?? ''
  const validFrom = text(document.validFrom) ?? text(document.issuanceDate)
  const validUntil = text(document.validUntil) ?? text(document.expirationDate)
  const comment = words(subject.endorsementComment)
  const many = achievements.length > 1
  return {
    id: text(document.id) ?? '',
    title: (many ? words(document.name) : words(achievement?.name)) ?? words(document.name) ?? '',
    learner: learnerOf(subject),
    awardingBody: words(creator?.name) ?? issuerName,
    issuer: issuerName,
    issued: text(document.issued) ?? validFrom ?? text(document.awardedDate) ?? '',
    language: text(achievement?.inLanguage) ?? 'en',
    outcomes: many
      ? achievements.map((each) => words(each.name) ?? '').filter((each) => each !== '')
      : aligned(achievement, ({ level, field }) => !level && !field).flatMap((each) => words(each.targetName) ?? []),
    assessments: resultsOf(subject, achievements),
    participation: [],
    qualityAssurance: endorsementsOf(document),
    fields: aligned(achievement, ({ field }) => field).map((each) => ({
      code: text(each.targetUrl)!.replace(/^.*\//, ''),
      label: words(each.targetName) ?? '',
    })),
    ...present({
      level: levelOf(achievement),
      learnerId: didOf(document.credentialSubject),
      dateOfBirth: identityOf(subject, 'ext:dateOfBirth'),
      description: comment ?? words(achievement?.description) ?? words(document.description),
      kind: kindOf(text(achievement?.achievementType)),
      referenceNumber: text(subject.licenseNumber),
      validFrom,
      validUntil,
      awardDate: text(document.awardedDate)?.slice(0, 10),
      furtherInformation: words(through(achievement, 'criteria')[0]?.narrative),
      homepage: criteriaAddress(achievement),
      achievement: text(achievement?.id),
      workload: creditsOf(subject, achievement),
      image: imageOf(achievement) ?? imageOf(document),
    }),
  }
}

/** A text, or the value of one with a language. */
function words(value: Json | undefined): string | undefined {
  for (const each of list(value)) {
    if (typeof each === 'string') return each
    if (isObject(each) && typeof each['@value'] === 'string') return each['@value']
  }
  return undefined
}

function learnerOf(subject: JsonObject): string {
  const name = words(subject.name)
  if (name !== undefined) return name
  const identities = nodes(subject.identifier)
  const named = identities.find((each) => text(each.identityType) === 'name') ?? identities[0]
  const hashed = text(named?.hashed) === 'true' || named?.hashed === true
  const value = words(named?.identityHash)
  if (value !== undefined) return hashed ? `${text(named?.identityType) ?? ''} ${value}`.trim() : value
  return text(subject.id) ?? ''
}

/** An identity that is not hashed. */
function identityOf(subject: JsonObject, type: string): string | undefined {
  const found = nodes(subject.identifier).find(
    (each) => text(each.identityType) === type && text(each.hashed) !== 'true' && each.hashed !== true,
  )
  return words(found?.identityHash)
}

/** Words of the achievement type list that are kinds of ours; every other word is shown as it stands. */
const kinds: Readonly<Record<string, string>> = {
  MicroCredential: 'micro-credential',
  CertificateOfCompletion: 'certificate-of-completion',
  Badge: 'badge',
  Diploma: 'diploma',
  'ext:Transcript': 'transcript',
}
const kindOf = (type: string | undefined) => (type !== undefined && Object.hasOwn(kinds, type) ? kinds[type] : type)

const eqf = /^http:\/\/data\.europa\.eu\/snb\/eqf\/([1-8])$/
const field = /^http:\/\/data\.europa\.eu\/snb\/isced-f\//

/** Alignments by what they point at: level of the EQF, field of ISCED-F, or outcomes and skills. */
function aligned(achievement: JsonObject | undefined, wanted: (kind: { level: boolean; field: boolean }) => boolean): JsonObject[] {
  return through(achievement, 'alignment').filter((each) => {
    const target = text(each.targetUrl) ?? ''
    return wanted({ level: eqf.test(target), field: field.test(target) })
  })
}

function levelOf(achievement: JsonObject | undefined): { eqf: number } | undefined {
  const [level] = aligned(achievement, (kind) => kind.level)
  const found = eqf.exec(text(level?.targetUrl) ?? '')
  return found ? { eqf: Number(found[1]) } : undefined
}

/** Results with what they are results of. */
function resultsOf(subject: JsonObject, achievements: readonly JsonObject[]): SignedView['assessments'] {
  const descriptions = achievements.flatMap((each) => through(each, 'resultDescription'))
  return nodes(subject.result).map((result) => {
    const about = descriptions.find((each) => text(each.id) !== undefined && text(each.id) === text(result.resultDescription))
    const level = nodes(about?.rubricCriterionLevel).find((each) => text(each.id) === text(result.achievedLevel))
    const grade = words(result.value) ?? words(level?.name) ?? text(result.status)
    return {
      title: words(about?.name) ?? '',
      ...present({ type: text(about?.resultType), grade }),
    }
  })
}

function creditsOf(subject: JsonObject, achievement: JsonObject | undefined): { ects: number } | undefined {
  const credits = Number(text(subject.creditsEarned) ?? text(achievement?.creditsAvailable) ?? Number.NaN)
  return Number.isNaN(credits) ? undefined : { ects: credits }
}

/** Endorsements travel inside a badge; whether each holds is another question, and so they are named as what they claim to be. */
function endorsementsOf(document: JsonObject): string[] {
  const all = [...nodes(document.endorsement), ...through(document, 'credentialSubject', 'achievement', 'endorsement')]
  return all.flatMap((each) => words(through(each, 'credentialSubject')[0]?.endorsementComment) ?? [])
}

function criteriaAddress(achievement: JsonObject | undefined): string | undefined {
  const [criteria] = list(achievement?.criteria)
  const id = isObject(criteria) ? text(criteria.id) : text(criteria)
  return id && /^https?:\/\//.test(id) ? id : undefined
}

/** A picture that travels inside; one that stands elsewhere would have to be fetched, and is not signed. */
function imageOf(node: JsonObject | undefined): SignedView['image'] {
  const [image] = list(node?.image)
  const address = isObject(image) ? text(image.id) : text(image)
  const found = /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/]+=*)$/.exec(address ?? '')
  return found ? { mediaType: found[1]!, base64: found[2]! } : undefined
}

function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
