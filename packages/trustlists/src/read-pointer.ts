/** Where another list is, and by whom it is signed (ETSI TS 119 612, 5.3.13). */
import { additionalNamespace } from './uris.ts'
import { certificatesOf, nameIn, optional, some } from './xml/walk.ts'
import { childrenNamed, textOf, type XmlElement } from './xml/xml-element.ts'

/** A pointer: the certificates are those with which the list there must be signed, base64 DER. */
export interface TrustedListPointer {
  territory: string
  address: string
  kind: 'list-of-lists' | 'national'
  mediaType: string
  schemeOperator: string
  certificates: string[]
}

/** Media type of a list for machines; the other pointer of a country leads to a PDF for people. */
export const listMediaType = 'application/vnd.etsi.tsl+xml'

/** Reads a pointer; none when it names no address or no territory. */
export function readPointer(pointer: XmlElement): TrustedListPointer[] {
  const information = some(optional(pointer, 'AdditionalInformation'), 'OtherInformation')
  const first = (find: (element: XmlElement) => XmlElement[]) => information.flatMap(find)[0]
  const territory = first((each) => some(each, 'SchemeTerritory'))
  const mediaType = first((each) => childrenNamed(each, additionalNamespace, 'MimeType'))
  const type = first((each) => some(each, 'TSLType'))
  const operator = first((each) => some(each, 'SchemeOperatorName'))
  const address = optional(pointer, 'TSLLocation')
  if (!address || !territory) return []
  const identities = some(optional(pointer, 'ServiceDigitalIdentities'), 'ServiceDigitalIdentity')
  return [
    {
      territory: textOf(territory).toUpperCase(),
      address: textOf(address),
      kind: type && /\/EUlistofthelists$/i.test(textOf(type)) ? 'list-of-lists' : 'national',
      mediaType: mediaType ? textOf(mediaType) : '',
      schemeOperator: operator ? nameIn(operator) : '',
      certificates: [...new Set(identities.flatMap(certificatesOf))],
    },
  ]
}
