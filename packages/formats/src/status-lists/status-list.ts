/** The status list credential: W3C Bitstring Status List v1.0, section 2.2, on the data model 2.0. */
import { type Issuer, isObject, type JsonObject, millis, ProblemError, type StatusEntry } from '@cairn/core'
import { list, text } from '../elm/nodes.ts'
import { bitAt, compressBits, expandBits, leastStatusListEntries } from './bits.ts'

/** A status list to publish. `id` is its address, times are instants. */
export interface StatusListGiven {
  id: string
  issuer: Issuer
  purpose: StatusEntry['purpose']
  validFrom: string
  validUntil: string
  bits: Uint8Array
  /** Which of those set were replaced by a newer credential; told in the same list, for readers that know the term. */
  superseded?: Uint8Array
}

/** Our term for the second list, in either form; a whole IRI, so that no context has to define it. */
export const supersededTerm = 'urn:cairn:superseded'

/** A status list as read; `issuer` is the id of who published it. */
export interface StatusList {
  id: string
  issuer: string
  purpose: string
  validFrom: string
  validUntil?: string
  encodedList: string
  /** The places of credentials that a newer one replaced, encoded as the list itself. */
  superseded?: string
}

/**
 * The JSON text of a BitstringStatusListCredential. Nothing of a learner is in it; the issuer is the same as the credentials'.
 * @throws ProblemError `status.too-small` under 131,072 entries
 */
export async function composeStatusList({
  id,
  issuer,
  purpose,
  validFrom,
  validUntil,
  bits,
  superseded,
}: StatusListGiven): Promise<string> {
  if (bits.length * 8 < leastStatusListEntries) throw new ProblemError('status.too-small', 'A status list has at least 131,072 entries.')
  return JSON.stringify({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: { id: issuer.organisation.id, name: Object.values(issuer.organisation.legalName)[0] ?? issuer.organizationIdentifier },
    validFrom,
    validUntil,
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: await compressBits(bits),
      ...(superseded && { [supersededTerm]: await compressBits(superseded) }),
    },
  })
}

/**
 * Reads a status list credential; whether its seal and its issuer are right is for others to say.
 * @throws ProblemError `status.unreadable`
 */
export function readStatusList(document: JsonObject): StatusList {
  const [subject] = list(document.credentialSubject)
  const named = isObject(document.issuer) ? document.issuer.id : document.issuer
  const issuer = typeof named === 'string' ? named : undefined
  const types = list(document.type)
  const validFrom = text(document.validFrom) ?? text(document.issuanceDate)
  const validUntil = text(document.validUntil) ?? text(document.expirationDate)
  const encodedList = isObject(subject) ? subject.encodedList : undefined
  const id = text(document.id)
  if (!types.includes('BitstringStatusListCredential') && !types.includes('StatusList2021Credential'))
    throw new ProblemError('status.unreadable', 'This is no status list.', '/type')
  if (!isObject(subject) || typeof encodedList !== 'string')
    throw new ProblemError('status.unreadable', 'There is no list.', '/credentialSubject')
  if (!id || !issuer) throw new ProblemError('status.unreadable', 'The list does not say its address and its issuer.', '/id')
  if (!validFrom || Number.isNaN(millis(validFrom))) throw new ProblemError('status.unreadable', 'The list has no beginning.', '/validFrom')
  if (validUntil !== undefined && Number.isNaN(millis(validUntil)))
    throw new ProblemError('status.unreadable', 'The end of the list cannot be read.', '/validUntil')
  const purpose = list(subject.statusPurpose).filter((each) => typeof each === 'string')
  if (purpose.length !== 1)
    throw new ProblemError('status.unreadable', 'The list has no single purpose.', '/credentialSubject/statusPurpose')
  const superseded = text(subject[supersededTerm])
  return { id, issuer, purpose: purpose[0]!, validFrom, ...(validUntil && { validUntil }), encodedList, ...(superseded && { superseded }) }
}

/** What a bit that is set can say. */
export type SetMeaning = 'status.suspended' | 'status.superseded' | 'status.revoked'

/** What a bit that is set says: replaced only where the list tells so readably, else revoked. */
export async function meaningOf(list: StatusList, { index, purpose }: StatusEntry): Promise<SetMeaning> {
  if (purpose === 'suspension') return 'status.suspended'
  if (list.superseded === undefined) return 'status.revoked'
  try {
    return bitAt(await expandBits(list.superseded), index) ? 'status.superseded' : 'status.revoked'
  } catch (error) {
    if (error instanceof ProblemError) return 'status.revoked'
    throw error
  }
}
