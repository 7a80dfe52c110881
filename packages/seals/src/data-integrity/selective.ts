/** Selective disclosure with `ecdsa-sd-2023` (W3C ECDSA Cryptosuites 1.0, 3.4 and 3.6): what a holder has derived is verified, and derived. */
import { type JsonObject, joinBytes, ProblemError } from '@cairn/core'
import { verifySignature } from '#crypto'
import { hashNow, hmacNow } from '#hash'
import { fromBase64Url, toBase64Url } from '../base64.ts'
import { keyOfDid, type PublicKey } from '../vc-jose/jwk.ts'
import type { Vocabulary } from './active-context.ts'
import { canonicalise, canonicalLimits } from './canonicalise.ts'
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts'
import { canonicalQuads } from './hash-data.ts'
import { toMultibase, toMultibaseUrl } from './multibase.ts'
import { type Quad, rdf, sortByCodePoint } from './quads.ts'
import { selectJson } from './select-json.ts'
import { schemeFor } from './suites.ts'
import { type NodeLabels, toQuads } from './to-quads.ts'

const baseHead = [0xd9, 0x5d, 0x00]
const derivedHead = [0xd9, 0x5d, 0x01]
const utf8 = new TextEncoder()

/** What a base proof holds; only the holder has it. */
export interface BaseProof {
  readonly baseSignature: Uint8Array
  /** Multikey of the key that signed the statements one by one, made for this document alone. */
  readonly publicKey: Uint8Array
  readonly hmacKey: Uint8Array
  readonly signatures: readonly Uint8Array[]
  readonly mandatoryPointers: readonly string[]
}

const bad = (detail: string): never => {
  throw new ProblemError('proof.malformed', detail)
}
const isBytes = (value: CborValue | undefined, size: number): value is Uint8Array => value instanceof Uint8Array && value.length === size
const isSignatures = (value: CborValue | undefined): value is readonly Uint8Array[] =>
  Array.isArray(value) && value.every((each) => isBytes(each, 64))
const startsWith = (bytes: Uint8Array, first: readonly number[]) => first.every((byte, index) => bytes[index] === byte)

/** Every line of a canonical graph under other names for its blank nodes, sorted anew. */
function relabel(lines: readonly string[], names: ReadonlyMap<string, string>): string[] {
  const renamed = lines.map((line) =>
    line.replace(
      /(^|\s)_:(c14n\d+)(?=\s)/g,
      (_, before: string, label: string) => `${before}_:${names.get(label) ?? bad('A node has no name.')}`,
    ),
  )
  return sortByCodePoint(renamed)
}

/**
 * Whether a derived proof holds over a document: every statement that is not mandatory has a signature of its own, and the base signature covers the
 * rest. A base proof is refused: it gives away what its holder has not disclosed.
 */
export async function checkSelective(
  document: JsonObject,
  options: JsonObject,
  key: PublicKey,
  value: Uint8Array,
  vocabulary: Vocabulary,
): Promise<boolean> {
  if (!startsWith(value, derivedHead)) return bad('This is no derived proof: its holder has to derive one before showing it.')
  const parts = decodeCbor(value.subarray(derivedHead.length))
  if (!Array.isArray(parts) || parts.length !== 5) return bad('The value of the proof is not well-formed.')
  const [baseSignature, publicKey, signatures, labels, indexes] = parts as CborValue[]
  if (
    !isBytes(baseSignature, 64) ||
    !isBytes(publicKey, 35) ||
    !isSignatures(signatures) ||
    !(labels instanceof Map) ||
    !Array.isArray(indexes)
  )
    return bad('The value of the proof is not well-formed.')
  const names = new Map<string, string>()
  for (const [index, label] of labels as ReadonlyMap<number, CborValue>)
    names.set(`c14n${index}`, label instanceof Uint8Array ? `u${toBase64Url(label)}` : bad('A label of the proof is none.'))
  if (new Set(names.values()).size !== names.size) return bad('Two nodes of the proof have one name.')
  const lines = relabel(canonicalise(toQuads(document, vocabulary).quads, canonicalLimits).lines, names)
  const mandatory = lines.filter((_, index) => indexes.includes(index))
  const others = lines.filter((_, index) => !indexes.includes(index))
  if (mandatory.length !== indexes.length || others.length !== signatures.length) return false
  return holds({ options, key, baseSignature, publicKey, signatures, mandatory, others }, vocabulary)
}

interface Signed {
  options: JsonObject
  key: PublicKey
  baseSignature: Uint8Array
  publicKey: Uint8Array
  signatures: readonly Uint8Array[]
  mandatory: readonly string[]
  others: readonly string[]
}

async function holds(
  { options, key, baseSignature, publicKey, signatures, mandatory, others }: Signed,
  vocabulary: Vocabulary,
): Promise<boolean> {
  const local = keyOfDid(`did:key:${toMultibase(publicKey)}`)
  if (local?.algorithm !== 'ES256') return bad('The key of the statements is none.')
  for (const [index, line] of others.entries())
    if (!(await verifySignature(schemeFor.ES256, local.spki, utf8.encode(line), signatures[index]!))) return false
  const data = baseData(canonicalQuads(options, vocabulary, 'SHA-256'), publicKey, mandatory)
  return verifySignature(schemeFor.ES256, key.spki, data, baseSignature)
}

/** What the issuer's own key signs. */
export function baseData(canonicalOptions: string, publicKey: Uint8Array, mandatory: readonly string[]): Uint8Array {
  return joinBytes(hashNow('SHA-256', canonicalOptions), publicKey, hashNow('SHA-256', mandatory.join('')))
}

