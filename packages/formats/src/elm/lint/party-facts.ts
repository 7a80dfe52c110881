/** Facts about people, bodies and accreditations in an ELM document. */
import { type AccreditationFact, type BodyFact, countryOf, type LearnerFact, type Said, saidDay } from '@cairn/core'
import { identifiersOf } from '../facts-for-verdict.ts'
import { iri, langString, nodes, text, through } from '../nodes.ts'
import { codes } from '../terms.ts'
import { type Place, placesAt } from './places.ts'

/** The learner: the subject of the credential. */
export function learnerFacts(subject: Place | undefined): Said<LearnerFact> | undefined {
  if (!subject) return undefined
  const { node, pointer } = subject
  const first = (value: Parameters<typeof langString>[0]) => Object.values(langString(value) ?? {})[0]
  const name = first(node.fullName) ?? [first(node.givenName), first(node.familyName)].filter((part) => part !== undefined).join(' ')
  const birth = text(node.dateOfBirth)
  const beyond = [
    ['national number', 'nationalID'],
    ['address', 'location'],
    ['photograph', 'image'],
    ['place of birth', 'placeOfBirth'],
    ['gender', 'gender'],
  ] as const
  return {
    value: {
      name: name === '' ? (first(node.legalName) ?? '') : name,
      birth: birth === undefined ? undefined : { value: birth, pointer: `${pointer}/dateOfBirth` },
      identified:
        through(node, 'nationalID').length > 0 ||
        through(node, 'identifier').length > 0 ||
        /^did:/.test(text(node.id) ?? '') ||
        nodes(node.eIDASIdentifier).length > 0,
      email: through(node, 'contactPoint', 'emailAddress').length > 0,
      beyondNeed: beyond
        .filter(([, member]) => node[member] !== undefined)
        .map(([value, member]) => ({ value, pointer: `${pointer}/${member}` })),
    },
    pointer,
  }
}

/** An organisation. */
export function bodyFacts({ node, pointer }: Place): Said<BodyFact> {
  const places = [...through(node, 'location', 'address', 'countryCode'), ...through(node, 'location', 'spatialCode')]
  const country = places.map((concept) => countryOf(text(concept.id) ?? '')).find((found) => found !== undefined)
  return {
    value: {
      names: Object.values(langString(node.legalName) ?? {}),
      identifiers: identifiersOf(node).length,
      country: country === undefined ? undefined : { value: country, pointer: `${pointer}/location` },
      accreditations: placesAt({ node, pointer }, 'accreditation').map(accreditationFacts),
      higherEducation: false,
    },
    pointer,
  }
}

/** An accreditation; the day it begins is `valid`, else when it was issued. */
export function accreditationFacts({ node }: Place): AccreditationFact {
  const from = saidDay(text(node.valid) ?? text(node.dateIssued))
  const to = saidDay(text(node.expiryDate))
  const decision = /:(positive|positive-with-conditions|negative|not-applicable)$/.exec(iri(node.decision) ?? '')?.[1]
  return {
    ...(decision !== undefined && { decision }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    eqfLevels: nodes(node.limitEQFLevel)
      .map((level) => Number(/\/eqf\/(\d)$/.exec(text(level.id) ?? '')?.[1]))
      .filter((level) => level > 0),
    fields: nodes(node.limitField).flatMap((field) => text(field.id) ?? []),
    countries: nodes(node.limitJurisdiction).flatMap((unit) => countryOf(text(unit.id) ?? '') ?? []),
  }
}

/** Whether a mandate is said, where another body seals than the one that awards; `undefined` where they are one. */
export function mandateFact(root: Place, issuer: Place | undefined, body: Place | undefined): Said<boolean> | undefined {
  if (!issuer || !body || text(issuer.node.id) === text(body.node.id)) return undefined
  const said = placesAt(root, 'evidence').some(
    ({ node }) => iri(node.dcType)?.endsWith(codes.mandateEvidence) && (text(node.evidenceStatement) ?? '') !== '',
  )
  return { value: said, pointer: '/evidence' }
}
