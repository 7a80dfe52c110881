/** Sharing credit with institutions elsewhere: memberships, applicants, agreements and the ledger. */
import { type Json, LedgerEntry, NetworkDirectory } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, instant, json, present } from './rows.ts'

/** A membership, or a network that this institution coordinates. Texts that end in `Signed` are compact JWS as they are published. */
export interface NetworkRow {
  id: string
  network: string
  /** How the directory names this institution. */
  me: string
  coordinator: boolean
  /** Where the coordinator's documents stand. */
  base: string
  /** SHA-256 of the coordinator's certificate, as it was told by a second way. */
  pinned: string
  directory: NetworkDirectory
  directorySigned: string
  memberSigned?: string
  offersSigned?: string
  usedSigned?: string
  leavingSigned?: string
  /** When the coordinator is told next that this institution left, and how often it was tried; absent where it has heard. */
  leavingNext?: string
  leavingTries: number
  /** Encrypted. */
  sharedKey: Buffer
  head: string
  madeAt: string
}
/** An agreement with every signature that is known. */
export interface AgreementRow {
  hash: string
  agreement: Json
  signatures: string[]
  arrivedAt: string
  proposed?: { by: string; name: string; at: string }
}

const columns = sql`id, network, me, coordinator, base, pinned, directory, directory_signed as "directorySigned", member_signed as "memberSigned",
  offers_signed as "offersSigned", used_signed as "usedSigned", leaving_signed as "leavingSigned", leaving_next as "leavingNext",
  leaving_tries as "leavingTries", shared_key as "sharedKey", head, made_at as "madeAt"`
const networkOf = (raw: Record<string, unknown>): NetworkRow => ({
  ...present<NetworkRow>(raw),
  directory: NetworkDirectory.parse(raw.directory),
})

/** Lays a membership down; false when the institution has one of this network already. */
export async function insertNetwork(tx: TenantTransaction, given: Omit<NetworkRow, 'head' | 'leavingTries'>): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into network (tenant, id, network, me, coordinator, base, pinned, directory, directory_signed, member_signed, shared_key, made_at)
    values (${tx.tenant}, ${given.id}, ${given.network}, ${given.me}, ${given.coordinator}, ${given.base}, ${given.pinned}, ${json(given.directory)},
      ${given.directorySigned}, ${given.memberSigned ?? null}, ${given.sharedKey}, ${given.madeAt}) on conflict (tenant, network) do nothing`.execute(
      tx,
    )
  return numAffectedRows === 1n
}

export async function listNetworks(tx: TenantTransaction): Promise<NetworkRow[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${columns} from network where tenant = ${tx.tenant} order by made_at desc limit 100`.execute(tx)
  return rows.map(networkOf)
}

/** One membership; locked, so that what is added to its ledger comes one after the other. */
export async function readNetwork(tx: TenantTransaction, id: string, lock = false): Promise<NetworkRow | undefined> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${columns} from network where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] && networkOf(rows[0])
}

type NetworkChange = Partial<
  Pick<NetworkRow, 'pinned' | 'directory' | 'directorySigned' | 'memberSigned' | 'offersSigned' | 'usedSigned' | 'leavingSigned' | 'head'>
>
const columnOf: Record<keyof NetworkChange, string> = {
  pinned: 'pinned',
  directory: 'directory',
  directorySigned: 'directory_signed',
  memberSigned: 'member_signed',
  offersSigned: 'offers_signed',
  usedSigned: 'used_signed',
  leavingSigned: 'leaving_signed',
  head: 'head',
}

