/** Walking in a list by the names of its schema. */
import { ProblemError } from '@cairn/core'
import { fromBase64, toBase64 } from '@cairn/seals'
import { listNamespace } from '../uris.ts'
import { xmlNamespace } from './read-xml.ts'
import { childrenNamed, textOf, type XmlElement } from './xml-element.ts'

/** Children of that name in the namespace of lists; none of nothing. */
export function some(element: XmlElement | undefined, local: string): XmlElement[] {
  return element ? childrenNamed(element, listNamespace, local) : []
}

/** The child of that name, if there is one. Raises `trust-list.malformed` when there are two. */
export function optional(element: XmlElement | undefined, local: string): XmlElement | undefined {
  const found = some(element, local)
  if (found.length > 1) throw new ProblemError('trust-list.malformed', `${element?.local} has more than one ${local}.`)
  return found[0]
}

/** The one child of that name. Raises `trust-list.malformed`. */
export function need(element: XmlElement, local: string): XmlElement {
  const found = optional(element, local)
  if (!found) throw new ProblemError('trust-list.malformed', `${element.local} has no ${local}.`)
  return found
}

/** The English one among names in languages, or the first (5.1.4: English is always there). */
export function nameIn(names: XmlElement): string {
  const all = some(names, 'Name')
  const english = all.find(({ attributes }) =>
    attributes.some(({ namespace, local, value }) => namespace === xmlNamespace && local === 'lang' && /^en\b/i.test(value)),
  )
  const name = english ?? all[0]
  return name ? textOf(name).replace(/\s+/g, ' ') : ''
}

/** A moment as lists write it (5.1.3). Raises `trust-list.malformed`. */
export function momentOf(element: XmlElement): string {
  const text = textOf(element)
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(moment)) throw new ProblemError('trust-list.malformed', `${element.local} is no moment.`)
  return new Date(moment).toISOString().replace(/\.000Z$/, 'Z')
}

/** Certificates of a service, as base64 DER; what is not base64 is left out, for lists hold keys and names beside them (5.5.3). */
export function certificatesOf(identity: XmlElement | undefined): string[] {
  const found = some(identity, 'DigitalId').flatMap((id) => some(id, 'X509Certificate'))
  return found.flatMap((element) => {
    const der = fromBase64(textOf(element).replace(/\s+/g, ''))
    return der ? [toBase64(der)] : []
  })
}
