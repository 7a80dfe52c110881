/** What others published since: the coordinator's newest directory, and signatures of the other parties. */
import { AgreementFile, networkTypes, ProblemError, parseJson, readAs, readDirectory } from '@cairn/core'
import { openSigned } from '@cairn/seals'
import { changeNetwork, type NetworkRow, putAgreement, readNetwork } from '@cairn/store'
import { type Context, found, type Installation } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { agreementsOf, proveAgreement } from './agreements.ts'
import { fetchDocument } from './peer-door.ts'

/** Takes a signed directory, when it is the coordinator's and not older than the one at hand. Raises `network.not-trusted`, `seal.*`, `input.invalid`. */
export async function takeDirectory(context: Pick<Installation, 'database'>, tenant: string, id: string, signed: string): Promise<void> {
  const opened = await openSigned(Buffer.from(signed), networkTypes.directory)
  await context.database.tenant(tenant, async (tx) => {
    const row = found(await readNetwork(tx, id, true))
    await changeNetwork(tx, id, { directory: readDirectory(opened, row.pinned, row.directory), directorySigned: signed })
  })
}

/** Asks the coordinator for the directory. Raises `fetch.*` and what `takeDirectory` raises; the coordinator has it. */
export async function refreshDirectory(
  installation: Pick<Installation, 'database' | 'config'>,
  tenant: string,
  { id, coordinator, base }: NetworkRow,
): Promise<void> {
  if (coordinator) return
  await takeDirectory(installation, tenant, id, new TextDecoder().decode(await fetchDocument(installation, base, 'directory.jws')))
}

/** Asks the other parties for signatures that are missing here. One that does not answer holds up nobody. */
export async function gatherSignatures(context: Context, tenant: string, id: string): Promise<void> {
  const { row, open } = await context.database.tenant(tenant, async (tx) => {
    const row = found(await readNetwork(tx, id))
    return { row, open: (await agreementsOf(tx, row, hashText)).filter(({ state }) => state.missing.length > 0) }
  })
  for (const { state } of open)
    for (const party of state.missing.filter((each) => each !== row.me)) {
      const address = row.directory.members.find((each) => each.id === party)?.address
      if (!address) continue
      try {
        const bytes = await fetchDocument(context, address, `agreements/${state.hash}.json`)
        const file = readAs(AgreementFile, parseJson(bytes))
        const theirs = await proveAgreement(file, row.directory, hashText)
        if (theirs.hash !== state.hash) continue
        await context.database.tenant(tenant, (tx) =>
          putAgreement(tx, {
            network: id,
            hash: state.hash,
            agreement: file.agreement as never,
            signatures: file.signatures,
            now: context.now,
          }),
        )
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        context.log.info({ network: id }, 'a party did not show its signature')
      }
    }
}