export async function changeNetwork(tx: TenantTransaction, id: string, change: NetworkChange): Promise<void> {
  const sets = (Object.entries(change) as [keyof NetworkChange, unknown][]).map(
    ([name, value]) => sql`${sql.ref(columnOf[name])} = ${typeof value === 'object' ? json(value) : value}`,
  )
  await sql`update network set ${sql.join(sets)} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** When the coordinator is told next that this institution left; never again where nothing is given. */
export async function planLeaving(tx: TenantTransaction, id: string, next: string | undefined): Promise<void> {
  await sql`update network set leaving_next = ${next ?? null}, leaving_tries = leaving_tries + 1 where tenant = ${tx.tenant} and id = ${id}`.execute(
    tx,
  )
}

/** Memberships whose coordinator is to be told by now. */
export async function dueLeavings(database: Database, now: string, most: number): Promise<{ tenant: string; id: string }[]> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ tenant: string; id: string }>`select tenant, id from due_leavings(${now}, ${most})`.execute(tx)
    return rows
  })
}

/** Tenant and id behind the address of a membership. */
export const findNetwork = (database: Database, id: string) => findPlace(database, 'find_network', id)

/** Keeps what somebody says of itself who wants to join; what it said before gives way. */
export async function putApplicant(
  tx: TenantTransaction,
  given: { network: string; member: string; signed: string; now: string },
): Promise<void> {
  await sql`insert into network_applicant (tenant, network, member, signed, asked_at) values (${tx.tenant}, ${given.network}, ${given.member},
    ${given.signed}, ${given.now}) on conflict (tenant, network, member) do update set signed = excluded.signed, asked_at = excluded.asked_at`.execute(
    tx,
  )
}

export async function listApplicants(
  tx: TenantTransaction,
  network: string,
): Promise<{ member: string; signed: string; askedAt: string }[]> {
  const { rows } = await sql<{ member: string; signed: string; asked_at: Date }>`select member, signed, asked_at from network_applicant
    where tenant = ${tx.tenant} and network = ${network} order by asked_at limit 200`.execute(tx)
  return rows.map(({ member, signed, asked_at }) => ({ member, signed, askedAt: instant(asked_at)! }))
}

export async function removeApplicant(tx: TenantTransaction, network: string, member: string): Promise<void> {
  await sql`delete from network_applicant where tenant = ${tx.tenant} and network = ${network} and member = ${member}`.execute(tx)
}

interface RawAgreement {
  hash: string
  agreement: Json
  signatures: string[]
  arrived_at: Date
  proposed_by: string | null
  proposed_name: string | null
  proposed_at: Date | null
}
const agreementOf = (row: RawAgreement): AgreementRow => ({
  hash: row.hash,
  agreement: row.agreement,
  signatures: row.signatures,
  arrivedAt: instant(row.arrived_at)!,
  ...(row.proposed_by ? { proposed: { by: row.proposed_by, name: row.proposed_name ?? '', at: instant(row.proposed_at)! } } : {}),
})

/** Keeps an agreement, and adds signatures that were not known yet. */
export async function putAgreement(
  tx: TenantTransaction,
  given: { network: string; hash: string; agreement: Json; signatures: readonly string[]; now: string },
): Promise<void> {
  await sql`insert into network_agreement as kept (tenant, network, hash, agreement, signatures, arrived_at)
    values (${tx.tenant}, ${given.network}, ${given.hash}, ${json(given.agreement)}, ${given.signatures as string[]}, ${given.now})
    on conflict (tenant, network, hash) do update set signatures =
      kept.signatures || array(select unnest(excluded.signatures) except select unnest(kept.signatures))`.execute(tx)
}

/** Records who wants it signed; `undefined` takes it back. */
export async function proposeAgreement(
  tx: TenantTransaction,
  network: string,
  hash: string,
  given: { person: string; name: string; now: string } | undefined,
): Promise<void> {
  await sql`update network_agreement set proposed_by = ${given?.person ?? null}, proposed_name = ${given?.name ?? null}, proposed_at = ${given?.now ?? null}
    where tenant = ${tx.tenant} and network = ${network} and hash = ${hash}`.execute(tx)
}

export async function listAgreements(tx: TenantTransaction, network: string): Promise<AgreementRow[]> {
  const { rows } =
    await sql<RawAgreement>`select * from network_agreement where tenant = ${tx.tenant} and network = ${network} order by arrived_at desc limit 500`.execute(
      tx,
    )
  return rows.map(agreementOf)
}

export async function readAgreementRow(tx: TenantTransaction, network: string, hash: string): Promise<AgreementRow | undefined> {
  const { rows } = await sql<RawAgreement>`select * from network_agreement where tenant = ${tx.tenant} and network = ${network}
    and hash = ${hash}`.execute(tx)
  return rows[0] && agreementOf(rows[0])
}

/** The ledger from its first entry on. */
export async function listLedger(tx: TenantTransaction, network: string): Promise<Json[]> {
  const { rows } = await sql<{
    entry: Json
  }>`select entry from network_ledger where tenant = ${tx.tenant} and network = ${network} order by n`.execute(tx)
  return rows.map(({ entry }) => entry)
}

export async function insertEntry(tx: TenantTransaction, network: string, entry: LedgerEntry): Promise<void> {
  await sql`insert into network_ledger (tenant, network, n, entry) values (${tx.tenant}, ${network}, ${entry.n}, ${json(LedgerEntry.parse(entry))})`.execute(
    tx,
  )
}

export interface BalanceRow {
  peer: string
  quarter: string
  signed: string
  issuedAt: string
  /** The other side's, as it signed it. */
  theirs?: string
}

export async function putBalance(
  tx: TenantTransaction,
  network: string,
  given: { peer: string; quarter: string; signed: string; theirs?: string | undefined; now: string },
): Promise<void> {
  await sql`insert into network_balance (tenant, network, peer, quarter, signed, theirs, issued_at)
    values (${tx.tenant}, ${network}, ${given.peer}, ${given.quarter}, ${given.signed}, ${given.theirs ?? null}, ${given.now})
    on conflict (tenant, network, peer, quarter) do update set signed = excluded.signed, theirs = excluded.theirs, issued_at = excluded.issued_at`.execute(
    tx,
  )
}

export async function listBalances(tx: TenantTransaction, network: string): Promise<BalanceRow[]> {
  const { rows } = await sql<Record<string, unknown>>`select peer, quarter, signed, theirs, issued_at as "issuedAt" from network_balance
    where tenant = ${tx.tenant} and network = ${network} order by quarter desc, peer limit 500`.execute(tx)
  return rows.map((row) => present<BalanceRow>(row))
}
