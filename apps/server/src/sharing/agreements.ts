/** Agreements as they are kept, proven again each time they are used. */
import {
  AgreementFile,
  type AgreementState,
  countsAt,
  type HashOf,
  type Json,
  type JsonObject,
  libraryAgreement,
  memberOn,
  type NetworkDirectory,
  networkTypes,
  ProblemError,
  readAgreement,
  requireInForce,
} from '@cairn/core'
import { openSigned } from '@cairn/seals'
import { type AgreementRow, listAgreements, listNetworks, type NetworkRow, readAgreementRow, type TenantTransaction } from '@cairn/store'

/** The text of an agreement with the signatures under it, read and proven. Raises what `readAgreement` raises. */
export async function proveAgreement(
  { agreement, signatures }: { agreement: unknown; signatures: readonly string[] },
  directory: NetworkDirectory,
  hash: HashOf,
): Promise<AgreementState> {
  const opened = await Promise.all(signatures.map((each) => openSigned(Buffer.from(each), networkTypes.agreement)))
  return readAgreement(agreement as Json, opened, directory, hash)
}

/** Agreements of a network that still hold together, with how they are kept; one whose signer the directory names no more is left out. */
export async function agreementsOf(
  tx: TenantTransaction,
  { id, directory }: NetworkRow,
  hash: HashOf,
): Promise<{ row: AgreementRow; state: AgreementState }[]> {
  const found = await Promise.all(
    (await listAgreements(tx, id)).map(async (row) => {
      const state = await proveAgreement(row, directory, hash).catch(nothingOfProblems)
      return state ? [{ row, state }] : []
    }),
  )
  return found.flat()
}

/** One agreement. Raises `network.not-in-force` where there is none of this hash. */
export async function agreementOf(
  tx: TenantTransaction,
  { id, directory }: NetworkRow,
  wanted: string,
  hash: HashOf,
): Promise<AgreementState> {
  const row = await readAgreementRow(tx, id, wanted)
  if (!row) throw new ProblemError('network.not-in-force', 'There is no agreement of this hash here.')
  return proveAgreement(row, directory, hash)
}

/** True when every party has signed, the day lies within, and the two are parties and members on that day. */
export function isInForce(state: AgreementState, directory: NetworkDirectory, two: readonly [string, string], day: string): boolean {
  try {
    requireInForce(state, two, day)
    for (const each of two) memberOn(directory, each, day)
    return true
  } catch (error) {
    return nothingOfProblems(error) ?? false
  }
}

/** Every agreement of the institution that is in force on a day, as a library holds them, by hash. Who left is no party any more. */
export async function agreementsInForce(tx: TenantTransaction, day: string, hash: HashOf): Promise<JsonObject> {
  const found: [string, Json][] = []
  for (const row of await listNetworks(tx))
    for (const { state } of await agreementsOf(tx, row, hash)) {
      const others = state.agreement.parties.filter((each) => each !== row.me && isInForce(state, row.directory, [each, row.me], day))
      if (others.length === 0) continue
      const lines = state.agreement.lines.filter((line) => others.includes(line.of) && countsAt(line, row.me))
      if (lines.length > 0)
        found.push([state.hash, libraryAgreement({ ...state.agreement, parties: [row.me, ...others], lines }, row.me) as unknown as Json])
    }
  return Object.fromEntries(found)
}

/** The file that goes from hand to hand. */
export const agreementFile = ({ agreement, signatures }: Pick<AgreementRow, 'agreement' | 'signatures'>): string =>
  JSON.stringify(AgreementFile.parse({ agreement, signatures }))

function nothingOfProblems(error: unknown): undefined {
  if (error instanceof ProblemError) return undefined
  throw error
}
