/** The registry in an evidence package, read by hand: no library of schemas stands on the way of a verdict (decision 5). */
import {
  isObject,
  type Json,
  type JsonObject,
  ProblemError,
  type ServicePeriod,
  type TrustEntry,
  type TrustedService,
  type TrustRegistry,
} from '@cairn/core'

/**
 * Reads the JSON of a registry; members that are not known are left out, and whatever limits an issuer is read. A service of a trusted list counts only where the list's demands on its readers
 * are all read here, so that one of another shape is refused and never believed.
 * @throws ProblemError `package.unreadable`
 */
export function readRegistry(json: JsonObject): TrustRegistry {
  const { name, readAt, timeStampAnchors, trustedListSigners, trustedServices } = json
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof readAt === 'string' ? { readAt } : {}),
    anchors: texts(json.anchors),
    ...(timeStampAnchors === undefined ? {} : { timeStampAnchors: texts(timeStampAnchors) }),
    trustedLists: texts(json.trustedLists ?? []),
    ...(trustedListSigners === undefined ? {} : { trustedListSigners: texts(trustedListSigners) }),
    issuers: list(json.issuers).map(entryOf),
    ...(trustedServices === undefined ? {} : { trustedServices: list(trustedServices).map(serviceOf) }),
  }
}

function entryOf(value: Json): TrustEntry {
  const { id, legalName, organizationIdentifier, keys, types, from, to, logRequired, kinds, levels, fields, places, statusLists } =
    object(value)
  return {
    id: text(id),
    legalName: text(legalName),
    ...(organizationIdentifier === undefined ? {} : { organizationIdentifier: text(organizationIdentifier) }),
    keys: texts(keys ?? []),
    types: texts(types ?? ['*']),
    from: from == null ? null : text(from),
    to: to == null ? null : text(to),
    // What cannot be read as a no is a yes: more is asked then, and never less.
    logRequired: logRequired !== undefined && logRequired !== false,
    ...(kinds === undefined ? {} : { kinds: texts(kinds) }),
    ...(levels === undefined ? {} : { levels: list(levels).map(number) }),
    ...(fields === undefined ? {} : { fields: texts(fields) }),
    ...(places === undefined ? {} : { places: texts(places) }),
    ...(statusLists === undefined ? {} : { statusLists: texts(statusLists) }),
  }
}

function serviceOf(value: Json): TrustedService {
  const { territory, type, name, providerName, identifiers, certificates, history, until, ...period } = object(value)
  return {
    ...periodOf(period),
    territory: text(territory),
    type: text(type),
    name: text(name),
    providerName: text(providerName),
    identifiers: texts(identifiers),
    certificates: texts(certificates),
    history: list(history).map((each) => periodOf(object(each))),
    ...(until === undefined ? {} : { until: text(until) }),
  }
}

function periodOf({ status, from, uses, qualifiers, understood }: JsonObject): ServicePeriod {
  return {
    status: text(status),
    from: text(from),
    uses: texts(uses),
    qualifiers: list(qualifiers).map((each) => {
      const { names, criteria } = object(each)
      return { names: texts(names), criteria: criteriaOf(object(criteria)) }
    }),
    understood: understood === true,
  }
}

type Criteria = ServicePeriod['qualifiers'][number]['criteria']

function criteriaOf({ assert, keyUsage, policies, extendedKeyUsage, others, lists }: JsonObject): Criteria {
  if (assert !== 'all' && assert !== 'atLeastOne' && assert !== 'none') return refuse()
  return {
    assert,
    keyUsage: list(keyUsage).map((each) =>
      Object.fromEntries(Object.entries(object(each)).map(([name, bit]) => [name, typeof bit === 'boolean' ? bit : refuse()])),
    ),
    policies: list(policies).map(texts),
    extendedKeyUsage: list(extendedKeyUsage).map(texts),
    others: others !== false,
    lists: list(lists).map((each) => criteriaOf(object(each))),
  }
}

const refuse = (): never => {
  throw new ProblemError('package.unreadable', 'Its registry cannot be read.')
}
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : refuse())
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : refuse())
const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : refuse())
const texts = (value: Json | undefined): string[] => list(value).map(text)
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : refuse())
