/** The proofs of a document, each judged (W3C Data Integrity 1.0, 4.4 and 4.5; R-LD-1 to R-LD-3): whether it holds, and under which key. */
import { isObject, type Json, type JsonObject, type Outcome, type Problem, ProblemError, problem } from '@cairn/core'
import { verifySignature } from '#crypto'
import type { PublicKey } from '../vc-jose/jwk.ts'
import { Vocabulary } from './active-context.ts'
import { type ContextBook, loadContexts } from './contexts.ts'
import { jcsHashData, proofOptions, rdfcHashData } from './hash-data.ts'
import { fromMultibase } from './multibase.ts'
import { hashFor, type ProofAlgorithm, type Suite, schemeFor, suiteOf } from './suites.ts'
import { type Statements, toQuads } from './to-quads.ts'
import { type ControllerDocuments, verificationKey } from './verification-key.ts'

/** One proof and what came of it. `unknown` when its key or a vocabulary was not at hand. */
export interface ProofChecked {
  readonly outcome: Outcome
  readonly problem?: Problem
  readonly suite?: string
  readonly verificationMethod?: string
  readonly created?: string
  readonly expires?: string
  /** Present when the proof holds. */
  readonly key?: PublicKey
  /** Who speaks with the key. */
  readonly controller?: string
  /** True when the controller's identifier or document shows that the key is theirs. */
  readonly proven?: boolean
  /** The key as did:key, where it was named as such. */
  readonly didKey?: string
}

/** A document with its proofs judged. `statements` is what the signed graph says, where every proof signs a graph. */
export interface ProofsChecked {
  readonly proofs: readonly ProofChecked[]
  readonly document: JsonObject
  readonly statements?: Statements
}

/** What judging looks at beside the document. */
export interface ProofEvidence {
  /** Documents of controllers (did:web) as they were fetched. */
  readonly documents?: ControllerDocuments
  /** Vocabularies beyond the bundled ones: published test vectors need some. */
  readonly contexts?: ContextBook
  /** `assertionMethod` where nothing is said (R-LD-3). */
  readonly purpose?: string
}

const proofsAtMost = 8

let bundled: Promise<Vocabulary> | undefined
const grown = new WeakMap<ContextBook, Promise<Vocabulary>>()

/** The vocabulary of the bundled contexts, compiled as it is used; with more of them where they are given. */
export function vocabularyOf(more?: ContextBook): Promise<Vocabulary> {
  if (!more) {
    bundled ??= loadContexts().then((book) => new Vocabulary(book))
    return bundled
  }
  const known = grown.get(more) ?? loadContexts().then((book) => new Vocabulary(new Map([...book, ...more])))
  grown.set(more, known)
  return known
}

/**
 * Judges every proof of a strictly parsed document. Raises nothing for what the document holds: each proof has its own outcome.
 * @throws ProblemError `proof.malformed` when the document has no proof, or more than eight (R-LIM-1)
 */
export async function checkProofs(secured: JsonObject, evidence: ProofEvidence = {}): Promise<ProofsChecked> {
  const { proof: given, ...document } = secured
  const proofs = (Array.isArray(given) ? given : [given]).filter(isObject)
  if (proofs.length === 0 || proofs.length !== (Array.isArray(given) ? given.length : 1))
    throw new ProblemError('proof.malformed', 'The document has no proof that could be read.', '/proof')
  if (proofs.length > proofsAtMost) throw new ProblemError('proof.malformed', `There are more than ${proofsAtMost} proofs.`, '/proof')
  const vocabulary = await vocabularyOf(evidence.contexts)
  // What the document says is worked out once, however many proofs sign it; where it cannot be, each proof says so.
  let known: Statements | undefined
  const whole: Whole = { document, proofs, vocabulary, evidence, statements: () => (known ??= toQuads(document, vocabulary)) }
  const judged: ProofChecked[] = []
  for (const [index, proof] of proofs.entries()) judged.push(await judge(proof, whole, `/proof/${index}`))
  const graph = proofs.every((proof) => suiteOf(proof.type, proof.cryptosuite)?.canonicalisation !== 'jcs')
  const holds = judged.every(({ outcome }) => outcome === 'passed')
  return { proofs: judged, document, ...(graph && holds ? { statements: whole.statements() } : {}) }
}

/** The document with everything that is the same for all its proofs. */
interface Whole {
  readonly document: JsonObject
  readonly proofs: readonly JsonObject[]
  readonly vocabulary: Vocabulary
  readonly evidence: ProofEvidence
  readonly statements: () => Statements
}

