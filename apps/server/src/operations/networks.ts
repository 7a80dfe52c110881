/** Operations on networks for sharing credit: begin, join, admit, leave, settle. */
import { randomBytes } from 'node:crypto'
import type { Handlers, NetworkAnswer } from '@cairn/api'
import {
  admit,
  Balance,
  balanceOf,
  type Json,
  letGo,
  memberOn,
  NetworkDirectory,
  NetworkMember,
  networkTypes,
  type Organisation,
  ProblemError,
  readAs,
  readDirectory,
  readMember,
  renew,
  signedByMember,
} from '@cairn/core'
import { openSigned, type Signer, signPayload, thumbprintOf } from '@cairn/seals'
import {
  appendEvent,
  changeNetwork,
  insertNetwork,
  listApplicants,
  listNetworks,
  type NetworkRow,
  planLeaving,
  putBalance,
  readInstitution,
  readNetwork,
  removeApplicant,
  type TenantTransaction,
} from '@cairn/store'
import { asTenant, type Context, found, newId, tenantOf } from '../context.ts'
import { hashText } from '../recognition-case.ts'
import { openCurrentKey, openNamedKey } from '../sealing-keys.ts'
import { tellLeaving } from '../sharing/deliver-leavings.ts'
import { baseOf, ledgerOf, memberSigner, openShared, wrapShared } from '../sharing/membership.ts'
import { nameOf, networkAnswer, standingOf } from '../sharing/network-answer.ts'
import { balanceName } from '../sharing/network-documents.ts'
import { ownOffers } from '../sharing/own-offers.ts'
import { fetchDocument, handIn } from '../sharing/peer-door.ts'
import { publishDirectory, tellMembers } from '../sharing/publish-directory.ts'
import { gatherSignatures, refreshDirectory } from '../sharing/refresh-network.ts'

type Own = Pick<
  Handlers<Context>,
  | 'network.list'
  | 'network.create'
  | 'network.join'
  | 'network.read'
  | 'network.refresh'
  | 'network.reveal'
  | 'network.admit'
  | 'network.leave'
  | 'network.settle'
>

const today = ({ now }: Context) => now.slice(0, 10)
const note = (context: Context, tx: TenantTransaction, name: string, subject: string) =>
  appendEvent(tx, { at: context.now, actor: context.caller.person!, name, subject })

/** What the institution says of itself in a network; `keys` of before stay, and `signer` speaks for all of them. */
async function ownEntry(
  context: Context,
  organisation: Organisation,
  { id, network, contact, signer, keys }: { id: string; network: string; contact: string; signer: Signer; keys: readonly string[] },
): Promise<{ member: NetworkMember; memberSigned: string }> {
  const member = readAs(NetworkMember, {
    network,
    id: organisation.id,
    name: nameOf(organisation),
    country: organisation.country,
    contact,
    address: baseOf(context, id),
    keys: [...keys],
    ...(organisation.homepage ? { homepage: organisation.homepage } : {}),
  })
  return { member, memberSigned: await signPayload(member, networkTypes.member, signer) }
}

/**
 * Has the directory name the key that seals today, where it does not: the entry goes out under a key that it names as long as one can seal, and else waits for the
 * coordinator to compare the new one. The coordinator names its own in the same breath, and tells the members.
 */
async function nameKey(context: Context, id: string): Promise<void> {
  const { row, memberSigned, directorySigned } = await asTenant(context, async (tx) => {
    const row = found(await readNetwork(tx, id, true))
    const { organisation, signer } = await signing(context, tx)
    const key = await thumbprintOf(signer)
    const { coordinator, members } = row.directory
    const entry = members.find((each) => each.id === row.me && each.left === undefined)
    let directory = row.directory
    let memberSigned: string | undefined
    if (entry && !entry.keys.includes(key)) {
      const named = await openNamedKey(context, tx, organisation, entry.keys)
      const given = { id, network: row.network, contact: entry.contact, signer: named ?? signer, keys: [...entry.keys, key] }
      const made = await ownEntry(context, organisation, given)
      memberSigned = made.memberSigned
      await changeNetwork(tx, id, { memberSigned })
      await note(context, tx, 'network.name-key', id)
      directory = renew(directory, made.member, { signer: key, compared: true }, today(context))
    }
    if (!row.coordinator) return { row, memberSigned }
    if (coordinator.keys.includes(key) && directory === row.directory) return { row }
    const keys = [...new Set([...coordinator.keys, key])]
    const next = { ...directory, serial: row.directory.serial + 1, issued: today(context), coordinator: { ...coordinator, keys } }
    return { row, directorySigned: await publishDirectory(context, tx, organisation, row, next) }
  })
  if (memberSigned) await handIn(context, row.base, memberSigned)
  if (directorySigned) await tellMembers(context, directorySigned, others(row))
}
const others = ({ directory, me }: NetworkRow) => directory.members.filter(({ id, left }) => id !== me && left === undefined)

