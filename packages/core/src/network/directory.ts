/** The directory of a network for sharing credit: who takes part, with which keys, since when. One signed document; no server (domain 4). */
import { z } from 'zod'
import type { Json } from '../json.ts'
import { PlainDate } from '../moments.ts'
import { ProblemError } from '../problems.ts'
import { readAs } from '../read-as.ts'
import { Amount, Id } from '../recognition/words.ts'
import { sameJson } from '../same-json.ts'
import { LangString, LanguageTag, MailAddress, WebAddress } from '../text.ts'

/** The `typ` of each signed document of a network. */
export const networkTypes = {
  directory: 'cairn-network-directory+jws',
  member: 'cairn-network-member+jws',
  offers: 'cairn-network-offers+jws',
  agreement: 'cairn-network-agreement+jws',
  transfer: 'cairn-network-transfer+jws',
  answer: 'cairn-network-answer+jws',
  used: 'cairn-network-used+jws',
  balance: 'cairn-network-balance+jws',
  leaving: 'cairn-network-leaving+jws',
} as const

/** SHA-256 as base64url. */
export const Sha256 = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'A SHA-256 as base64url.')

/** Where a server gives a member's documents and takes those of others: `<address>/offers.jws`, `<address>/inbox`. Absent where files go by hand. */
const Address = WebAddress.optional()

/** Those of before stay, so that what they signed still holds. */
const Keys = z.array(Sha256).min(1).max(20)

/** What a member says of itself. `keys` are the SHA-256 of the certificates that it signs with. */
export const NetworkMember = z.strictObject({
  network: Id,
  id: Id,
  name: z.string().min(1).max(300),
  country: z.string().regex(/^[A-Z]{2}$/, 'A country code of two letters.'),
  contact: MailAddress,
  homepage: WebAddress.optional(),
  address: Address,
  languages: z.array(LanguageTag).max(30).default([]),
  accreditations: z.array(z.string().min(1).max(500)).max(50).default([]),
  keys: Keys,
})
export type NetworkMember = z.infer<typeof NetworkMember>

const DirectoryEntry = NetworkMember.omit({ network: true }).extend({ joined: PlainDate, left: PlainDate.optional() })
export type DirectoryEntry = z.infer<typeof DirectoryEntry>

/** The directory, signed by the coordinator. `serial` grows with every change, so that an old one is not taken for the newest. */
export const NetworkDirectory = z
  .strictObject({
    network: Id,
    serial: z.int().min(1),
    issued: PlainDate,
    coordinator: z.strictObject({
      id: Id,
      name: z.string().min(1).max(300),
      contact: MailAddress,
      address: Address,
      keys: Keys,
    }),
    members: z.array(DirectoryEntry).max(2000),
  })
  .refine(({ members }) => new Set(members.map(({ id }) => id)).size === members.length, {
    message: 'Two members have the same id.',
    path: ['members'],
  })
export type NetworkDirectory = z.infer<typeof NetworkDirectory>

/** What a member offers, small courses with what they lead to, and what it recognises for: the two sides of a line of an agreement. */
export const NetworkOffers = z.strictObject({
  network: Id,
  member: Id,
  issued: PlainDate,
  offers: z
    .array(
      z.strictObject({
        achievement: Id,
        edition: Id.optional(),
        title: LangString,
        hours: Amount.optional(),
        credits: Amount.optional(),
        outcomes: z.array(LangString).max(60).default([]),
        competencies: z.array(Id).max(100).default([]),
      }),
    )
    .max(500),
  targets: z
    .array(z.strictObject({ target: Id, title: LangString, form: z.enum(['module', 'post']), credits: Amount.optional() }))
    .max(500)
    .default([]),
})
export type NetworkOffers = z.infer<typeof NetworkOffers>

/** That a member goes; what was decided before stays. */
export const NetworkLeaving = z.strictObject({ network: Id, member: Id, day: PlainDate })
export type NetworkLeaving = z.infer<typeof NetworkLeaving>

/** A payload with the SHA-256 of the certificate under which its signature was found to hold. */
export interface SignedPayload {
  payload: Json
  signer: string
}

const notTrusted = (detail: string): never => {
  throw new ProblemError('network.not-trusted', detail)
}

