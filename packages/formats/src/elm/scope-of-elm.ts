/** Where the award of a European Digital Credential belongs: kind, level, field, place and bodies, from the document alone. */
import { type AwardScope, type BodyNamed, countryOf, type Json, type JsonObject } from '@cairn/core'
import { identifiersOf } from './facts-for-verdict.ts'
import { iri, langString, nodes, text, through } from './nodes.ts'
import { readClaim } from './read-claim.ts'

/** Reads the scope; never throws. The place is where it was awarded, else where the awarding body is. */
export function scopeOfElm(document: JsonObject): AwardScope {
  const [claim] = through(document, 'credentialSubject', 'hasClaim')
  const { kind, level, fields } = readClaim(claim, ['en'])
  const awarding = through(claim, 'awardedBy')
  const bodies = awarding.flatMap(({ awardingBody }) => nodes(awardingBody))
  const [specification] = nodes(claim?.specifiedBy)
  const achievement = iri(claim?.specifiedBy)
  const awardedIn = placesOf(awarding)
  const awardedOn = awarding.map(({ awardingDate }) => text(awardingDate)?.slice(0, 10)).find((day) => day !== undefined)
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(achievement === undefined ? {} : { achievement }),
    titles: [claim?.title, specification?.title].flatMap(textsOf),
    levels: level?.eqf === undefined ? [] : [level.eqf],
    fields: fields.map(({ code }) => code).filter((code) => /^\d{2,4}$/.test(code)),
    places: awardedIn.length > 0 ? awardedIn : placesOf(bodies),
    ...(awardedOn === undefined ? {} : { awardedOn }),
    bodies: bodies.map(bodyOf),
  }
}

const textsOf = (value: Json | undefined) => [...new Set(Object.values(langString(value) ?? {}))]

function bodyOf(body: JsonObject): BodyNamed {
  const id = text(body.id)
  const name = textsOf(body.legalName ?? body.prefLabel)[0]
  return { ...(id === undefined ? {} : { id }), identifiers: identifiersOf(body), ...(name === undefined ? {} : { name }) }
}

const placesOf = (owners: readonly JsonObject[]) => [
  ...new Set(
    owners.flatMap((owner) => through(owner, 'location', 'address')).flatMap(({ countryCode }) => countryOf(iri(countryCode) ?? '') ?? []),
  ),
]
