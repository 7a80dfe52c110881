/** Setting up a network, joining it, admitting a member, taking a newer directory, leaving. */
import { randomBytes } from 'node:crypto'
import {
  admit,
  letGo,
  memberOn,
  type NetworkDirectory,
  NetworkMember,
  NetworkOffers,
  networkTypes,
  ProblemError,
  readDirectory,
  readMember,
  renew,
} from '@cairn/core'
import { openSigned, signPayload, thumbprintOf } from '@cairn/seals'
import type { Output } from '../output.ts'
import { visible } from '../problem-line.ts'
import { parseAs, readAs, readGiven } from '../read-input.ts'
import { readMoment } from '../read-moment.ts'
import { type Given, UsageError } from '../verb.ts'
import { createFolder, keepDirectory, type NetworkFolder, openFolder, placeOf, writeWhole } from './folder.ts'
import { need } from './need.ts'
import { bytesAt, signerAt, signerOf } from './signed.ts'

/** The day of the work: `--at`, or today. */
export const dayOf = (given: Given): string => readMoment(given.text('at')).slice(0, 10)

/** `init`: a network with its coordinator, an empty directory, and the key that members will share. */
export async function init(given: Given, output: Output): Promise<number> {
  const network = need(given, 'network')
  const id = need(given, 'id')
  const name = need(given, 'name')
  const contact = need(given, 'contact')
  const signer = await signerOf(given)
  const pinned = await thumbprintOf(signer)
  const day = dayOf(given)
  const coordinator = { id, name, contact, keys: [pinned] }
  const directory = readDirectory({ payload: { network, serial: 1, issued: day, coordinator, members: [] }, signer: pinned }, pinned)
  const place = placeOf(given)
  createFolder(place, { network, me: id, coordinator: true, pinned, head: '' }, directory, randomBytes(32).toString('base64url'))
  await publish(openFolder(given), directory, given)
  output.data({ network, coordinator: pinned, folder: place })
  output.say(`The network ${visible(network)} is there. Publish the files in public/ anywhere.`)
  output.say(`  Tell every member, by a second way: the coordinator's key is ${pinned}`)
  output.say('  Hand every member the file network-key; whoever has it can compare tokens.')
  return 0
}

/** Signs the directory. A key that members do not know is named in it under the old one. */
async function publish(folder: NetworkFolder, directory: NetworkDirectory, given: Given): Promise<void> {
  const signer = await signerOf(given)
  const key = await thumbprintOf(signer)
  const { keys } = directory.coordinator
  const old = given.text('old-key')
  if (!keys.includes(key) && old === undefined)
    throw new ProblemError('network.not-trusted', 'Members do not know this key. Give --old-key FILE too, so that the old one names it.')
  const next = { ...directory, coordinator: { ...directory.coordinator, keys: [...new Set([...keys, key])] } }
  const signed = await signPayload(next, networkTypes.directory, old === undefined ? signer : await signerAt(old, given))
  keepDirectory(folder, next)
  writeWhole(folder.at('public', 'directory.jws'), `${signed}\n`)
}

function requireCoordinator({ settings }: NetworkFolder): void {
  if (!settings.coordinator) throw new UsageError('Only the coordinator changes the directory.')
}

