/** What other members hand in: each document is signed, and proves by itself who says it. */
import {
  AgreementFile,
  isObject,
  type Json,
  letGo,
  NetworkLeaving,
  networkTypes,
  ProblemError,
  parseJson,
  readAs,
  readMember,
  renew,
} from '@cairn/core'
import { openSigned } from '@cairn/seals'
import {
  findNetwork,
  listApplicants,
  type NetworkRow,
  putAgreement,
  putApplicant,
  readInstitution,
  readNetwork,
  removeApplicant,
} from '@cairn/store'
import { type Context, found } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { proveAgreement } from './agreements.ts'
import type { Handed } from './handed.ts'
import { publishDirectory } from './publish-directory.ts'
import { refreshDirectory, takeDirectory } from './refresh-network.ts'
import { takeAnswer } from './take-answer.ts'
import { takeTransfer } from './take-transfer.ts'

const takers: Readonly<Record<string, (context: Context, handed: Handed) => Promise<void>>> = {
  [networkTypes.member]: takeApplicant,
  [networkTypes.leaving]: takeLeaving,
  [networkTypes.directory]: (context, { tenant, network, text }) => takeDirectory(context, tenant, network.id, text),
  [networkTypes.transfer]: takeTransfer,
  [networkTypes.answer]: takeAnswer,
}
/** A document of somebody whom the directory at hand does not name may be one of somebody who joined since. */
const perhapsNewer = new Set(['network.not-member', 'network.not-trusted'])

/** Takes a document. Raises `request.not-found`, `seal.*`, `network.*` and `input.invalid`; the same document may be handed in twice. */
export async function takeDocument(context: Context, id: string, text: string): Promise<void> {
  const { tenant } = found(await findNetwork(context.database, id))
  const read = async (): Promise<Handed> => ({
    tenant,
    network: await context.database.tenant(tenant, async (tx) => found(await readNetwork(tx, id))),
    text,
  })
  const take = text.startsWith('{') ? takeAgreement : takers[typeOf(text)]
  if (!take) throw new ProblemError('input.invalid', 'This is no document of a network.')
  const handed = await read()
  try {
    await take(context, handed)
  } catch (error) {
    if (!(error instanceof ProblemError) || !perhapsNewer.has(error.problem.code) || handed.network.coordinator) throw error
    await refreshDirectory(context, tenant, handed.network)
    await take(context, await read())
  }
}

/** What the header of a compact JWS calls it; whether it is that, its reader proves. */
function typeOf(text: string): string {
  const header = parseJson(Buffer.from(text.slice(0, text.indexOf('.')), 'base64url'))
  return isObject(header) ? String(header.typ) : ''
}

const onlyCoordinator = ({ coordinator }: NetworkRow) => {
  if (!coordinator) throw new ProblemError('network.not-trusted', 'This member does not keep the directory.')
}

/** Who is new waits to be admitted; a member whose entry is signed with a key that the directory names is taken at its word, any other one is compared first. */
async function takeApplicant(context: Context, { tenant, network, text }: Handed): Promise<void> {
  onlyCoordinator(network)
  const signed = await openSigned(Buffer.from(text), networkTypes.member)
  const member = readMember(signed)
  if (member.network !== network.network) throw new ProblemError('network.not-trusted', 'The entry is of another network.')
  const day = context.now.slice(0, 10)
  await context.database.tenant(tenant, async (tx) => {
    const row = found(await readNetwork(tx, network.id, true))
    const known = row.directory.members.find(({ id }) => id === member.id)
    if (known?.left !== undefined) throw new ProblemError('network.out-of-order', 'The directory has an entry of this id, which left.')
    if (known?.keys.includes(signed.signer)) {
      const { organisation } = found(await readInstitution(tx))
      await publishDirectory(context, tx, organisation, row, renew(row.directory, member, signed, day))
      await removeApplicant(tx, row.id, member.id)
    } else await putApplicant(tx, { network: network.id, member: member.id, signed: text, now: context.now })
  })
}

/** Who wants to go, goes: nobody has to agree. Who only asked to be taken in takes that back. */
async function takeLeaving(context: Context, { tenant, network, text }: Handed): Promise<void> {
  onlyCoordinator(network)
  const signed = await openSigned(Buffer.from(text), networkTypes.leaving)
  await context.database.tenant(tenant, async (tx) => {
    const row = found(await readNetwork(tx, network.id, true))
    const { member } = readAs(NetworkLeaving, signed.payload)
    const known = row.directory.members.find(({ id }) => id === member)
    // The same word may be handed in twice.
    if (known?.left !== undefined) return
    const applicant = (await listApplicants(tx, row.id)).find((each) => each.member === member)
    if (!known && applicant) {
      const entry = readMember(await openSigned(Buffer.from(applicant.signed), networkTypes.member))
      if (!entry.keys.includes(signed.signer))
        throw new ProblemError('network.not-trusted', 'This is not signed by who asked to be taken in.')
      return removeApplicant(tx, row.id, member)
    }
    const { organisation } = found(await readInstitution(tx))
    await publishDirectory(context, tx, organisation, row, letGo(row.directory, signed, context.now.slice(0, 10)))
  })
}

async function takeAgreement(context: Context, { tenant, network, text }: Handed): Promise<void> {
  const file = readAs(AgreementFile, parseJson(text))
  const { agreement, hash, signed } = await proveAgreement(file, network.directory, hashText)
  if (!agreement.parties.includes(network.me)) throw new ProblemError('network.not-member', 'This member is no party of the agreement.')
  if (signed.length === 0) throw new ProblemError('network.not-trusted', 'Nobody has signed this agreement.')
  await context.database.tenant(tenant, (tx) =>
    putAgreement(tx, { network: network.id, hash, agreement: file.agreement as Json, signatures: file.signatures, now: context.now }),
  )
}
