/** What Open Badges 3.0 demands of a badge (section B, data models; VC data model 1.1 and 2.0), as findings `OB1` to `OB9`. */
import { isObject, type Json, type JsonObject, millis, type ProblemCode, problem, type RuleFinding, type Severity } from '@cairn/core'
import { list, text } from '../elm/nodes.ts'

const dataModels = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1']
const badgeContext = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d+\.\d+)?\.json$/
const recordContext = /^https:\/\/purl\.imsglobal\.org\/spec\/clr\/v2p0\/context(-2\.\d+\.\d+)?\.json$/
const uri = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/
const zoned = /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
const hashedIdentity = /^(sha256\$[0-9a-f]{64}|md5\$[0-9a-f]{32})$/i

/** The classes whose required members are known: name of the class, members it demands. */
const demands = {
  Achievement: ['id', 'type', 'name', 'description', 'criteria'],
  Alignment: ['type', 'targetName', 'targetUrl'],
  Result: ['type'],
  ResultDescription: ['id', 'type', 'name', 'resultType'],
  RubricCriterionLevel: ['id', 'type', 'name'],
  IdentityObject: ['type', 'hashed', 'identityHash', 'identityType'],
  IdentifierEntry: ['type', 'identifier', 'identifierType'],
  Image: ['id', 'type'],
  Evidence: ['type'],
  Related: ['id', 'type'],
} as const
type ClassName = keyof typeof demands

/** Where objects of a class stand. */
const places: Readonly<Record<string, readonly (readonly [string, ClassName])[]>> = {
  AchievementSubject: [
    ['achievement', 'Achievement'],
    ['identifier', 'IdentityObject'],
    ['image', 'Image'],
    ['result', 'Result'],
  ],
  Achievement: [
    ['alignment', 'Alignment'],
    ['image', 'Image'],
    ['otherIdentifier', 'IdentifierEntry'],
    ['related', 'Related'],
    ['resultDescription', 'ResultDescription'],
  ],
  Result: [['alignment', 'Alignment']],
  ResultDescription: [
    ['alignment', 'Alignment'],
    ['rubricCriterionLevel', 'RubricCriterionLevel'],
  ],
  RubricCriterionLevel: [['alignment', 'Alignment']],
}

/** Lints a badge or a credential of its family. Findings point into the document; an empty list means that nothing is missing. */
export function lintOpenBadge(document: JsonObject): RuleFinding[] {
  const found: RuleFinding[] = []
  const say = (rule: string, code: ProblemCode, detail: string, pointer: string, severity: Severity = 'B') =>
    found.push({ rule, severity, problem: problem(code, detail, pointer) })
  const isTwo = list(document['@context'])[0] === dataModels[0]

  contexts(document, say)
  const types = list(document.type)
  if (!types.includes('VerifiableCredential')) say('OB2', 'open-badge.type', 'The type VerifiableCredential is missing.', '/type')
  const family = ['OpenBadgeCredential', 'AchievementCredential', 'ClrCredential', 'EndorsementCredential'].filter((type) =>
    types.includes(type),
  )
  if (family.length === 0) say('OB2', 'open-badge.type', 'The type OpenBadgeCredential is missing.', '/type')
  if (!uri.test(text(document.id) ?? '')) say('OB3', 'open-badge.member-missing', 'A badge has an id that is a URI.', '/id')
  if (text(document.name) === undefined && !isObject(list(document.name)[0]))
    say('OB3', 'open-badge.member-missing', 'A badge has a name.', '/name', 'W')
  issuerShape(document.issuer, say)
  dates(document, isTwo, say)
  const subjects = list(document.credentialSubject)
  if (subjects.length !== 1) say('OB6', 'open-badge.member-missing', 'A badge has one subject.', '/credentialSubject')
  for (const subject of subjects) {
    if (!isObject(subject)) say('OB6', 'open-badge.value-form', 'The subject is no object.', '/credentialSubject')
    else if (!family.includes('EndorsementCredential') && !family.includes('ClrCredential')) subjectShape(subject, say)
  }
  for (const [index, status] of list(document.credentialStatus).entries())
    if (!isObject(status) || list(status.type).length === 0)
      say('OB8', 'open-badge.value-form', 'A status names its type.', `/credentialStatus/${index}`)
  return found
}

type Say = (rule: string, code: ProblemCode, detail: string, pointer: string, severity?: Severity) => void

function contexts(document: JsonObject, say: Say): void {
  const all = list(document['@context'])
  if (!dataModels.some((each) => each === all[0]))
    say('OB1', 'open-badge.context', 'The first context is not that of the W3C data model.', '/@context/0')
  if (!all.some((each) => typeof each === 'string' && (badgeContext.test(each) || recordContext.test(each))))
    say('OB1', 'open-badge.context', 'The context of Open Badges 3.0 is missing.', '/@context')
}