/**
 * Reads the directory. `pinned` is the coordinator's certificate as it was learned beside the network, `known` the directory held so far. Raises
 * `network.not-trusted` for another signer or an older serial, `input.invalid` for what is no directory.
 */
export function readDirectory({ payload, signer }: SignedPayload, pinned: string, known?: NetworkDirectory): NetworkDirectory {
  const directory = readAs(NetworkDirectory, payload)
  const keys = known?.coordinator.keys ?? [pinned]
  if (!keys.includes(signer)) notTrusted('The directory is not signed by the coordinator of this network.')
  if (!directory.coordinator.keys.includes(signer)) notTrusted('The directory does not list the key it is signed with.')
  if (known && directory.network !== known.network) notTrusted('The directory is of another network.')
  if (known && directory.serial < known.serial) notTrusted('The directory is older than the one at hand.')
  return directory
}

/** Reads what a member says of itself: signed with a key that it names. Raises `network.not-trusted`, `input.invalid`. */
export function readMember({ payload, signer }: SignedPayload): NetworkMember {
  const member = readAs(NetworkMember, payload)
  return member.keys.includes(signer) ? member : notTrusted('A member signs its entry with a key that the entry names.')
}

/** The member of that id on that day. Raises `network.not-member`. */
export function memberOn(directory: NetworkDirectory, id: string, day: string): DirectoryEntry {
  const found = directory.members.find((each) => each.id === id)
  if (!found || found.joined > day || (found.left !== undefined && found.left < day))
    throw new ProblemError('network.not-member', 'The directory names no such member on that day.')
  return found
}

/** The member, when the document was signed with one of its keys. Raises `network.not-member`, `network.not-trusted`. */
export function signedByMember(directory: NetworkDirectory, id: string, signer: string, day: string): DirectoryEntry {
  const member = memberOn(directory, id, day)
  return member.keys.includes(signer) ? member : notTrusted('The document is not signed with a key of this member.')
}

/** The next directory with this member in it. Raises `network.out-of-order` for an id that is taken or that left, `network.not-trusted` for another network. */
export function admit(directory: NetworkDirectory, member: NetworkMember, day: string): NetworkDirectory {
  const { network, ...entry } = member
  if (network !== directory.network) notTrusted('The entry is of another network.')
  if (directory.members.some(({ id }) => id === entry.id))
    throw new ProblemError('network.out-of-order', 'The directory has an entry of this id already.')
  return next(directory, day, [...directory.members, { ...entry, joined: day }])
}

/**
 * The next directory with what a member says of itself now, as when its key changes. The entry was signed with `signer`: a key that the directory names speaks for
 * its successor; any other one is taken only where the coordinator `compared` it by a second way. Raises `network.not-member` for nobody who is there,
 * `network.not-trusted` for another signer or network, `network.out-of-order` where nothing changes.
 */
export function renew(
  directory: NetworkDirectory,
  member: NetworkMember,
  { signer, compared = false }: { signer: string; compared?: boolean },
  day: string,
): NetworkDirectory {
  const { network, ...entry } = member
  if (network !== directory.network) notTrusted('The entry is of another network.')
  const { joined, left, ...known } = memberOn(directory, entry.id, day)
  if (!compared && !known.keys.includes(signer)) notTrusted('The entry is not signed with a key of this member.')
  if (sameJson(known, entry)) throw new ProblemError('network.out-of-order', 'The directory has this entry already.')
  const renewed = { ...entry, joined, ...(left === undefined ? {} : { left }) }
  return next(
    directory,
    day,
    directory.members.map((each) => (each.id === entry.id ? renewed : each)),
  )
}

/** The next directory in which this member has left. Raises `network.not-member`, `network.not-trusted`. */
export function letGo(directory: NetworkDirectory, { payload, signer }: SignedPayload, day: string): NetworkDirectory {
  const leaving = readAs(NetworkLeaving, payload)
  if (leaving.network !== directory.network) notTrusted('The document is of another network.')
  signedByMember(directory, leaving.member, signer, day)
  return next(
    directory,
    day,
    directory.members.map((each) => (each.id === leaving.member ? { ...each, left: leaving.day } : each)),
  )
}

const next = (directory: NetworkDirectory, issued: string, members: readonly DirectoryEntry[]): NetworkDirectory => ({
  ...directory,
  serial: directory.serial + 1,
  issued,
  members: members.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
})
