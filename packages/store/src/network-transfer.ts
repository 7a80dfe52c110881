/** Credentials on their way to another member at a learner's wish, and those that came. */
import { sql } from 'kysely'
import type { Database, TenantTransaction } from './database.ts'
import { present } from './rows.ts'

export interface TransferRow {
  id: string
  network: string
  /** How both sides name it. */
  transfer: string
  incoming: boolean
  peer: string
  agreement: string
  signed: string
  credential: string
  learner: string
  title: string
  madeAt: string
  /** The request for recognition that it became here. */
  request?: string
  /** The answer as the receiver signed it: the last one, which counts. */
  answer?: string
  /** Answers that it took the place of, first to last. */
  earlier: string[]
  answeredAt?: string
  outcome?: 'recognised' | 'refused'
  /** When it is sent next: the transfer where it goes out, the answer where it came in. Absent once it was taken. */
  nextAt?: string
  attempts: number
  /** Code of what stood in the way at the last try. */
  problem?: string
}

const columns = sql`id, network, transfer, incoming, peer, agreement, signed, credential, learner, title, made_at as "madeAt", request, answer, earlier,
  answered_at as "answeredAt", outcome, next_at as "nextAt", attempts, problem`
const rowOf = (raw: Record<string, unknown>) => present<TransferRow>(raw)

/** Stores a transfer; false when one of this name is there, or the same credential waits for an answer of the same member. */
export async function insertTransfer(
  tx: TenantTransaction,
  given: Omit<TransferRow, 'attempts' | 'problem' | 'answer' | 'earlier' | 'answeredAt' | 'outcome'>,
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into network_transfer (tenant, id, network, transfer, incoming, peer, agreement, signed, credential, learner, title, made_at, request, next_at)
    values (${tx.tenant}, ${given.id}, ${given.network}, ${given.transfer}, ${given.incoming}, ${given.peer}, ${given.agreement}, ${given.signed},
      ${given.credential}, ${given.learner}, ${given.title}, ${given.madeAt}, ${given.request ?? null},
      ${given.nextAt ?? null}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function readTransferRow(tx: TenantTransaction, id: string): Promise<TransferRow | undefined> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${columns} from network_transfer where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
  return rows[0] && rowOf(rows[0])
}

export async function findTransferBy(
  tx: TenantTransaction,
  by: { network: string; transfer: string } | { request: string },
): Promise<TransferRow | undefined> {
  const where = 'request' in by ? sql`request = ${by.request}` : sql`network = ${by.network} and transfer = ${by.transfer}`
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${columns} from network_transfer where tenant = ${tx.tenant} and ${where}`.execute(tx)
  return rows[0] && rowOf(rows[0])
}

/** Transfers of a network, or those of one credential that went out, newest first. */
export async function listTransfers(tx: TenantTransaction, of: { network: string } | { credential: string }): Promise<TransferRow[]> {
  const where = 'network' in of ? sql`network = ${of.network}` : sql`credential = ${of.credential} and not incoming`
  const { rows } = await sql<Record<string, unknown>>`select ${columns} from network_transfer where tenant = ${tx.tenant} and ${where}
    order by made_at desc limit 200`.execute(tx)
  return rows.map(rowOf)
}

/** Keeps the answer, and the one that was there as an earlier one; `nextAt` when it has to go. */
export async function answerTransferRow(
  tx: TenantTransaction,
  id: string,
  given: { answer: string; outcome: 'recognised' | 'refused'; at: string; nextAt?: string },
): Promise<void> {
  await sql`update network_transfer set earlier = case when answer is null then earlier else earlier || answer end, answer = ${given.answer}, outcome = ${given.outcome}, answered_at = ${given.at}, next_at = ${given.nextAt ?? null},
    attempts = 0, problem = null where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** What became of a try: taken, or when it is tried next. */
export async function noteDelivery(
  tx: TenantTransaction,
  id: string,
  { problem, nextAt }: { problem?: string; nextAt?: string },
): Promise<void> {
  await sql`update network_transfer set attempts = attempts + 1, problem = ${problem ?? null}, next_at = ${nextAt ?? null}
    where tenant = ${tx.tenant} and id = ${id}`.execute(tx)
}

/** What is to go by now. */
export async function dueTransfers(database: Database, now: string, most: number): Promise<{ tenant: string; id: string }[]> {
  return database.platform(async (tx) => {
    const { rows } = await sql<{ tenant: string; id: string }>`select tenant, id from due_transfers(${now}, ${most})`.execute(tx)
    return rows
  })
}
