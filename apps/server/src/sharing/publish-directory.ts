/** The coordinator's next directory: signed, kept, and told to whoever is in it. */
import { type NetworkDirectory, networkTypes, type Organisation, ProblemError } from '@cairn/core'
import { signPayload, thumbprintOf } from '@cairn/seals'
import { changeNetwork, type NetworkRow, type TenantTransaction } from '@cairn/store'
import type { Context } from '../context.ts'
import { openNamedKey } from '../sealing-keys.ts'
import { handIn } from './peer-door.ts'

/**
 * Signs and keeps it; gives the signed text. It is signed with the eldest key that members know and that may seal today, so that a changed key is named by its
 * predecessor as long as that can be. Raises `network.not-trusted` where no key that members know can seal, and `key.*`.
 */
export async function publishDirectory(
  context: Context,
  tx: TenantTransaction,
  organisation: Organisation,
  row: Pick<NetworkRow, 'id' | 'directory'>,
  directory: NetworkDirectory,
): Promise<string> {
  const signer = await openNamedKey(context, tx, organisation, row.directory.coordinator.keys)
  if (!signer)
    throw new ProblemError(
      'network.not-trusted',
      'No key that the members know as the coordinator’s can seal today. They have to be told the new one.',
    )
  const directorySigned = await signPayload(directory, networkTypes.directory, signer)
  await changeNetwork(tx, row.id, { directory, directorySigned, pinned: await thumbprintOf(signer) })
  return directorySigned
}

/** Carries a directory to members; a server that is away takes it when it next asks. */
export async function tellMembers(context: Context, signed: string, members: readonly { address?: string | undefined }[]): Promise<void> {
  await Promise.all(
    members.map(async ({ address }) => {
      try {
        if (address !== undefined) await handIn(context, address, signed)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        context.log.info({ code: error.problem.code }, 'a member did not take the directory')
      }
    }),
  )
}
