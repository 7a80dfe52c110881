/** Organisations and accreditations as ELM nodes. */
import {
  type Accreditation,
  accreditationTypes,
  countryCodes,
  eqfLevels,
  fieldsOfEducation,
  type JsonObject,
  type Organisation,
} from '@cairn/core'
import { conceptNode, countryNode, listed, listedAll, moment, node, noteNode, webNode } from './build.ts'

const schemeNames: Record<string, string> = {
  registration: 'Registration number',
  vat: 'VAT number',
  tax: 'Tax number',
  eidas: 'eIDAS identifier',
  lei: 'Legal Entity Identifier',
  erasmus: 'Erasmus institutional code',
  deqar: 'DEQAR institution',
  eter: 'European Tertiary Education Register',
  ror: 'Research Organization Registry',
  other: 'Identifier',
}

/** ELM Organisation; `eidas` is the organizationIdentifier of the sealing certificate and goes before one the organisation names itself. */
export function organisationNode(organisation: Organisation, eidas?: string): JsonObject {
  const { id } = organisation
  const legal = (kind: string, index: number, notation: string, country: string) => ({
    id: `${id}#${kind}-${index + 1}`,
    type: 'LegalIdentifier',
    notation,
    spatial: countryNode(country),
  })
  const of = (kind: string) =>
    organisation.identifiers
      .filter((identifier) => identifier.kind === kind)
      .map((identifier, index) => legal(kind, index, identifier.value, identifier.country ?? organisation.country))
  const [registration] = of('registration')
  const eidasIdentifier =
    eidas === undefined ? of('eidas')[0] : legal('eidas', 0, eidas, countryOfIdentifier(eidas) ?? organisation.country)
  const others = organisation.identifiers
    .filter(
      (each, index, all) =>
        !['vat', 'tax', 'eidas'].includes(each.kind) && index !== all.findIndex((first) => first.kind === 'registration'),
    )
    .map((each, index) => ({
      id: `${id}#identifier-${index + 1}`,
      type: 'Identifier',
      notation: each.value,
      schemeName: schemeNames[each.kind] ?? 'Identifier',
    }))
  return node({
    id,
    type: 'Organisation',
    legalName: organisation.legalName,
    location: [locationNode(id, organisation)],
    eIDASIdentifier: eidasIdentifier,
    registration,
    vatIdentifier: of('vat'),
    taxIdentifier: of('tax'),
    identifier: others,
    homepage: organisation.homepage === undefined ? [] : [webNode(`${id}#homepage`, organisation.homepage)],
    contactPoint:
      organisation.email === undefined
        ? []
        : [{ id: `${id}#contact`, type: 'ContactPoint', emailAddress: [{ id: `mailto:${organisation.email}`, type: 'Mailbox' }] }],
    accreditation: organisation.accreditations.map((each, index) => accreditationNode(`${id}#accreditation-${index + 1}`, each)),
  })
}

/** The same organisation where it is named again: name and place. Equal ids are one node, so nothing is lost, and the credential stays small. */
export function againNode({ id, type, legalName, location }: JsonObject): JsonObject {
  return node({ id, type, legalName, location })
}

function locationNode(
  owner: string,
  place: { country: string; region?: string | undefined; address?: Record<string, string> | undefined },
): JsonObject {
  return node({
    id: `${owner}#location`,
    type: 'Location',
    address: [
      node({
        id: `${owner}#address`,
        type: 'Address',
        countryCode: countryNode(place.country),
        fullAddress: place.address && noteNode(`${owner}#full-address`, place.address),
      }),
    ],
    spatialCode: place.region === undefined ? [] : [conceptNode(place.region, administrativeUnits)],
  })
}

const administrativeUnits = 'http://publications.europa.eu/resource/authority/atu'

/** ELM Accreditation with the agency that gave it. A type the EU list does not have (yet) keeps its IRI and the list's scheme. */
export function accreditationNode(id: string, accreditation: Accreditation): JsonObject {
  const agent = `${id}-agency`
  return node({
    id,
    type: 'Accreditation',
    title: accreditation.title,
    dcType: listed(accreditationTypes, accreditation.type) ?? conceptNode(accreditation.type, accreditationTypes.scheme),
    decision: conceptNode(`urn:cairn:accreditation-decision:${accreditation.decision}`, 'urn:cairn:accreditation-decision', {
      en: accreditation.decision.replaceAll('-', ' '),
    }),
    accreditingAgent: node({
      id: agent,
      type: 'Organisation',
      legalName: accreditation.agency.legalName,
      location: [locationNode(agent, accreditation.agency)],
      homepage: accreditation.agency.homepage === undefined ? [] : [webNode(`${agent}-homepage`, accreditation.agency.homepage)],
    }),
    dateIssued: moment(accreditation.issued),
    expiryDate: moment(accreditation.validUntil),
    reviewDate: moment(accreditation.reviewDate),
    limitEQFLevel: listedAll(
      eqfLevels,
      (accreditation.eqfLevels ?? []).map((level) => `${eqfLevels.base}${level}`),
    ),
    limitField: listedAll(fieldsOfEducation, accreditation.fields ?? []),
    limitJurisdiction: (accreditation.countries ?? []).map((country) =>
      conceptNode(`${administrativeUnits}/${countryCodes.get(country) ?? country}`, administrativeUnits),
    ),
    report: accreditation.report === undefined ? undefined : webNode(`${id}-report`, accreditation.report),
  })
}

/** `VATES-A00000000` says Spain (ETSI EN 319 412-1, 5.1.4). */
function countryOfIdentifier(identifier: string): string | undefined {
  const country = /^[A-Z]{3}([A-Z]{2})-/.exec(identifier)?.[1]
  return country !== undefined && countryCodes.has(country) ? country : undefined
}
