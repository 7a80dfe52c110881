/** What holds several credentials, taken apart: an archive, or a presentation. Each part is then judged by itself. */
import { ProblemError } from '@cairn/core'
import { credentialsInPresentation, detectFormat, filesInZip } from '@cairn/formats'
import { fromBase64Url } from '@cairn/seals'
import { readPackage } from '../package/read-package.ts'

/** One part; `name` is what an archive calls it, or its number in a presentation. */
export interface Part {
  name: string
  bytes: Uint8Array
  /** The presentation that it came in, whose proof says who shows it. */
  presentation?: Uint8Array
}

/**
 * The parts of a ZIP archive or of a presentation (JSON or JWT), of presentations in an archive too; the bytes themselves for anything else. Of an
 * evidence package it is the credential alone. Hidden files and what operating systems add to archives are left out.
 * @throws ProblemError `format.unreadable`, `input.too-large`, `json.*`, `package.*`
 */
export async function partsOf(bytes: Uint8Array): Promise<Part[]> {
  if (detectFormat(bytes) !== 'zip') return presentedIn(bytes) ?? [{ name: '', bytes }]
  // Whoever asks has a registry and lists of their own, which go before those of a package.
  const packed = await readPackage(bytes)
  if (packed) return [{ name: '', bytes: packed.credential.bytes }]
  const files = (await filesInZip(bytes)).filter(({ name }) => !/(^|\/)(\.|__MACOSX\/)/.test(name))
  if (files.length === 0) throw new ProblemError('format.unreadable', 'The archive holds no file.')
  return files.flatMap((file) => presentedIn(file.bytes)?.map((part) => ({ ...part, name: `${file.name} ${part.name}` })) ?? [file])
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
