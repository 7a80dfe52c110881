/** Signed documents of a network: compact JWS under a sealing key, made and read. */
import {
  canonicalJson,
  type Json,
  type NetworkDirectory,
  networkTypes,
  ProblemError,
  type SignedPayload,
  signedByMember,
  UsedTokens,
} from '@cairn/core'
import { openKey, readAnyKey } from '@cairn/keys'
import { checkCompact, digest, readCompact, type Signer, signCompact, toBase64Url } from '@cairn/seals'
import { doorSettings } from '../evidence-source.ts'
import { secretsFor } from '../keys/secrets.ts'
import { parseAs, readBytes } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'

/** The key of `--key`, opened. */
export async function signerOf(given: Given): Promise<Signer> {
  const place = given.text('key')
  if (place === undefined) throw new UsageError('Which sealing key? Give --key FILE.')
  const key = readAnyKey(place)
  return openKey(key, secretsFor(key, given))
}

/** SHA-256 of the certificate that a key signs under: how a directory names it. */
export const thumbprintOf = async ({ certificates }: Signer): Promise<string> => toBase64Url(await digest('SHA-256', certificates[0]!))

/** Signs a document of this type. */
export const sign = (payload: unknown, type: string, signer: Signer): Promise<string> =>
  signCompact(canonicalJson(payload as Json), type, signer)

/** Reads a signed document and proves its signature. Raises `seal.malformed`, `seal.broken`. Whose key it is, the directory says. */
export async function openSigned(bytes: Uint8Array, type: string): Promise<SignedPayload> {
  const read = readCompact(bytes, type)
  const [problem] = await checkCompact(read)
  if (problem) throw new ProblemError(problem.code, problem.detail)
  return { payload: read.payload, signer: toBase64Url(await digest('SHA-256', read.certificates[0]!.der)) }
}

/** Bytes of a file, or of an address where somebody hosts theirs. */
export async function bytesAt(place: string, given: Given): Promise<Uint8Array> {
  if (!/^https?:/i.test(place)) return readBytes(place)
  const { fetchSafely } = await import('@cairn/online')
  return (await fetchSafely(place, doorSettings(given))).bytes
}

/** Tokens of a signed list of another member. Raises `network.not-trusted`, `network.not-member`. */
export async function readUsed(bytes: Uint8Array, directory: NetworkDirectory): Promise<readonly string[]> {
  const { payload, signer } = await openSigned(bytes, networkTypes.used)
  const used = parseAs(UsedTokens, payload, 'list of used tokens')
  signedByMember(directory, used.member, signer, used.issued)
  if (used.network !== directory.network) throw new ProblemError('network.not-trusted', 'The list is of another network.')
  return used.tokens
}
