/** The key that signs for the member of a folder. */
import { memberOn, ProblemError } from '@cairn/core'
import { type Signer, thumbprintOf } from '@cairn/seals'
import type { Given } from '../verb.ts'
import type { NetworkFolder } from './folder.ts'
import { signerOf } from './signed.ts'

/** The key must be one that the directory names for this member: a document under another would be refused at the other side. */
export async function ownSigner({ directory, settings }: NetworkFolder, given: Given, day: string): Promise<Signer> {
  const signer = await signerOf(given)
  if (!memberOn(directory, settings.me, day).keys.includes(await thumbprintOf(signer)))
    throw new ProblemError('network.not-trusted', 'The directory does not name this key for the member.')
  return signer
}
