/** The trusted lists that a trust file names: from files beside it, and from addresses where it may go online. */
import path from 'node:path'
import { ProblemError, type TrustRegistry } from '@cairn/core'
import { problemLine, visible } from './problem-line.ts'
import { readGiven } from './read-input.ts'
import { UsageError } from './verb.ts'

/** The largest national lists have some megabytes. */
const largest = 8 * 1024 * 1024

/** Where lists are: files beside the trust file, and addresses, of which `ownOrigins` may be on this machine. */
export interface ListPlaces {
  folder: string
  ownOrigins: readonly string[]
  offline: boolean
}

/**
 * The registry with the services of its lists, each proven by `trustedListSigners`. A list that cannot be had or believed is told to `tell`, and vouches
 * for nobody; with `--offline` only files are read. Raises a usage error where no signer is named.
 */
export async function readTrustedLists(
  registry: TrustRegistry,
  { folder, ownOrigins, offline }: ListPlaces,
  tell: (line: string) => void,
): Promise<TrustRegistry> {
  const signers = registry.trustedListSigners ?? []
  if (signers.length === 0)
    throw new UsageError('The trust file names trusted lists and nobody who signs them: give their certificates in trustedListSigners.')
  const { fetchSafely, gatherTrustedLists } = await import('@cairn/online')
  const settings = { ownOrigins, bytes: largest, milliseconds: 30_000 }
  const { services, problems } = await gatherTrustedLists(registry.trustedLists, signers, async (address) => {
    // A list leads to addresses; files are only those that the trust file itself names.
    if (!/^https?:/i.test(address) && registry.trustedLists.includes(address))
      return { bytes: readGiven(path.resolve(folder, address), largest + 1) }
    if (offline) throw new ProblemError('fetch.failed', 'Nothing is fetched with --offline.')
    return fetchSafely(address, settings)
  })
  for (const { address, problem } of problems) tell(`The trusted list ${visible(address)} is left out: ${problemLine(problem)}`)
  return { ...registry, trustedServices: [...(registry.trustedServices ?? []), ...services] }
}
