/** A W3C Verifiable Credential (data model 2.0 and 1.1) of no type that we know better: what can be shown, and what a verdict hangs on. */
import { bareView, type Json, type JsonObject, type SignedView } from '@cairn/core'
import { factsForVerdict } from '../elm/facts-for-verdict.ts'
import { didOf, list, nodes, text, textOf } from '../elm/nodes.ts'
import { type SdJwtVcFacts, tokenStatusOf } from './facts-of-sd-jwt-vc.ts'
import { instantOf } from './read-sd-jwt-vc.ts'

/** The view of any W3C credential: names and titles where they usually stand. Never throws. */
export function readW3c(document: JsonObject): SignedView {
  const [subject] = nodes(document.credentialSubject)
  const [achieved] = [...nodes(subject?.achievement), ...nodes(subject?.degree), ...nodes(subject?.hasCredential)]
  const [issuer] = nodes(document.issuer)
  const types = list(document.type).filter((type) => typeof type === 'string' && type !== 'VerifiableCredential') as string[]
  const description = words(achieved?.description) ?? words(document.description)
  const validFrom = text(document.validFrom) ?? text(document.issuanceDate)
  const validUntil = text(document.validUntil) ?? text(document.expirationDate)
  const birth = text(subject?.birthDate)
  const learnerId = didOf(document.credentialSubject)
  return bareView({
    id: text(document.id) ?? '',
    title: words(achieved?.name) ?? words(document.name) ?? types.join(', '),
    learner: learnerOf(subject),
    awardingBody: words(issuer?.name) ?? '',
    issuer: words(issuer?.name) ?? text(issuer?.id) ?? text(document.issuer) ?? '',
    issued: text(document.issued) ?? validFrom ?? '',
    ...(description && { description }),
    ...(learnerId && { learnerId }),
    ...(birth && { dateOfBirth: birth }),
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
  })
}

function learnerOf(subject: JsonObject | undefined): string {
  const parts = [
    subject?.givenName ?? subject?.firstName ?? subject?.given_name,
    subject?.familyName ?? subject?.lastName ?? subject?.family_name,
  ]
  return words(subject?.name) ?? parts.flatMap((part) => words(part) ?? []).join(' ')
}

/** A text, a value object of JSON-LD, or a language map. */
function words(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value
  return text(value) ?? textOf(value, ['en'])
}

/**
 * Facts of a W3C credential that is secured as a JWT (VC-JOSE-COSE). Where the claims of the token speak too, the strictest counts. `status` of a token
 * is a token status list; any other status than that and a Bitstring status list is one that cannot be followed.
 */
export function factsOfW3c(document: JsonObject): SdJwtVcFacts {
  const moment = (value: Json | undefined) => (value === undefined ? [] : [instantOf(value) ?? 'unreadable'])
  const facts = factsForVerdict({
    ...document,
    validFrom: [...list(document.validFrom), ...moment(document.nbf)],
    validUntil: [...list(document.validUntil), ...moment(document.exp)],
  })
  const { entry, unreadable } = tokenStatusOf(document.status)
  return { ...facts, statusUnreadable: facts.statusUnreadable || unreadable, ...(entry && { tokenStatus: entry }) }
}
