/** Providers and their services, with the history of each (ETSI TS 119 612, 5.4 to 5.6). */
import type { ServicePeriod, TrustedService } from '@cairn/core'
import { readCriteria } from './read-criteria.ts'
import { listNamespace, qualificationsNamespace } from './uris.ts'
import { certificatesOf, momentOf, nameIn, need, optional, some } from './xml/walk.ts'
import { attributeOf, childElements, childrenNamed, textOf, type XmlElement } from './xml/xml-element.ts'

/** Reads all services below a TrustServiceProviderList. Raises `trust-list.malformed`. */
export function readServices(list: XmlElement | undefined, territory: string): TrustedService[] {
  return some(list, 'TrustServiceProvider').flatMap((provider) => {
    const information = need(provider, 'TSPInformation')
    const providerName = nameIn(need(information, 'TSPName'))
    // The trade name holds the official identifier among others (5.4.2).
    const trade = some(optional(information, 'TSPTradeName'), 'Name').map(textOf)
    const identifiers = [...new Set(trade.filter((name) => /^(?:VAT|NTR|PAS|LEI|[A-Z]{2}:)[A-Z]{0,2}-?\S{2,}$/.test(name)))]
    return some(need(provider, 'TSPServices'), 'TSPService').map((service): TrustedService => {
      const current = need(service, 'ServiceInformation')
      const past = some(optional(service, 'ServiceHistory'), 'ServiceHistoryInstance').map(readPeriod)
      return {
        territory,
        type: textOf(need(current, 'ServiceTypeIdentifier')),
        name: nameIn(need(current, 'ServiceName')),
        providerName,
        identifiers,
        certificates: certificatesOf(need(current, 'ServiceDigitalIdentity')),
        ...readPeriod(current),
        history: past.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0)),
      }
    })
  })
}

function readPeriod(information: XmlElement): ServicePeriod {
  const period: ServicePeriod = {
    status: textOf(need(information, 'ServiceStatus')),
    from: momentOf(need(information, 'StatusStartingTime')),
    uses: [],
    qualifiers: [],
    understood: true,
  }
  for (const extension of some(optional(information, 'ServiceInformationExtensions'), 'Extension'))
    for (const content of childElements(extension)) {
      const known =
        content.namespace === listNamespace || content.namespace === qualificationsNamespace ? readers[content.local] : undefined
      if (known) known(period, content)
      else if (attributeOf(extension, 'Critical') === 'true' && !harmless.has(content.local)) period.understood = false
    }
  return period
}

/** Extensions that say nothing about which certificates are qualified (5.5.9.1, 5.5.9.3). */
const harmless = new Set(['ExpiredCertsRevocationInfo', 'TakenOverBy'])

const readers: Readonly<Record<string, (period: ServicePeriod, content: XmlElement) => void>> = {
  AdditionalServiceInformation(period, content) {
    const address = optional(content, 'URI')
    if (address) period.uses.push(textOf(address))
  },
  Qualifications(period, content) {
    for (const element of childrenNamed(content, qualificationsNamespace, 'QualificationElement')) {
      const [names] = childrenNamed(element, qualificationsNamespace, 'Qualifiers')
      const [criteria] = childrenNamed(element, qualificationsNamespace, 'CriteriaList')
      const addresses = names
        ? childrenNamed(names, qualificationsNamespace, 'Qualifier').map((each) => attributeOf(each, 'uri') ?? '')
        : []
      if (addresses.length === 0 || !criteria) period.understood = false
      else period.qualifiers.push({ names: addresses, criteria: readCriteria(criteria) })
    }
  },
}
