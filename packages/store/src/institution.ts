/** The institution: one row a tenant; and who works there. */
import { Organisation, type StaffRole, type WalletType } from '@cairn/core'
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { findPlace, hashToken, instant, json, present } from './rows.ts'

export interface InstitutionRow {
  organisation: Organisation
  fourEyes: boolean
  /** Under which type wallets get its micro-credentials. */
  walletType: WalletType
  revision: number
}
export interface MemberRow {
  person: string
  name: string
  email: string
  roles: StaffRole[]
  since: string
}
export interface InvitationRow {
  id: string
  email: string
  roles: StaffRole[]
  createdAt: string
  expiresAt: string
}

export async function insertInstitution(tx: TenantTransaction, organisation: Organisation, fourEyes: boolean, now: string): Promise<void> {
  await sql`insert into institution (tenant, organisation, four_eyes, created_at) values (${tx.tenant}, ${json(organisation)}, ${fourEyes}, ${now})`.execute(
    tx,
  )
}

export async function readInstitution(tx: TenantTransaction): Promise<InstitutionRow | undefined> {
  const { rows } = await sql<{
    organisation: unknown
    four_eyes: boolean
    wallet_type: WalletType
    revision: number
  }>`select organisation, four_eyes, wallet_type, revision from institution where tenant = ${tx.tenant}`.execute(tx)
  const [row] = rows
  return (
    row && {
      organisation: Organisation.parse(row.organisation),
      fourEyes: row.four_eyes,
      walletType: row.wallet_type,
      revision: row.revision,
    }
  )
}

/** The institution whose identifier this is, whoever asks. */
export async function findIssuer(database: Database, id: string): Promise<{ tenant: string; organisation: Organisation } | undefined> {
  const { rows } = await database.platform((tx) =>
    sql<{ tenant: string; organisation: unknown }>`select tenant, organisation from find_issuer(${id})`.execute(tx),
  )
  return rows[0] && { tenant: rows[0].tenant, organisation: Organisation.parse(rows[0].organisation) }
}

/** Every institution of this installation, for what is published of each. */
export async function listIssuers(database: Database): Promise<{ tenant: string; organisation: Organisation }[]> {
  return database.system(async (tx) => {
    const { rows } = await sql<{ tenant: string; organisation: unknown }>`select tenant, organisation from institution`.execute(tx)
    return rows.map(({ tenant, organisation }) => ({ tenant, organisation: Organisation.parse(organisation) }))
  })
}

/** Saves when the revision is still the one that was read; false when somebody was faster. */
export async function saveInstitution(
  tx: TenantTransaction,
  organisation: Organisation,
  { fourEyes, walletType }: { fourEyes: boolean; walletType?: WalletType | undefined },
  revision: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update institution set organisation = ${json(organisation)}, four_eyes = ${fourEyes},
      wallet_type = coalesce(${walletType ?? null}, wallet_type), revision = revision + 1
    where tenant = ${tx.tenant} and revision = ${revision}`.execute(tx)
  return numAffectedRows === 1n
}

export async function listMembers(tx: TenantTransaction): Promise<MemberRow[]> {
  const { rows } = await sql<{
    person: string
    name: string
    email: string
    roles: StaffRole[]
    since: Date
  }>`select person, name, email, roles, since from member
    where tenant = ${tx.tenant} order by since, person`.execute(tx)
  return rows.map(({ since, ...row }) => ({ ...row, since: instant(since)! }))
}

export async function putMember(tx: TenantTransaction, member: MemberRow): Promise<void> {
  await sql`insert into member (tenant, person, name, email, roles, since) values (${tx.tenant}, ${member.person}, ${member.name}, ${member.email}, ${member.roles}, ${member.since})
    on conflict (tenant, person) do update set roles = excluded.roles`.execute(tx)
}

export async function removeMember(tx: TenantTransaction, person: string): Promise<void> {
  await sql`delete from member where tenant = ${tx.tenant} and person = ${person}`.execute(tx)
}

const invitationColumns = sql`id, email, roles, created_at as "createdAt", expires_at as "expiresAt"`

export async function listInvitations(tx: TenantTransaction, now: string): Promise<InvitationRow[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${invitationColumns} from invitation
    where tenant = ${tx.tenant} and accepted_at is null and expires_at > ${now} order by created_at`.execute(tx)
  return rows.map(present<InvitationRow>)
}

export async function insertInvitation(tx: TenantTransaction, given: InvitationRow & { token: string }): Promise<void> {
  await sql`insert into invitation (tenant, id, email, roles, token_hash, created_at, expires_at)
    values (${tx.tenant}, ${given.id}, ${given.email}, ${given.roles}, ${hashToken(given.token)}, ${given.createdAt}, ${given.expiresAt})`.execute(
    tx,
  )
}

/** Takes an invitation for good; undefined when there is none, it was taken, or its time is over. */
export async function takeInvitation(tx: TenantTransaction, id: string, now: string): Promise<InvitationRow | undefined> {
  const { rows } = await sql<Record<string, unknown>>`update invitation set accepted_at = ${now}
    where tenant = ${tx.tenant} and id = ${id} and accepted_at is null and expires_at > ${now} returning ${invitationColumns}`.execute(tx)
  return rows[0] && present<InvitationRow>(rows[0])
}

export async function removeInvitation(tx: TenantTransaction, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from invitation where tenant = ${tx.tenant} and id = ${id} and accepted_at is null`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** Institutions that a person works in, oldest first. */
export async function findMemberships(database: Database, person: string): Promise<{ tenant: string; roles: StaffRole[]; name: string }[]> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{
      tenant: string
      roles: StaffRole[]
      institution: Record<string, string>
    }>`select * from find_memberships(${person})`.execute(tx)
    return rows.map(({ institution, ...row }) => ({ ...row, name: Object.values(institution)[0] ?? '' }))
  })
}

export const findClaim = (database: Database, token: string) => findPlace(database, 'find_claim', hashToken(token))
export const findInvitation = (database: Database, token: string) => findPlace(database, 'find_invitation', hashToken(token))
