/** Open Badges 2.0: an assertion with its badge class and issuer, embedded or handed in beside it. */
import { isObject, type Json, type JsonObject, millis, type SignedView } from '@cairn/core'
import { list, nodes, text } from '../elm/nodes.ts'

/** Documents by their address, as they were fetched and strictly parsed. */
export type Documents = Readonly<Record<string, JsonObject | undefined>>

/** An assertion resolved as far as the documents reach. Absent parts were not at hand. */
export interface AssertionRead {
  readonly assertion: JsonObject
  readonly badge?: JsonObject
  readonly issuer?: JsonObject
  /** Addresses that were needed and are missing. */
  readonly missing: readonly string[]
}

/** What an Open Badge 2.0 says of how it is to be verified. */
export interface AssertionFacts {
  readonly id?: string
  readonly kind: 'hosted' | 'signed' | 'unknown'
  /** The address of the key of a signed assertion. */
  readonly creator?: string
  readonly issuerId?: string
  readonly issued?: string
  readonly expires?: string
  readonly revoked: boolean
  readonly revocationList?: string
  /** R-OB-1: where the issuer lets hosted assertions stand. */
  readonly scope: { readonly startsWith: readonly string[]; readonly origins: readonly string[] }
}

/** True for a document that says it is an Open Badge 2.0 assertion. */
export function isAssertion(document: JsonObject): boolean {
  const contexts = list(document['@context'])
  return list(document.type).includes('Assertion') && contexts.some((each) => typeof each === 'string' && /openbadges|\/ob\//.test(each))
}

/** Follows assertion, badge class and issuer, embedded or by address. Never throws. */
export function resolveAssertion(assertion: JsonObject, documents: Documents): AssertionRead {
  const missing: string[] = []
  const follow = (value: Json | undefined): JsonObject | undefined => {
    const [first] = list(value)
    if (isObject(first)) return first
    if (typeof first !== 'string') return undefined
    const found = Object.hasOwn(documents, first) ? documents[first] : undefined
    if (!found || (text(found.id) !== undefined && text(found.id) !== first)) {
      missing.push(first)
      return undefined
    }
    return found
  }
  const badge = follow(assertion.badge)
  const issuer = badge && follow(badge.issuer)
  return { assertion, missing, ...(badge ? { badge } : {}), ...(issuer ? { issuer } : {}) }
}

/** The facts of a resolved assertion (Open Badges 2.0, verification objects). */
export function factsOfAssertion({ assertion, badge, issuer }: AssertionRead): AssertionFacts {
  const [verification] = nodes(assertion.verification ?? assertion.verify)
  const types = list(verification?.type).filter((type) => typeof type === 'string')
  const kind = types.some((type) => /^hosted(badge)?$/i.test(type))
    ? 'hosted'
    : types.some((type) => /^signed(badge)?$/i.test(type))
      ? 'signed'
      : 'unknown'
  const [scope] = nodes(issuer?.verification)
  const creator = text(verification?.creator) ?? text(verification?.url)
  const issuerId = issuer ? text(issuer.id) : text(badge?.issuer)
  const list2 = text(issuer?.revocationList)
  return {
    kind,
    revoked: assertion.revoked === true || text(assertion.revoked) === 'true',
    scope: {
      startsWith: list(scope?.startsWith).filter((each) => typeof each === 'string'),
      origins: list(scope?.allowedOrigins).filter((each) => typeof each === 'string'),
    },
    ...present({
      id: text(assertion.id),
      creator,
      issuerId,
      issued: momentOf(assertion.issuedOn),
      expires: momentOf(assertion.expires),
      revocationList: list2,
    }),
  }
}

/** Whether a revocation list of Open Badges 2.0 names the assertion. `undefined` for a document that is none. */
export function revokedIn(document: JsonObject, assertion: string | undefined): boolean | undefined {
  if (!list(document.type).includes('RevocationList')) return undefined
  return list(document.revokedAssertions).some((each) => {
    const id = isObject(each) ? (text(each.id) ?? text(each.uid)) : text(each)
    return assertion !== undefined && id === assertion
  })
}

/** What is shown of an assertion (R-DISP-1); `view` is read from the documents that the verdict rests on. */
export function readAssertion({ assertion, badge, issuer }: AssertionRead): SignedView {
  const [recipient] = nodes(assertion.recipient)
  const hashed = recipient?.hashed === true || text(recipient?.hashed) === 'true'
  const identity = text(recipient?.identity) ?? ''
  const issuerName = text(issuer?.name) ?? text(issuer?.id) ?? text(badge?.issuer) ?? ''
  const expires = momentOf(assertion.expires)
  const description = text(badge?.description)
  const criteria = nodes(badge?.criteria)[0]
  const address = text(criteria?.id) ?? text(badge?.criteria)
  const narrative = text(criteria?.narrative)
  return {
    id: text(assertion.id) ?? '',
    title: text(badge?.name) ?? '',
    learner: hashed ? `${text(recipient?.type) ?? ''} ${identity}`.trim() : identity,
    awardingBody: issuerName,
    issuer: issuerName,
    issued: momentOf(assertion.issuedOn) ?? '',
    language: text(badge?.['@language']) ?? 'en',
    outcomes: nodes(badge?.alignment).flatMap((each) => text(each.targetName) ?? []),
    assessments: [],
    participation: [],
    qualityAssurance: [],
    fields: [],
    ...present({
      description,
      furtherInformation: narrative ?? text(assertion.narrative),
      homepage: address && /^https?:\/\//.test(address) ? address : undefined,
      validUntil: expires,
      achievement: text(badge?.id),
    }),
  }
}

/** Moments in Open Badges 2.0 are ISO 8601, and in older ones seconds since 1970. */
function momentOf(value: Json | undefined): string | undefined {
  const said = text(value)
  if (said === undefined) return undefined
  if (/^\d{9,11}$/.test(said)) return new Date(Number(said) * 1000).toISOString().replace('.000Z', 'Z')
  return Number.isNaN(millis(said)) ? 'unreadable' : said
}

function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
