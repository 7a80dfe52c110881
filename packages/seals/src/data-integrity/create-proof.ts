/** Signing: a proof for a document (W3C Data Integrity 1.0, 4.2). */
import type { JsonObject } from '@cairn/core'
import type { TokenAlgorithm } from '../vc-jose/jwk.ts'
import { vocabularyOf } from './check-proofs.ts'
import type { ContextBook } from './contexts.ts'
import { jcsHashData, proofOptions, rdfcHashData } from './hash-data.ts'
import { toMultibase } from './multibase.ts'
import { hashFor } from './suites.ts'

/** The suites in which we sign. */
export type SigningSuite = 'eddsa-rdfc-2022' | 'ecdsa-rdfc-2019' | 'eddsa-jcs-2022' | 'ecdsa-jcs-2019'

/** What a proof is made of. `sign` takes the bytes themselves; ECDSA answers `r || s`. */
export interface ProofGiven {
  readonly suite: SigningSuite
  readonly algorithm: TokenAlgorithm
  /** The full name of the key: `did:key:z6Mk…#z6Mk…`. */
  readonly verificationMethod: string
  /** RFC 3339. */
  readonly created: string
  readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>
  readonly proofPurpose?: string
  readonly contexts?: ContextBook
}

/** The options of a proof, before it is signed. */
export function newProof({ suite, verificationMethod, created, proofPurpose = 'assertionMethod' }: ProofGiven): JsonObject {
  return { type: 'DataIntegrityProof', cryptosuite: suite, created, verificationMethod, proofPurpose }
}

/**
 * The document with a proof added.
 * @throws ProblemError `context.*` for a document whose words have no meaning
 */
export async function createProof(document: JsonObject, given: ProofGiven): Promise<JsonObject> {
  const { proof: before, ...bare } = document
  const hash = hashFor[given.algorithm]
  const proof = newProof(given)
  const data = given.suite.includes('-jcs-')
    ? jcsHashData(bare, { ...proof, ...(bare['@context'] === undefined ? {} : { '@context': bare['@context'] }) }, hash)
    : rdfcHashData(bare, proofOptions(proof, bare), await vocabularyOf(given.contexts), hash)
  const signed = {
    ...(given.suite.includes('-jcs-') && bare['@context'] !== undefined ? { '@context': bare['@context'] } : {}),
    ...proof,
    proofValue: toMultibase(await given.sign(data)),
  }
  return { ...bare, proof: before === undefined ? signed : [...(Array.isArray(before) ? before : [before]), signed] }
}
