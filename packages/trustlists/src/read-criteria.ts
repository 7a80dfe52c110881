/** Requirements on certificates: read, and asked of one (ETSI TS 119 612, 5.5.9.2.2). */
import { type CertificateCriteria, ProblemError } from '@cairn/core'
import type { Certificate, KeyUsage } from '@cairn/seals'
import { qualificationsNamespace } from './uris.ts'
import { attributeOf, childElements, childrenNamed, everyElement, textOf, type XmlElement } from './xml/xml-element.ts'

const deepest = 6

/** Reads a CriteriaList. Raises `trust-list.malformed`. */
export function readCriteria(list: XmlElement, depth = 0): CertificateCriteria {
  if (depth > deepest) throw new ProblemError('trust-list.malformed', 'Criteria stand within criteria too often.')
  const assert = attributeOf(list, 'assert') ?? 'all'
  if (assert !== 'all' && assert !== 'atLeastOne' && assert !== 'none')
    throw new ProblemError('trust-list.malformed', 'Criteria are put together in a way that is not known.')
  const criteria: CertificateCriteria = { assert, keyUsage: [], policies: [], extendedKeyUsage: [], others: false, lists: [] }
  for (const child of childElements(list)) {
    if (child.local === 'Description') continue
    if (child.local === 'KeyUsage') criteria.keyUsage.push(bitsOf(child))
    else if (child.local === 'PolicySet') criteria.policies.push(identifiersIn(child))
    else if (child.local === 'CriteriaList') criteria.lists.push(readCriteria(child, depth + 1))
    else if (child.local === 'otherCriteriaList')
      for (const other of childElements(child)) {
        if (other.local === 'ExtendedKeyUsage') criteria.extendedKeyUsage.push(identifiersIn(other))
        else criteria.others = true
      }
    else criteria.others = true
  }
  return criteria
}

function bitsOf(usage: XmlElement): Record<string, boolean> {
  const bits = childrenNamed(usage, qualificationsNamespace, 'KeyUsageBit')
  // The schema writes crlSign where certificates have cRLSign.
  return Object.fromEntries(bits.map((bit) => [(attributeOf(bit, 'name') ?? '').replace(/^crlSign$/i, 'cRLSign'), textOf(bit) === 'true']))
}

/** Object identifiers, with or without `urn:oid:`. */
function identifiersIn(element: XmlElement): string[] {
  const found = [...everyElement(element)]
    .filter(({ local }) => local === 'Identifier')
    .map((each) => textOf(each).replace(/^urn:oid:/i, ''))
  if (found.length === 0) throw new ProblemError('trust-list.malformed', `${element.local} names nothing.`)
  return found
}

/** Whether a certificate meets criteria; `undefined` when that hangs on a requirement that is not known here. */
export function meetsCriteria(certificate: Certificate, criteria: CertificateCriteria): boolean | undefined {
  const usage = certificate.keyUsage
  const usages = certificate.extendedKeyUsage?.usages ?? []
  const answers: (boolean | undefined)[] = [
    ...criteria.keyUsage.map((bits) => Object.entries(bits).every(([bit, value]) => (usage?.has(bit as KeyUsage) ?? false) === value)),
    ...criteria.policies.map((all) => all.every((policy) => certificate.policies.includes(policy))),
    ...criteria.extendedKeyUsage.map((all) => all.every((purpose) => usages.includes(purpose))),
    ...criteria.lists.map((list) => meetsCriteria(certificate, list)),
    ...(criteria.others ? [undefined] : []),
  ]
  if (criteria.assert === 'all') return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true
  const any = answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
  return criteria.assert === 'atLeastOne' ? any : any === undefined ? undefined : !any
}