/** Signs what is offered and recognised for here, for the other members to read. */
async function publishOffers(
  context: Context,
  tx: TenantTransaction,
  row: Pick<NetworkRow, 'id' | 'network' | 'me'>,
  signer: Signer,
): Promise<void> {
  const list = await ownOffers(tx, row, today(context))
  await changeNetwork(tx, row.id, { offersSigned: await signPayload(list, networkTypes.offers, signer) })
}

/** The institution with the key that seals today. */
async function signing(context: Context, tx: TenantTransaction): Promise<{ organisation: Organisation; signer: Signer }> {
  const { organisation } = found(await readInstitution(tx))
  return { organisation, signer: (await openCurrentKey(context, tx, organisation)).signer }
}

const refuseSecond = (inserted: boolean) => {
  if (!inserted) throw new ProblemError('request.conflict', 'This institution has a place in a network of this name already.')
}

export const networkHandlers: Own = {
  'network.list': (_, context) =>
    asTenant(context, async (tx) =>
      (await listNetworks(tx)).map((row) => ({
        id: row.id,
        network: row.network,
        coordinator: row.coordinator,
        members: row.directory.members.filter(({ left }) => left === undefined).length,
        state: standingOf(row),
      })),
    ),

  'network.create': ({ name, contact }, context) =>
    asTenant(context, async (tx) => {
      const { organisation, signer } = await signing(context, tx)
      const id = newId()
      const base = baseOf(context, id)
      const keys = [await thumbprintOf(signer)]
      const { member, memberSigned } = await ownEntry(context, organisation, { id, network: name, contact, signer, keys })
      const [pinned] = member.keys
      const { network: _, ...entry } = member
      const directory = readAs(NetworkDirectory, {
        network: name,
        serial: 1,
        issued: today(context),
        coordinator: { id: member.id, name: member.name, contact, address: base, keys: member.keys },
        // Whoever coordinates takes part.
        members: [{ ...entry, joined: today(context) }],
      } as unknown as Json)
      const row = {
        id,
        network: name,
        me: member.id,
        coordinator: true,
        base,
        pinned: pinned!,
        directory,
        directorySigned: await signPayload(directory, networkTypes.directory, signer),
        memberSigned,
        sharedKey: wrapShared(context, randomBytes(32)),
        madeAt: context.now,
      }
      refuseSecond(await insertNetwork(tx, row))
      await publishOffers(context, tx, row, signer)
      await note(context, tx, 'network.create', id)
      return networkAnswer(context, tx, id)
    }),

  'network.join': async ({ directory: address, coordinator: pinned, sharedKey, contact }, context) => {
    const base = address.replace(/\/directory\.jws$/, '')
    const directorySigned = new TextDecoder().decode(await fetchDocument(context, base, 'directory.jws')).trim()
    const directory = readDirectory(await openSigned(Buffer.from(directorySigned), networkTypes.directory), pinned)
    const id = newId()
    const memberSigned = await asTenant(context, async (tx) => {
      const { organisation, signer } = await signing(context, tx)
      const keys = [await thumbprintOf(signer)]
      const made = await ownEntry(context, organisation, { id, network: directory.network, contact, signer, keys })
      const row = {
        id,
        network: directory.network,
        me: made.member.id,
        coordinator: false,
        base,
        pinned,
        directory,
        directorySigned,
        memberSigned: made.memberSigned,
        sharedKey: wrapShared(context, Buffer.from(sharedKey, 'base64url')),
        madeAt: context.now,
      }
      refuseSecond(await insertNetwork(tx, row))
      await publishOffers(context, tx, row, signer)
      await note(context, tx, 'network.join', id)
      return made.memberSigned
    })
    await handIn(context, base, memberSigned)
    return asTenant(context, (tx) => networkAnswer(context, tx, id))
  },

  'network.read': ({ id }, context) => asTenant(context, (tx) => networkAnswer(context, tx, id)),

  'network.refresh': async ({ id }, context) => {
    const row = await asTenant(context, async (tx) => found(await readNetwork(tx, id)))
    // Who asked and was not heard asks again.
    const standing = standingOf(row)
    if (standing === 'asked' && row.memberSigned) await handIn(context, row.base, row.memberSigned).catch(ignoreOrder)
    if (standing === 'member' || row.coordinator) await nameKey(context, id)
    await refreshDirectory(context, tenantOf(context), row)
    await gatherSignatures(context, tenantOf(context), id)
    return asTenant(context, async (tx) => {
      const now = found(await readNetwork(tx, id))
      const { organisation, signer } = await signing(context, tx)
      // Until the directory names a new key, the old one signs where it can.
      const named =
        standingOf(now) === 'member'
          ? await openNamedKey(context, tx, organisation, memberOn(now.directory, now.me, today(context)).keys)
          : undefined
      await publishOffers(context, tx, now, named ?? signer)
      return networkAnswer(context, tx, id)
    })
  },

  'network.reveal': ({ id }, context) =>
    asTenant(context, async (tx) => {
      const row = found(await readNetwork(tx, id))
      if (!row.coordinator) throw new ProblemError('request.not-allowed', 'The coordinator hands out the key that members share.')
      await note(context, tx, 'network.reveal', id)
      return { sharedKey: openShared(context, row).toString('base64url') }
    }),

  'network.admit': async ({ id, member, key }, context) => {
    const { row, directorySigned, entry } = await asTenant(context, async (tx) => {
      const row = found(await readNetwork(tx, id, true))
      const applicant = found((await listApplicants(tx, id)).find((each) => each.member === member))
      const entry = readMember(await openSigned(Buffer.from(applicant.signed), networkTypes.member))
      if (!entry.keys.includes(key)) throw new ProblemError('request.conflict', 'The newcomer names another key than the one you compared.')
      const { organisation } = found(await readInstitution(tx))
      const isKnown = row.directory.members.some((each) => each.id === member)
      const directory = isKnown
        ? renew(row.directory, entry, { signer: key, compared: true }, today(context))
        : admit(row.directory, entry, today(context))
      const signed = await publishDirectory(context, tx, organisation, row, directory)
      await removeApplicant(tx, id, member)
      await note(context, tx, 'network.admit', id)
      return { row, directorySigned: signed, entry }
    })
    await tellMembers(context, directorySigned, [entry, ...others(row).filter((each) => each.id !== entry.id)])
    return asTenant(context, (tx) => networkAnswer(context, tx, id))
  },

  'network.leave': async ({ id }, context) => {
    const { row, signed } = await asTenant(context, async (tx) => {
      const row = found(await readNetwork(tx, id, true))
      if (standingOf(row) === 'left') throw new ProblemError('request.conflict', 'This institution has left already.')
      const { organisation, signer: current } = await signing(context, tx)
      const known = row.directory.members.find((each) => each.id === row.me)
      // Whoever only asked takes that back with the key they asked with.
      const signer = known ? await memberSigner(context, tx, organisation, row) : current
      const leaving = { network: row.network, member: row.me, day: today(context) }
      const leavingSigned = await signPayload(leaving, networkTypes.leaving, signer)
      await changeNetwork(tx, id, { leavingSigned })
      await note(context, tx, 'network.leave', id)
      if (!row.coordinator) {
        await planLeaving(tx, id, context.now)
        return { row }
      }
      // Who keeps the directory keeps it for the others, and is no member of it any more.
      const gone = letGo(row.directory, { payload: leaving, signer: await thumbprintOf(signer) }, today(context))
      return { row, signed: await publishDirectory(context, tx, organisation, row, gone) }
    })
    if (signed) await tellMembers(context, signed, others(row))
    // Whoever goes does not wait for anybody: a coordinator that is away is told later.
    else await tellLeaving(context, { tenant: tenantOf(context), id })
    return asTenant(context, (tx) => networkAnswer(context, tx, id))
  },

  'network.settle': async ({ id, member: other, quarter }, context): Promise<NetworkAnswer> => {
    const row = await asTenant(context, async (tx) => found(await readNetwork(tx, id)))
    const peer = found(row.directory.members.find((each) => each.id === other && each.id !== row.me))
    const theirs = peer.address ? await theirBalance(context, row, peer.address, { other, quarter }) : undefined
    return asTenant(context, async (tx) => {
      const locked = found(await readNetwork(tx, id, true))
      const { organisation } = found(await readInstitution(tx))
      const signer = await memberSigner(context, tx, organisation, locked)
      const ledger = await ledgerOf(tx, locked)
      const mine = balanceOf(ledger, { network: row.network, member: row.me, other, quarter, issued: today(context), hash: hashText })
      await putBalance(tx, id, {
        peer: other,
        quarter,
        signed: await signPayload(mine, networkTypes.balance, signer),
        theirs,
        now: context.now,
      })
      await changeNetwork(tx, id, { head: mine.head })
      await note(context, tx, 'network.settle', id)
      return networkAnswer(context, tx, id)
    })
  },
}

/** The other side's balance as it signed it; nothing where it has none yet. Raises `network.not-trusted`. */
async function theirBalance(
  context: Context,
  { directory, me }: NetworkRow,
  address: string,
  { other, quarter }: { other: string; quarter: string },
): Promise<string | undefined> {
  let text: string
  try {
    text = new TextDecoder().decode(await fetchDocument(context, address, balanceName(me, quarter))).trim()
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'fetch.failed') return undefined
    throw error
  }
  const { payload, signer } = await openSigned(Buffer.from(text), networkTypes.balance)
  const balance = readAs(Balance, payload)
  signedByMember(directory, other, signer, balance.issued)
  memberOn(directory, other, balance.issued)
  if (balance.member !== other || balance.with !== me || balance.quarter !== quarter)
    throw new ProblemError('network.not-trusted', 'The balance is of another pair or quarter.')
  return text
}

/** A coordinator that has the entry already says so, and that is no trouble. */
function ignoreOrder(error: unknown): void {
  if (!(error instanceof ProblemError) || error.problem.code !== 'network.out-of-order') throw error
}
