/** Making and deriving proofs of `ecdsa-sd-2023` (ECDSA 1.0, 3.6.1 and 3.6.6): the issuer signs once, the holder shows what they like. */
import { isObject, type JsonObject, ProblemError } from '@cairn/core'
import { type ProofEvidence, vocabularyOf } from './check-proofs.ts'
import { canonicalQuads, proofOptions } from './hash-data.ts'
import { fromMultibase } from './multibase.ts'
import { baseData, checkBase, deriveValue, groupStatements, readBaseProof, writeBaseProof } from './selective.ts'
import { verificationKey } from './verification-key.ts'

/** What a base proof is made of. Randomness comes from the caller: a key for the names of nodes, and a key pair for this document alone (P-256). */
export interface SelectiveGiven {
  readonly verificationMethod: string
  readonly created: string
  readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>
  /** 32 random bytes. */
  readonly hmacKey: Uint8Array
  /** Multikey bytes of the pair's public half (35), and its signatures. */
  readonly local: { readonly publicKey: Uint8Array; readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array> }
  /** What every derived document must show. */
  readonly mandatoryPointers: readonly string[]
  readonly contexts?: ProofEvidence['contexts']
}

const utf8 = new TextEncoder()

/** The document with a base proof, which is for its holder alone. */
export async function createSelectiveProof(document: JsonObject, given: SelectiveGiven): Promise<JsonObject> {
  const { proof: _before, ...bare } = document
  const vocabulary = await vocabularyOf(given.contexts)
  const { verificationMethod, created, hmacKey, local, mandatoryPointers } = given
  const proof = { type: 'DataIntegrityProof', cryptosuite: 'ecdsa-sd-2023', created, verificationMethod, proofPurpose: 'assertionMethod' }
  const grouped = groupStatements(bare, hmacKey, vocabulary)
  const chosen = grouped.select(mandatoryPointers).lines
  const mandatory = grouped.lines.filter((line) => chosen.has(line))
  const signatures: Uint8Array[] = []
  for (const line of grouped.lines) if (!chosen.has(line)) signatures.push(await local.sign(utf8.encode(line)))
  const data = baseData(canonicalQuads(proofOptions(proof, bare), vocabulary, 'SHA-256'), local.publicKey, mandatory)
  const baseSignature = await given.sign(data)
  return {
    ...bare,
    proof: { ...proof, proofValue: writeBaseProof({ baseSignature, publicKey: local.publicKey, hmacKey, signatures, mandatoryPointers }) },
  }
}

/**
 * The document a holder shows: what is mandatory and what they select, under a proof derived from the base proof.
 * @throws ProblemError `proof.*` when there is no base proof that holds, `input.invalid` for a pointer that leads nowhere
 */
export async function deriveProof(
  secured: JsonObject,
  selectivePointers: readonly string[],
  evidence: ProofEvidence = {},
): Promise<JsonObject> {
  const { proof: given, ...document } = secured
  const proof = [given].flat().find((each): each is JsonObject => isObject(each) && each.cryptosuite === 'ecdsa-sd-2023')
  const value = typeof proof?.proofValue === 'string' ? fromMultibase(proof.proofValue) : undefined
  if (!proof || !value || typeof proof.verificationMethod !== 'string')
    throw new ProblemError('proof.malformed', 'The document has no base proof.', '/proof')
  const found = verificationKey(proof.verificationMethod, evidence.documents)
  if (found.outcome !== 'found' || found.key.algorithm !== 'ES256')
    throw new ProblemError('proof.key-not-at-hand', 'The key of the base proof could not be read.', '/proof/verificationMethod')
  const vocabulary = await vocabularyOf(evidence.contexts)
  const base = readBaseProof(value)
  const grouped = groupStatements(document, base.hmacKey, vocabulary)
  if (!(await checkBase(proofOptions(proof, document), found.key, base, grouped, vocabulary)))
    throw new ProblemError('seal.broken', 'The base proof does not hold over the document.', '/proof')
  const derived = deriveValue(base, grouped, selectivePointers)
  return { ...derived.document, proof: { ...proof, proofValue: derived.value } }
}
