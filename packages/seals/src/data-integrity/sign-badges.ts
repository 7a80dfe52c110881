/** Signing many documents of one shape: graph and proof options are worked out once, and each document costs a filling, two digests and a signature. */
import { type JsonObject, joinBytes, ProblemError } from '@cairn/core'
import { hashNow } from '#hash'
import { vocabularyOf } from './check-proofs.ts'
import { newProof, type ProofGiven } from './create-proof.ts'
import { fillGraph, type GraphTemplate, prepareGraph, type SlotValues } from './graph-template.ts'
import { canonicalQuads, proofOptions } from './hash-data.ts'
import { toMultibase } from './multibase.ts'

/** A document composed for signing: its JSON text, and the same with marks (see `prepareGraph`) with the values that stand at them. */
export interface MarkedDocument {
  readonly text: string
  readonly specimen: JsonObject
  readonly mark: string
  readonly slots: SlotValues
}

/** What stays the same for all documents: suite, key and holder. */
export type BadgeSigning = Omit<ProofGiven, 'created' | 'contexts'>

const utf8 = new TextEncoder()

/** Makes a signer of documents. SHA-384 (P-384) has no prepared way: `createProof` signs with it. */
export function prepareSigning(signing: BadgeSigning): (document: MarkedDocument, created: string) => Promise<Uint8Array> {
  if (signing.algorithm === 'ES384' || signing.suite.includes('-jcs-'))
    throw new ProblemError('proof.suite-not-accepted', 'Many documents are signed in eddsa-rdfc-2022 or ecdsa-rdfc-2019 with P-256.')
  const graphs = new WeakMap<JsonObject, Promise<GraphTemplate>>()
  let options: { created: string; contexts: unknown; proof: JsonObject; digest: Uint8Array } | undefined
  return async ({ text, specimen, mark, slots }, created) => {
    let graph = graphs.get(specimen)
    if (!graph) {
      graph = prepareGraph(specimen, mark)
      graphs.set(specimen, graph)
    }
    const template = await graph
    if (options?.created !== created || options.contexts !== specimen['@context']) {
      const proof = newProof({ ...signing, created })
      const canonical = canonicalQuads(proofOptions(proof, specimen), await vocabularyOf(), 'SHA-256')
      options = { created, contexts: specimen['@context'], proof, digest: hashNow('SHA-256', canonical) }
    }
    const { proof, digest } = options
    const signature = await signing.sign(joinBytes(digest, hashNow('SHA-256', fillGraph(template, slots))))
    return utf8.encode(`${text.slice(0, -1)},"proof":${JSON.stringify({ ...proof, proofValue: toMultibase(signature) })}}`)
  }
}
