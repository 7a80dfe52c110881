/** An evidence package, opened: what it holds is what its manifest names, byte for byte (R-LTV-4). */
import { isObject, type Json, type JsonObject, millis, ProblemError, parseJson } from '@cairn/core'
import { detectFormat, filesInZip } from '@cairn/formats'
import { digest, toHex } from '@cairn/seals'
import type { Evidence } from '../evidence.ts'
import { readEvidence } from '../evidence-file.ts'
import { packageForm } from './package-form.ts'
import { readRegistry } from './read-registry.ts'

/** What a package holds: the sealed bytes, the evidence that was gathered for them, and when (RFC 3339). */
export interface EvidencePackage {
  credential: { name: string; bytes: Uint8Array }
  evidence: Evidence
  madeAt: string
}

/**
 * Opens a package; `undefined` for anything else, other archives too.
 * @throws ProblemError `package.changed` when a file is missing, was added or is not as it was, `package.unreadable`, and what reading an archive or
 * evidence raises
 */
export async function readPackage(bytes: Uint8Array): Promise<EvidencePackage | undefined> {
  return detectFormat(bytes) === 'zip' ? packageOf(await filesInZip(bytes)) : undefined
}

/** The package that the files of an archive are; `undefined` for other files. Raises what {@link readPackage} raises of a package. */
export async function packageOf(unpacked: readonly { name: string; bytes: Uint8Array }[]): Promise<EvidencePackage | undefined> {
  const files = new Map(unpacked.map((file) => [file.name, file.bytes]))
  const text = files.get(packageForm.manifest)
  if (!text) return undefined
  const manifest = objectOf(parseJson(text))
  if (manifest.form !== packageForm.form) return undefined
  const listed = Array.isArray(manifest.files) ? manifest.files.map(objectOf) : unreadable()
  const names = new Set(listed.map(({ name }) => name))
  for (const name of files.keys())
    if (name !== packageForm.manifest && !names.has(name)) changed(`A file was added that its manifest does not name.`)
  for (const { name, sha256 } of listed) {
    const file = typeof name === 'string' ? files.get(name) : undefined
    if (!file) changed('A file that its manifest names is not there.')
    if (toHex(await digest('SHA-256', file)) !== sha256) changed('A file is not as it was when the package was made.')
  }
  const { credential: name, madeAt } = manifest
  const credential = typeof name === 'string' ? files.get(name) : undefined
  const evidence = files.get(packageForm.evidence)
  if (typeof name !== 'string' || !credential || !evidence || typeof madeAt !== 'string' || Number.isNaN(millis(madeAt)))
    return unreadable()
  return { credential: { name, bytes: credential }, evidence: readEvidence(evidence, readRegistry), madeAt }
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : unreadable()
}
function unreadable(): never {
  throw new ProblemError('package.unreadable', 'Its manifest or its evidence cannot be read.')
}
function changed(detail: string): never {
  throw new ProblemError('package.changed', detail)
}
