/** What holds several credentials, taken apart: an archive, a presentation, a learner record. Each part is then judged by itself. */
import { isObject, ProblemError } from '@cairn/core'
import { credentialsInPresentation, detectFormat, filesInZip, readBadge } from '@cairn/formats'
import { fromBase64Url } from '@cairn/seals'
import { type EvidencePackage, packageOf } from '../package/read-package.ts'

/** One part; `name` is what an archive calls it, or its number in a presentation or a record. */
export interface Part {
  name: string
  bytes: Uint8Array
  /** The presentation that it came in, whose proof says who shows it. */
  presentation?: Uint8Array
  /** True for a credential that stands in a learner record, which is a part too. */
  inRecord?: true
  /** The evidence package that the bytes are, opened, where packages are judged whole. */
  packed?: EvidencePackage
}

/** What an evidence package is taken for: the credential in it alone, or a whole with evidence of its own. */
export type Packages = 'credential' | 'whole'

/**
 * The parts of a ZIP archive, of a presentation (JSON or JWT) or of a comprehensive learner record, of those in an archive too; the bytes themselves
 * for anything else. Of an evidence package it is the credential alone, or the package itself where it is to be judged `whole`. Hidden files
 * and what operating systems add to archives are left out.
 * @throws ProblemError `format.unreadable`, `input.too-large`, `json.*`, `package.*`
 */
export async function partsOf(bytes: Uint8Array, packages: Packages = 'credential'): Promise<Part[]> {
  if (detectFormat(bytes) !== 'zip') return (await severalIn(bytes)) ?? [{ name: '', bytes }]
  const unpacked = await filesInZip(bytes)
  const packed = await packageOf(unpacked)
  if (packed && packages === 'whole') return [{ name: '', bytes, packed }]
  // Whoever asks has a registry and lists of their own, which go before those of a package.
  if (packed) return [{ name: '', bytes: packed.credential.bytes }]
  const files = unpacked.filter(({ name }) => !/(^|\/)(\.|__MACOSX\/)/.test(name))
  if (files.length === 0) throw new ProblemError('format.unreadable', 'The archive holds no file.')
  const parts: Part[] = []
  for (const file of files) {
    const several = (await severalIn(file.bytes)) ?? [{ name: '', bytes: file.bytes }]
    parts.push(...several.map((part) => ({ ...part, name: `${file.name} ${part.name}`.trim() })))
  }
  return parts
}

const severalIn = async (bytes: Uint8Array): Promise<Part[] | undefined> => presentedIn(bytes) ?? (await recordedIn(bytes))

/** A comprehensive learner record and the credentials in it (CLR 2.0, 4.3), numbered; `undefined` for what is none. */
async function recordedIn(bytes: Uint8Array): Promise<Part[] | undefined> {
  if (!/^(open-badge|open-badge-jwt|verifiable-credential|vc-jwt|jwt)$/.test(detectFormat(bytes))) return undefined
  try {
    const { type, credentialSubject: subject } = await readBadge(bytes)
    const inside = isObject(subject) ? subject.verifiableCredential : undefined
    if (![type].flat().includes('ClrCredential') || inside === undefined) return undefined
    const credentials = credentialsInPresentation(new TextEncoder().encode(JSON.stringify({ verifiableCredential: inside })))
    return [{ name: '', bytes }, ...credentials.map((each, index) => ({ name: String(index + 1), bytes: each, inRecord: true as const }))]
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/** The credentials in a presentation, numbered; `undefined` for what is none. */
function presentedIn(bytes: Uint8Array): Part[] | undefined {
  const format = detectFormat(bytes)
  const payload = format === 'verifiable-presentation' ? bytes : format === 'jwt' ? payloadOfPresentation(bytes) : undefined
  return payload && credentialsInPresentation(payload).map((each, index) => ({ name: String(index + 1), bytes: each, presentation: bytes }))
}

/** The payload of a token that says it is a presentation; `undefined` for any other. */
function payloadOfPresentation(bytes: Uint8Array): Uint8Array | undefined {
  const body = /^\s*[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\./.exec(new TextDecoder('latin1').decode(bytes))?.[1]
  const payload = body === undefined ? undefined : fromBase64Url(body)
  return payload && /"VerifiablePresentation"/.test(new TextDecoder().decode(payload)) ? payload : undefined
}
