/**
 * Whose key signed a token. A key comes from the certificate in the header, from the registry, from the issuer's own identifier, or from the metadata
 * that the issuer publishes: never from the header itself (R-JOSE-2; SD-JWT VC, issuer verification key discovery).
 */
import { type JsonObject, type Outcome, type Problem, problem } from '@cairn/core'
import {
  type Certificate,
  isSignedBy,
  isSignedWith,
  keyOfDid,
  keyOfJwk,
  type PublicKey,
  type TokenRead,
  verificationKey,
} from '@cairn/seals'
import type { Evidence } from '../evidence.ts'
import { asObject, attempt, issuerMetadataAddress, keySetAddress, objectIn } from './issuer-metadata.ts'

/** The key that signed, and how it is known to be the issuer's. `did` names a key of the registry or of the identifier. */
export type Signer =
  | { by: 'certificate'; leaf: Certificate; others: readonly Certificate[] }
  | { by: 'registry' | 'identifier' | 'metadata'; key: PublicKey; did?: string }

/** `passed` with the signer, `failed` when it was altered or signed by somebody else, `unknown` when no key of the issuer is at hand. */
export interface SignerResult {
  outcome: Outcome
  signer?: Signer
  problem?: Problem
}

interface Candidate {
  by: 'registry' | 'identifier' | 'metadata'
  key: PublicKey
  did?: string
}

const broken = problem('seal.broken', 'No key of the issuer made this signature over these bytes.')
const missing = (detail: string): SignerResult => ({ outcome: 'unknown', problem: problem('issuer.key-missing', detail) })

/** Finds who signed; `issuerId` is the issuer as the payload names it. Never raises on what a token or evidence can hold. */
export async function findSigner(token: TokenRead, issuerId: string | undefined, evidence: Evidence): Promise<SignerResult> {
  const [leaf, ...others] = token.certificates
  if (leaf)
    return (await isSignedWith(token, leaf.spki))
      ? { outcome: 'passed', signer: { by: 'certificate', leaf, others } }
      : { outcome: 'failed', problem: broken }
  if (issuerId === undefined) return missing('The token names neither its issuer nor a certificate.')
  const candidates = candidatesFor(issuerId, token.kid, evidence).filter(({ key }) => key.algorithm === token.algorithm)
  for (const candidate of candidates) if (await isSignedBy(token, candidate.key)) return { outcome: 'passed', signer: candidate }
  // A published set that lacks the key that the token names is perhaps older than the key; every other list of keys is complete.
  const named = candidates.filter(
    ({ by, key }) => by !== 'metadata' || token.kid === undefined || key.kid === undefined || key.kid === token.kid,
  )
  return named.length > 0 ? { outcome: 'failed', problem: broken } : missing('Neither registry nor evidence holds a key that fits.')
}

function candidatesFor(issuerId: string, kid: string | undefined, evidence: Evidence): Candidate[] {
  const { registry, issuerMetadata = {}, didDocuments = {} } = evidence
  const own = keyOfDid(issuerId)
  if (own) return [{ by: 'identifier', key: own, did: issuerId }]
  const listed = registry.issuers
    .filter(({ id }) => id === issuerId)
    .flatMap(({ keys }) => keys)
    .flatMap((did): Candidate[] => {
      const key = keyOfDid(did)
      return key ? [{ by: 'registry', key, did }] : []
    })
  const published = [...metadataKeys(issuerId, issuerMetadata), ...documentKeys(issuerId, kid, didDocuments)]
  return [...listed, ...published.map((key): Candidate => ({ by: 'metadata', key }))]
}

/** The key that `kid` names in the issuer's own document (did:web, or a controlled identifier document at a web address). */
function documentKeys(issuerId: string, kid: string | undefined, documents: Readonly<Record<string, Uint8Array>>): PublicKey[] {
  if (kid === undefined || !Object.hasOwn(documents, issuerId)) return []
  const found = verificationKey(kid.startsWith(`${issuerId}#`) ? kid : `${issuerId}#${kid.replace(/^#/, '')}`, documents)
  return found.outcome === 'found' && found.proven && found.controller === issuerId ? [found.key] : []
}

function metadataKeys(issuerId: string, documents: Readonly<Record<string, Uint8Array>>): PublicKey[] {
  const address = issuerMetadataAddress(issuerId)
  const bytes = address === undefined || !Object.hasOwn(documents, address) ? undefined : documents[address]
  const metadata = bytes && objectIn(bytes)
  if (!bytes || metadata?.issuer !== issuerId) return []
  const elsewhere = keySetAddress(issuerId, bytes)
  if (elsewhere !== undefined) return Object.hasOwn(documents, elsewhere) ? keysOf(objectIn(documents[elsewhere]!)) : []
  // Both at once is neither: the draft allows one of the two.
  return metadata.jwks_uri === undefined ? keysOf(asObject(metadata.jwks)) : []
}

function keysOf(set: JsonObject | undefined): PublicKey[] {
  if (!Array.isArray(set?.keys)) return []
  return set.keys.slice(0, 50).flatMap((jwk) => attempt(() => keyOfJwk(jwk)) ?? [])
}
