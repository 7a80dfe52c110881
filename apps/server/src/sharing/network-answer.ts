/** A network as its member sees it. */
import type { NetworkAnswer } from '@cairn/api'
import { Balance, differencesOf, networkTypes, type Organisation, readMember } from '@cairn/core'
import { openSigned } from '@cairn/seals'
import {
  type BalanceRow,
  listApplicants,
  listBalances,
  listTransfers,
  type NetworkRow,
  readInstitution,
  readNetwork,
  type TenantTransaction,
  type TransferRow,
} from '@cairn/store'
import { type Context, found } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { currentThumbprint } from '../sealing-keys.ts'
import { agreementsOf, isInForce } from './agreements.ts'
import { answersIn, answerTold } from './signed-texts.ts'

/** Where this institution stands: it asked, it is in, or it left. */
export function standingOf({ me, directory, leavingSigned }: NetworkRow): NetworkAnswer['state'] {
  const entry = directory.members.find(({ id }) => id === me)
  if (entry?.left !== undefined || leavingSigned) return 'left'
  return entry ? 'member' : 'asked'
}

/** Everything about one network. Raises `request.not-found`. */
export async function networkAnswer(context: Context, tx: TenantTransaction, id: string): Promise<NetworkAnswer> {
  const row = found(await readNetwork(tx, id))
  const { fourEyes, organisation } = found(await readInstitution(tx))
  const { directory, me } = row
  return {
    id,
    network: row.network,
    me,
    state: standingOf(row),
    coordinator: row.coordinator,
    directory: `${row.base}/directory.jws`,
    pinned: row.pinned,
    serial: directory.serial,
    members: directory.members.map(({ id: member, name, country, contact, keys, joined, left }) => ({
      id: member,
      name,
      country,
      contact,
      keys,
      joined,
      ...(left === undefined ? {} : { left }),
    })),
    keyNamed: await isKeyNamed(context, tx, organisation, row),
    leavingTold: row.leavingNext === undefined,
    applicants: await applicantsOf(tx, row),
    agreements: await agreementAnswers(context, tx, row),
    transfers: await Promise.all((await listTransfers(tx, { network: id })).map(transferLine)),
    balances: await Promise.all((await listBalances(tx, id)).map(balanceAnswer)),
    fourEyes,
  }
}

/** Whether the directory names the key that seals today; where none seals, or this institution is no member, there is nothing to name. */
async function isKeyNamed(context: Context, tx: TenantTransaction, organisation: Organisation, row: NetworkRow): Promise<boolean> {
  const entry = row.directory.members.find(({ id, left }) => id === row.me && left === undefined)
  const key = await currentThumbprint(tx, organisation, context.now)
  return entry === undefined || key === undefined || entry.keys.includes(key)
}

async function applicantsOf(tx: TenantTransaction, { id, directory }: NetworkRow): Promise<NetworkAnswer['applicants']> {
  return Promise.all(
    (await listApplicants(tx, id)).map(async ({ signed, askedAt }) => {
      const { id: member, name, country, contact, keys } = readMember(await openSigned(Buffer.from(signed), networkTypes.member))
      const newKey = directory.members.some((each) => each.id === member)
      return { id: member, name, country, contact, keys: newKey ? keys.slice(-1) : keys, askedAt, newKey }
    }),
  )
}

async function agreementAnswers(context: Context, tx: TenantTransaction, row: NetworkRow): Promise<NetworkAnswer['agreements']> {
  const { directory, me } = row
  const day = context.now.slice(0, 10)
  return (await agreementsOf(tx, row, hashText)).map(({ row: kept, state }) => {
    const { title, text, parties, effective, noticeDays, answerDays, counts, data, lines } = state.agreement
    return {
      hash: state.hash,
      title,
      text,
      parties: parties.map((party) => ({
        id: party,
        name: directory.members.find(({ id }) => id === party)?.name ?? party,
        signed: state.signed.includes(party),
      })),
      effective: [effective[0], effective[1]],
      noticeDays,
      answerDays,
      counts,
      data,
      lines: lines.map(({ achievement, of, to, gives, title: said }) => ({
        achievement,
        of,
        ...(to === undefined ? {} : { to }),
        gives,
        ...(said ? { title: said } : {}),
      })),
      inForce: parties.some((party) => party !== me && isInForce(state, directory, [party, me], day)),
      ...(kept.proposed ? { proposed: kept.proposed } : {}),
    }
  })
}

async function transferLine(row: TransferRow): Promise<NetworkAnswer['transfers'][number]> {
  const { id, incoming, peer, title, madeAt, outcome, request, nextAt, problem } = row
  return {
    id,
    incoming,
    peer,
    title,
    madeAt,
    waiting: nextAt !== undefined,
    answers: (await answersIn(row)).map(answerTold),
    ...(outcome ? { outcome } : {}),
    ...(request ? { request } : {}),
    ...(problem ? { problem } : {}),
  }
}

const balanceIn = async (signed: string) => Balance.parse((await openSigned(Buffer.from(signed), networkTypes.balance)).payload)

async function balanceAnswer({ peer, quarter, signed, issuedAt, theirs }: BalanceRow): Promise<NetworkAnswer['balances'][number]> {
  const mine = await balanceIn(signed)
  const { given, taken } = mine
  return { peer, quarter, issuedAt, given, taken, ...(theirs ? { differences: differencesOf(mine, await balanceIn(theirs)) } : {}) }
}

/** The institution as a member says of itself. */
export const nameOf = ({ legalName }: Organisation): string => legalName.en ?? Object.values(legalName)[0] ?? ''