/** A document's statements under names that only the holder of the HMAC key can work out, and the parts of it that pointers select. */
export interface Grouped {
  readonly lines: readonly string[]
  select(pointers: readonly string[]): {
    readonly lines: ReadonlySet<string>
    readonly document?: JsonObject
    readonly quads: readonly Quad[]
  }
  /** The holder's name for a node, by the label it has in `quads`. */
  readonly names: ReadonlyMap<string, string>
}

/** Groups a document. Lists are refused: the nodes they are made of would have other names in each selection. */
export function groupStatements(document: JsonObject, hmacKey: Uint8Array, vocabulary: Vocabulary): Grouped {
  const labels: NodeLabels = new Map()
  const { quads } = toQuads(document, vocabulary, labels)
  if (quads.some(({ predicate }) => predicate === `<${rdf}rest>`))
    throw new ProblemError('context.beyond-profile', 'A list cannot be disclosed in parts.')
  const canonical = canonicalise(quads, canonicalLimits)
  const names = new Map<string, string>()
  const byCanonical = new Map<string, string>()
  for (const [label, named] of canonical.labels) {
    const name = `u${toBase64Url(hmacNow(hmacKey, named.slice(2)))}`
    names.set(label, name)
    byCanonical.set(named.slice(2), name)
  }
  const nameOf = (term: string) => (term.startsWith('_:') ? `_:${names.get(term) ?? bad('A node has no name.')}` : term)
  return {
    lines: relabel(canonical.lines, byCanonical),
    names,
    select(pointers) {
      const selected = selectJson(document, pointers, (from, to) => {
        const label = labels.get(from)
        if (label !== undefined) labels.set(to, label)
      })
      if (!selected) return { lines: new Set(), quads: [] }
      const some = toQuads(selected, vocabulary, labels).quads
      const lines = some.map(({ subject, predicate, object }) => `${nameOf(subject)} ${predicate} ${nameOf(object)} .\n`)
      return { lines: new Set(lines), document: selected, quads: some }
    },
  }
}

/** Reads a base proof. Raises `proof.malformed`. */
export function readBaseProof(value: Uint8Array): BaseProof {
  if (!startsWith(value, baseHead)) return bad('This is no base proof.')
  const parts = decodeCbor(value.subarray(baseHead.length))
  if (!Array.isArray(parts) || parts.length !== 5) return bad('The value of the proof is not well-formed.')
  const [baseSignature, publicKey, hmacKey, signatures, pointers] = parts as CborValue[]
  if (
    !isBytes(baseSignature, 64) ||
    !isBytes(publicKey, 35) ||
    !isBytes(hmacKey, 32) ||
    !isSignatures(signatures) ||
    !Array.isArray(pointers)
  )
    return bad('The value of the proof is not well-formed.')
  return {
    baseSignature,
    publicKey,
    hmacKey,
    signatures,
    mandatoryPointers: pointers.map((each) => (typeof each === 'string' ? each : bad('A pointer is no text.'))),
  }
}

/** Writes a base proof. */
export function writeBaseProof({ baseSignature, publicKey, hmacKey, signatures, mandatoryPointers }: BaseProof): string {
  return toMultibaseUrl(
    joinBytes(Uint8Array.from(baseHead), encodeCbor([baseSignature, publicKey, hmacKey, [...signatures], [...mandatoryPointers]])),
  )
}

/** Whether a base proof holds over the whole document, which its holder asks before deriving from it. */
export async function checkBase(
  options: JsonObject,
  key: PublicKey,
  base: BaseProof,
  grouped: Grouped,
  vocabulary: Vocabulary,
): Promise<boolean> {
  const chosen = grouped.select(base.mandatoryPointers).lines
  const mandatory = grouped.lines.filter((line) => chosen.has(line))
  const others = grouped.lines.filter((line) => !chosen.has(line))
  if (others.length !== base.signatures.length) return false
  return holds({ options, key, ...base, mandatory, others }, vocabulary)
}

/** The value of a derived proof, and the document that goes with it. */
export function deriveValue(
  base: BaseProof,
  grouped: Grouped,
  selectivePointers: readonly string[],
): { value: string; document: JsonObject } {
  const mandatory = grouped.select(base.mandatoryPointers).lines
  const combined = grouped.select([...base.mandatoryPointers, ...selectivePointers])
  if (!combined.document) throw new ProblemError('input.invalid', 'Nothing was selected.')
  const shown = grouped.lines.filter((line) => combined.lines.has(line))
  const others = grouped.lines.filter((line) => !mandatory.has(line))
  const signatures = others.flatMap((line, index) => (combined.lines.has(line) ? [base.signatures[index]!] : []))
  const indexes = shown.flatMap((line, index) => (mandatory.has(line) ? [index] : []))
  const labels = new Map<number, CborValue>()
  for (const [label, canonical] of canonicalise(combined.quads, canonicalLimits).labels)
    labels.set(Number(canonical.slice(6)), fromBase64Url(grouped.names.get(label)!.slice(1))!)
  const parts: CborValue = [
    base.baseSignature,
    base.publicKey,
    signatures,
    new Map([...labels].sort(([one], [other]) => one - other)),
    indexes,
  ]
  return { value: toMultibaseUrl(joinBytes(Uint8Array.from(derivedHead), encodeCbor(parts))), document: combined.document }
}
