/** Credentials: the intention with its exact bytes first, the seal after, and what became of it (R-DUR-2). */
import type { CredentialRecord, CredentialState, RevocationReason } from '@cairn/core'
import { sql } from 'kysely'
import type { TenantTransaction } from './database.ts'
import { hashToken, holds, instant, json, onPage, type Page, present, totalOf } from './rows.ts'

/** What is recorded before the seal. */
export interface Intention {
  id: string
  rowNumber: number
  title: string
  learner: string
  email?: string | undefined
  language?: string | undefined
  referenceNumber?: string | undefined
  awardDate: string
  naturalKey: string
  /** The digest of the stencil that the document is composed in, and what fills its gaps. */
  stencil: Uint8Array
  fills: readonly string[]
  /** The digest that names both, and so the exact bytes. */
  digest: Uint8Array
  statusIndex: number
  /** The last day on which it is valid. */
  validUntil?: string | undefined
  /** The credential that this one takes the place of. */
  supersedes?: string | undefined
}

/** Records intentions and ties each to its row, in two statements. */
export async function recordIntentions(
  tx: TenantTransaction,
  shared: { edition: string; batch: string; key: string; actor: string; statusList: string; now: string },
  intentions: readonly Intention[],
): Promise<void> {
  const lines = json(
    intentions.map((each) => ({
      id: each.id,
      row_number: each.rowNumber,
      title: each.title,
      learner: each.learner,
      email: each.email ?? null,
      language: each.language ?? null,
      reference_number: each.referenceNumber ?? null,
      award_date: each.awardDate,
      natural_key: each.naturalKey,
      stencil: Buffer.from(each.stencil).toString('hex'),
      fills: each.fills,
      digest: Buffer.from(each.digest).toString('hex'),
      status_index: each.statusIndex,
      supersedes: each.supersedes ?? null,
      valid_until: each.validUntil ?? null,
    })),
  )
  await sql`insert into credential (tenant, id, edition, batch, row_number, state, title, learner, email, language, reference_number, award_date, natural_key, stencil, fills, digest,
      key, actor, status_list, status_index, supersedes, valid_until, intended_at)
    select ${tx.tenant}, id, ${shared.edition}, ${shared.batch}, row_number, 'intended', title, learner, email, language, reference_number, award_date, natural_key, decode(stencil, 'hex'), fills,
      decode(digest, 'hex'), ${shared.key}, ${shared.actor}, ${shared.statusList}, status_index, supersedes, valid_until, ${shared.now}
    from json_to_recordset(${lines}::json) as l(id uuid, row_number int, title text, learner text, email text, language text, reference_number text, award_date date,
      natural_key text, stencil text, fills text[], digest text, status_index int, supersedes uuid, valid_until date)`.execute(tx)
  await sql`update batch_row r set credential = l.id
    from unnest(${intentions.map(({ id }) => id)}::uuid[], ${intentions.map(({ rowNumber }) => rowNumber)}::int[]) as l(id, n),
    lateral (select ctid as place from batch_row where tenant = ${tx.tenant} and batch = ${shared.batch} and n = l.n offset 0) w
    where r.tenant = ${tx.tenant} and r.ctid = w.place`.execute(tx)
}

/** Intentions of a batch behind a row that wait for their seal, in the order of the rows; locked. Those that somebody else holds are passed over. */
export async function nextIntentions(tx: TenantTransaction, batch: string, after: number, most: number) {
  const { rows } = await sql<{
    id: string
    rowNumber: number
    stencil: Buffer
    fills: string[]
    digest: Buffer
    email?: string
    language?: string
    learner: string
    title: string
    supersedes?: string
  }>`select id, row_number as "rowNumber", stencil, fills, digest,
    email, language, learner, title, supersedes from credential where tenant = ${tx.tenant} and batch = ${batch} and row_number > ${after} and state = 'intended' order by row_number limit ${most} for update skip locked`.execute(
    tx,
  )
  return rows.map((row) => present<typeof row>(row))
}

/** Which of these wait for their seal; locked. Those that somebody else holds are passed over. */
export async function lockIntentions(tx: TenantTransaction, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    id: string
  }>`select c.id from unnest(${ids as string[]}::uuid[]) as l(id), lateral (select id from credential
      where tenant = ${tx.tenant} and id = l.id and state = 'intended' for update skip locked) c`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** True while a batch has credentials that wait for their seal, also where another worker is at them. */
