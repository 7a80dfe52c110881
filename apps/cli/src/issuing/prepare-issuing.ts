/** Everything about an issue that does not depend on who learned: edition, issuer, key, pictures. */
import { createHash } from 'node:crypto'
import {
  type AwardGiven,
  type Edition,
  type Issuer,
  lintSpecification,
  type Organisation,
  type Problem,
  ProblemError,
  refuseProblems,
} from '@cairn/core'
import { renderDisplayImages } from '@cairn/documents'
import { type PreparedElm, prepareElm } from '@cairn/formats'
import { editionFor } from '@cairn/issuing'
import { type AnyKey, certificateFacts, checkKeyFor, issuerOf, type KeySecrets, openKey, readAnyKey } from '@cairn/keys'
import { type Door, fetchSafely, requestTimeStamp } from '@cairn/online'
import type { Signer } from '@cairn/seals'
import { namedUrn, organisationOf, type SpecificationGiven } from '../institution.ts'

/** What sealing needs, and what somebody should look at before. */
export interface Issuing {
  edition: Edition
  issuer: Issuer
  signer: Signer
  prepared: PreparedElm
  /** SHA-256 of the sealing certificate. */
  fingerprint: string
  warnings: Problem[]
  /** Gives a time-stamp token over bytes, where an authority was named. */
  stamp?: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** What is given. `now` is RFC 3339. */
export interface IssuingGiven extends SpecificationGiven {
  key: string
  /** What opens the key, asked for when its kind is known. */
  secrets(key: AnyKey): KeySecrets
  now: string
  /** The address of an authority of time stamps (RFC 3161). */
  timeStamps?: string | undefined
}

/**
 * Opens the key, holds it against the institution and the day, lints the specification and draws the pictures. Raises `key.*`, and
 * `specification.not-complete` with every blocking finding of a micro-credential.
 */
export async function prepareIssuing(given: IssuingGiven): Promise<Issuing> {
  const file = readAnyKey(given.key)
  if (file.purpose !== 'seal') throw new ProblemError('key.unreadable', 'This key signs status lists; sealing needs a key of its own.')
  const leaf = new Uint8Array(Buffer.from(file.certificates[0]!, 'base64'))
  const facts = certificateFacts(leaf)
  const institution = given.institution ?? organisationOf(facts)
  const [forbidden, warnings] = partition(checkKeyFor(institution, leaf, given.now), (each) => each.code !== 'key.expires-soon')
  refuseProblems(forbidden)
  const edition = given.edition ?? editionOf(given, institution)
  const findings = lintSpecification(edition.specification, { institution, on: given.now.slice(0, 10) })
  const blocking = findings.filter((finding) => finding.severity === 'B').map((finding) => finding.problem)
  if (edition.specification.kind === 'micro-credential' && blocking.length > 0)
    throw new ProblemError('specification.not-complete', 'The specification is no complete micro-credential.', undefined, blocking)
  const signer = await openKey(file, given.secrets(file))
  const issuer = issuerOf(leaf, institution)
  const prepared = prepareElm(edition, issuer, await renderDisplayImages(edition))
  const stamp = given.timeStamps === undefined ? {} : { stamp: stampBy(given.timeStamps) }
  return { edition, issuer, signer, prepared, fingerprint: facts.fingerprint, warnings, ...stamp }
}

/** The same for an award of some of the outcomes: of an edition in part. */
export async function issuingFor(issuing: Issuing, given: AwardGiven): Promise<Issuing> {
  const edition = await editionFor(issuing.edition, given)
  if (edition === issuing.edition) return issuing
  return { ...issuing, edition, prepared: prepareElm(edition, issuing.issuer, await renderDisplayImages(edition)) }
}

/** Asks an authority that whoever runs this has named, so that it may also be one of their own network. */
function stampBy(address: string): NonNullable<Issuing['stamp']> {
  const ownOrigins = [new URL(address).origin]
  const door: Door = (to, ask) => fetchSafely(to, { ...ask, ownOrigins })
  return async (bytes) => (await requestTimeStamp(bytes, { address }, door, new Date().toISOString())).der
}

/** An edition of a specification that was never published: the same file gives the same edition, so that all learners' awards name the same achievement. */
function editionOf({ specification: given }: SpecificationGiven, institution: Organisation): Edition {
  const { awardingBody, ...others } = given
  const specification = awardingBody && awardingBody.id !== institution.id ? given : others
  const digest = createHash('sha256').update(JSON.stringify(specification)).update(institution.id).digest('hex')
  return {
    id: namedUrn(`edition ${digest}`).slice('urn:uuid:'.length),
    achievement: namedUrn(`achievement ${digest}`),
    version: 1,
    publishedAt: '2026-01-01T00:00:00Z',
    specification,
    institution,
  }
}

function partition<T>(all: readonly T[], first: (each: T) => boolean): [T[], T[]] {
  return [all.filter(first), all.filter((each) => !first(each))]
}
