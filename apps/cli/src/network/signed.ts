/** Signed documents of a network: the key they are signed with, and where they are had. */
import { type NetworkDirectory, networkTypes, ProblemError, signedByMember, UsedTokens } from '@cairn/core'
import { openKey, readAnyKey } from '@cairn/keys'
import { openSigned, type Signer } from '@cairn/seals'
import { doorSettings } from '../evidence-source.ts'
import { secretsFor } from '../keys/secrets.ts'
import { parseAs, readGiven } from '../read-input.ts'
import { type Given, UsageError } from '../verb.ts'

/** The key of `--key`, opened. */
export async function signerOf(given: Given): Promise<Signer> {
  const place = given.text('key')
  if (place === undefined) throw new UsageError('Which sealing key? Give --key FILE.')
  return signerAt(place, given)
}

/** A key in a file, opened. */
export async function signerAt(place: string, given: Given): Promise<Signer> {
  const key = readAnyKey(place)
  return openKey(key, secretsFor(key, given))
}

/** Bytes of a file, or of an address where somebody hosts theirs. */
export async function bytesAt(place: string, given: Given): Promise<Uint8Array> {
  if (!/^https?:/i.test(place)) return readGiven(place)
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
