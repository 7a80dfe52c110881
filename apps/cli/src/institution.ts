/** Who stands behind a specification on the command line. */
import { createHash } from 'node:crypto'
import { AchievementSpecification, Edition, Organisation, ProblemError, parseJson } from '@cairn/core'
import { parseAs, readGiven } from './read-input.ts'

/** A specification as it was found: with the institution of its edition, or its awarding body, or nobody. */
export interface SpecificationGiven {
  specification: AchievementSpecification
  institution?: Organisation
  /** When the file was a whole edition. */
  edition?: Edition
}

const WithInstitution = Edition.pick({ specification: true, institution: true })

/** Reads a specification, an edition, or `{ specification, institution }`. Raises `input.invalid` with pointers, or `json.*`. */
export function readSpecification(file: string): SpecificationGiven {
  const document = parseJson(readGiven(file))
  const members = typeof document === 'object' && document !== null ? document : {}
  if ('achievement' in members && 'specification' in members) {
    const edition = parseAs(Edition, document, 'edition')
    return { specification: edition.specification, institution: edition.institution, edition }
  }
  if ('specification' in members) return parseAs(WithInstitution, document, 'specification')
  const specification = parseAs(AchievementSpecification, document, 'specification')
  return specification.awardingBody ? { specification, institution: specification.awardingBody } : { specification }
}

/** An identifier of ours that is always the same for the same name (RFC 9562, version 8). */
export function namedUrn(name: string): string {
  const hex = createHash('sha256').update(`cairn ${name}`).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The organisation that a certificate names, for specifications that name none. Raises `key.organisation-mismatch` when it names too little. */
export function organisationOf(facts: {
  organization?: string
  commonName?: string
  organizationIdentifier?: string
  country?: string
}): Organisation {
  const { organizationIdentifier, country } = facts
  const name = facts.organization ?? facts.commonName
  if (!organizationIdentifier || !country || !name)
    throw new ProblemError(
      'key.organisation-mismatch',
      'The certificate does not say who seals: name, country and organisation identifier are needed.',
    )
  return Organisation.parse({
    id: namedUrn(organizationIdentifier),
    legalName: { en: name },
    country,
    identifiers: [{ kind: 'eidas', value: organizationIdentifier, ...(/^[A-Z]{2}$/.test(country) ? { country } : {}) }],
  })
}