export async function hasIntentions(tx: TenantTransaction, batch: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from credential where tenant = ${tx.tenant} and batch = ${batch} and state = 'intended' limit 1`.execute(tx)
  return rows.length > 0
}

/**
 * Stores seals of intentions that the caller has locked; only intentions become sealed, so nothing is ever sealed twice. Returns how many did. Each is
 * looked up by its key: left to itself, the planner of a database that has just grown compares every credential with every seal.
 */
export async function storeSeals(tx: TenantTransaction, seals: readonly { id: string; bytes: Uint8Array }[], now: string): Promise<number> {
  // As parameters of their own the bytes go over as they are; an array of them would be written in hexadecimal.
  const lines = sql.join(
    seals.map(({ id, bytes }) => sql`(${id}::uuid, ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)}::bytea)`),
  )
  const { numAffectedRows } =
    await sql`update credential c set sealed = s.bytes, state = 'sealed', sealed_at = ${now} from (values ${lines}) as s(id, bytes),
    lateral (select ctid as place from credential where tenant = ${tx.tenant} and id = s.id and state = 'intended' offset 0) w
    where c.tenant = ${tx.tenant} and c.ctid = w.place`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/** Indices already taken in a list, of those proposed. */
export async function takenIndices(tx: TenantTransaction, list: string, proposed: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{
    status_index: number
  }>`select p.status_index from unnest(${proposed as number[]}::int[]) as p(status_index), lateral (select from credential
      where tenant = ${tx.tenant} and status_list = ${list} and status_index = p.status_index offset 0) c`.execute(tx)
  return new Set(rows.map((row) => row.status_index))
}

/** Which of these natural keys have a credential that was not revoked, those `except` apart. */
export async function existingKeys(tx: TenantTransaction, keys: readonly string[], except: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    natural_key: string
  }>`select k.natural_key from unnest(${keys as string[]}::text[]) as k(natural_key), lateral (select from credential
      where tenant = ${tx.tenant} and natural_key = k.natural_key and revoked_at is null and id <> all(${except as string[]}::uuid[]) limit 1) c`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.natural_key))
}

export interface RawCredential {
  id: string
  edition: string
  batch: string | null
  title: string
  learner: string
  email: string | null
  reference_number: string | null
  state: CredentialState
  award_date: string
  sealed_at: Date | null
  delivered_at: Date | null
  revoked_at: Date | null
  reason: RevocationReason | null
  status_list: string
  status_index: number
  language: string | null
  key: string
  level: string | null
  supersedes: string | null
  superseded_by: string | null
}
/** As they stand beside no other table that has columns of these names. */
export const credentialColumns = sql`id, edition, batch, title, learner, email, reference_number, state, to_char(award_date, 'YYYY-MM-DD') as award_date, sealed_at, delivered_at, revoked_at, reason,
  status_list, status_index, language, key, supersedes, superseded_by,
  (select level from credential_seal s where s.tenant = credential.tenant and s.credential = credential.id) as level`

const recordOf = (row: RawCredential): CredentialRecord => ({
  id: row.id,
  award: `urn:uuid:${row.id}`,
  edition: row.edition,
  title: row.title,
  learner: row.learner,
  state: row.state,
  awardDate: row.award_date,
  ...(row.email === null ? {} : { email: row.email }),
  ...(row.reference_number === null ? {} : { referenceNumber: row.reference_number }),
  ...(row.sealed_at === null ? {} : { sealedAt: instant(row.sealed_at)! }),
  ...(row.delivered_at === null ? {} : { deliveredAt: instant(row.delivered_at)! }),
  ...(row.revoked_at === null ? {} : { revokedAt: instant(row.revoked_at)! }),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.supersedes === null ? {} : { supersedes: row.supersedes }),
  ...(row.superseded_by === null ? {} : { supersededBy: row.superseded_by }),
})

export interface CredentialRow {
  record: CredentialRecord
  batch?: string
  language?: string
  statusList: string
  statusIndex: number
  /** The key that sealed. */
  key: string
  /** The level of the seal. */
  level: string
}

export async function readCredential(tx: TenantTransaction, id: string, lock = false): Promise<CredentialRow | undefined> {
  const { rows } =
    await sql<RawCredential>`select ${credentialColumns} from credential where tenant = ${tx.tenant} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0] && credentialOf(rows[0])
}

export const credentialOf = (row: RawCredential): CredentialRow => ({
  record: recordOf(row),
  statusList: row.status_list,
  statusIndex: row.status_index,
  key: row.key,
  level: row.level ?? 'B-B',
  ...(row.batch === null ? {} : { batch: row.batch }),
  ...(row.language === null ? {} : { language: row.language }),
})

