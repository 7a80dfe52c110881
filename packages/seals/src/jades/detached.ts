/** Seals over what lies in files of its own (`sigD`; TS 119 182-1, 5.2.8; RFC 7515, appendix F). */
import { type Json, joinBytes, type Problem, ProblemError, problem } from '@cairn/core'
import { digest } from '#crypto'
import type { Hash } from '../algorithms.ts'
import { fromBase64Url, sameBytes, toBase64Url } from '../base64.ts'
import { bad, objectOf, only, textOf, textsOf } from './members.ts'

/** A file that a seal may cover. */
export interface DetachedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a seal says of the files it covers: by their names, with a digest of each where `hashes` are there. */
export interface DetachedReferences {
  readonly names: readonly string[]
  readonly hash?: Hash
  readonly hashes?: readonly Uint8Array[]
}

const mechanisms = {
  byUri: 'http://uri.etsi.org/19182/ObjectIdByURI',
  byHash: 'http://uri.etsi.org/19182/ObjectIdByURIHash',
  byHttpHeaders: 'http://uri.etsi.org/19182/HttpHeaders',
}
const digestNames: Record<string, Hash> = { S256: 'SHA-256', S384: 'SHA-384', S512: 'SHA-512' }
const ascii = new TextEncoder()

/** Reads `sigD`. Raises `seal.malformed`, and `seal.detached-unsupported` for headers of HTTP messages, which no file keeps. */
export function readReferences(sigD: Json | undefined, where: string): DetachedReferences | undefined {
  if (sigD === undefined) return undefined
  const members = objectOf(sigD, where)
  only(members, ['mId', 'pars', 'hashM', 'hashV', 'ctys'], where)
  const mechanism = textOf(members.mId, `${where}/mId`)
  if (mechanism === mechanisms.byHttpHeaders || (mechanism !== mechanisms.byUri && mechanism !== mechanisms.byHash))
    throw new ProblemError('seal.detached-unsupported', 'The seal covers something that is not kept in files.', `${where}/mId`)
  const names = textsOf(members.pars, `${where}/pars`)
  if (members.ctys !== undefined && textsOf(members.ctys, `${where}/ctys`).length !== names.length)
    bad('ctys has one entry for each of pars.', `${where}/ctys`)
  if (mechanism === mechanisms.byUri) {
    if (members.hashM !== undefined || members.hashV !== undefined) bad('There are no digests under this mechanism.', `${where}/hashV`)
    return { names }
  }
  const method = textOf(members.hashM, `${where}/hashM`)
  const hash = Object.hasOwn(digestNames, method)
    ? digestNames[method]!
    : bad('The digest of detached content is not accepted.', `${where}/hashM`)
  const hashes = textsOf(members.hashV, `${where}/hashV`).map((each, index) => {
    return fromBase64Url(each) ?? bad('A digest is no base64url.', `${where}/hashV/${index}`)
  })
  if (hashes.length !== names.length) bad('hashV has one entry for each of pars.', `${where}/hashV`)
  return { names, hash, hashes }
}

interface Referring {
  readonly references: DetachedReferences | undefined
  readonly encoded: boolean
}

/** The files a signature covers, in its order; `undefined` when one is not at hand. A single file fits a single reference whatever its name is. */
export function coveredFiles({ references }: Referring, files: readonly DetachedFile[]): readonly DetachedFile[] | undefined {
  if (!references) return files.length === 1 ? files : undefined
  if (references.names.length === 1 && files.length === 1) return files
  const found = references.names.map((name) => files.find((file) => file.name === name || file.name === decoded(name)))
  return found.every((file) => file !== undefined) ? found : undefined
}
function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name)
  } catch {
    return undefined
  }
}

/** The one document under a detached seal, for whoever reads what is sealed; empty when there are none or several. */
export function detachedDocument(signature: Referring, files: readonly DetachedFile[]): Uint8Array {
  const found = coveredFiles(signature, files)
  return found?.length === 1 ? found[0]!.bytes : new Uint8Array()
}

/** Bytes of a file as a payload contributes them: base64url unless `b64` is false. */
const contribution = (bytes: Uint8Array, encoded: boolean) => (encoded ? ascii.encode(toBase64Url(bytes)) : bytes)

interface Covering {
  readonly payloadText: string
  readonly payload: Uint8Array
  readonly isDetached: boolean
  readonly detached: readonly DetachedFile[]
}

/**
 * What stands for the payload in the signing input (`signature`), or in what time stamps cover (`time-stamp`): they differ for content that is
 * covered by its digest, which the signing input leaves out. `undefined` when the content is not at hand.
 */
export function payloadInput(seal: Covering, signature: Referring, use: 'signature' | 'time-stamp'): Uint8Array | undefined {
  if (!seal.isDetached) return signature.encoded ? ascii.encode(seal.payloadText) : seal.payload
  if (signature.references?.hashes && use === 'signature') return new Uint8Array()
  const files = coveredFiles(signature, seal.detached)
  return files && joinBytes(...files.map(({ bytes }) => contribution(bytes, signature.encoded)))
}

/** The problem with the files of a signature that covers them by digest: one is not at hand, or is another. */
export async function detachedProblem(seal: Covering, signature: Referring): Promise<Problem | undefined> {
  if (!seal.isDetached) return undefined
  const files = coveredFiles(signature, seal.detached)
  if (!files)
    return problem('seal.detached-missing', 'The seal covers content that lies in a file of its own, and that file is not at hand.')
  const { hash, hashes } = signature.references ?? {}
  for (const [index, expected] of (hashes ?? []).entries())
    if (!sameBytes(expected, await digest(hash!, contribution(files[index]!.bytes, signature.encoded))))
      return problem('seal.detached-altered', 'The file beside the seal is not the one that was sealed.')
  return undefined
}
