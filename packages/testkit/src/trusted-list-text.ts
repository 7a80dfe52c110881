/** The text of providers, services and pointers in a list, in canonical form (ETSI TS 119 612, 5.3.13 and 5.4 to 5.6). */

/** The status of a service from a day on. `status` is the last word of its address; `uses` and `qualifiers` likewise (`ForeSeals`, `QCWithQSCD`). */
export interface ListedPeriod {
  status?: string
  from: Date
  uses?: readonly string[]
  qualifiers?: readonly { names: readonly string[]; criteria: ListedCriteria }[]
  /** An extension that nobody knows, marked critical. */
  unknownCritical?: boolean
}

/** Requirements of a qualifier. */
export interface ListedCriteria {
  assert?: 'all' | 'atLeastOne' | 'none'
  keyUsage?: Readonly<Record<string, boolean>>
  policies?: readonly string[]
  /** A requirement that no reader knows. */
  other?: boolean
}

/** One service; `type` is what follows `Svctype/`, such as `CA/QC` or `TSA/QTST`. */
export interface ListedService extends ListedPeriod {
  type?: string
  name: string
  providerName: string
  identifiers?: readonly string[]
  certificates: readonly Uint8Array[]
  history?: readonly ListedPeriod[]
}

/** Where another list is. */
export interface ListPointer {
  territory: string
  address: string
  certificates: readonly Uint8Array[]
  mediaType?: string
  listOfLists?: boolean
}

const trustService = 'http://uri.etsi.org/TrstSvc/'
const additional = 'http://uri.etsi.org/02231/v2/additionaltypes#'
const qualifications = `${trustService}SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#`

/** Text with what canonical XML escapes. */
export const canonicalText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const t = canonicalText
const element = (name: string, ...content: readonly string[]) => `<${name}>${content.join('')}</${name}>`
const named = (name: string, text: string) => element(name, `<Name xml:lang="en">${t(text)}</Name>`)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const digitalIds = (certificates: readonly Uint8Array[]) =>
  certificates.map((each) => element('DigitalId', element('X509Certificate', base64(each))))

/** TrustServiceProviderList, one provider a service. */
export function providersText(services: readonly ListedService[]): string {
  return element('TrustServiceProviderList', ...services.map(providerText))
}

function providerText(service: ListedService): string {
  const trade = (service.identifiers ?? []).map((identifier) => `<Name xml:lang="en">${t(identifier)}</Name>`)
  const information = element(
    'TSPInformation',
    named('TSPName', service.providerName),
    trade.length > 0 ? element('TSPTradeName', ...trade) : '',
  )
  const identity = element('ServiceDigitalIdentity', ...digitalIds(service.certificates))
  const past = (service.history ?? []).map((period) => element('ServiceHistoryInstance', head(service), identity, periodText(period)))
  const current = element('ServiceInformation', head(service), identity, periodText(service))
  return element(
    'TrustServiceProvider',
    information,
    element('TSPServices', element('TSPService', current, past.length > 0 ? element('ServiceHistory', ...past) : '')),
  )
}

const head = ({ type = 'CA/QC', name }: ListedService) =>
  element('ServiceTypeIdentifier', `${trustService}Svctype/${type}`) + named('ServiceName', name)

function periodText({ status = 'granted', from, uses = [], qualifiers = [], unknownCritical }: ListedPeriod): string {
  const extensions = [
    ...uses.map((use) =>
      extension(element('AdditionalServiceInformation', `<URI xml:lang="en">${trustService}TrustedList/SvcInfoExt/${t(use)}</URI>`)),
    ),
    ...(qualifiers.length > 0 ? [extension(qualificationsText(qualifiers))] : []),
    ...(unknownCritical ? [extension('<x:Demand xmlns:x="urn:example:demand"></x:Demand>')] : []),
  ]
  return [
    element('ServiceStatus', `${trustService}TrustedList/Svcstatus/${t(status)}`),
    element('StatusStartingTime', `${from.toISOString().slice(0, 19)}Z`),
    extensions.length > 0 ? element('ServiceInformationExtensions', ...extensions) : '',
  ].join('')
}

const extension = (content: string) => `<Extension Critical="true">${content}</Extension>`

function qualificationsText(entries: NonNullable<ListedPeriod['qualifiers']>): string {
  const elements = entries.map(({ names, criteria }) => {
    const list = names.map((name) => `<q:Qualifier uri="${trustService}TrustedList/SvcInfoExt/${t(name)}"></q:Qualifier>`)
    return element('q:QualificationElement', element('q:Qualifiers', ...list), criteriaText(criteria))
  })
  return `<q:Qualifications xmlns:q="${qualifications}">${elements.join('')}</q:Qualifications>`
}

function criteriaText({ assert = 'all', keyUsage, policies, other }: ListedCriteria): string {
  const bits = Object.entries(keyUsage ?? {}).map(([bit, value]) => `<q:KeyUsageBit name="${t(bit)}">${value}</q:KeyUsageBit>`)
  const identifiers = (policies ?? []).map((policy) => {
    const identifier = `<xades:Identifier xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">urn:oid:${t(policy)}</xades:Identifier>`
    return element('q:PolicyIdentifier', identifier)
  })
  return [
    `<q:CriteriaList assert="${assert}">`,
    bits.length > 0 ? element('q:KeyUsage', ...bits) : '',
    identifiers.length > 0 ? element('q:PolicySet', ...identifiers) : '',
    other ? element('q:otherCriteriaList', '<x:Unheard xmlns:x="urn:example:demand"></x:Unheard>') : '',
    '</q:CriteriaList>',
  ].join('')
}

/** PointersToOtherTSL; nothing of nothing. */
export function pointersText(pointers: readonly ListPointer[]): string {
  if (pointers.length === 0) return ''
  const information = (content: string) => element('OtherInformation', content)
  const texts = pointers.map(({ territory, address, certificates, mediaType = 'application/vnd.etsi.tsl+xml', listOfLists }) =>
    element(
      'OtherTSLPointer',
      element('ServiceDigitalIdentities', element('ServiceDigitalIdentity', ...digitalIds(certificates))),
      element('TSLLocation', t(address)),
      element(
        'AdditionalInformation',
        information(element('TSLType', `${trustService}TrustedList/TSLType/${listOfLists ? 'EUlistofthelists' : 'EUgeneric'}`)),
        information(element('SchemeTerritory', t(territory))),
        information(`<a:MimeType xmlns:a="${additional}">${t(mediaType)}</a:MimeType>`),
        information(named('SchemeOperatorName', `Scheme operator of ${territory}`)),
      ),
    ),
  )
  return element('PointersToOtherTSL', ...texts)
}
