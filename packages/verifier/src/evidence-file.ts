/** Evidence as a file: JSON with bytes in base64, the same bytes for the same evidence (R-LTV-4). */
import { type AccreditationSnapshot, isObject, type Json, type JsonObject, ProblemError, parseJson, type TrustRegistry } from '@cairn/core'
import { fromBase64, toBase64 } from '@cairn/seals'
import type { Evidence } from './evidence.ts'

/** The name of the form, so that a reader knows what it holds. */
const form = 'cairn-evidence-1'
const largest = 16 * 1024 * 1024

/** Members that hold bytes by an address or a name. */
const byAddress = ['statusLists', 'issuerMetadata', 'typeMetadata', 'didDocuments', 'hosted'] as const

/** Writes evidence as JSON text: members and addresses in fixed order, bytes as base64. */
export function writeEvidence(evidence: Evidence): string {
  const { registry, retrievedAt, revocation, certificates = [], detached = [], accreditations = [] } = evidence
  const records = byAddress.map((name) => {
    const record = evidence[name] ?? {}
    const entries = Object.keys(record)
      .sort()
      .map((address) => [address, toBase64(record[address]!)])
    return [name, Object.fromEntries(entries)]
  })
  const document = {
    form,
    retrievedAt,
    registry,
    ...Object.fromEntries(records),
    revocation: { crls: (revocation?.crls ?? []).map(toBase64), ocsps: (revocation?.ocsps ?? []).map(toBase64) },
    certificates: certificates.map(toBase64),
    detached: detached.map(({ name, bytes }) => ({ name, bytes: toBase64(bytes) })),
    ...(accreditations.length > 0 ? { accreditations } : {}),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/**
 * Reads evidence that was written before; also what the server answers, which has `registry`, `statusLists` and `retrievedAt` alone. `readRegistry`
 * turns the registry's JSON into the registry, `readAccreditations` what registries of accreditations said; both may raise what they like. Raises `input.invalid` or a problem of the strict JSON parser.
 */
export function readEvidence(
  bytes: Uint8Array | string,
  readRegistry: (json: JsonObject) => TrustRegistry,
  readAccreditations: (json: Json[]) => AccreditationSnapshot[] = () => [],
): Evidence {
  const document = objectOf(parseJson(bytes, { bytes: largest, string: largest, nodes: 1_000_000 }), '')
  if (document.form !== undefined && document.form !== form) refuse('This is evidence in a form that we do not know.', '/form')
  const retrievedAt = document.retrievedAt
  if (typeof retrievedAt !== 'string') return refuse('Evidence says when it was gathered.', '/retrievedAt')
  const [statusLists, issuerMetadata, typeMetadata, didDocuments, hosted] = byAddress.map((name) => recordOf(document[name], `/${name}`))
  const revocation = objectOf(document.revocation ?? {}, '/revocation')
  const accreditations = readAccreditations(listOf(document.accreditations, '/accreditations'))
  const detached = listOf(document.detached, '/detached').map((each, index) => {
    const file = objectOf(each, `/detached/${index}`)
    const name = typeof file.name === 'string' ? file.name : refuse('A file has a name.', `/detached/${index}/name`)
    return { name, bytes: bytesOf(file.bytes, `/detached/${index}/bytes`) }
  })
  return {
    registry: readRegistry(objectOf(document.registry, '/registry')),
    retrievedAt,
    statusLists: statusLists ?? {},
    ...(issuerMetadata ? { issuerMetadata } : {}),
    ...(typeMetadata ? { typeMetadata } : {}),
    ...(didDocuments ? { didDocuments } : {}),
    ...(hosted ? { hosted } : {}),
    revocation: { crls: allBytes(revocation.crls, '/revocation/crls'), ocsps: allBytes(revocation.ocsps, '/revocation/ocsps') },
    certificates: allBytes(document.certificates, '/certificates'),
    ...(detached.length > 0 ? { detached } : {}),
    ...(accreditations.length > 0 ? { accreditations } : {}),
  }
}

function recordOf(value: Json | undefined, pointer: string): Record<string, Uint8Array> | undefined {
  const entries = Object.entries(objectOf(value ?? {}, pointer))
  return entries.length > 0 ? Object.fromEntries(entries.map(([address, each]) => [address, bytesOf(each, pointer)])) : undefined
}

function refuse(detail: string, pointer: string): never {
  throw new ProblemError('input.invalid', detail, pointer)
}
const objectOf = (value: Json | undefined, pointer: string): JsonObject =>
  isObject(value) ? value : refuse('An object was expected.', pointer)
const listOf = (value: Json | undefined, pointer: string): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : refuse('A list was expected.', pointer)
const allBytes = (value: Json | undefined, pointer: string): Uint8Array[] =>
  listOf(value, pointer).map((each, index) => bytesOf(each, `${pointer}/${index}`))
const bytesOf = (value: Json | undefined, pointer: string): Uint8Array =>
  (typeof value === 'string' ? fromBase64(value) : undefined) ?? refuse('This is no base64.', pointer)
