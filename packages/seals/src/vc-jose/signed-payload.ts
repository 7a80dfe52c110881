/** JSON under a sealing key as a compact JWS, made and read: what members of a network for sharing credit say to one another. */
import { canonicalJson, type Json, ProblemError, type SignedPayload } from '@cairn/core'
import { digest } from '#crypto'
import { toBase64Url } from '../base64.ts'
import type { Signer } from '../signer.ts'
import { checkCompact, readCompact, signCompact } from './compact.ts'

/** SHA-256 of the certificate that a key signs under, as base64url: how a directory names it. */
export const thumbprintOf = async ({ certificates }: Signer): Promise<string> => toBase64Url(await digest('SHA-256', certificates[0]!))

/** Signs the canonical text of a payload as a document of this type. */
export const signPayload = (payload: unknown, type: string, signer: Signer): Promise<string> =>
  signCompact(canonicalJson(payload as Json), type, signer)

/** Reads a signed document and proves its signature. Raises `seal.malformed`, `seal.broken`. Whose key it is, others know. */
export async function openSigned(bytes: Uint8Array, type: string): Promise<SignedPayload> {
  const read = readCompact(bytes, type)
  const [problem] = await checkCompact(read)
  if (problem) throw new ProblemError(problem.code, problem.detail)
  return { payload: read.payload, signer: toBase64Url(await digest('SHA-256', read.certificates[0]!.der)) }
}
