/** The bytes that a proof signs: the digest of the proof's own options, then that of the document (EdDSA 1.0, 3.2.4; ECDSA 1.0, 3.2.4). */
import { canonicalJson, type JsonObject, joinBytes } from '@cairn/core'
import { hashNow } from '#hash'
import type { Vocabulary } from './active-context.ts'
import { canonicalise, canonicalLimits } from './canonicalise.ts'
import { type Statements, toQuads } from './to-quads.ts'

type DigestName = 'SHA-256' | 'SHA-384'

/** The canonical N-Quads of a document. */
export function canonicalQuads(document: JsonObject, vocabulary: Vocabulary, hash: DigestName): string {
  return canonicalise(toQuads(document, vocabulary).quads, { ...canonicalLimits, hash }).lines.join('')
}

/** Proof options as they are hashed: without the signature, under the document's own vocabularies. */
export function proofOptions(proof: JsonObject, document: JsonObject): JsonObject {
  const { proofValue: _value, '@context': _context, ...options } = proof
  return document['@context'] === undefined ? options : { '@context': document['@context'], ...options }
}

/** What an RDF suite signs. */
export function rdfcHashData(
  document: JsonObject,
  options: JsonObject,
  vocabulary: Vocabulary,
  hash: DigestName,
  statements: Statements = toQuads(document, vocabulary),
): Uint8Array {
  const canonical = canonicalise(statements.quads, { ...canonicalLimits, hash }).lines.join('')
  return joinBytes(hashNow(hash, canonicalQuads(options, vocabulary, hash)), hashNow(hash, canonical))
}

/** What a suite of canonical JSON signs. */
export function jcsHashData(document: JsonObject, options: JsonObject, hash: DigestName): Uint8Array {
  return joinBytes(hashNow(hash, canonicalJson(options)), hashNow(hash, canonicalJson(document)))
}
