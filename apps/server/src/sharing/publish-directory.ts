/** The coordinator's next directory: signed, kept, and told to whoever is new in it. */
import { type NetworkDirectory, networkTypes, type Organisation } from '@cairn/core'
import { signPayload } from '@cairn/seals'
import { changeNetwork, type NetworkRow, type TenantTransaction } from '@cairn/store'
import type { Context } from '../context.ts'
import { openCurrentKey } from '../sealing-keys.ts'

/** Signs and keeps it; gives the signed text. Raises `key.*`. */
export async function publishDirectory(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  { id }: Pick<NetworkRow, 'id'>,
  directory: NetworkDirectory,
): Promise<string> {
  const { signer } = await openCurrentKey(context, tx, organisation)
  const directorySigned = await signPayload(directory, networkTypes.directory, signer)
  await changeNetwork(tx, id, { directory, directorySigned })
  return directorySigned
}