/** `join`: as a newcomer, or with `--admit` as the coordinator, with `--renew` under a new key, or with `--directory` alone to take a newer directory. */
export async function join(given: Given, output: Output): Promise<number> {
  const entry = given.text('admit')
  if (entry !== undefined) return admitMember(entry, given, output)
  if (given.has('renew')) return renewKey(given, output)
  const place = given.text('directory')
  if (place === undefined) throw new UsageError('Where is the directory? Give --directory FILE or ADDRESS.')
  const signed = await openSigned(await bytesAt(place, given), networkTypes.directory)
  if (given.text('id') === undefined) {
    const folder = openFolder(given)
    const directory = readDirectory(signed, folder.settings.pinned, folder.directory)
    keepDirectory(folder, directory)
    output.data({ network: directory.network, serial: directory.serial, members: directory.members.map(({ id }) => id) })
    output.say(`Directory ${directory.serial}: ${directory.members.map(({ id }) => visible(id)).join(', ') || 'nobody yet'}`)
    return 0
  }
  const pinned = need(given, 'coordinator')
  const id = need(given, 'id')
  const name = need(given, 'name')
  const country = need(given, 'country')
  const contact = need(given, 'contact')
  const keyPlace = need(given, 'network-key')
  const directory = readDirectory(signed, pinned)
  const networkKey = new TextDecoder().decode(readGiven(keyPlace)).trim()
  if (Buffer.from(networkKey, 'base64url').length !== 32)
    throw new ProblemError('key.unreadable', 'The key of a network has 32 bytes as base64url.')
  const signer = await signerOf(given)
  const member = parseAs(
    NetworkMember,
    { network: directory.network, id, name, country, contact, keys: [await thumbprintOf(signer)] },
    'entry of the member',
  )
  const offersPlace = given.text('offers')
  const offers = offersPlace === undefined ? undefined : readAs(NetworkOffers, offersPlace, 'offers')
  if (offers && (offers.member !== id || offers.network !== directory.network))
    throw new UsageError('The offers name another member or network.')
  createFolder(placeOf(given), { network: directory.network, me: id, coordinator: false, pinned, head: '' }, directory, networkKey)
  const { at } = openFolder(given)
  writeWhole(at('public', 'member.jws'), `${await signPayload(member, networkTypes.member, signer)}\n`)
  if (offers) writeWhole(at('public', 'offers.jws'), `${await signPayload(offers, networkTypes.offers, signer)}\n`)
  output.data({ network: directory.network, id, entry: at('public', 'member.jws') })
  output.say(`Send ${visible(at('public', 'member.jws'))} to the coordinator, and take the next directory when you are in it.`)
  return 0
}

async function admitMember(place: string, given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  requireCoordinator(folder)
  const signed = await openSigned(await bytesAt(place, given), networkTypes.member)
  const member = readMember(signed)
  const isKnown = folder.directory.members.some(({ id }) => id === member.id)
  const directory = isKnown
    ? renew(folder.directory, member, { signer: signed.signer, compared: given.has('compared') }, dayOf(given))
    : admit(folder.directory, member, dayOf(given))
  await publish(folder, directory, given)
  output.data({ admitted: member.id, serial: directory.serial })
  output.say(`${visible(member.id)} is in the directory (${directory.serial}). Compare its key by a second way: ${member.keys.join(', ')}`)
  return 0
}

/**
 * A changed key. A member's entry is signed with the old one, which speaks for the new one, or with the new one where the old one is gone; the coordinator's own is named in the
 * next directory, under the old one.
 */
async function renewKey(given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  const { directory, settings, at } = folder
  const day = dayOf(given)
  if (settings.coordinator) {
    await publish(folder, { ...directory, serial: directory.serial + 1, issued: day }, given)
    output.data({ serial: directory.serial + 1 })
    output.say(`Directory ${directory.serial + 1} names the new key. Members that take it know it from the old one.`)
    return 0
  }
  const { joined: _, left: __, ...entry } = memberOn(directory, settings.me, day)
  const signer = await signerOf(given)
  const old = given.text('old-key')
  const keys = [...new Set([...entry.keys, await thumbprintOf(signer)])]
  const member = parseAs(NetworkMember, { ...entry, network: settings.network, keys }, 'entry of the member')
  const place = at('public', 'member.jws')
  writeWhole(place, `${await signPayload(member, networkTypes.member, old === undefined ? signer : await signerAt(old, given))}\n`)
  output.data({ network: settings.network, id: settings.me, entry: place })
  output.say(`Send ${visible(place)} to the coordinator, and take the next directory when it names the new key.`)
  return 0
}

/** `leave`: a member's signed word that it goes; with its file as operand, the coordinator notes it. Old decisions stay. */
export async function leave(given: Given, output: Output): Promise<number> {
  const folder = openFolder(given)
  const day = dayOf(given)
  const [file] = given.operands
  if (file !== undefined) {
    requireCoordinator(folder)
    const directory = letGo(folder.directory, await openSigned(await bytesAt(file, given), networkTypes.leaving), day)
    await publish(folder, directory, given)
    output.data({ serial: directory.serial })
    output.say(`Directory ${directory.serial} names the member as having left.`)
    return 0
  }
  const { network, me } = folder.settings
  memberOn(folder.directory, me, day)
  const place = folder.at('public', 'leaving.jws')
  writeWhole(place, `${await signPayload({ network, member: me, day }, networkTypes.leaving, await signerOf(given))}\n`)
  output.data({ leaving: place, day })
  output.say(`Send ${visible(place)} to the coordinator. What was decided before stays.`)
  return 0
}
