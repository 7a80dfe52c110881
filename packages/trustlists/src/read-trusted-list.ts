/** A trusted list of ETSI TS 119 612, versions 5 and 6: proven, then read. */
import { millis, ProblemError, type TrustedService } from '@cairn/core'
import { type Certificate, digest, parseCertificateText, toHex } from '@cairn/seals'
import { readPointer, type TrustedListPointer } from './read-pointer.ts'
import { readServices } from './read-providers.ts'
import { listNamespace } from './uris.ts'
import { checkXmlSignature } from './xml/check-xml-signature.ts'
import { readXml } from './xml/read-xml.ts'
import { momentOf, nameIn, need, optional, some } from './xml/walk.ts'
import { textOf, type XmlElement } from './xml/xml-element.ts'

/** How a list stands at a moment: after `nextUpdate` it is overdue, seven days later it says nothing new any more (R-TL-2). */
export type Freshness = 'current' | 'overdue' | 'expired'

/** A list whose signature was checked. Times are RFC 3339; `nextUpdate` is `null` when the scheme was closed. */
export interface TrustedList {
  territory: string
  /** `list-of-lists` points to national lists and has no services. */
  kind: 'list-of-lists' | 'national'
  version: number
  sequence: number
  issued: string
  nextUpdate: string | null
  schemeOperator: string
  services: TrustedService[]
  pointers: TrustedListPointer[]
  freshness: Freshness
  /** The certificate that signed, base64 DER, and the SHA-256 of the bytes in hexadecimal. */
  signer: string
  digest: string
}

/** With whose certificates (base64 DER) the list must be signed, and what time it is (RFC 3339). */
export interface TrustedListOptions {
  pinned: readonly string[]
  now: string
}

/**
 * Proves and reads a list. Raises `trust-list.malformed`, `trust-list.not-signed`, `trust-list.signature-wrong` and `trust-list.signer-unknown`.
 * A list that is past its time is read all the same, for old seals rest on it: `freshness` says so.
 */
export async function readTrustedList(bytes: Uint8Array, { pinned, now }: TrustedListOptions): Promise<TrustedList> {
  const root = readXml(bytes)
  if (root.local !== 'TrustServiceStatusList' || root.namespace !== listNamespace)
    throw new ProblemError('trust-list.malformed', 'The document is no trusted list.')
  const signer = await checkXmlSignature(root, pinned.map(parseCertificateText))
  const scheme = need(root, 'SchemeInformation')
  const version = wholeNumber(need(scheme, 'TSLVersionIdentifier'))
  if (version !== 5 && version !== 6)
    throw new ProblemError('trust-list.malformed', `Lists of version ${version} are not read, but 5 and 6.`)
  const issued = momentOf(need(scheme, 'ListIssueDateTime'))
  checkSignerAt(signer, issued)
  const next = optional(need(scheme, 'NextUpdate'), 'dateTime')
  const nextUpdate = next ? momentOf(next) : null
  const territory = textOf(need(scheme, 'SchemeTerritory')).toUpperCase()
  const pointers = some(optional(scheme, 'PointersToOtherTSL'), 'OtherTSLPointer').flatMap(readPointer)
  const listOfLists = /\/EUlistofthelists$/i.test(textOf(need(scheme, 'TSLType')))
  return {
    territory,
    kind: listOfLists ? 'list-of-lists' : 'national',
    version,
    sequence: wholeNumber(need(scheme, 'TSLSequenceNumber')),
    issued,
    nextUpdate,
    schemeOperator: nameIn(need(scheme, 'SchemeOperatorName')),
    services: listOfLists ? [] : readServices(optional(root, 'TrustServiceProviderList'), territory),
    pointers,
    freshness: freshnessAt(nextUpdate, now),
    signer: pinned.find((text) => parseCertificateText(text) === signer)!,
    digest: toHex(await digest('SHA-256', bytes)),
  }
}

const grace = 7 * 86_400_000

/** How a list with this `nextUpdate` stands at `now`. A closed scheme has said its last word. */
export function freshnessAt(nextUpdate: string | null, now: string): Freshness {
  if (nextUpdate === null) return 'expired'
  const late = millis(now) - millis(nextUpdate)
  return late <= 0 ? 'current' : late <= grace ? 'overdue' : 'expired'
}

function checkSignerAt({ notBefore, notAfter }: Certificate, issued: string): void {
  if (millis(issued) < millis(notBefore) || millis(issued) > millis(notAfter))
    throw new ProblemError('trust-list.signer-unknown', 'The certificate of its signer was not valid when the list was issued.')
}

function wholeNumber(element: XmlElement): number {
  const text = textOf(element)
  if (!/^\d{1,9}$/.test(text)) throw new ProblemError('trust-list.malformed', `${element.local} is no whole number.`)
  return Number(text)
}