function issuerShape(issuer: Json | undefined, say: Say): void {
  const id = isObject(issuer) ? text(issuer.id) : text(issuer)
  if (issuer === undefined || Array.isArray(issuer)) say('OB4', 'open-badge.issuer', 'A badge names one issuer.', '/issuer')
  else if (!uri.test(id ?? '')) say('OB4', 'open-badge.issuer', 'The issuer has an id that is a URI.', '/issuer/id')
  else if (!isObject(issuer)) say('OB4', 'open-badge.issuer', 'The issuer is named, and nothing is said of them.', '/issuer', 'W')
  else if (!list(issuer.type).includes('Profile')) say('OB4', 'open-badge.issuer', 'The issuer has the type Profile.', '/issuer/type')
}

function dates(document: JsonObject, isTwo: boolean, say: Say): void {
  const [from, until] = isTwo ? ['validFrom', 'validUntil'] : ['issuanceDate', 'expirationDate']
  // The data model 1.1 knew validFrom as a promise for the future; Open Badges 3.0 drafts used it in place of issuanceDate.
  const begin = document[from!] ?? document.validFrom
  if (begin === undefined) say('OB5', 'open-badge.member-missing', `A badge says from when it is valid (${from}).`, `/${from}`)
  for (const [name, value] of [
    [from!, begin],
    [until!, document[until!]],
    ['awardedDate', document.awardedDate],
  ] as const)
    if (value !== undefined && !(typeof value === 'string' && zoned.test(value) && !Number.isNaN(millis(value))))
      say('OB5', 'open-badge.date', 'A date is not written with its time and zone.', `/${name}`)
  const end = document[until!]
  if (typeof begin === 'string' && typeof end === 'string' && millis(end) < millis(begin))
    say('OB5', 'open-badge.date', 'It ends before it begins.', `/${until}`)
}

function subjectShape(subject: JsonObject, say: Say): void {
  const at = '/credentialSubject'
  if (!list(subject.type).includes('AchievementSubject'))
    say('OB6', 'open-badge.type', 'The subject has the type AchievementSubject.', `${at}/type`)
  if (text(subject.id) === undefined && list(subject.identifier).length === 0)
    say('OB6', 'open-badge.subject-unnamed', 'The subject has neither an id nor an identifier.', at, 'W')
  if (list(subject.achievement).length === 0) say('OB7', 'open-badge.member-missing', 'A badge names its achievement.', `${at}/achievement`)
  inside('AchievementSubject', subject, at, say)
  for (const [index, identity] of list(subject.identifier).entries()) identityHash(identity, `${at}/identifier/${index}`, say)
}

function inside(name: string, object: JsonObject, pointer: string, say: Say): void {
  for (const [member, className] of places[name] ?? [])
    for (const [index, each] of list(object[member]).entries()) {
      const at = Array.isArray(object[member]) ? `${pointer}/${member}/${index}` : `${pointer}/${member}`
      if (!isObject(each)) {
        if (member !== 'image' || typeof each !== 'string') say('OB7', 'open-badge.value-form', 'An object was expected.', at)
        continue
      }
      for (const needed of demands[className])
        if (each[needed] === undefined) say('OB7', 'open-badge.member-missing', `${className} has a member ${needed}.`, `${at}/${needed}`)
      if (each.type !== undefined && !list(each.type).includes(className))
        say('OB7', 'open-badge.type', `The type ${className} is missing.`, `${at}/type`)
      if (className === 'Achievement') criteria(each.criteria, `${at}/criteria`, say)
      inside(className, each, at, say)
    }
}

function criteria(value: Json | undefined, pointer: string, say: Say): void {
  if (value === undefined) return
  if (!isObject(value) || (text(value.id) === undefined && text(value.narrative) === undefined && !isObject(list(value.narrative)[0])))
    say('OB7', 'open-badge.value-form', 'Criteria have an address or a narrative.', pointer)
}

function identityHash(identity: Json, pointer: string, say: Say): void {
  if (!isObject(identity)) return
  if (typeof identity.hashed !== 'boolean') say('OB9', 'open-badge.value-form', 'hashed is true or false.', `${pointer}/hashed`)
  if (identity.hashed === true && !hashedIdentity.test(text(identity.identityHash) ?? ''))
    say(
      'OB9',
      'open-badge.value-form',
      'A hashed identity is written as algorithm, dollar sign and hexadecimal digest.',
      `${pointer}/identityHash`,
    )
}
