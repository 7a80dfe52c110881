/** Signing: a proof for a document (W3C Data Integrity 1.0, 4.2). */
import { isObject, type JsonObject, ProblemError } from '@cairn/core'
import { vocabularyOf, withPrevious } from './check-proofs.ts'
import type { ContextBook } from './contexts.ts'
import { jcsHashData, proofOptions, rdfcHashData } from './hash-data.ts'
import { toMultibase } from './multibase.ts'
import { hashFor, type ProofAlgorithm } from './suites.ts'

/** The suites in which we sign. */
export type SigningSuite = 'eddsa-rdfc-2022' | 'ecdsa-rdfc-2019' | 'eddsa-jcs-2022' | 'ecdsa-jcs-2019'

/** What a proof is made of. `sign` takes the bytes themselves; ECDSA answers `r || s`. */
export interface ProofGiven {
  readonly suite: SigningSuite
  readonly algorithm: ProofAlgorithm
  /** The full name of the key: `did:key:z6Mk…#z6Mk…`. */
  readonly verificationMethod: string
  /** RFC 3339. */
  readonly created: string
  readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>
  readonly proofPurpose?: string
  /** Further options: `challenge`, `domain`, `expires`, `id`, `previousProof`. */
  readonly options?: JsonObject
  readonly contexts?: ContextBook
}

/** The options of a proof, before it is signed. */
export function newProof({ suite, verificationMethod, created, proofPurpose = 'assertionMethod', options = {} }: ProofGiven): JsonObject {
  return { type: 'DataIntegrityProof', ...options, cryptosuite: suite, created, verificationMethod, proofPurpose }
}

/**
 * The document with a proof added.
 * @throws ProblemError `context.*` for a document whose words have no meaning, `proof.chain-broken` for a previous proof that is not there
 */
export async function createProof(document: JsonObject, given: ProofGiven): Promise<JsonObject> {
  const { proof: before, ...bare } = document
  const hash = hashFor[given.algorithm]
  const proof = newProof(given)
  const proofs = (Array.isArray(before) ? before : [before]).filter(isObject)
  const signed = withPrevious(proof, proofs, bare)
  if (!signed) throw new ProblemError('proof.chain-broken', 'The proof rests on one that is not in the document.', '/proof')
  const data = given.suite.includes('-jcs-')
    ? jcsHashData(signed, { ...proof, ...(bare['@context'] === undefined ? {} : { '@context': bare['@context'] }) }, hash)
    : rdfcHashData(signed, proofOptions(proof, bare), await vocabularyOf(given.contexts), hash)
  const made = {
    ...(given.suite.includes('-jcs-') && bare['@context'] !== undefined ? { '@context': bare['@context'] } : {}),
    ...proof,
    proofValue: toMultibase(await given.sign(data)),
  }
  return { ...bare, proof: before === undefined ? made : [...proofs, made] }
}