/** The sealed bytes at the highest level they were raised to. */
export async function readSealed(tx: TenantTransaction, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ sealed: Buffer | null }>`select coalesce(s.bytes, c.sealed) as sealed from credential c
    left join credential_seal s on s.tenant = c.tenant and s.credential = c.id where c.tenant = ${tx.tenant} and c.id = ${id}`.execute(tx)
  return rows[0]?.sealed ?? undefined
}

export interface CredentialQuery extends Page {
  q?: string | undefined
  state?: CredentialState | undefined
  edition?: string | undefined
  batch?: string | undefined
}

export async function listCredentials(
  tx: TenantTransaction,
  query: CredentialQuery,
): Promise<{ total: number; items: CredentialRecord[] }> {
  const wanted = sql`from credential where tenant = ${tx.tenant} and ${holds(query.q)}
    ${query.state ? sql`and state = ${query.state}` : sql``} ${query.edition ? sql`and edition = ${query.edition}` : sql``}
    ${query.batch ? sql`and batch = ${query.batch}` : sql``}`
  // Which stand on the page is read from an index alone; the rows behind it only of those.
  const { rows } = await sql<RawCredential>`select ${credentialColumns} from credential where tenant = ${tx.tenant} and id = any(array(
      select id ${wanted} order by intended_at desc, id desc ${onPage(query)})) order by intended_at desc, id desc`.execute(tx)
  return { total: await totalOf(tx, query, rows.length, wanted), items: rows.map(recordOf) }
}

export async function markDelivered(tx: TenantTransaction, id: string, now: string): Promise<void> {
  await sql`update credential set delivered_at = ${now}, state = case when state = 'sealed' then 'delivered' else state end
    where tenant = ${tx.tenant} and id = ${id} and delivered_at is null`.execute(tx)
}

/** Where the learner of a credential is written to from now on; no credential says it. */
export async function changeEmail(tx: TenantTransaction, id: string, email: string): Promise<void> {
  await sql`update credential set email = ${email} where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** What the home screen counts. */
export async function countWork(
  tx: TenantTransaction,
): Promise<{ specifications: number; editions: number; credentials: number; revoked: number; waiting: number }> {
  const { rows } = await sql<Record<'specifications' | 'editions' | 'credentials' | 'revoked' | 'waiting', string>>`select
    (select count(*) from specification where tenant = ${tx.tenant} and not archived) as specifications, (select count(*) from edition where tenant = ${tx.tenant}) as editions,
    (select count(*) from outbox where tenant = ${tx.tenant} and sent_at is null) as waiting, c.credentials, c.revoked
    from (select count(sealed_at) as credentials, count(revoked_at) as revoked from credential where tenant = ${tx.tenant}) c`.execute(tx)
  const row = rows[0]!
  return {
    specifications: +row.specifications,
    editions: +row.editions,
    credentials: +row.credentials,
    revoked: +row.revoked,
    waiting: +row.waiting,
  }
}

export interface ClaimRow {
  id: string
  credential: string
  claimedAt?: string
}

/** Makes claim links, one a credential. */
export async function insertClaims(
  tx: TenantTransaction,
  claims: readonly { id: string; credential: string; token: string }[],
  now: string,
): Promise<void> {
  await sql`insert into claim (tenant, id, credential, token_hash, created_at) select ${tx.tenant}, c.id, c.credential, c.hash, ${now}
    from unnest(${claims.map(({ id }) => id)}::uuid[], ${claims.map(({ credential }) => credential)}::uuid[], ${claims.map(({ token }) => hashToken(token))}::bytea[]) as c(id, credential, hash)`.execute(
    tx,
  )
}

export async function readClaim(tx: TenantTransaction, id: string): Promise<ClaimRow | undefined> {
  const { rows } = await sql<{
    id: string
    credential: string
    claimed_at: Date | null
  }>`select id, credential, claimed_at from claim where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  const row = rows[0]
  return row && { id: row.id, credential: row.credential, ...(row.claimed_at === null ? {} : { claimedAt: instant(row.claimed_at)! }) }
}

export async function markClaimed(tx: TenantTransaction, id: string, now: string): Promise<void> {
  await sql`update claim set claimed_at = ${now} where tenant = ${tx.tenant} and id = ${id} and claimed_at is null`.execute(tx)
}
