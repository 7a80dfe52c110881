/**
 * Trusted lists made to measure (ETSI TS 119 612), right ones and wrong ones. The text is written in canonical form from the start (exclusive canonical
 * XML), so that it is signed without the code under test.
 */
import { createHash, createPublicKey, randomUUID, sign } from 'node:crypto'
import type { CertifiedKey } from './certificate.ts'
import { type ListedService, type ListPointer, pointersText, providersText, canonicalText as t } from './trusted-list-text.ts'

/** A list. `signer` null leaves it unsigned; `rootId` makes the signature speak of the root by name. */
export interface TrustedListContent {
  territory: string
  sequence: number
  issued: Date
  nextUpdate: Date | null
  schemeOperator?: string
  version?: number
  services?: readonly ListedService[]
  pointers?: readonly ListPointer[]
  listOfLists?: boolean
  rootId?: string
  signer: CertifiedKey | null
  /** The certificate written in KeyInfo and named in the properties, when it shall not be the signer's. */
  named?: Uint8Array
  /** Changes the list before it is signed, and what is signed about it: forgeries by whoever has the key. */
  changeList?: (text: string) => string
  changeSignedInfo?: (text: string) => string
}

const instant = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`
const digestOf = (text: string | Uint8Array) => createHash('sha256').update(text).digest('base64')
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const xades = 'http://uri.etsi.org/01903/v1.3.2#'

/** Makes a national list; answers its bytes. */
export function createTrustedList(content: TrustedListContent): Uint8Array {
  const { before: honest, after } = listText(content)
  const { signer, changeList = (text) => text } = content
  const before = changeList(honest)
  if (!signer) return new TextEncoder().encode(before + after)
  const signature = signatureText(before + after, signer, content)
  return new TextEncoder().encode(before + signature + after)
}

/** Makes a list of lists that points to `pointers`. */
export function createLotl(content: Omit<TrustedListContent, 'territory' | 'services' | 'listOfLists'>): Uint8Array {
  return createTrustedList({ schemeOperator: 'European Commission', ...content, territory: 'EU', listOfLists: true })
}

function listText(content: TrustedListContent): { before: string; after: string } {
  const {
    territory,
    sequence,
    issued,
    nextUpdate,
    schemeOperator = `Scheme operator of ${territory}`,
    version = 6,
    listOfLists = false,
  } = content
  const type = `http://uri.etsi.org/TrstSvc/TrustedList/TSLType/${listOfLists ? 'EUlistofthelists' : 'EUgeneric'}`
  const id = content.rootId ? ` Id="${t(content.rootId)}"` : ''
  const before = [
    `<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"${id} TSLTag="http://uri.etsi.org/19612/TSLTag">`,
    '<SchemeInformation>',
    `<TSLVersionIdentifier>${version}</TSLVersionIdentifier><TSLSequenceNumber>${sequence}</TSLSequenceNumber><TSLType>${type}</TSLType>`,
    `<SchemeOperatorName><Name xml:lang="en">${t(schemeOperator)}</Name></SchemeOperatorName>`,
    `<SchemeTerritory>${t(territory)}</SchemeTerritory>`,
    pointersText(content.pointers ?? []),
    `<ListIssueDateTime>${instant(issued)}</ListIssueDateTime>`,
    `<NextUpdate>${nextUpdate ? `<dateTime>${instant(nextUpdate)}</dateTime>` : ''}</NextUpdate>`,
    '</SchemeInformation>',
    listOfLists ? '' : providersText(content.services ?? []),
  ].join('')
  return { before, after: '</TrustServiceStatusList>' }
}

/** Every namespace is declared where canonical form declares it, so that the text of each part is what is signed. */
function signatureText(document: string, signer: CertifiedKey, content: TrustedListContent): string {
  const { named = signer.certificate, rootId, changeSignedInfo = (text) => text } = content
  const id = `id-${randomUUID()}`
  const certificate = Buffer.from(named)
  const digestMethod = `<ds:DigestMethod xmlns:ds="${dsig}" Algorithm="${sha256}"></ds:DigestMethod>`
  const properties = [
    `<xades:SignedProperties xmlns:xades="${xades}" Id="xades-${id}"><xades:SignedSignatureProperties>`,
    `<xades:SigningTime>${instant(new Date())}</xades:SigningTime>`,
    `<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${digestMethod}`,
    `<ds:DigestValue xmlns:ds="${dsig}">${digestOf(certificate)}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>`,
    '</xades:SignedSignatureProperties></xades:SignedProperties>',
  ].join('')
  const reference = (attributes: string, transforms: readonly string[], digest: string) =>
    [
      `<ds:Reference ${attributes}><ds:Transforms>`,
      ...transforms.map((transform) => `<ds:Transform Algorithm="${transform}"></ds:Transform>`),
      `</ds:Transforms><ds:DigestMethod Algorithm="${sha256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`,
    ].join('')
  const rsa = createPublicKey(signer.privateKey).asymmetricKeyType === 'rsa'
  const method = `http://www.w3.org/2001/04/xmldsig-more#${rsa ? 'rsa' : 'ecdsa'}-sha256`
  const signedInfo = changeSignedInfo(
    [
      `<ds:SignedInfo xmlns:ds="${dsig}"><ds:CanonicalizationMethod Algorithm="${c14n}"></ds:CanonicalizationMethod>`,
      `<ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod>`,
      reference(`URI="${rootId ? `#${t(rootId)}` : ''}"`, [`${dsig}enveloped-signature`, c14n], digestOf(document)),
      reference(`Type="http://uri.etsi.org/01903#SignedProperties" URI="#xades-${id}"`, [c14n], digestOf(properties)),
      '</ds:SignedInfo>',
    ].join(''),
  )
  const value = sign('sha256', Buffer.from(signedInfo), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64')
  return [
    `<ds:Signature xmlns:ds="${dsig}" Id="${id}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>`,
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    `<ds:Object><xades:QualifyingProperties xmlns:xades="${xades}" Target="#${id}">${properties}</xades:QualifyingProperties></ds:Object>`,
    '</ds:Signature>',
  ].join('')
}