async function judge(proof: JsonObject, whole: Whole, pointer: string): Promise<ProofChecked> {
  const { evidence } = whole
  const suite = suiteOf(proof.type, proof.cryptosuite)
  const said = {
    ...(suite ? { suite: suite.name } : {}),
    ...texts(proof, ['verificationMethod', 'created', 'expires']),
  }
  const failed = (code: Problem['code'], detail: string): ProofChecked => ({
    ...said,
    outcome: 'failed',
    problem: problem(code, detail, pointer),
  })
  if (!suite) return failed('proof.suite-not-accepted', 'The suite of the proof is not one that is accepted.')
  if (proof.proofPurpose !== (evidence.purpose ?? 'assertionMethod'))
    return failed('proof.purpose', 'The proof was not made to assert what the document says.')
  const method = proof.verificationMethod
  const value = typeof proof.proofValue === 'string' ? fromMultibase(proof.proofValue) : undefined
  if (typeof method !== 'string' || method.length > 2000) return failed('proof.malformed', 'The proof names no verification method.')
  if (!value) return failed('proof.malformed', 'The value of the proof cannot be read.')
  const found = verificationKey(method, evidence.documents, evidence.purpose)
  if (found.outcome === 'missing')
    return { ...said, outcome: 'unknown', problem: problem('proof.key-not-at-hand', found.detail, `${pointer}/verificationMethod`) }
  if (found.outcome === 'wrong') return failed('proof.key-not-of-controller', found.detail)
  const algorithm = suite.keys.find((each) => each === found.key.algorithm)
  if (!algorithm) return failed('proof.suite-not-accepted', 'The key is not of the kind that the suite takes.')
  try {
    const signed = withPrevious(proof, whole.proofs, whole.document)
    if (!signed) return failed('proof.chain-broken', 'The proof rests on one that is not in the document.')
    const intact = await holds(suite, proof, signed, { ...found.key, algorithm }, value, whole)
    if (!intact) return failed('seal.broken', 'The document or its proof was altered after signing.')
    const { key, controller, proven } = found
    return { ...said, outcome: 'passed', key, controller, proven, ...(found.didKey ? { didKey: found.didKey } : {}) }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    // A vocabulary that is not known here keeps the proof from being checked; everything else that is raised is wrong with the document.
    return { ...said, outcome: error.problem.code === 'context.unknown' ? 'unknown' : 'failed', problem: error.problem }
  }
}

async function holds(
  suite: Suite,
  proof: JsonObject,
  signed: JsonObject,
  key: PublicKey & { readonly algorithm: ProofAlgorithm },
  value: Uint8Array,
  { document: bare, vocabulary, statements }: Whole,
): Promise<boolean> {
  const hash = hashFor[key.algorithm]
  const options = proofOptions(proof, signed)
  if (suite.canonicalisation === 'sd') {
    const { checkSelective } = await import('./selective.ts')
    return checkSelective(signed, options, key, value, vocabulary)
  }
  if (suite.canonicalisation === 'rdfc') {
    const data = rdfcHashData(signed, options, vocabulary, hash, signed === bare ? statements() : undefined)
    return verifySignature(schemeFor[key.algorithm], key.spki, data, value)
  }
  const { proofValue: _value, ...written } = proof
  const context = written['@context']
  if (context !== undefined && !startsWith(signed['@context'], context)) return false
  const document = context === undefined ? signed : { ...signed, '@context': context }
  return verifySignature(schemeFor[key.algorithm], key.spki, jcsHashData(document, written, hash), value)
}

/** The proof's own vocabularies must be the first of the document's (EdDSA 1.0, 3.3.2). */
function startsWith(all: Json | undefined, first: Json): boolean {
  const list = (value: Json | undefined) => (Array.isArray(value) ? value : value === undefined ? [] : [value])
  const whole = list(all)
  return list(first).every((each, index) => JSON.stringify(each) === JSON.stringify(whole[index]))
}

/** The document with the proofs that this one rests on (Data Integrity 1.0, 2.1.2); `undefined` when one of them is missing. */
export function withPrevious(proof: JsonObject, all: readonly JsonObject[], document: JsonObject): JsonObject | undefined {
  const { previousProof } = proof
  if (previousProof === undefined) return document
  const names = Array.isArray(previousProof) ? previousProof : [previousProof]
  const found = names.map((name) => all.find((each) => typeof name === 'string' && each !== proof && each.id === name))
  if (names.length === 0 || found.some((each) => each === undefined)) return undefined
  return { ...document, proof: found as JsonObject[] }
}

function texts<Name extends string>(object: JsonObject, names: readonly Name[]): { [K in Name]?: string } {
  return Object.fromEntries(names.filter((name) => typeof object[name] === 'string').map((name) => [name, object[name]])) as {
    [K in Name]?: string
  }
}
